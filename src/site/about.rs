//! The page that says what this is, and how to write a report.

use serde::Serialize;

use super::rules::html;
use super::view::{Page, Site};
use crate::config::{Head, Settings};
use crate::l10n::Text;

/// What the page shows besides the theme's own words.
#[derive(Clone, Debug, Serialize)]
pub(super) struct AboutPage {
    body: String,
    profile: String,
    profile_about: String,
    sections: Vec<SectionView>,
    /// An empty report to copy.
    template: String,
}

#[derive(Clone, Debug, Serialize)]
struct SectionView {
    heading: String,
    prompt: String,
    optional: bool,
}

const HOW: Text = Text::new(
    "\
A postmortem is written so that the next person learns what we learned, and it blames nobody: it asks \
what made an action look right at the time.

1. **Start the same day.** `bokgi new \"What happened\"` writes a file with the questions to answer. A \
draft may say TBD; readers see that it is one.
2. **Times before opinions.** When it began, when we noticed, when it ended. Everything else follows from \
them.
3. **Ask why until the answer is something we can change.** Start from what customers saw. Five is no \
quota; an answer without evidence is a guess.
4. **Promise little and date it.** An action has an owner, a day and a kind: prevent it, notice it \
sooner, handle it better.
5. **Write down what you ruled out.** It saves the next person that hour.
6. `bokgi check` says what is missing, and why it matters. Set `status: final` when it is done.

A passage between `<!-- internal -->` and `<!-- /internal -->` stays out of public editions; \
`audience: restricted` keeps a whole report out of this site.
",
    "\
장애 회고는 우리가 배운 것을 다음 사람도 배울 수 있게 남기는 글입니다. 누구를 탓하지 않고, 그때는 왜 그 \
선택이 맞아 보였는지를 묻습니다.

1. **당일에 시작합니다.** `bokgi new \"무슨 일이 있었나\"`를 실행하면 답할 질문이 적힌 파일이 생깁니다. 초안에는 \
TBD가 있어도 됩니다. 읽는 사람에게는 초안이라고 표시됩니다.
2. **의견보다 시각을 먼저 적습니다.** 언제 시작됐고, 언제 알았고, 언제 끝났는지. 나머지는 여기서 나옵니다.
3. **우리가 바꿀 수 있는 것이 나올 때까지 왜를 묻습니다.** 고객이 본 것에서 출발합니다. 다섯 번은 할당량이 \
아니고, 근거 없는 답은 추측입니다.
4. **적게 약속하고 날짜를 적습니다.** 조치에는 담당과 기한과 종류(예방, 탐지, 대응)가 있습니다.
5. **아니라고 확인한 것도 적습니다.** 다음 사람의 한 시간을 아껴 줍니다.
6. 무엇이 빠졌고 왜 중요한지는 `bokgi check`가 알려 줍니다. 다 쓰면 `status: final`로 바꿉니다.

`<!-- internal -->`과 `<!-- /internal -->` 사이의 글은 공개판에 나가지 않습니다. `audience: restricted`인 보고서는 \
이 사이트에 실리지 않습니다.
",
);

pub(super) fn page(site: &Site, settings: &Settings) -> Page<AboutPage> {
    let lang = site.speaks;
    let profile = settings.profiles.get(&settings.profiles.default);
    let sections = profile.iter().flat_map(|profile| &profile.sections);
    let content = AboutPage {
        body: html(HOW.get(lang), lang),
        profile: profile.map(|profile| profile.name.clone()).unwrap_or_default(),
        profile_about: profile
            .map(|profile| profile.about.get(lang).to_owned())
            .unwrap_or_default(),
        sections: sections
            .map(|section| SectionView {
                heading: section.heading(lang).to_owned(),
                prompt: section.prompt.get(lang).to_owned(),
                optional: section.optional,
            })
            .collect(),
        template: profile
            .map(|profile| {
                let title = site.word("example_title");
                let head = Head { title: &title, date: "YYYY-MM-DD", profile: None };
                profile.template(&head, lang)
            })
            .unwrap_or_default(),
    };
    Page::new("about/index.html", site.word("about"), content)
}
