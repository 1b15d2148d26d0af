//! English counterfactuals: a modal or `failed to`, a person before it and a deed after it.

use std::ops::Range;
use std::sync::LazyLock;

use crate::lint::prose::{Group, Phrases, people};

/// One of these stands in every English counterfactual.
pub(super) const ANCHORS: &[&str] = &[
    "should have",
    "should've",
    "should not have",
    "shouldn't have",
    "ought to have",
    "could have",
    "could've",
    "would have been",
    "failed to",
    "if only",
    "neglected to",
    "bother to",
    "bothered to",
    "if we had",
    "if the team had",
    "had we",
];

/// How a phrase becomes a counterfactual.
#[derive(Clone, Copy, Debug)]
enum Form {
    /// People before it, any deed after it; or a deed of people in the passive.
    Should,
    /// People before it, and a deed that would have helped.
    Could,
    /// `failed to`, people before it, and something left undone.
    Failed,
    /// `if we had known … we would`
    Had,
    /// Comes with its people.
    Whole,
    /// Comes with its deed: `would have been better to`.
    Wish,
}

const GROUPS: &[Group<Form>] = &[
    Group {
        words: &["should have", "should've", "should not have", "shouldn't have", "ought to have"],
        means: Form::Should,
    },
    Group { words: &["could have", "could've"], means: Form::Could },
    Group { words: &["failed to"], means: Form::Failed },
    Group { words: &["if we had", "if the team had", "had we"], means: Form::Had },
    Group {
        words: &[
            "if only we",
            "if only i",
            "if only the team",
            "if only someone",
            "if only he",
            "if only she",
            "neglected to",
            "didn't bother to",
            "did not bother to",
            "never bothered to",
        ],
        means: Form::Whole,
    },
    Group {
        words: &[
            "would have been better to",
            "would have been useful to",
            "would have been helpful to",
            "would have been wise to",
            "would have been prudent to",
            "would have been good to",
            "would have been nice to",
            "would have been better if we",
            "would have been avoided",
            "would have been prevented",
        ],
        means: Form::Wish,
    },
];

static PHRASES: LazyLock<Phrases<Form>> = LazyLock::new(|| {
    Phrases::new(
        GROUPS,
        &[&[
            "should have known better",
            "ought to have known better",
            "should've known better",
            "what could have gone",
            "how we could have",
            "what we could have",
            "what should have",
            "could have gone better",
            "could have been worse",
            "assume we could have",
            "assumed we could have",
            "thought we could have",
            "think we could have",
            "believed we could have",
            "assume we should have",
        ]],
    )
});

/// Passives whose agent is a person: nobody expects a system to do these.
const DONE_BY_PEOPLE: [&str; 58] = [
    "tested",
    "checked",
    "reviewed",
    "verified",
    "validated",
    "noticed",
    "caught",
    "spotted",
    "addressed",
    "fixed",
    "communicated",
    "rushed",
    "documented",
    "updated",
    "done",
    "escalated",
    "raised",
    "considered",
    "anticipated",
    "foreseen",
    "planned",
    "prepared",
    "monitored",
    "merged",
    "deployed",
    "disabled",
    "informed",
    "announced",
    "told",
    "consulted",
    "involved",
    "asked",
    "called",
    "discussed",
    "declared",
    "taken",
    "made",
    "rolled",
    "reverted",
    "removed",
    "upgraded",
    "renewed",
    "investigated",
    "prioritized",
    "prioritised",
    "approved",
    "coordinated",
    "released",
    "applied",
    "followed",
    "found",
    "discovered",
    "identified",
    "recognized",
    "recognised",
    "staged",
    "handled",
    "set",
];

/// Passives of `could have been …` that wish an outage away.
const WISHED: [&str; 20] = [
    "prevented",
    "avoided",
    "caught",
    "detected",
    "found",
    "noticed",
    "spotted",
    "fixed",
    "mitigated",
    "shortened",
    "communicated",
    "handled",
    "tested",
    "reviewed",
    "checked",
    "discovered",
    "identified",
    "alerted",
    "reduced",
    "minimized",
];

/// Deeds after `we could have` that would have helped. What could have been lost is a risk, not a wish.
const HELPFUL: [&str; 50] = [
    "tested",
    "checked",
    "noticed",
    "caught",
    "detected",
    "prevented",
    "avoided",
    "communicated",
    "rolled",
    "reverted",
    "escalated",
    "declared",
    "verified",
    "validated",
    "monitored",
    "reviewed",
    "asked",
    "spotted",
    "found",
    "fixed",
    "mitigated",
    "responded",
    "reacted",
    "acted",
    "done",
    "informed",
    "announced",
    "prepared",
    "planned",
    "anticipated",
    "identified",
    "discovered",
    "recycled",
    "restarted",
    "recovered",
    "restored",
    "started",
    "stopped",
    "saved",
    "reduced",
    "shortened",
    "resolved",
    "handled",
    "involved",
    "called",
    "followed",
    "used",
    "helped",
    "known",
    "realized",
];

/// What is left undone after `failed to`; `failed to connect` and `failed to reproduce` are attempts.
const OMITTED: [&str; 46] = [
    "verify",
    "check",
    "notice",
    "test",
    "follow",
    "update",
    "consider",
    "communicate",
    "escalate",
    "document",
    "review",
    "realize",
    "realise",
    "recognize",
    "recognise",
    "monitor",
    "anticipate",
    "think",
    "understand",
    "account",
    "plan",
    "coordinate",
    "validate",
    "ensure",
    "inform",
    "notify",
    "tell",
    "act",
    "respond",
    "configure",
    "renew",
    "rotate",
    "enable",
    "disable",
    "apply",
    "add",
    "include",
    "read",
    "ask",
    "catch",
    "foresee",
    "predict",
    "see",
    "appreciate",
    "announce",
    "spot",
];

