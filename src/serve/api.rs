//! `/api/search`: what the published site and the terminal find, for programs.

use std::fmt;

use crate::corpus::percent_decode;

pub(super) const PATH: &str = "/api/search";

/// More reports than these nobody gets at once.
const LIMIT_MAX: usize = 100;

/// What somebody looks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) query: String,
    /// How many reports to leave out at the beginning of the list.
    pub(crate) offset: usize,
    /// How many to list.
    pub(crate) limit: usize,
    /// Whether the last word may go on.
    pub(crate) typing: bool,
}

impl Asked {
    /// Reads the query string of a request: `q`, `limit`, `offset`, `typing`. `None` without `q`; what is no
    /// number counts as not given.
    pub(super) fn read(parameters: &str) -> Option<Self> {
        let mut asked = Self { query: String::new(), offset: 0, limit: 10, typing: false };
        let mut query = None;
        for pair in parameters.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = percent_decode(&value.replace('+', " "));
            match name {
                "q" => query = Some(value),
                "limit" => {
                    let limit = value.parse().unwrap_or(asked.limit);
                    asked.limit = limit.min(LIMIT_MAX);
                }
                "offset" => asked.offset = value.parse().unwrap_or(asked.offset),
                "typing" => asked.typing = matches!(value.as_str(), "1" | "true"),
                _ => {}
            }
        }
        asked.query = query?;
        Some(asked)
    }
}

type Answers = dyn Fn(&Asked) -> anyhow::Result<String> + Send + Sync;

/// Answers what is looked for as JSON.
pub(crate) struct Search(Box<Answers>);

impl Search {
    pub(crate) fn new(
        answer: impl Fn(&Asked) -> anyhow::Result<String> + Send + Sync + 'static,
    ) -> Self {
        Self(Box::new(answer))
    }

    pub(super) fn answer(&self, asked: &Asked) -> anyhow::Result<String> {
        (self.0)(asked)
    }
}

impl fmt::Debug for Search {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Search").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::Asked;

    #[test]
    fn query_strings_are_read() {
        let asked = |query: &str, offset, limit, typing| {
            Some(Asked { query: query.to_owned(), offset, limit, typing })
        };
        for (text, expected) in [
            ("q=%EC%9E%A5%EC%95%A0+redis", asked("장애 redis", 0, 10, false)),
            ("limit=3&q=a%2Bb&offset=20&typing=1", asked("a+b", 20, 3, true)),
            ("q=a=b&limit=x&offset=-1&other", asked("a=b", 0, 10, false)),
            ("q=&limit=99999", asked("", 0, 100, false)),
            ("query=a", None),
            ("", None),
        ] {
            assert_eq!(Asked::read(text), expected, "{text}");
        }
    }
}
