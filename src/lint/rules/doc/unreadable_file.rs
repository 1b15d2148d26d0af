//! `DOC001`
use crate::corpus::Corpus;
use crate::diagnostics::Severity;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::source::SourceFile;

declare_rule! {
    en {
        /// ## What it does
        /// Finds files that should be reports and cannot be read: not UTF-8, NUL bytes, larger than 4 MiB, no
        /// permission, and links that lead out of the folder, in a circle or nowhere.
        ///
        /// ## Why it matters
        /// A report nobody can read is a report nobody learns from. All other files are checked all the same, so
        /// one broken file hides nothing.
        ///
        /// ## Example
        /// A file saved as EUC-KR, CP949 or UTF-16 is not UTF-8. Convert it:
        ///
        /// ```sh
        /// iconv -f CP949 -t UTF-8 old.md > new.md
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 보고서여야 하는데 읽을 수 없는 파일을 찾습니다. UTF-8이 아닌 파일, NUL 바이트가 든 파일, 4 MiB보다 큰 파일, 권한이 없는
        /// 파일, 그리고 폴더 밖으로 나가거나 제자리를 돌거나 끊어진 링크입니다.
        ///
        /// ## 왜 중요한가요
        /// 읽을 수 없는 보고서에서는 아무도 배울 수 없습니다. 나머지 파일은 그대로 검사하므로 깨진 파일 하나가 다른 문제를 가리지 않습니다.
        ///
        /// ## 예
        /// EUC-KR, CP949, UTF-16으로 저장한 파일은 UTF-8이 아닙니다. 이렇게 바꿉니다.
        ///
        /// ```sh
        /// iconv -f CP949 -t UTF-8 old.md > new.md
        /// ```
    }
    RULE = Rule {
        code: "DOC001",
        name: "unreadable-file",
        stability: Stability::Stable,
        severity: Severity::Error,
        level: Level::Always,
        check: Check::Corpus(check),
    }
}

fn check(_: &Context<'_>, corpus: &Corpus, found: &mut Found) {
    for unreadable in &corpus.unreadable {
        let file = SourceFile::new(&unreadable.path, "");
        found.in_file(&file, unreadable.reason.clone()).help(unreadable.help.clone());
    }
}
