//! What is read out of sentences, and what is not.

use crate::config::{Overrides, Settings, Surroundings, resolve};
use crate::model::{Facet, Origin};
use crate::parse::{Edition, report};
use crate::source::SourceFile;

fn settings(config: &str) -> Settings {
    let config = SourceFile::new("bokgi.toml", config);
    let surroundings = Surroundings { today: jiff::civil::date(2026, 6, 1), locale: None };
    resolve(Some(&config), &[], &Overrides::default(), surroundings).settings
}

/// The inferred values as `facet: value «words in the source»`, by facet.
fn inferred(text: &str, settings: &Settings, edition: Edition) -> String {
    let report = report(SourceFile::new("a.md", text), "a.md", settings, edition);
    let values = report.incident.inferred.iter().flat_map(|(facet, terms)| {
        terms.iter().map(|term| {
            assert_eq!(term.origin, Origin::Text);
            let id = term.value.id.as_deref().unwrap_or_default();
            let place = term.span.map_or("-", |span| span.of(text));
            assert!(place.is_empty() || !term.value.written.is_empty());
            format!("{}: {id} «{place}»", facet.id())
        })
    });
    values.collect::<Vec<_>>().join("; ")
}

#[track_caller]
fn says(text: &str, expected: &str) {
    assert_eq!(inferred(text, &settings(""), Edition::Internal), expected, "{text}");
}

#[test]
fn each_facet_is_read_where_it_belongs() {
    says(
        "# Outage\n\n## Detection\n\nUsers reported errors.\n\n## Root cause\n\nThe connection pool was\nexhausted by a *memory leak*.\n\n## Trigger\n\nA release at ten.\n\n## Resolution\n\nWe rolled back.\n",
        "detection: customer «Users reported»; trigger: deploy «release»; cause: software/capacity «connection pool was\nexhausted»; cause: software/resource-leak «memory leak»; mitigation: rollback «rolled back»",
    );
    says(
        "# 장애\n\n## 탐지\n\n- 고객 문의로 알게 되었다\n\n## 근본 원인\n\n- 커넥션풀이 모두 고갈됨\n- 배포 직후 발생\n\n## 대응\n\n서버를 재기동하여 복구. 설정을 변경했다.\n",
        "detection: customer «고객 문의로»; trigger: deploy «배포 직후»; cause: software/capacity «커넥션풀이 모두 고갈»; mitigation: restart «재기동»; mitigation: config-change «설정을 변경»",
    );
}

#[test]
fn a_summary_and_a_timeline_have_to_say_more() {
    says("# A\n\n## Summary\n\nThere was a bug and a rollback.\n", "");
    says(
        "# A\n\n## Summary\n\nCaused by a bug. It was fixed by a rollback.\n",
        "cause: software «bug»; mitigation: rollback «rollback»",
    );
    let timeline = |entry: &str| format!("# A\n\n## Timeline\n\n- 10:00 errors\n- 10:10 {entry}\n");
    says(
        &timeline("rolled back\n- 10:30 all services restored"),
        "mitigation: rollback «- 10:10 rolled back»",
    );
    says(&timeline("rolled back\n- 10:30 still not resolved"), "");
    says(&timeline("tried a rollback\n- 10:30 resolved"), "");
}

#[test]
fn what_was_not_so_is_not_read() {
    let response = |text: &str| format!("# A\n\n## Resolution\n\n{text}\n");
    for text in [
        "No rollback was needed.",
        "We should have rolled back.",
        "Did we roll back?",
        "A rollback was not possible.",
        "`rolled back`, ~~rolled back~~",
        "> rolled back",
        "TBD: rolled back",
        "롤백하지 않았다",
        "롤백을 검토했다",
        "롤백을 시도했으나 실패",
    ] {
        says(&response(text), "");
    }
    for section in ["Action items", "Lessons learned", "What went well", "Impact"] {
        says(&format!("# A\n\n## {section}\n\n- We rolled back because of a memory leak\n"), "");
    }
}

#[test]
fn a_stated_value_leaves_nothing_to_infer() {
    says(
        "---\nmitigations: [restart]\ncauses: [x]\n---\n# A\n\n## Resolution\n\nWe rolled back.\n\n## Root cause\n\nA typo\n",
        "",
    );
    says(
        "# A\n\n**Severity:** SEV1\n**Mitigation:** restart\n\n## Resolution\n\nWe rolled back.\n",
        "",
    );
    // What stands above a cause goes without saying, in either order.
    says(
        "# A\n\n## Root cause\n\nA bug. A race condition. A bug.\n",
        "cause: software/concurrency «race condition»",
    );
}

#[test]
fn a_part_that_is_a_name_means_it() {
    says(
        "# A\n\n## Trigger\n\nUpdate\n\n## Root cause\n\n- Human error.\n- Tuning\n- Nothing new\n\n## Detection\n\nUnknown\n",
        "trigger: deploy «Update»; cause: process «Human error.»; cause: software/performance «Tuning»",
    );
}

#[test]
fn a_users_own_terms_are_read_too() {
    let config = "[vocabulary.mitigation.moon]\nlabel = { en = \"full moon\", ko = \"보름달\" }\naliases = [\"moon phase\", \"moon\"]\n[vocabulary.mitigation.rollback]\nprose = [\"went home\"]\n";
    let settings = settings(config);
    let text = "# A\n\n## Resolution\n\nA full moon rose, then the moon phase passed, then the code went home.\n";
    assert_eq!(
        inferred(text, &settings, Edition::Internal),
        "mitigation: moon «full moon»; mitigation: rollback «went home»"
    );
    // One word alone means too much.
    assert_eq!(inferred("# A\n\n## Resolution\n\nThe moon\n", &settings, Edition::Internal), "");
}

#[test]
fn a_public_edition_infers_nothing_from_what_it_hides() {
    let text = "---\naudience: public\n---\n# A\n\n## Resolution\n\nThen <!-- internal -->we rolled back and <!-- /internal --> we restarted the pods.\n";
    let settings = settings("");
    assert_eq!(inferred(text, &settings, Edition::Public), "mitigation: restart «we restarted»");
    assert_eq!(
        inferred(text, &settings, Edition::Internal),
        "mitigation: rollback «rolled back»; mitigation: restart «we restarted»"
    );
}

#[test]
fn decomposed_text_is_read_as_well() {
    // `롤백` as macOS may write it.
    let text = "# A\n\n## 대응\n\n\u{1105}\u{1169}\u{11af}\u{1107}\u{1162}\u{11a8}\n";
    assert!(inferred(text, &settings(""), Edition::Internal).starts_with("mitigation: rollback"));
}

#[test]
fn a_facet_has_a_few_values_at_most() {
    let text = "# A\n\n## Root cause\n\nA typo. A race condition. A memory leak. Packet loss. Clock skew.\n";
    let report = report(SourceFile::new("a.md", text), "a.md", &settings(""), Edition::Internal);
    assert_eq!(report.incident.inferred.get(&Facet::Cause).map(Vec::len), Some(3));
    assert!(report.incident.causes.is_empty(), "stated and inferred values are never mixed");
}
