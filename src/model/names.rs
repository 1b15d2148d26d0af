//! The fixed names of the domain, each with its id and its label in both languages.

use crate::l10n::Text;

/// Declares an enum whose variants have an id (kebab case, used in files and JSON) and a label.
macro_rules! names {
    ($(#[$meta:meta])* $name:ident { $($variant:ident = $id:literal, $en:literal, $ko:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) enum $name { $($variant),+ }

        impl $name {
            /// All of them, in order.
            pub(crate) const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The name used in files and in JSON.
            pub(crate) const fn id(self) -> &'static str {
                match self { $($name::$variant => $id),+ }
            }

            /// What a reader sees.
            #[allow(dead_code, reason = "every name has a label; not every one is shown yet")]
            pub(crate) const fn label(self) -> Text {
                match self { $($name::$variant => Text::new($en, $ko)),+ }
            }

            /// The one with this id.
            pub(crate) fn from_id(id: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|name| name.id() == id)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.id())
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "enum": [$($id),+] })
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let id = String::deserialize(deserializer)?;
                Self::from_id(&id).ok_or_else(|| {
                    serde::de::Error::unknown_variant(&id, &[$($id),+])
                })
            }
        }
    };
}

names! {
    /// What a part of a report is about.
    SectionKind {
        Summary = "summary", "Summary", "요약";
        Impact = "impact", "Impact", "영향";
        Detection = "detection", "Detection", "탐지";
        Timeline = "timeline", "Timeline", "타임라인";
        Whys = "whys", "Five whys", "5 Whys";
        Factors = "factors", "Contributing factors", "원인";
        Trigger = "trigger", "Trigger", "계기";
        Response = "response", "Response", "대응";
        Investigation = "investigation", "Investigation", "조사 기록";
        Metrics = "metrics", "Metrics", "지표";
        Actions = "actions", "Action items", "조치 항목";
        ShortTerm = "short-term", "Short-term actions", "단기 조치";
        MidTerm = "mid-term", "Mid-term actions", "중기 조치";
        LongTerm = "long-term", "Long-term actions", "장기 조치";
        Lessons = "lessons", "Lessons learned", "교훈";
        WentWell = "went-well", "What went well", "잘된 점";
        WentWrong = "went-wrong", "What went wrong", "아쉬운 점";
        Lucky = "lucky", "Where we got lucky", "운이 좋았던 점";
        Surprises = "surprises", "Surprises", "예상 밖이었던 점";
        Communication = "communication", "Communication", "소통";
        References = "references", "References", "참고 자료";
        Facts = "facts", "Incident details", "장애 정보";
        People = "people", "People", "참여자";
    }
}

impl SectionKind {
    /// The horizon that a section gives to the actions in it.
    pub(crate) const fn horizon(self) -> Option<Horizon> {
        match self {
            SectionKind::ShortTerm => Some(Horizon::Short),
            SectionKind::MidTerm => Some(Horizon::Mid),
            SectionKind::LongTerm => Some(Horizon::Long),
            _ => None,
        }
    }

    /// Whether the section holds actions.
    pub(crate) const fn holds_actions(self) -> bool {
        matches!(
            self,
            SectionKind::Actions
                | SectionKind::ShortTerm
                | SectionKind::MidTerm
                | SectionKind::LongTerm
        )
    }
}

names! {
    /// The phases of an incident.
    Phase {
        Started = "started", "started", "발생";
        Detected = "detected", "detected", "탐지";
        Escalated = "escalated", "escalated", "전파";
        Declared = "declared", "declared", "판정";
        Mitigated = "mitigated", "mitigated", "완화";
        Resolved = "resolved", "resolved", "복구";
        Analyzed = "analyzed", "analyzed", "분석";
        Shared = "shared", "shared", "공유";
        Reviewed = "reviewed", "reviewed", "회고";
    }
}

impl Phase {
    /// The front-matter key that holds this phase's time.
    pub(crate) const fn field(self) -> Field {
        match self {
            Phase::Started => Field::StartedAt,
            Phase::Detected => Field::DetectedAt,
            Phase::Escalated => Field::EscalatedAt,
            Phase::Declared => Field::DeclaredAt,
            Phase::Mitigated => Field::MitigatedAt,
            Phase::Resolved => Field::ResolvedAt,
            Phase::Analyzed => Field::AnalyzedAt,
            Phase::Shared => Field::SharedAt,
            Phase::Reviewed => Field::ReviewedAt,
        }
    }
}

names! {
    /// How finished a report is.
    Status {
        Draft = "draft", "draft", "초안";
        InReview = "in-review", "in review", "검토 중";
        Final = "final", "final", "완료";
    }
}

names! {
    /// What kind of event a report is about.
    Kind {
        Incident = "incident", "incident", "장애";
        NearMiss = "near-miss", "near miss", "아차 사고";
        Drill = "drill", "drill", "훈련";
    }
}

