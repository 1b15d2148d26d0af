//! Requests and what is answered, also to nonsense.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};

use super::{Built, Event, LONG, Running, options, site};
use crate::l10n::Lang;
use crate::serve::{Change, ServeError};

const FILES: &[(&str, &str)] = &[
    ("index.html", "<html><body>home</body></html>"),
    ("404.html", "<body>gone</body>"),
    ("r/결제/index.html", "<body>결제</body>"),
    ("assets/style.css", "a{}"),
    ("assets/x.js", "1"),
    ("assets/icon.svg", "<svg/>"),
    ("index.json", "{}"),
    ("r/결제.md", "# 결제"),
    ("search.wasm", "\0asm"),
    ("feed.xml", "<feed/>"),
    ("robots.txt", "User-agent: *"),
    ("ix/block.0", "x"),
];

#[test]
fn pages_as_browsers_want_them() {
    let server = Running::with(FILES);
    for (path, status, content_type, body) in [
        ("/", "200", "text/html; charset=utf-8", "home"),
        ("/index.html?x=1", "200", "text/html; charset=utf-8", "home"),
        ("/r/%EA%B2%B0%EC%A0%9C/", "200", "text/html; charset=utf-8", "결제"),
        ("/nowhere", "404", "text/html; charset=utf-8", "gone"),
        ("/nowhere/at/all/", "404", "text/html; charset=utf-8", "gone"),
        ("/assets/style.css", "200", "text/css; charset=utf-8", "a{}"),
        ("/assets/x.js", "200", "text/javascript; charset=utf-8", "1"),
        ("/assets/icon.svg", "200", "image/svg+xml", "<svg/>"),
        ("/index.json", "200", "application/json", "{}"),
        ("/r/%EA%B2%B0%EC%A0%9C.md", "200", "text/markdown; charset=utf-8", "# 결제"),
        ("/search.wasm", "200", "application/wasm", "asm"),
        ("/feed.xml", "200", "application/xml; charset=utf-8", "<feed/>"),
        ("/robots.txt", "200", "text/plain; charset=utf-8", "User-agent: *"),
        ("/ix/block.0", "200", "application/octet-stream", "x"),
        ("/_bokgi/live.js", "200", "text/javascript; charset=utf-8", "EventSource"),
        ("/_bokgi/live.css", "200", "text/css; charset=utf-8", ".bokgi-live"),
        ("/_bokgi/", "404", "text/html; charset=utf-8", "gone"),
    ] {
        let response = server.get(path);
        assert_eq!(response.status(), status, "{path}");
        assert_eq!(response.header("content-type"), Some(content_type), "{path}");
        assert!(response.body.contains(body), "{path}: {}", response.body);
        let is_page = content_type.starts_with("text/html");
        let has_script = response.body.contains("<script src=\"/_bokgi/live.js\"");
        assert_eq!(has_script, is_page, "{path}");
        assert_eq!(response.header("cache-control"), Some("no-store"), "{path}");
        assert_eq!(response.header("x-content-type-options"), Some("nosniff"), "{path}");
        let policy = response.header("content-security-policy").unwrap_or_default();
        assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe-inline"), "{path}: {policy}");
    }
}

#[test]
fn a_folder_is_asked_for_with_a_slash() {
    let server = Running::with(FILES);
    let response = server.get("/r/%ea%b2%b0%ec%a0%9c?q=1");
    assert_eq!(response.status(), "308");
    assert_eq!(response.header("location"), Some("/r/%EA%B2%B0%EC%A0%9C/?q=1"));
    for path in ["//r/%EA%B2%B0%EC%A0%9C", "//evil.example/%2e%2e", "/r"] {
        assert_eq!(server.get(path).status(), "404", "{path}");
    }
}

#[test]
fn reading_only() {
    let server = Running::with(FILES);
    let (head, get) = (server.send("HEAD", "/", "localhost"), server.get("/"));
    assert_eq!((head.status(), &*head.body), ("200", ""));
    assert_eq!(head.header("content-length"), get.header("content-length"));
    assert_eq!(server.send("HEAD", "/nowhere", "localhost").status(), "404");
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PROPFIND"] {
        let response = server.send(method, "/", "localhost");
        assert_eq!(response.status(), "405", "{method}");
        assert_eq!(response.header("allow"), Some("GET, HEAD"));
    }
}

