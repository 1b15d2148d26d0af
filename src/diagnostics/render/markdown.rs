//! A comment for a pull request or a step summary: reports worst first, findings worst first in each.
//!
//! Everything that comes from a report, be it a file's name, becomes text here and nothing else: no
//! HTML, no link, no image, and no `@name` or `#12`, by which hosts tell people and issues that they
//! were mentioned.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{Indices, Voice, one_line, positions};
use crate::diagnostics::{Counts, Finding, Severity};
use crate::l10n::{Lang, Message, Text};
use crate::source::url_path;

/// What a comment needs besides findings.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Comment<'c> {
    /// How many reports were checked.
    pub(crate) files: usize,
    /// The address below which a host shows the files, if it is known.
    pub(crate) sources: Option<&'c str>,
    pub(crate) room: Room,
    /// What follows the findings.
    pub(crate) alike: &'c [Alike],
}

/// A report that was checked, and the incidents that are like it.
#[derive(Clone, Debug)]
pub(crate) struct Alike {
    /// The report's path.
    pub(crate) path: String,
    pub(crate) others: Vec<Other>,
}

/// An incident like another one.
#[derive(Clone, Debug)]
pub(crate) struct Other {
    pub(crate) title: String,
    pub(crate) path: String,
    pub(crate) date: Option<String>,
    /// Why it is here.
    pub(crate) reasons: Vec<Message>,
    /// Its actions that are still open, and how many more there are.
    pub(crate) open: Vec<Message>,
    pub(crate) more: usize,
}

/// How long a text its reader takes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Room {
    /// In UTF-16 code units, which are at least as many as any way of counting characters finds.
    Characters(usize),
    Bytes(usize),
}

impl Room {
    /// What GitHub takes as a comment.
    pub(crate) const COMMENT: Self = Self::Characters(65_536);

    fn most(self) -> usize {
        match self {
            Self::Characters(most) | Self::Bytes(most) => most,
        }
    }

    fn of(self, text: &str) -> usize {
        match self {
            Self::Characters(_) => text.encode_utf16().count(),
            Self::Bytes(_) => text.len(),
        }
    }
}

/// Reports are open until so many findings are seen.
const OPEN: usize = 20;
/// Longer messages are cut: what they say is said by then.
const LONGEST: usize = 600;
/// Room for the end of a list and the line that says what is missing.
const RESERVE: usize = 400;

const FILES: Text = Text::new("{count} {report|reports}", "보고서 {count}건");
const ERRORS: Text = Text::new("{count} {error|errors}", "오류 {count}건");
const WARNINGS: Text = Text::new("{count} {warning|warnings}", "경고 {count}건");
const INFOS: Text = Text::new("{count} {info|infos}", "정보 {count}건");
const CLEAN: Text = Text::new("nothing to complain about", "지적할 것이 없습니다");
const MORE: Text = Text::new(
    "{count} more {finding|findings} left out for length: `bokgi check` shows all of them",
    "길어서 뺀 지적이 {count}건 더 있습니다. `bokgi check`로 모두 볼 수 있습니다",
);

