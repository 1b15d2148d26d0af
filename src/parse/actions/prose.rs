//! What the words of an action say about its state: `This has been done`, `알람을 추가했습니다`.
//!
//! Only what cannot mean anything else counts. A participle at the front does not: `Improved runbooks`
//! is what somebody wants to have as often as what somebody has.

/// A last sentence that says that everything before it is done.
const LAST: [&str; 18] = [
    "done",
    "all done",
    "already done",
    "now done",
    "completed",
    "already completed",
    "fixed",
    "already fixed",
    "implemented",
    "already implemented",
    "this is done",
    "this was done",
    "this has been done",
    "this has already been done",
    "this is now done",
    "has been done",
    "this is already done",
    "this has been completed",
];

/// The same with where it was done: `done in #12`.
const IN: [&str; 4] = ["done in ", "fixed in ", "implemented in ", "resolved in "];

/// What somebody did about an action without doing it.
const NOT_YET: [&str; 37] = [
    "needed",
    "decided",
    "planned",
    "agreed",
    "noticed",
    "learned",
    "realized",
    "realised",
    "identified",
    "discovered",
    "discussed",
    "considered",
    "scheduled",
    "wanted",
    "started",
    "opened",
    "filed",
    "raised",
    "reported",
    "requested",
    "missed",
    "failed",
    "lacked",
    "assumed",
    "tried",
    "attempted",
    "relied",
    "used",
    "believed",
    "expected",
    "hoped",
    "proposed",
    "committed",
    "prioritized",
    "prioritised",
    "assigned",
    "need",
];

/// Words that tell of a note in a tracker where the verb alone tells of work.
const NOTES: [&str; 7] =
    ["backlog", "ticket", "issue", "roadmap", "task", "action item", "proposal"];

/// What stands before `has been` where the sentence asks for something or speaks of something else.
const OTHERWISE: [&str; 20] = [
    "that",
    "which",
    "who",
    "if",
    "when",
    "until",
    "once",
    "whether",
    "how",
    "why",
    "after",
    "ensure",
    "check",
    "verify",
    "confirm",
    "make",
    "investigate",
    "understand",
    "monitor",
    "find",
];

/// Korean sentences of what is over, and what makes them mean something else.
const KOREAN_ENDS: [&str; 16] = [
    "완료",
    "완료함",
    "완료됨",
    "했다",
    "했음",
    "했습니다",
    "하였다",
    "하였음",
    "하였습니다",
    "됐다",
    "됐습니다",
    "되었다",
    "되었음",
    "되었습니다",
    "적용함",
    "조치함",
];
const KOREAN_OTHERWISE: [&str; 16] = [
    "미완료",
    "까지",
    "예정",
    "계획",
    "목표",
    "기로 했",
    "기로 하",
    "기로했",
    "못했",
    "못 했",
    "야 했",
    "필요했",
    "부족했",
    "발생했",
    "않았",
    "검토했",
];

/// Whether the text of an action says itself that it was done.
pub(super) fn says_done(text: &str) -> bool {
    let text = text.trim_end_matches(['.', '!', ' ', ')', '。']);
    korean(text) || english(text)
}

/// Whether a text starts like one about the past, where its neighbours do too.
pub(super) fn is_past(text: &str) -> bool {
    let first = text.split_whitespace().next().map(str::to_lowercase).unwrap_or_default();
    is_participle(&[&first])
}

fn korean(text: &str) -> bool {
    KOREAN_ENDS.iter().any(|end| text.ends_with(end))
        && !KOREAN_OTHERWISE.iter().any(|other| text.contains(other))
}

fn english(text: &str) -> bool {
    let text = text.to_lowercase();
    let last = text.rsplit(['.', '!', '(', '—', '–', ';', ':']).next().unwrap_or_default().trim();
    let is_last = LAST.contains(&last)
        || (last.contains('#') && IN.iter().any(|word| last.starts_with(word)));
    if is_last && last.len() < text.len() {
        return true;
    }
    let first = text.split(['.', ';']).next().unwrap_or_default();
    if NOTES.iter().any(|note| first.contains(note)) {
        return false;
    }
    let words: Vec<&str> = first.split_whitespace().collect();
    match words.as_slice() {
        ["we", "have", rest @ ..] | ["we've" | "we’ve" | "we", rest @ ..] => is_participle(rest),
        _ => {
            let at = words.windows(2).position(|pair| matches!(pair, ["has" | "have", "been"]));
            at.is_some_and(|at| {
                let is_main = !words[..at].iter().any(|word| OTHERWISE.contains(word));
                is_main && is_participle(&words[at + 2..])
            })
        }
    }
}

/// Whether the next word but for adverbs is a participle of something that is work.
fn is_participle(words: &[&str]) -> bool {
    const IRREGULAR: [&str; 7] = ["built", "wrote", "written", "made", "sent", "rolled", "split"];
    let is_adverb = |word: &&&str| {
        word.ends_with("ly") || matches!(**word, "already" | "also" | "now" | "since" | "then")
    };
    let Some(verb) = words.iter().find(|word| !is_adverb(word)) else { return false };
    let verb = verb.trim_end_matches([',', ':']).split('/').next().unwrap_or_default();
    (verb.len() > 4 && verb.ends_with("ed") || IRREGULAR.contains(&verb))
        && !NOT_YET.contains(&verb)
}

#[cfg(test)]
mod tests {
    use super::says_done;

    #[test]
    fn what_cannot_mean_anything_else_is_done() {
        for text in [
            "Move the agent to its own nodes. This has been done",
            "Version lock the tool (done)",
            "The app alerts after two minutes. DONE in PR #5126",
            "We tweaked/adjusted the internal pull limit",
            "We've significantly tightened the release workflow",
            "We have already added an alarm",
            "The service account has been documented.",
            "Service account with a viewer role has been documented",
            "알람을 추가했습니다.",
            "대기 알람 추가 완료",
        ] {
            assert!(says_done(text), "{text}");
        }
        for text in [
            "Done",
            "We need a scanner",
            "We have to add an alarm",
            "We have a plan",
            "We've added a backlog task for the alarm",
            "We decided to remove it",
            "Remove nodes that have been cordoned",
            "Check the logs have been rotated",
            "The upgrade has been scheduled",
            "The nodes that have been cordoned must go",
            "Improved runbooks for engine limits",
            "알람을 추가하기로 했습니다",
            "3월까지 이전 완료",
            "알람 추가 (미완료)",
            "알람 추가",
        ] {
            assert!(!says_done(text), "{text}");
        }
    }
}