#[test]
fn a_foreign_name_is_refused() {
    let mut options = options(Vec::new());
    options.host = Some("wiki.example".to_owned());
    let (server, _) = Running::start(options, |_| Built::Site(site(FILES)));
    for host in ["localhost", "127.0.0.1:1234", "[::1]:80", "wiki.example", "WIKI.example:4000"] {
        assert_eq!(server.send("GET", "/", host).status(), "200", "{host}");
    }
    for host in ["evil.example", "localhost.evil.example", "10.1.2.3", "a@localhost", ""] {
        for path in ["/", "/index.json", "/_bokgi/events", "/_bokgi/live.js"] {
            let response = server.send("GET", path, host);
            assert_eq!(response.status(), "421", "{host} {path}");
            assert_eq!(response.body.lines().count(), 1);
        }
    }
    for request in [
        "GET / HTTP/1.0\r\n\r\n",
        "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
        "GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    ] {
        let response = server.raw(request.as_bytes());
        assert!(["421", "400"].contains(&response.status()), "{request}: {}", response.head);
    }
}

#[test]
fn nothing_leads_out_of_the_site_or_stops_it() {
    let server = Running::with(FILES);
    let long = format!("/{}", "a/".repeat(20_000));
    let longer = format!("/{}", "a".repeat(1_000_000));
    for path in [
        "/../../etc/passwd",
        "/..",
        "/r/../../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2fetc%2fpasswd",
        "/%2Fetc/passwd",
        "/..\\..\\etc\\passwd",
        "/etc/passwd",
        "/index.html%00.css",
        "/%00",
        "/%ff%fe",
        "/%",
        "/%zz",
        "/index.html/",
        "/\u{0}",
        "/결제",
        &long,
        &longer,
    ] {
        let response = server.get(path);
        let shown: String = path.chars().take(40).collect();
        assert!(
            ["404", "400", "414", "431"].contains(&response.status()),
            "{shown}: {}",
            response.head
        );
        assert!(!response.body.contains("root:"), "{shown}");
    }
    let many = format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "A: b\r\n".repeat(10_000));
    for nonsense in [
        b"\0\0\0\0\r\n\r\n".as_slice(),
        b"GET /\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        many.as_bytes(),
    ] {
        assert_ne!(server.raw(nonsense).status(), "200");
    }
    // Gone in the middle of a request.
    let mut stream = server.connect();
    stream.write_all(b"GET / HT").unwrap();
    drop(stream);
    assert_eq!(server.get("/").status(), "200");
}

#[test]
fn a_taken_port_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut options = options(Vec::new());
    options.address = taken.local_addr().unwrap();
    let built = |_: &Change| Built::Site(site(FILES));
    let error = super::super::run(&options, std::future::pending(), built, |_: Event| ());
    match error {
        Err(error @ ServeError::Bind { .. }) => {
            assert_eq!(error.to_string(), format!("cannot listen on {}", options.address));
        }
        other => unreachable!("{other:?}"),
    }
}

#[test]
fn stopping_closes_what_is_open() {
    let mut server = Running::with(FILES);
    let mut events = server.listen();
    events.next();
    let mut idle = server.connect();
    idle.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    server.stop().unwrap();
    let mut rest = Vec::new();
    let _ = events.lines.read_to_end(&mut rest);
    let _ = idle.read_to_end(&mut rest);
    let address: SocketAddr = server.address;
    assert!(std::net::TcpStream::connect_timeout(&address, LONG).is_err());
}

#[test]
fn a_first_build_that_fails_is_the_page() {
    let mut options = options(Vec::new());
    options.lang = Lang::Ko;
    let (server, first) =
        Running::start(options, |_| Built::Problem("bokgi.toml:1: <b>\n틀렸습니다".to_owned()));
    assert_eq!(first, Event::Failed("bokgi.toml:1: <b>\n틀렸습니다".to_owned()));
    for path in ["/", "/r/x/", "/assets/style.css"] {
        let response = server.get(path);
        assert_eq!(response.status(), "500", "{path}");
        assert!(response.body.contains("bokgi.toml:1: &lt;b&gt;\n틀렸습니다"), "{}", response.body);
        assert!(response.body.contains("사이트를 만들지 못했습니다"), "{}", response.body);
        assert!(response.body.contains("/_bokgi/live.js"));
        assert_eq!(server.listen().next(), (response.version().to_owned(), None));
    }
    assert_eq!(server.get("/_bokgi/live.css").status(), "200");
}