names! {
    /// Who may read a report.
    Audience {
        Public = "public", "public", "공개";
        Internal = "internal", "internal", "사내";
        Restricted = "restricted", "restricted", "제한";
    }
}

names! {
    /// When an action pays off.
    Horizon {
        Short = "short", "short-term", "단기";
        Mid = "mid", "mid-term", "중기";
        Long = "long", "long-term", "장기";
    }
}

names! {
    /// What an action is for: see the three kinds of measures in the source documents.
    ActionKind {
        Prevent = "prevent", "prevent", "예방";
        Detect = "detect", "detect sooner", "탐지";
        Respond = "respond", "handle better", "대응";
    }
}

names! {
    /// How far an action is. `unknown` means that nothing says so; it counts as neither open nor late.
    ActionStatus {
        Open = "open", "open", "미완료";
        InProgress = "in-progress", "in progress", "진행 중";
        Done = "done", "done", "완료";
        WontDo = "wont-do", "won't do", "하지 않음";
        Unknown = "unknown", "not recorded", "기록 없음";
    }
}

names! {
    /// How a hypothesis ended.
    Verdict {
        Confirmed = "confirmed", "confirmed", "확인";
        RuledOut = "ruled-out", "ruled out", "배제";
        Unknown = "unknown", "open", "미정";
    }
}

names! {
    /// How wide a review was.
    ReviewLevel {
        Team = "team", "team", "팀";
        Division = "division", "division", "본부";
        Company = "company", "company", "전사";
    }
}

names! {
    /// The roles of incident management (Site Reliability Engineering, chapter 14).
    Role {
        Commander = "commander", "incident commander", "장애 지휘";
        Operations = "operations", "operations", "운영";
        Communications = "communications", "communications", "소통";
        Planning = "planning", "planning", "계획";
    }
}

names! {
    /// The language a report is written in, by its BCP 47 tag.
    Language {
        En = "en", "English", "영어";
        Ko = "ko", "Korean", "한국어";
        Ja = "ja", "Japanese", "일본어";
        Zh = "zh", "Chinese", "중국어";
    }
}

names! {
    /// The facets with a controlled vocabulary.
    Facet {
        Detection = "detection", "detection", "탐지";
        Trigger = "trigger", "trigger", "계기";
        Cause = "cause", "cause", "원인";
        Mitigation = "mitigation", "mitigation", "완화";
    }
}

names! {
    /// The keys of a report's front matter.
    Field {
        Id = "id", "id", "식별자";
        Aliases = "aliases", "former ids", "이전 식별자";
        Title = "title", "title", "제목";
        Date = "date", "date", "발생일";
        Status = "status", "status", "상태";
        Kind = "kind", "kind", "종류";
        Profile = "profile", "profile", "프로파일";
        Lang = "lang", "language", "언어";
        Severity = "severity", "severity", "심각도";
        StartedAt = "started_at", "start time", "발생 시각";
        DetectedAt = "detected_at", "detection time", "탐지 시각";
        EscalatedAt = "escalated_at", "escalation time", "전파 시각";
        DeclaredAt = "declared_at", "declaration time", "판정 시각";
        MitigatedAt = "mitigated_at", "mitigation time", "완화 시각";
        ResolvedAt = "resolved_at", "resolution time", "복구 시각";
        AnalyzedAt = "analyzed_at", "analysis time", "분석 시각";
        SharedAt = "shared_at", "time of sharing", "공유 시각";
        ReviewedAt = "reviewed_at", "time of the review", "회고 시각";
        Timezone = "timezone", "time zone", "시간대";
        Services = "services", "affected services", "영향 서비스";
        Dependencies = "dependencies", "dependencies that failed", "외부 의존성";
        Detection = "detection", "how it was detected", "탐지 경로";
        DetectedBy = "detected_by", "who noticed", "발견자";
        Trigger = "trigger", "trigger", "계기";
        Causes = "causes", "causes", "원인 분류";
        Mitigations = "mitigations", "what stopped it", "완화 방법";
        Rollback = "rollback", "whether rolling back was possible", "롤백 가능 여부";
        Impact = "impact", "impact figures", "영향 수치";
        Roles = "roles", "roles", "역할";
        Reviews = "reviews", "reviews", "회고 이력";
        RecurrenceOf = "recurrence_of", "incident it repeats", "재발 원본";
        Related = "related", "related incidents", "관련 장애";
        Teams = "teams", "teams", "담당 팀";
        Tags = "tags", "tags", "태그";
        Links = "links", "links", "링크";
        Audience = "audience", "audience", "공개 범위";
    }
}

impl Field {
    /// The phase whose time this key holds.
    pub(crate) fn phase(self) -> Option<Phase> {
        Phase::ALL.iter().copied().find(|phase| phase.field() == self)
    }
}
