//! The names a request may call this server by.
//!
//! A foreign page may have its own name point to 127.0.0.1 (DNS rebinding) and then reads what is
//! served here as if it were its own. What it cannot do is send another `Host` than its own name.

use std::net::{IpAddr, SocketAddr};

use hyper::http::uri::Authority;

#[derive(Debug)]
pub(super) struct Hosts {
    bound: IpAddr,
    named: Option<String>,
}

impl Hosts {
    pub(super) fn new(bound: SocketAddr, named: Option<String>) -> Self {
        Self { bound: bound.ip().to_canonical(), named }
    }

    /// Whether a `Host`, with or without a port, is one of ours. No port is wrong: a tunnel or a
    /// container has its own.
    pub(super) fn include(&self, host: &str) -> bool {
        let Ok(authority) = host.parse::<Authority>() else { return false };
        if host.contains('@') {
            return false;
        }
        let name = authority.host();
        let bare = name.trim_start_matches('[').trim_end_matches(']');
        if let Ok(address) = bare.parse::<IpAddr>() {
            let address = address.to_canonical();
            // Whoever listens everywhere has more addresses than we know. An address needs no DNS,
            // so nobody can rebind it.
            if address.is_loopback() || address == self.bound || self.bound.is_unspecified() {
                return true;
            }
        }
        name.eq_ignore_ascii_case("localhost")
            || self.named.as_deref().is_some_and(|named| {
                named.eq_ignore_ascii_case(name) || named.eq_ignore_ascii_case(bare)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::Hosts;

    #[test]
    fn only_our_own_names() {
        let check = |bound: &str, named: Option<&str>, hosts: &[(&str, bool)]| {
            let bound = bound.parse().expect("an address");
            let ours = Hosts::new(bound, named.map(str::to_owned));
            for (host, included) in hosts {
                assert_eq!(ours.include(host), *included, "{bound} {named:?}: {host}");
            }
        };
        let loopback = [
            ("localhost", true),
            ("LOCALHOST:1", true),
            ("127.0.0.1:4000", true),
            ("[::1]:4000", true),
            ("[::1]", true),
            ("[::ffff:127.0.0.1]", true),
            ("evil.example", false),
            ("localhost.evil.example", false),
            ("evil.example@localhost", false),
            ("localhost@evil.example", false),
            ("127.0.0.1.evil.example:4000", false),
            ("10.0.0.7", false),
            ("wiki", false),
            ("", false),
            (":80", false),
            ("localhost localhost", false),
        ];
        check("127.0.0.1:4000", None, &loopback);
        check("[::1]:4000", None, &loopback);
        check("127.0.0.1:4000", Some("wiki"), &[("wiki:80", true), ("Wiki", true), ("w", false)]);
        check("10.0.0.7:80", None, &[("10.0.0.7", true), ("10.0.0.8", false)]);
        check("10.0.0.7:80", Some("10.0.0.8"), &[("10.0.0.8:80", true)]);
        check("0.0.0.0:80", None, &[("10.0.0.7", true), ("[fe80::1]", true), ("evil", false)]);
    }
}
