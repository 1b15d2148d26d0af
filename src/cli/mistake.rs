//! Mistakes in what was typed, in the user's language.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::output::Explained;
use crate::l10n::{Message, Text};
use crate::tree::DID_YOU_MEAN;

const NO_COMMAND: Text =
    Text::new("there is no command `{word}`", "`{word}`{이라는/라는} 명령은 없습니다");
const NO_OPTION: Text =
    Text::new("`{word}` is not expected here", "여기에는 `{word}`{을/를} 쓸 수 없습니다");
const NO_VALUE: Text = Text::new("`{option}` needs a value", "`{option}`에는 값이 필요합니다");
const WRONG_VALUE: Text = Text::new(
    "`{value}` is no value for `{option}`",
    "`{value}`{은/는} `{option}`에 쓸 수 없는 값입니다",
);
const MISSING: Text = Text::new("missing: {arguments}", "빠진 인자: {arguments}");
const TWICE: Text =
    Text::new("`{option}` can only be given once", "`{option}`{은/는} 한 번만 쓸 수 있습니다");
const VALUES: Text = Text::new("it is one of: {values}", "쓸 수 있는 값: {values}");
const USAGE: Text = Text::new(
    "`bokgi --help` shows what can be typed",
    "`bokgi --help`로 쓰는 법을 볼 수 있습니다",
);
const COMMAND_USAGE: Text = Text::new("usage: `{usage}`", "사용법: `{usage}`");

/// What clap found wrong, in our words; `None` for what is no mistake.
pub(super) fn explain(error: &clap::Error) -> Option<Explained> {
    let word = |kind: ContextKind| match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join(", ")),
        _ => None,
    };
    let option = || word(ContextKind::InvalidArg).unwrap_or_default();
    let value = word(ContextKind::InvalidValue).unwrap_or_default();
    let message: Message = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            NO_COMMAND.with("word", word(ContextKind::InvalidSubcommand)?)
        }
        ErrorKind::UnknownArgument => NO_OPTION.with("word", option()),
        ErrorKind::InvalidValue if value.is_empty() => NO_VALUE.with("option", option()),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            WRONG_VALUE.with("value", value).with("option", option())
        }
        ErrorKind::MissingRequiredArgument => MISSING.with("arguments", option()),
        ErrorKind::ArgumentConflict => TWICE.with("option", option()),
        _ => return None,
    };
    let suggestion =
        [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    let usage = match error.get(ContextKind::Usage) {
        Some(ContextValue::StyledStr(usage)) => {
            let usage = usage.to_string();
            let (_, usage) = usage.split_once(": ").unwrap_or(("", &usage));
            COMMAND_USAGE.with("usage", usage.trim())
        }
        _ => USAGE.into(),
    };
    let help = match (suggestion.into_iter().find_map(word), word(ContextKind::ValidValue)) {
        (Some(close), _) => DID_YOU_MEAN.with("close", close),
        (None, Some(values)) => VALUES.with("values", values),
        (None, None) => usage,
    };
    Some(Explained::new(message, help))
}