/// Participles that are also adjectives: `each service should have dedicated nodes` asks for something.
const ADJECTIVES: [&str; 32] = [
    "limited",
    "dedicated",
    "automated",
    "detailed",
    "improved",
    "increased",
    "reduced",
    "shared",
    "unlimited",
    "standardized",
    "standardised",
    "centralized",
    "centralised",
    "enforced",
    "documented",
    "defined",
    "updated",
    "named",
    "separated",
    "isolated",
    "related",
    "advanced",
    "managed",
    "restricted",
    "enhanced",
    "unified",
    "structured",
    "varied",
    "tested",
    "better",
    "integrated",
    "distributed",
];

const IRREGULAR: [&str; 40] = [
    "known",
    "thought",
    "done",
    "made",
    "taken",
    "kept",
    "seen",
    "caught",
    "told",
    "read",
    "run",
    "set",
    "put",
    "sent",
    "found",
    "built",
    "understood",
    "foreseen",
    "begun",
    "chosen",
    "given",
    "gone",
    "left",
    "written",
    "spoken",
    "said",
    "paid",
    "brought",
    "held",
    "led",
    "met",
    "shown",
    "stuck",
    "tried",
    "split",
    "cut",
    "drawn",
    "got",
    "gotten",
    "learnt",
];

/// Words between `have` and the deed.
const ADVERBS: [&str; 14] = [
    "also", "just", "then", "still", "never", "not", "already", "at", "least", "first", "instead",
    "better", "all", "ever",
];

/// The counterfactuals of a sentence in lower case, from the modal to the deed.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let hits = PHRASES.find(text);
    hits.into_iter().filter_map(|hit| judge(text, hit.range, hit.means)).collect()
}

fn judge(text: &str, range: Range<usize>, form: Form) -> Option<Range<usize>> {
    let before = &text[..range.start];
    let (verb, end) = deed(text, range.end)?;
    let by_people = || people::is_done_by_people(before);
    let automatic = || text.contains("automatic");
    let asks = || asks_for(before);
    let guilty = match form {
        Form::Should if verb == "been" => {
            let (done, end) = deed(text, end)?;
            let omitted = DONE_BY_PEOPLE.contains(&done) && !automatic();
            return omitted.then_some(range.start..end);
        }
        Form::Could if verb == "been" => {
            let (done, end) = deed(text, end)?;
            return WISHED.contains(&done).then_some(range.start..end);
        }
        Form::Should => {
            let known = IRREGULAR.contains(&verb) || verb.ends_with("ed");
            by_people() && known && (!ADJECTIVES.contains(&verb) || has_object(text, end))
        }
        Form::Could => {
            let gerund =
                before.trim().split(' ').next().is_some_and(|first| first.ends_with("ing"));
            (by_people() && HELPFUL.contains(&verb)) || (gerund && verb == "helped")
        }
        Form::Failed => by_people() && OMITTED.contains(&verb),
        Form::Had => {
            let known = IRREGULAR.contains(&verb) || verb.ends_with("ed") || verb == "not";
            let inverted = text[range.clone()].starts_with("had we")
                && !before.trim().is_empty()
                && !before.trim_end().ends_with([',', ';', ':', '(', '–', '—']);
            let modal = ["would", "could", "might"].iter().any(|modal| text.contains(modal));
            known && modal && !inverted && !asks()
        }
        Form::Whole => true,
        Form::Wish => return Some(range),
    };
    guilty.then_some(range.start..end)
}

/// `tested the restore`, and not `tested restores`.
fn has_object(text: &str, from: usize) -> bool {
    const OBJECTS: [&str; 20] = [
        "the", "a", "an", "this", "that", "these", "it", "our", "their", "all", "every", "before",
        "after", "in", "on", "with", "how", "what", "them", "for",
    ];
    let rest = text[from..].trim_start();
    let word = rest.split(|ch: char| !ch.is_ascii_alphanumeric()).next().unwrap_or_default();
    word.is_empty() || OBJECTS.contains(&word)
}

/// `to check if we had lost data`: a question, not a condition.
fn asks_for(before: &str) -> bool {
    const ASK: [&str; 14] = [
        "check",
        "checked",
        "checking",
        "see",
        "know",
        "unclear",
        "wonder",
        "wondered",
        "determine",
        "sure",
        "asked",
        "ask",
        "confirm",
        "verify",
    ];
    before.split_whitespace().next_back().is_some_and(|word| ASK.contains(&word))
}

/// The first word from `from` on that is no adverb, and where it ends.
fn deed(text: &str, from: usize) -> Option<(&str, usize)> {
    let mut at = from;
    for _ in 0..4 {
        let rest = &text[at..];
        let start = at + rest.len() - rest.trim_start_matches([' ', ',']).len();
        let length = text[start..]
            .find(|ch: char| !ch.is_ascii_alphanumeric() && ch != '-')
            .unwrap_or(text.len() - start);
        let word = &text[start..start + length];
        if word.is_empty() {
            return None;
        }
        if !word.ends_with("ly") && !ADVERBS.contains(&word) {
            return Some((word, start + length));
        }
        at = start + length;
    }
    None
}
