//! `bokgi serve`: the site in memory, over HTTP, fresh while its author writes.
//!
//! Three parts that run side by side. A thread [builds](build) the site, once at the start and once
//! more after something [changed](watch); it is handed how to build and knows nothing of reports. The
//! calling thread answers requests from the [pages] it built last. Between the two stands one value,
//! the newest [`State`](live::State), which open pages [wait for](live) as well.
//!
//! Only this module knows the network. It answers with what is in memory and never opens a file for
//! a request, so no address leads out of the site; it answers only to its own [names](host), so no
//! foreign page reads an internal knowledge base through a name that points here.

mod api;
mod build;
mod host;
mod http;
mod live;
mod pages;
mod watch;

#[cfg(test)]
mod tests;

pub(crate) use api::{Asked, Search};
pub(crate) use pages::Site;

use std::collections::BTreeSet;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::thread;

use tokio::net::TcpListener;
use tokio::runtime::{self, Runtime};

use crate::l10n::Lang;

/// What to serve, where, and what to look at.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// Port 0 takes any free one; [`Event::Listening`] says which.
    pub(crate) address: SocketAddr,
    /// Another name that requests may use, beside `localhost` and addresses of this machine.
    pub(crate) host: Option<String>,
    /// Files and folders whose change asks for a rebuild. They need not exist yet.
    pub(crate) watch: Vec<PathBuf>,
    /// What does not count although it is below a watched folder: what a build writes itself.
    pub(crate) ignore: Vec<PathBuf>,
    /// The language of our own few words.
    pub(crate) lang: Lang,
}

/// Why the site is built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// It was not built yet, or the system lost count of what changed.
    Everything,
    /// These changed, came or went: below the paths of [`Options::watch`], as they are written there.
    Paths(BTreeSet<PathBuf>),
}

/// What a build gives.
pub(crate) enum Built {
    Site(Site),
    /// What has to be mended first: plain text of any number of lines, shown in the open pages. The
    /// last good site stays.
    Problem(String),
}

/// What happens, for whoever tells the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// Requests are taken from now on; before the first build is done they wait for it.
    Listening(SocketAddr),
    /// The site was built, and is served.
    Rebuilt(Change),
    /// It could not be; with the text of [`Built::Problem`].
    Failed(String),
    /// Changes of this path, or of all if there is none, may go unnoticed.
    WatchFailed { path: Option<PathBuf>, cause: String },
}

/// Why there is no server.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ServeError {
    #[error("cannot listen on {address}")]
    Bind { address: SocketAddr, source: io::Error },
    #[error("cannot start the server")]
    Start(#[source] io::Error),
    #[error("cannot wait for the signal to stop")]
    Signal(#[source] io::Error),
}

/// Serves until `stop` is done: [`interrupted`], unless something else says when.
///
/// `rebuild` is never called twice at once and may take its time: requests are answered meanwhile,
/// and what changes meanwhile leads to one more build. It may be busy still when this returns.
pub(crate) fn run(
    options: &Options,
    stop: impl Future<Output = io::Result<()>>,
    rebuild: impl FnMut(&Change) -> Built + Send + 'static,
    tell: impl Fn(Event) + Send + Sync + 'static,
) -> Result<(), ServeError> {
    let runtime = runtime().map_err(ServeError::Start)?;
    let (listener, address) = runtime
        .block_on(bind(options.address))
        .map_err(|source| ServeError::Bind { address: options.address, source })?;
    let tell: Arc<dyn Fn(Event) + Send + Sync> = Arc::new(tell);
    let (states, state) = tokio::sync::watch::channel(None);
    let (notices, noticed) = mpsc::channel();
    let builder = build::Builder { rebuild, states, tell: Arc::clone(&tell) };
    let watch = watch::Watch::new(&options.watch, &options.ignore, notices.clone(), &*tell);
    thread::Builder::new()
        .name("build".to_owned())
        .spawn(move || builder.run(watch, &noticed))
        .map_err(ServeError::Start)?;
    tell(Event::Listening(address));
    let server = http::Server::new(address, options, state);
    runtime.spawn(server.run(listener));
    let stopped = runtime.block_on(stop);
    // Nobody is left to hear that there is nobody left to tell.
    let _ = notices.send(watch::Notice::Stop);
    stopped.map_err(ServeError::Signal)
}

/// Does something at once, and again whenever one of `watch` changes, for as long as the process lives.
pub(crate) fn follow(
    watch: &[PathBuf],
    mut again: impl FnMut(),
    tell: impl Fn(Event) + Send + Sync,
) {
    let (notices, noticed) = mpsc::channel();
    let mut watch = watch::Watch::new(watch, &[], notices, &tell);
    again();
    while let Some(pending) = build::next(&noticed, &mut watch, &tell) {
        if pending.is_something() {
            again();
        }
    }
}

/// One thread: answering from memory takes no time worth a second one.
fn runtime() -> io::Result<Runtime> {
    runtime::Builder::new_current_thread().enable_all().build()
}

async fn bind(address: SocketAddr) -> io::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind(address).await?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

/// Done on Ctrl-C, or when the system asks the process to end.
#[cfg(unix)]
pub(crate) async fn interrupted() -> io::Result<()> {
    use std::future::poll_fn;
    use std::task::Poll;

    use tokio::signal::unix::{SignalKind, signal};

    let mut signals = [signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?];
    poll_fn(|context| {
        // Every one is asked, so that every one wakes us.
        let came = signals.each_mut().map(|signal| signal.poll_recv(context).is_ready());
        if came.contains(&true) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    Ok(())
}

/// Done on Ctrl-C.
#[cfg(not(unix))]
pub(crate) async fn interrupted() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
