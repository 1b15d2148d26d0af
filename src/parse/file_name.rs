//! What a report's path says: its name, and sometimes its day.

use jiff::civil::Date;

use super::when::{WrittenDate, date_in};

/// Names that stand for their folder.
const STANDS_FOR_FOLDER: [&str; 3] = ["index", "readme", "page"];

/// What a path below the content root says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct FileName {
    /// The name without its extension; the folder's, where the file stands for it.
    pub(super) stem: String,
    /// The date in the file's name.
    pub(super) date: Option<Date>,
    /// The date in the folders above it: `2026/03/14.md`, `2026-03-14-slug/index.md`.
    pub(super) folder_date: Option<Date>,
    /// A year in the name, where there is no whole date: `PM2021-004`.
    pub(super) year: Option<i16>,
}

/// Reads a path with forward slashes. An extension can have several parts (`.html.md.erb`): it starts
/// at the first dot that letters follow.
pub(super) fn read(path: &str) -> FileName {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let own = without_extension(name);
    let folder = folders.rsplit('/').next().unwrap_or_default();
    let stands = STANDS_FOR_FOLDER.contains(&own.to_lowercase().as_str()) && !folder.is_empty();
    let stem = if stands { folder } else { own };
    let date = date_of_name(own);
    // `2026/03/14.md` has its date in the path as a whole.
    let whole = format!("{folders}/{own}");
    let parts: Vec<&str> = whole.trim_start_matches('/').rsplitn(4, '/').collect();
    let split = match parts[..] {
        [day, month, year, ..] => whole_date(year, month, leading_digits(day)),
        _ => None,
    };
    let folder_date = folders.rsplit('/').find_map(date_of_name).or(split);
    let year = own.split(|ch: char| !ch.is_ascii_digit()).find_map(|digits| {
        let year: i16 = digits.parse().ok().filter(|_| digits.len() == 4)?;
        (1990..=2099).contains(&year).then_some(year)
    });
    FileName { stem: stem.to_owned(), date, folder_date, year }
}

/// The name without `.md`, `.html.md.erb` and the like; dots inside numbers and names stay.
fn without_extension(name: &str) -> &str {
    let mut stem = name;
    for _ in 0..3 {
        let Some((rest, extension)) = stem.rsplit_once('.') else { break };
        let known = ["md", "markdown", "mdx", "qmd", "rmd", "erb", "html", "txt", "mdown"];
        if rest.is_empty() || !known.contains(&extension.to_ascii_lowercase().as_str()) {
            break;
        }
        stem = rest;
    }
    stem
}

fn leading_digits(text: &str) -> &str {
    let end = text.find(|ch: char| !ch.is_ascii_digit()).unwrap_or(text.len());
    &text[..end]
}

fn whole_date(year: &str, month: &str, day: &str) -> Option<Date> {
    let year: i16 = year.parse().ok().filter(|_| year.len() == 4)?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

/// `2026-03-14-slug`, `04-03-2026-slug`, `06192022-slug`, `01_30_2020`, `20260314`.
fn date_of_name(name: &str) -> Option<Date> {
    if let Some(stamp) = date_in(name)
        && let Some(WrittenDate::Full(date)) = stamp.date
    {
        return Some(date);
    }
    if let Some(at) = name.find("20").filter(|&at| name.is_char_boundary(at)) {
        let digits = leading_digits(&name[at..]);
        if digits.len() == 8
            && let Some(date) = whole_date(&digits[..4], &digits[4..6], &digits[6..])
        {
            return Some(date);
        }
    }
    let digits = leading_digits(name);
    if digits.len() == 8 {
        return whole_date(&digits[4..], &digits[..2], &digits[2..4]);
    }
    let parts: Vec<&str> = name.split('_').collect();
    match parts[..] {
        [month, day, year, ..] if year.len() == 4 => whole_date(year, month, day),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn paths_say_names_and_days() {
        let cases = [
            ("2018-04-18-cull-flood.md", "2018-04-18-cull-flood", Some("2018-04-18"), None),
            ("PM2021-004 - ADFS outage.md", "PM2021-004 - ADFS outage", None, None),
            ("source/2020-02-12.html.md.erb", "2020-02-12", Some("2020-02-12"), None),
            ("04-03-2026-slug.md", "04-03-2026-slug", Some("2026-03-04"), None),
            ("06192022-slug.md", "06192022-slug", Some("2022-06-19"), None),
            ("01_30_2020.md", "01_30_2020", Some("2020-01-30"), None),
            ("2026-03-14-payment/index.md", "2026-03-14-payment", None, Some("2026-03-14")),
            ("2026/03/14.md", "14", None, Some("2026-03-14")),
            ("incidents/README.md", "incidents", None, None),
            ("index.md", "index", None, None),
            ("[STEP20]보고서.md", "[STEP20]보고서", None, None),
            ("v1.2 rollout.md", "v1.2 rollout", None, None),
            (
                "2022-10-31-Android-Phone-Incident",
                "2022-10-31-Android-Phone-Incident",
                Some("2022-10-31"),
                None,
            ),
            ("20231104_net.md", "20231104_net", Some("2023-11-04"), None),
        ];
        for (path, stem, date, folder) in cases {
            let name = read(path);
            let found = (name.date.map(|d| d.to_string()), name.folder_date.map(|d| d.to_string()));
            assert_eq!(name.stem, stem, "{path}");
            assert_eq!((found.0.as_deref(), found.1.as_deref()), (date, folder), "{path}");
        }
        assert_eq!(read("PM2021-004 - ADFS outage.md").year, Some(2021));
    }
}
