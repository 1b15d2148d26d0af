//! `PUB007`
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::markup::{Lead, LeadKind};
use crate::parse::Report;

declare_rule! {
    en {
        /// ## What it does
        /// Finds images without a description, or with one that only says that it is an image (`image`, `screenshot`, the
        /// name of its file). An HTML image with `alt=""` is decoration and fine.
        ///
        /// ## Why it matters
        /// A chart is often the evidence. Whoever cannot see it, searches for it, or finds it gone in three years has only
        /// its description.
        ///
        /// ## Source
        /// WCAG 2.2, success criterion 1.1.1 (non-text content).
        ///
        /// ## Example
        /// ```md,bad
        /// ![image](p99.png)
        /// ```
        ///
        /// ```md,good
        /// ![p99 latency rises from 80 ms to 4 s at 14:02](p99.png)
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 설명이 없는 이미지, 또는 이미지라는 것밖에 알려 주지 않는 설명(`image`, `스크린샷`, 파일 이름)을 찾습니다. HTML로 `alt=""`라고 쓴 이미지는
        /// 장식이므로 괜찮습니다.
        ///
        /// ## 왜 중요한가요
        /// 그래프는 흔히 증거입니다. 볼 수 없는 사람, 검색하는 사람, 3년 뒤 파일이 사라진 것을 발견한 사람에게는 설명만 남습니다.
        ///
        /// ## 출처
        /// WCAG 2.2 성공 기준 1.1.1(텍스트 아닌 콘텐츠).
        ///
        /// ## 예
        /// ```md,bad
        /// ![image](p99.png)
        /// ```
        ///
        /// ```md,good
        /// ![14:02에 p99 지연이 80ms에서 4초로 오르는 그래프](p99.png)
        /// ```
    }
    RULE = Rule {
        code: "PUB007",
        name: "image-without-alt",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const FOUND: Text = Text::new(
    "{count} {image|images} without a description",
    "설명이 없는 이미지가 {count}개 있습니다",
);
const DESCRIBE: Text = Text::new(
    "say what it shows: `![p99 latency rises from 80 ms to 4 s](p99.png)`",
    "무엇을 보여 주는지 적으세요: `![p99 지연이 80ms에서 4초로 오르는 그래프](p99.png)`",
);

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    let lacks = |lead: &&Lead| lead.kind == LeadKind::Image && !lead.has_words;
    let images: Vec<&Lead> = report.leads.leads.iter().filter(lacks).collect();
    let Some((first, more)) = images.split_first() else { return };
    let item =
        found.at(&report.source, first.span, FOUND.with("count", images.len())).help(DESCRIBE);
    for lead in more {
        item.related(lead.span, Text::new("", ""));
    }
}
