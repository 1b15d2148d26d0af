//! What open pages learn of builds: a script that every page gets, and the events it listens to.
//!
//! A page knows the version of the site it was served with. Whoever listens is told the newest
//! version and problem at once and after every build, so nothing depends on who missed what: a page
//! of another version reloads, and one of the same shows the problem, or no longer does. The
//! strict Content-Security-Policy of the site holds: the script, its style and its events are files of
//! this server, and no text becomes markup.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::body::Bytes;
use tokio::sync::watch::Receiver;
use tokio::time::timeout;

use super::pages::{Pages, Site, hash};
use crate::l10n::{Lang, Text};

pub(super) const SCRIPT_PATH: &str = "/_bokgi/live.js";
pub(super) const STYLE_PATH: &str = "/_bokgi/live.css";
pub(super) const EVENTS_PATH: &str = "/_bokgi/events";
pub(super) const SCRIPT: &str = include_str!("live.js");
pub(super) const STYLE: &str = include_str!("live.css");

const FAILED: Text = Text::new("The site could not be built", "사이트를 만들지 못했습니다");
const FAILED_OLD: Text = Text::new(
    "The site could not be built; this is the last good one",
    "사이트를 만들지 못했습니다. 지금 보이는 것은 마지막으로 만든 사이트입니다",
);
const FAILED_HINT: Text = Text::new(
    "This page reloads by itself when it is mended.",
    "문제를 고치면 이 페이지는 저절로 새로 고쳐집니다.",
);

/// A connection that says nothing for long is cut by whatever lies between.
const HEARTBEAT: Duration = Duration::from_secs(20);

/// What the last build left.
#[derive(Debug)]
pub(super) struct State {
    pub(super) shown: Shown,
    /// Of what is shown, for pages to compare with theirs.
    version: String,
    /// What is wrong with what is on the disk now; nothing where it is shown anyway.
    problem: Option<String>,
}

/// What is served.
#[derive(Clone, Debug)]
pub(super) enum Shown {
    Site(Arc<Pages>),
    /// There was no good build yet.
    Problem(String),
}

impl State {
    pub(super) fn good(site: Site) -> Self {
        let pages = Pages::new(site);
        let version = format!("{:016x}", pages.version());
        Self { shown: Shown::Site(Arc::new(pages)), version, problem: None }
    }

    /// A problem, and what was served before it.
    pub(super) fn bad(problem: String, before: Option<&State>) -> Self {
        match before {
            Some(State { shown: shown @ Shown::Site(_), version, .. }) => {
                Self { shown: shown.clone(), version: version.clone(), problem: Some(problem) }
            }
            _ => {
                let version = format!("problem-{:016x}", hash(problem.as_bytes()));
                Self { shown: Shown::Problem(problem), version, problem: None }
            }
        }
    }

    /// The page with our script.
    pub(super) fn page(&self, html: &[u8], lang: Lang) -> Vec<u8> {
        let script = format!(
            "<script src=\"{SCRIPT_PATH}\" data-version=\"{}\" data-heading=\"{}\" data-lang=\"{}\" \
             defer></script>",
            self.version,
            FAILED_OLD.get(lang),
            lang.tag(),
        );
        let at = end_of_body(html);
        [&html[..at], script.as_bytes(), &html[at..]].concat()
    }

    fn event(&self) -> Bytes {
        // JSON has no line break of its own, so that one `data` line is enough.
        let data = serde_json::json!({ "version": self.version, "problem": self.problem });
        Bytes::from(format!("retry: 500\ndata: {data}\n\n"))
    }
}

/// Where `</body>` stands, or the end.
fn end_of_body(html: &[u8]) -> usize {
    const TAG: &[u8] = b"</body";
    html.windows(TAG.len())
        .rposition(|window| window.eq_ignore_ascii_case(TAG))
        .unwrap_or(html.len())
}

