//! `PUB005`
use std::collections::BTreeMap;

use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::markup::Becomes;
use crate::parse::Report;

declare_rule! {
    en {
        /// ## What it does
        /// Finds what a page of the site does not show as it is written: images and embeds from elsewhere become links;
        /// players and frames for local files are left out; scripts, styles and drawings in HTML become text. HTML that a
        /// page does show (`<details>`, `<kbd>`, tables, a local `<img>` …) is fine.
        ///
        /// ## Why it matters
        /// A page asks nobody else for anything: it loads no foreign content and runs no foreign code. A chart that lives
        /// on another server is also gone on the day that server is.
        ///
        /// ## Example
        /// ```md,bad
        /// ## Impact
        ///
        /// ![orders per minute fall to zero](https://grafana.example.net/render/orders.png)
        /// ```
        ///
        /// ```md,good
        /// ## Impact
        ///
        /// Orders fell to zero, see the [dashboard](https://grafana.example.net/d/orders).
        ///
        /// <details><summary>Query</summary>rate(orders[1m])</details>
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 사이트에서 적힌 대로 보이지 않는 것을 찾습니다. 다른 곳의 이미지와 임베드는 링크가 되고, 로컬 파일용 플레이어와 프레임은 빠지고,
        /// HTML로 쓴 스크립트·스타일·그림은 글자로 보입니다. 그대로 보이는 HTML(`<details>`, `<kbd>`, 표, 로컬 `<img>` 등)은 괜찮습니다.
        ///
        /// ## 왜 중요한가요
        /// 페이지는 다른 곳에 아무것도 요청하지 않습니다. 외부 콘텐츠를 불러오지 않고 외부 코드를 실행하지 않습니다. 다른 서버에 있는 그래프는 그 서버가
        /// 사라지는 날 함께 사라지기도 합니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ## 영향
        ///
        /// ![분당 주문이 0으로 떨어진 그래프](https://grafana.example.net/render/orders.png)
        /// ```
        ///
        /// ```md,good
        /// ## 영향
        ///
        /// 주문이 0으로 떨어졌다. [대시보드](https://grafana.example.net/d/orders)
        ///
        /// <details><summary>쿼리</summary>rate(orders[1m])</details>
        /// ```
    }
    RULE = Rule {
        code: "PUB005",
        name: "dropped-html",
        stability: Stability::Stable,
        severity: Severity::Info,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const FOUND: Text = Text::new(
    "a page does not show this as written: {all}",
    "페이지에 적힌 대로 보이지 않습니다: {all}",
);
const IMAGES: Text = Text::new("image{times}", "이미지{times}");
const TAG: Text = Text::new("`<{name}>`{times}", "`<{name}>`{times}");
const LINK: Text =
    Text::new("{what} from elsewhere (becomes a link)", "다른 곳의 {what}(링크로 바뀜)");
const NOTHING: Text = Text::new("{what} (left out)", "{what}(빠짐)");
const TEXT: Text = Text::new("{what} (as text)", "{what}(글자로 보임)");
const BESIDE: Text = Text::new(
    "put images beside the report and write `![what it shows](file.png)`; link to the rest",
    "이미지는 보고서 옆에 두고 `![무엇을 보여 주는지](파일.png)`로 쓰고, 나머지는 링크하세요",
);

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    let losses = &report.leads.losses;
    // The worst comes first.
    let Some(first) = losses.iter().min_by_key(|loss| (loss.becomes, loss.span)) else { return };
    let mut counts: BTreeMap<(Becomes, &str), usize> = BTreeMap::new();
    for loss in losses {
        *counts.entry((loss.becomes, &loss.name)).or_insert(0) += 1;
    }
    let all: Vec<_> = counts
        .into_iter()
        .map(|((becomes, name), count)| {
            let times = if count > 1 { format!(" ×{count}") } else { String::new() };
            let what = match name {
                "img" => IMAGES.with("times", times),
                _ => TAG.with("name", name).with("times", times),
            };
            let text = match becomes {
                Becomes::Nothing => NOTHING,
                Becomes::Text => TEXT,
                Becomes::Link => LINK,
            };
            text.with("what", what)
        })
        .collect();
    let item = found.at(&report.source, first.span, FOUND.with("all", all)).help(BESIDE);
    for loss in losses.iter().filter(|loss| loss.span != first.span) {
        item.related(loss.span, Text::new("", ""));
    }
}