/// Opens with a comment nobody sees, by which a bot finds what it wrote before.
pub(crate) fn markdown(findings: &[&Finding], comment: Comment<'_>, voice: Voice<'_>) -> String {
    let lang = voice.lang;
    let room = comment.room;
    let mut parts = vec![FILES.with("count", comment.files).render(lang)];
    parts.extend(counted(Counts::of(findings.iter().copied()), lang));
    if findings.is_empty() {
        parts.push(CLEAN.get(lang).to_owned());
    }
    let mut out = format!("<!-- bokgi check -->\n### bokgi check\n\n{}\n", parts.join(" · "));
    let mut used = room.of(&out) + RESERVE;
    let mut shown = 0;
    let mut indices = Indices::default();
    for report in worst_first(findings) {
        let open = if shown < OPEN { " open" } else { "" };
        let counts = counted(Counts::of(report.iter().copied()), lang).join(" · ");
        let path = html(report[0].file.path());
        let head =
            format!("\n<details{open}>\n<summary><code>{path}</code> · {counts}</summary>\n\n");
        let mut items = String::new();
        used += room.of(&head);
        for finding in &report {
            let item = item(finding, &mut indices, comment, voice);
            used += room.of(&item);
            if used > room.most() {
                break;
            }
            items.push_str(&item);
            shown += 1;
        }
        if !items.is_empty() {
            out.push_str(&format!("{head}{items}{END}"));
        }
        used += room.of(END);
        if used > room.most() {
            break;
        }
    }
    // It comes last, and is the first to go where there is no room.
    let similar = alike(comment, lang);
    if used + room.of(&similar) <= room.most() {
        out.push_str(&similar);
    }
    if shown < findings.len() {
        let more = MORE.with("count", findings.len() - shown).render(lang);
        out.push_str(&format!("\n{more}\n"));
    }
    out
}

/// Incidents like the reports that were checked, with the actions that are still open there.
fn alike(comment: Comment<'_>, lang: Lang) -> String {
    const HEADING: Text =
        Text::new("Similar incidents and their open actions", "비슷한 장애와 끝나지 않은 조치");
    const NO_OPEN: Text = Text::new("no action is known to be open", "미완료로 기록된 조치 없음");
    const MORE_OPEN: Text =
        Text::new("{count} {action|actions} more still open", "끝나지 않은 조치 {count}건 더");
    let mut out = String::new();
    for report in comment.alike.iter().filter(|report| !report.others.is_empty()) {
        if out.is_empty() {
            out = format!("\n### {}\n", HEADING.get(lang));
        }
        out.push_str(&format!("\n{}\n\n", code(&one_line(&report.path))));
        for other in &report.others {
            let title = plain(&one_line(&other.title));
            let date = other.date.as_ref().map(|date| format!("{date} ")).unwrap_or_default();
            let file = match comment.sources {
                Some(sources) => {
                    let sources = sources.trim_end_matches('/');
                    format!("[{title}]({sources}/{})", url_path(&other.path))
                }
                None => format!("**{title}** {}", code(&one_line(&other.path))),
            };
            out.push_str(&format!("- {date}{file}\n"));
            for reason in &other.reasons {
                out.push_str(&format!("  - {}\n", inline(&reason.render(lang))));
            }
            for action in &other.open {
                out.push_str(&format!("  - ☐ {}\n", inline(&action.render(lang))));
            }
            if other.more > 0 {
                let more = MORE_OPEN.with("count", other.more).render(lang);
                out.push_str(&format!("  - {more}\n"));
            } else if other.open.is_empty() {
                out.push_str(&format!("  - {}\n", NO_OPEN.get(lang)));
            }
        }
    }
    out
}

const END: &str = "\n</details>\n";

fn counted(counts: Counts, lang: Lang) -> Vec<String> {
    [(ERRORS, counts.errors), (WARNINGS, counts.warnings), (INFOS, counts.infos)]
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(text, count)| text.with("count", count).render(lang))
        .collect()
}

/// The findings of each report, the report with the most of the worst first.
fn worst_first<'f>(findings: &[&'f Finding]) -> Vec<Vec<&'f Finding>> {
    let mut reports: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        reports.entry(finding.file.path()).or_default().push(finding);
    }
    let mut reports: Vec<Vec<&Finding>> = reports.into_values().collect();
    for report in &mut reports {
        report.sort_by_key(|finding| Reverse(finding.severity));
    }
    let badness = |report: &Vec<&Finding>| {
        let counts = Counts::of(report.iter().copied());
        (counts.errors, counts.warnings, counts.infos)
    };
    reports.sort_by_cached_key(|report| Reverse(badness(report)));
    reports
}