/// The page in the place of every page, until there is a site.
pub(super) fn problem_page(problem: &str, lang: Lang) -> String {
    let (tag, title, hint) = (lang.tag(), FAILED.get(lang), FAILED_HINT.get(lang));
    let mut text = String::with_capacity(problem.len());
    for ch in problem.chars() {
        match ch {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            _ => text.push(ch),
        }
    }
    format!(
        "<!doctype html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<link rel=\"stylesheet\" href=\"{STYLE_PATH}\">\n</head>\n\
         <body class=\"bokgi-problem\">\n<main>\n<h1>{title}</h1>\n<p>{hint}</p>\n\
         <pre>{text}</pre>\n</main>\n</body>\n</html>\n"
    )
}

type States = Receiver<Option<Arc<State>>>;

/// The newest state, then every newer one, as server-sent events.
pub(super) struct Events {
    next: Pin<Box<dyn Future<Output = (Option<Bytes>, States)> + Send>>,
}

impl Events {
    pub(super) fn new(mut states: States) -> Self {
        // So that the first one is sent although it is not new.
        states.mark_changed();
        Self { next: Box::pin(next(states)) }
    }

    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Bytes>> {
        let (bytes, states) = ready!(self.next.as_mut().poll(context));
        self.next = Box::pin(next(states));
        Poll::Ready(bytes)
    }
}

async fn next(mut states: States) -> (Option<Bytes>, States) {
    let bytes = match timeout(HEARTBEAT, states.changed()).await {
        Ok(Ok(())) => states.borrow_and_update().as_ref().map(|state| state.event()),
        // The server ends.
        Ok(Err(_)) => None,
        Err(_) => Some(Bytes::from_static(b":\n\n")),
    };
    (bytes, states)
}

#[cfg(test)]
mod tests {
    use super::{State, end_of_body, problem_page};
    use crate::l10n::Lang;
    use crate::serve::Site;
    use crate::site::Sink as _;

    #[test]
    fn the_script_stands_at_the_end_of_the_body() {
        for (html, before) in [
            ("<body>a</body></html>", "<body>a"),
            ("<BODY>a</BODY>", "<BODY>a"),
            ("<pre></body></pre>b</body >", "<pre></body></pre>b"),
            ("no body", "no body"),
            ("", ""),
        ] {
            assert_eq!(&html[..end_of_body(html.as_bytes())], before);
            let page = State::good(Site::default()).page(html.as_bytes(), Lang::Ko);
            let page = String::from_utf8_lossy(&page).into_owned();
            let rest = page.strip_prefix(before).expect("nothing else changes");
            assert!(rest.starts_with("<script src=\"/_bokgi/live.js\" data-version="), "{page}");
            assert!(page.contains("마지막으로 만든 사이트") && page.contains(" defer>"), "{page}");
        }
    }

    #[test]
    fn a_problem_keeps_the_site_and_its_version() {
        let site = Site::default();
        let Ok(()) = site.write("index.html", b"");
        let good = State::good(site);
        let bad = State::bad("a\n\"b\"".to_owned(), Some(&good));
        assert_eq!(bad.version, good.version);
        let text = |state: &State| String::from_utf8_lossy(&state.event()).into_owned();
        assert_eq!(text(&good).lines().count(), 3);
        assert_eq!(text(&bad).lines().count(), 3);
        assert!(text(&bad).contains(r#""problem":"a\n\"b\"""#), "{}", text(&bad));
        let first = State::bad("a".to_owned(), None);
        assert_ne!(first.version, State::bad("b".to_owned(), Some(&first)).version);
        assert!(text(&first).contains("null"), "its page shows it already");
    }

    #[test]
    fn problems_are_text() {
        let page = problem_page("<script>&", Lang::Ko);
        assert!(page.contains("<pre>&lt;script&gt;&amp;</pre>"), "{page}");
        assert!(page.contains("lang=\"ko\"") && page.contains("사이트를 만들지 못했습니다"));
    }
}
