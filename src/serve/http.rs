//! Requests and responses.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch::Receiver;

use super::Options;
use super::api::{self, Asked};
use super::host::Hosts;
use super::live::{self, Events, Shown, State};
use super::pages::{CSS, Found, HTML, JSON, SCRIPT, TEXT};
use crate::l10n::{Lang, Text};

const FOREIGN: Text = Text::new(
    "this server does not go by the name of the request's Host header\n",
    "요청의 Host 헤더에 적힌 이름은 이 서버의 이름이 아닙니다\n",
);
const READ_ONLY: Text =
    Text::new("pages can be read and nothing else\n", "읽기 요청(GET, HEAD)만 받습니다\n");
const NO_QUERY: Text =
    Text::new("say what to look for: /api/search?q=…", "찾을 말을 주세요: /api/search?q=…");
const MISSING: Text = Text::new("there is no such page\n", "없는 페이지입니다\n");

/// On every response. Pages carry the policy themselves; here it covers what is no page as well.
const ALWAYS: [(HeaderName, &str); 4] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::CONTENT_SECURITY_POLICY, crate::site::POLICY),
    // Foreign pages do not embed what is internal.
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// How long a client may take to say what it wants.
const HEADERS: Duration = Duration::from_secs(30);

/// Answers requests from the newest state.
pub(super) struct Server {
    hosts: Hosts,
    lang: Lang,
    states: Receiver<Option<Arc<State>>>,
}

impl Server {
    pub(super) fn new(
        address: std::net::SocketAddr,
        options: &Options,
        states: Receiver<Option<Arc<State>>>,
    ) -> Self {
        Self { hosts: Hosts::new(address, options.host.clone()), lang: options.lang, states }
    }

    /// Takes connections for ever.
    pub(super) async fn run(self, listener: TcpListener) {
        let server = Arc::new(self);
        loop {
            match listener.accept().await {
                Ok((stream, _)) => {
                    tokio::spawn(Arc::clone(&server).connection(stream));
                }
                // Out of descriptors, or a client that was gone already: the next one may fare better.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    }

    async fn connection(self: Arc<Self>, stream: TcpStream) {
        // Without it events wait for more to send; where it cannot be had, they do.
        let _ = stream.set_nodelay(true);
        let answer = service_fn(move |request| {
            let server = Arc::clone(&self);
            async move { Ok::<_, Infallible>(server.respond(&request).await) }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEADERS)
            .serve_connection(TokioIo::new(stream), answer);
        // A client that vanishes or talks nonsense is nobody's problem but its own.
        let _ = connection.await;
    }

    async fn respond(&self, request: &Request<Incoming>) -> Response<Answer> {
        if !self.is_for_us(request) {
            return self.message(StatusCode::MISDIRECTED_REQUEST, FOREIGN);
        }
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            let mut response = self.message(StatusCode::METHOD_NOT_ALLOWED, READ_ONLY);
            let allowed = HeaderValue::from_static("GET, HEAD");
            response.headers_mut().insert(header::ALLOW, allowed);
            return response;
        }
        match request.uri().path() {
            live::SCRIPT_PATH => return response(StatusCode::OK, SCRIPT, live::SCRIPT),
            live::STYLE_PATH => return response(StatusCode::OK, CSS, live::STYLE),
            _ => {}
        }
        let mut states = self.states.clone();
        let state = match states.wait_for(Option::is_some).await {
            Ok(state) => state.clone(),
            Err(_) => None,
        };
        let Some(state) = state else {
            return self.message(StatusCode::SERVICE_UNAVAILABLE, MISSING);
        };
        if request.uri().path() == live::EVENTS_PATH {
            let events = Answer::Events(Events::new(states));
            return with_headers(StatusCode::OK, "text/event-stream", events);
        }
        self.page(&state, request)
    }

    /// Whether it is us whom the request names, once, wherever it does.
    fn is_for_us(&self, request: &Request<Incoming>) -> bool {
        let mut hosts = request.headers().get_all(header::HOST).iter();
        let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
        let target = request.uri().authority();
        host.to_str().is_ok_and(|host| self.hosts.include(host))
            && target.is_none_or(|target| self.hosts.include(target.as_str()))
    }

    fn page(&self, state: &State, request: &Request<Incoming>) -> Response<Answer> {
        let path = request.uri().path();
        let pages = match &state.shown {
            Shown::Problem(problem) if path == api::PATH => {
                return error(StatusCode::SERVICE_UNAVAILABLE, problem);
            }
            Shown::Site(pages) => pages,
            Shown::Problem(problem) => {
                let page = live::problem_page(problem, self.lang);
                let page = state.page(page.as_bytes(), self.lang);
                return response(StatusCode::INTERNAL_SERVER_ERROR, HTML, page);
            }
        };
        if let (api::PATH, Some(search)) = (path, &pages.search) {
            let Some(asked) = Asked::read(request.uri().query().unwrap_or_default()) else {
                return error(StatusCode::BAD_REQUEST, NO_QUERY.get(self.lang));
            };
            return match search.answer(&asked) {
                Ok(json) => response(StatusCode::OK, JSON, json),
                Err(cause) => error(StatusCode::INTERNAL_SERVER_ERROR, &cause.to_string()),
            };
        }
        match pages.find(path) {
            Found::File { bytes, content_type: HTML } => {
                response(StatusCode::OK, HTML, state.page(&bytes, self.lang))
            }
            Found::File { bytes, content_type } => response(StatusCode::OK, content_type, bytes),
            Found::Redirect(mut to) => {
                if let Some(query) = request.uri().query() {
                    to = format!("{to}?{query}");
                }
                self.redirect(&to)
            }
            Found::Missing(Some(page)) => {
                response(StatusCode::NOT_FOUND, HTML, state.page(&page, self.lang))
            }
            Found::Missing(None) => self.message(StatusCode::NOT_FOUND, MISSING),
        }
    }

    fn redirect(&self, to: &str) -> Response<Answer> {
        let Ok(location) = HeaderValue::from_str(to) else {
            return self.message(StatusCode::NOT_FOUND, MISSING);
        };
        let mut response = response(StatusCode::PERMANENT_REDIRECT, TEXT, "");
        response.headers_mut().insert(header::LOCATION, location);
        response
    }

    fn message(&self, status: StatusCode, text: Text) -> Response<Answer> {
        response(status, TEXT, text.get(self.lang))
    }
}

/// A message for programs.
fn error(status: StatusCode, message: &str) -> Response<Answer> {
    response(status, JSON, serde_json::json!({ "error": message }).to_string())
}

fn response(
    status: StatusCode,
    content_type: &'static str,
    body: impl Into<Bytes>,
) -> Response<Answer> {
    with_headers(status, content_type, Answer::Whole(Some(body.into())))
}

fn with_headers(status: StatusCode, content_type: &'static str, body: Answer) -> Response<Answer> {
    let mut headers = HeaderMap::with_capacity(ALWAYS.len() + 2);
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

/// What a response carries.
enum Answer {
    Whole(Option<Bytes>),
    Events(Events),
}

impl Body for Answer {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let bytes = match self.get_mut() {
            Answer::Whole(bytes) => Poll::Ready(bytes.take()),
            Answer::Events(events) => events.poll(context),
        };
        bytes.map(|bytes| bytes.map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Answer::Whole(None))
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Answer::Whole(bytes) => {
                SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64))
            }
            Answer::Events(_) => SizeHint::default(),
        }
    }
}