/// A finding: severity, place, what is wrong, which rule says so, and below it what to do.
fn item(
    finding: &Finding,
    indices: &mut Indices,
    comment: Comment<'_>,
    voice: Voice<'_>,
) -> String {
    let lang = voice.lang;
    let (start, _) = positions(finding, indices.of(finding));
    let path = finding.file.path();
    let place = code(&one_line(&format!("{path}:{}", start.line)));
    let place = match comment.sources {
        Some(sources) => {
            let sources = sources.trim_end_matches('/');
            // Without `plain=1` GitHub shows Markdown without its lines; others ignore it.
            format!("[{place}]({sources}/{}?plain=1#L{})", url_path(path), start.line)
        }
        None => place,
    };
    let rule = finding.rule.map_or(String::new(), |rule| match voice.docs_url(finding) {
        Some(url) => format!(" ([{}]({url}))", rule.code),
        None => format!(" ({})", rule.code),
    });
    let mut label = finding.severity.label().get(lang).to_owned();
    if finding.severity == Severity::Error {
        label = format!("**{label}**");
    }
    let message = inline(&finding.message.render(lang));
    let help = finding.help_text(lang);
    let help = if help.is_empty() { help } else { format!("\\\n  → {}", inline(&help)) };
    format!("- {label} {place} {message}{rule}{help}\n")
}

/// A message with its `code` in backticks and everything else as it reads.
fn inline(text: &str) -> String {
    let text = one_line(text);
    let cut: String = text.chars().take(LONGEST).collect();
    let mut out = String::with_capacity(cut.len() + 16);
    let mut rest = cut.as_str();
    while let Some(open) = rest.find('`') {
        let (before, after) = (&rest[..open], &rest[open + 1..]);
        let Some(close) = after.find('`').filter(|close| *close > 0) else { break };
        add(&mut out, &plain(before));
        add(&mut out, &code(&after[..close]));
        rest = &after[close + 1..];
    }
    add(&mut out, &plain(rest));
    if cut.len() < text.len() {
        out.push('…');
    }
    out
}

/// Two code spans side by side would be read as one with other ends.
fn add(out: &mut String, part: &str) {
    if out.ends_with('`') && part.starts_with('`') {
        out.push(' ');
    }
    out.push_str(part);
}

