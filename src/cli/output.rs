//! The only place that prints: results on standard output, everything else on standard error.

use std::ffi::OsString;
use std::io::{IsTerminal as _, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anstream::AutoStream;
use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::args::ColorArg;
use super::exit::Exit;
use super::mistake;
use crate::diagnostics::render::Paint;
use crate::l10n::{Lang, Message, Text};

/// Where a command prints.
pub(super) struct Output {
    pub(super) lang: Lang,
    /// The language of the locale, asked when nothing else says.
    pub(super) locale: Option<Lang>,
    color: anstream::ColorChoice,
    out: String,
    /// Standard output went away; nobody reads on, which is their right.
    closed: bool,
}

const ERROR: Text = Text::new("error", "오류");
const CAUSE: Text = Text::new("cause", "원인");
const HELP: Text = Text::new("help", "도움말");

/// The language to speak before the arguments are read: `--lang`, then the locale.
pub(super) fn language(words: &[OsString]) -> Option<Lang> {
    let mut words = words.iter().filter_map(|word| word.to_str());
    while let Some(word) = words.next() {
        let value = match word.split_once('=') {
            Some(("--lang", value)) => Some(value),
            _ if word == "--lang" => words.next(),
            _ => None,
        };
        if let Some(lang) = value.and_then(Lang::from_locale) {
            return Some(lang);
        }
    }
    locale()
}

fn locale() -> Option<Lang> {
    sys_locale::get_locale().and_then(|locale| Lang::from_locale(&locale))
}

/// Prints what clap has to say: help, the version, or a mistake in the arguments.
pub(super) fn usage(error: &clap::Error, lang: Option<Lang>) -> Exit {
    if let Some(mistake) = mistake::explain(error) {
        return Output::new(ColorArg::Auto, lang).failure(&mistake.into());
    }
    // A closed pipe is nobody's problem.
    let _ = error.print();
    if error.use_stderr() { Exit::Failed } else { Exit::Clean }
}

impl Output {
    pub(super) fn new(color: ColorArg, lang: Option<Lang>) -> Self {
        let color = match color {
            ColorArg::Always => anstream::ColorChoice::Always,
            ColorArg::Never => anstream::ColorChoice::Never,
            ColorArg::Auto => AutoStream::choice(&std::io::stdout()),
        };
        Self {
            lang: lang.unwrap_or(Lang::En),
            locale: locale(),
            color,
            out: String::new(),
            closed: false,
        }
    }

    pub(super) fn paint(&self) -> Paint {
        match self.color {
            anstream::ColorChoice::Never => Paint::Plain,
            _ => Paint::Coloured,
        }
    }

    /// The width of the terminal; a book's where there is none.
    pub(super) fn width() -> usize {
        const DEFAULT: usize = 100;
        if !std::io::stdout().is_terminal() {
            return DEFAULT;
        }
        terminal_size::terminal_size().map_or(DEFAULT, |(width, _)| usize::from(width.0).max(40))
    }

    /// How many columns a line may have on a terminal; `None` where lines end nowhere.
    pub(super) fn room() -> Option<usize> {
        std::io::stdout().is_terminal().then(Self::width)
    }

    /// A part of the result.
    pub(super) fn result(&mut self, text: &str) {
        self.out.push_str(text);
        if self.out.len() > 64 * 1024 {
            self.flush();
        }
    }

    /// A line of the result.
    pub(super) fn line(&mut self, text: &str) {
        self.result(text);
        self.result("\n");
    }

    /// Begins on an empty screen, where there is one.
    pub(super) fn clear_screen(&mut self) {
        if std::io::stdout().is_terminal() {
            self.result("\x1b[2J\x1b[H");
        }
    }

    /// A line about what is going on.
    pub(super) fn status(&mut self, text: &str) {
        self.flush();
        let mut stream = AutoStream::new(std::io::stderr(), self.color);
        // Without standard error there is nobody to tell.
        let _ = writeln!(stream, "{text}");
    }

    pub(super) fn say(&self, message: impl Into<Message>) -> String {
        message.into().render(self.lang)
    }

    pub(super) fn bold(&self, text: &str) -> String {
        self.styled(text, Style::new().bold())
    }

    pub(super) fn green(&self, text: &str) -> String {
        self.styled(text, Style::new().fg_color(Some(AnsiColor::Green.into())))
    }

    pub(super) fn dim(&self, text: &str) -> String {
        self.styled(text, Style::new().dimmed())
    }

    pub(super) fn styled(&self, text: &str, style: Style) -> String {
        match self.paint() {
            Paint::Plain => text.to_owned(),
            Paint::Coloured => format!("{style}{text}{style:#}"),
        }
    }

    /// An error of ours with its causes.
    pub(super) fn failure(&mut self, error: &anyhow::Error) -> Exit {
        let red = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
        let head = self.styled(ERROR.get(self.lang), red);
        self.status(&format!("{head}: {}", described(error, self.lang)));
        for cause in error.chain().skip(1) {
            self.status(&format!("  {}: {cause}", CAUSE.get(self.lang)));
        }
        if let Some(Explained { help: Some(help), .. }) = error.downcast_ref::<Explained>() {
            let help = help.render(self.lang);
            self.status(&format!("  {}: {help}", HELP.get(self.lang)));
        }
        Exit::Failed
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.out);
        if self.closed || text.is_empty() {
            return;
        }
        let mut stream = AutoStream::new(std::io::stdout().lock(), self.color);
        let written = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
        self.closed = written.is_err();
    }

    /// Prints what is left.
    pub(super) fn finish(mut self, exit: Exit) -> Exit {
        self.flush();
        exit
    }
}

/// How far a long step is, on a terminal and only if it takes over a second.
pub(super) struct Progress {
    bar: ProgressBar,
    since: Instant,
    is_shown: AtomicBool,
}

impl Progress {
    pub(super) fn new(steps: usize, what: &str) -> Self {
        let bar = ProgressBar::with_draw_target(Some(steps as u64), ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_message(what.to_owned());
        Self { bar, since: Instant::now(), is_shown: AtomicBool::new(false) }
    }

    /// One step is done; several threads may say so.
    pub(super) fn step(&self) {
        const QUIET: Duration = Duration::from_secs(1);
        self.bar.inc(1);
        if self.since.elapsed() > QUIET && !self.is_shown.swap(true, Ordering::Relaxed) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
        }
    }

    /// Takes the bar away.
    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }
}

/// An error in the user's language, with what to do about it.
#[derive(Debug)]
pub(super) struct Explained {
    pub(super) message: Message,
    pub(super) help: Option<Message>,
}

impl Explained {
    pub(super) fn new(message: impl Into<Message>, help: impl Into<Message>) -> Self {
        Self { message: message.into(), help: Some(help.into()) }
    }
}

impl std::fmt::Display for Explained {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message.render(Lang::En))
    }
}

impl std::error::Error for Explained {}

pub(super) fn described(error: &anyhow::Error, lang: Lang) -> String {
    match error.downcast_ref::<Explained>() {
        Some(explained) => explained.message.render(lang),
        None => error.to_string(),
    }
}
