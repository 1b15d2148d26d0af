//! The thread that builds: at the start, and after changes, one build at a time.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use tokio::sync::watch::Sender;

use super::live::State;
use super::watch::{Notice, Watch};
use super::{Built, Change, Event};

/// Saving is several events; a build waits until there were none for so long.
const QUIET: Duration = Duration::from_millis(50);
/// … but not for ever, where something is written all the time.
const PATIENCE: Duration = Duration::from_secs(1);

pub(super) struct Builder<R> {
    pub(super) rebuild: R,
    pub(super) states: Sender<Option<Arc<State>>>,
    pub(super) tell: Arc<dyn Fn(Event) + Send + Sync>,
}

impl<R: FnMut(&Change) -> Built> Builder<R> {
    /// Builds until it is told to stop. What changes during a build waits in the channel.
    pub(super) fn run(mut self, mut watch: Watch, notices: &Receiver<Notice>) {
        self.build(Change::Everything);
        while let Some(pending) = next(notices, &mut watch, &*Arc::clone(&self.tell)) {
            if pending.everything {
                self.build(Change::Everything);
            } else if !pending.paths.is_empty() {
                self.build(Change::Paths(pending.paths));
            }
        }
    }

    fn build(&mut self, change: Change) {
        let built = (self.rebuild)(&change);
        let before = self.states.borrow().clone();
        let (state, event) = match built {
            Built::Site(site) => (State::good(site), Event::Rebuilt(change)),
            Built::Problem(text) => {
                (State::bad(text.clone(), before.as_deref()), Event::Failed(text))
            }
        };
        self.states.send_replace(Some(Arc::new(state)));
        (self.tell)(event);
    }
}

/// Waits for changes; `None` when it is time to stop.
pub(super) fn next(
    notices: &Receiver<Notice>,
    watch: &mut Watch,
    tell: &(dyn Fn(Event) + Send + Sync),
) -> Option<Pending> {
    let mut pending = collect(notices.recv().ok()?, notices, watch)?;
    // Before the build, so that it sees what came into a new folder while nobody looked.
    if pending.renew {
        watch.renew(tell);
    }
    for (path, cause) in std::mem::take(&mut pending.failures) {
        tell(Event::WatchFailed { path, cause });
    }
    Some(pending)
}

/// What came in since the last build.
#[derive(Default)]
pub(super) struct Pending {
    paths: BTreeSet<PathBuf>,
    everything: bool,
    renew: bool,
    failures: Vec<(Option<PathBuf>, String)>,
}

impl Pending {
    /// Whether there is anything to build for.
    pub(super) fn is_something(&self) -> bool {
        self.everything || !self.paths.is_empty()
    }
}

/// Takes notices until there is quiet; `None` when it is time to stop.
fn collect(first: Notice, notices: &Receiver<Notice>, watch: &Watch) -> Option<Pending> {
    let mut pending = Pending::default();
    let mut notice = first;
    let end = Instant::now() + PATIENCE;
    loop {
        match notice {
            Notice::Stop => return None,
            Notice::Failed(path, cause) => pending.failures.push((path, cause)),
            Notice::Event(event) => {
                pending.everything |= event.need_rescan();
                pending.renew |= event.need_rescan() || watch.concerns_roots(&event);
                pending.paths.extend(watch.changed(&event));
            }
        }
        let wait = QUIET.min(end.saturating_duration_since(Instant::now()));
        match notices.recv_timeout(wait) {
            Ok(next) => notice = next,
            Err(RecvTimeoutError::Timeout) => return Some(pending),
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::mpsc;

    use notify::Event;
    use notify::event::{CreateKind, EventKind, Flag, ModifyKind};

    use super::{Notice, collect};
    use crate::serve::watch::Watch;

    #[test]
    fn many_notices_are_one_build() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let watch = vec![folder.path().join("content"), folder.path().join("bokgi.toml")];
        let ignore = vec![folder.path().join("content/public")];
        let (sender, notices) = mpsc::channel();
        let watch = Watch::new(&watch, &ignore, sender.clone(), &|_| ());
        let root = crate::fs::canonical(folder.path()).expect("it was just made");
        let event = |kind, path: &str| Notice::Event(Event::new(kind).add_path(root.join(path)));
        let any = EventKind::Modify(ModifyKind::Any);
        let check = |sent: Vec<Notice>, everything: bool, renew: bool, changed: &[&str]| {
            let mut sent = sent.into_iter();
            let first = sent.next().expect("something was sent");
            for notice in sent {
                sender.send(notice).expect("the receiver is here");
            }
            let pending = collect(first, &notices, &watch).expect("nobody said stop");
            let changed: BTreeSet<_> =
                changed.iter().map(|path| folder.path().join(path)).collect();
            assert_eq!(pending.paths, changed);
            assert_eq!((pending.everything, pending.renew), (everything, renew));
        };
        let many = vec![
            event(any, "content/b.md"),
            event(any, "content/a.md"),
            event(any, "content/b.md"),
            event(any, "content/public/index.html"),
            event(any, "unrelated"),
        ];
        check(many, false, false, &["content/a.md", "content/b.md"]);
        check(vec![event(any, "content/.a.md.swp")], false, false, &[]);
        let created = EventKind::Create(CreateKind::Any);
        check(vec![event(created, "content")], false, true, &["content"]);
        let lost = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        check(vec![Notice::Event(lost)], true, true, &[]);
        sender.send(Notice::Stop).expect("the receiver is here");
        assert!(collect(event(any, "content/a.md"), &notices, &watch).is_none());
    }
}