/// Text that is nothing but text. A word that a host might make something of stands as code.
fn plain(text: &str) -> String {
    let word = |word: &str| {
        let trimmed = word.trim_start_matches(['(', '"', '\'', '‘', '“']);
        let is_reference = trimmed.starts_with(['!', '%', '~', '^']) && trimmed.len() > 1;
        let is_live = word.contains(['@', '#', '<', '>', '&', '$', '`', '\\'])
            || word.contains("://")
            || word.contains("www.");
        if is_live || is_reference {
            return code(word);
        }
        let mut escaped = String::with_capacity(word.len());
        for ch in word.chars() {
            if matches!(ch, '*' | '_' | '[' | ']' | '~' | '|' | '!' | '{' | '}') {
                escaped.push('\\');
            }
            escaped.push(ch);
        }
        escaped
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// A code span of any text: its marks are longer than any in it.
fn code(text: &str) -> String {
    let longest = text.split(|ch| ch != '`').map(str::len).max().unwrap_or(0);
    let marks = "`".repeat(longest + 1);
    let pad = if longest > 0 { " " } else { "" };
    format!("{marks}{pad}{text}{pad}{marks}")
}

/// Text inside an HTML element.
fn html(text: &str) -> String {
    one_line(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::{Comment, Room, inline, markdown};
    use crate::diagnostics::render::Voice;
    use crate::diagnostics::{Finding, Severity};
    use crate::l10n::{Lang, Text};
    use crate::source::{SourceFile, Span};

    #[test]
    fn what_a_report_says_stays_text() {
        let check = |text: &str, expected: &str| assert_eq!(inline(text), expected, "{text}");
        check("unknown key `severty`", "unknown key `severty`");
        check(
            "a | b *c* __d__ [e](f) ![g](h)",
            "a \\| b \\*c\\* \\_\\_d\\_\\_ \\[e\\](f) `![g](h)`",
        );
        check("ask @everyone, see #12 (#13)", "ask `@everyone,` see `#12` `(#13)`");
        check("<img src=x> & https://evil.example", "`<img` `src=x>` `&` `https://evil.example`");
        check("two\n\n# lines\u{1b}[31m", "two  `#` lines \\[31m");
        check("one ` alone @all", "one `` ` `` alone `@all`");
        check("`x``@all", "`x` `` `@all ``");
        check("`x`@all`y`", "`x` `@all` `y`");
        check("empty `` code", "empty ``` `` ``` code");
        check("`a` @all `b`", "`a` `@all` `b`");
        check("담당이 `@platform`뿐입니다", "담당이 `@platform`뿐입니다");
    }

    fn finding(path: &str, severity: Severity) -> Finding {
        Finding {
            severity,
            rule: None,
            file: SourceFile::new(path, "하나\n둘\n"),
            span: Some(Span::new(7, 10)),
            message: Text::new("it is `wrong`", "`wrong`").into(),
            help: Some(Text::new("mend it", "고치세요").into()),
            related: Vec::new(),
            subjects: Vec::new(),
            fix: None,
            depends_on_today: false,
        }
    }

    #[test]
    fn a_long_list_says_what_it_leaves_out_and_stays_closed() {
        let all: Vec<Finding> = (0..2_000)
            .map(|at| finding(&format!("content/{:03}.md", at / 7), Severity::Warning))
            .collect();
        let all: Vec<&Finding> = all.iter().collect();
        let voice = Voice { lang: Lang::Ko, base_url: None };
        for room in [Room::COMMENT, Room::Bytes(30_000), Room::Characters(900)] {
            let comment = Comment { files: 300, sources: None, room, alike: &[] };
            let text = markdown(&all, comment, voice);
            assert!(room.of(&text) <= room.most(), "{}", text.len());
            let left: usize = text
                .lines()
                .last()
                .and_then(|line| line.split_once("지적이 ")?.1.split_once('건'))
                .and_then(|(count, _)| count.parse().ok())
                .unwrap_or(0);
            assert_eq!(text.matches("\n- ").count() + left, 2_000);
            let opened = text.matches("<details").count();
            assert_eq!(opened, text.matches("</details>").count());
            assert!(text.matches("<details open>").count() <= 3);
        }
    }

    #[test]
    fn the_worst_report_comes_first_and_a_path_stays_a_path() {
        let findings = [
            finding("a.md", Severity::Warning),
            finding("a.md", Severity::Warning),
            finding("b`@all`<b>\n.md", Severity::Info),
            finding("b`@all`<b>\n.md", Severity::Error),
        ];
        let all: Vec<&Finding> = findings.iter().collect();
        let sources = Some("https://git.example/x/blob/1f/");
        let comment = Comment { files: 3, sources, room: Room::COMMENT, alike: &[] };
        let voice = Voice { lang: Lang::En, base_url: None };
        insta::assert_snapshot!(markdown(&all, comment, voice), @r#"
        <!-- bokgi check -->
        ### bokgi check

        3 reports · 1 error · 2 warnings · 1 info

        <details open>
        <summary><code>b`@all`&lt;b&gt; .md</code> · 1 error · 1 info</summary>

        - **error** [`` b`@all`<b> .md:2 ``](https://git.example/x/blob/1f/b%60%40all%60%3Cb%3E%0A.md?plain=1#L2) it is `wrong`\
          → mend it
        - info [`` b`@all`<b> .md:2 ``](https://git.example/x/blob/1f/b%60%40all%60%3Cb%3E%0A.md?plain=1#L2) it is `wrong`\
          → mend it

        </details>

        <details open>
        <summary><code>a.md</code> · 2 warnings</summary>

        - warning [`a.md:2`](https://git.example/x/blob/1f/a.md?plain=1#L2) it is `wrong`\
          → mend it
        - warning [`a.md:2`](https://git.example/x/blob/1f/a.md?plain=1#L2) it is `wrong`\
          → mend it

        </details>
        "#);
    }
}
