//! Who is asking: the address of the client, believed from a header only when a trusted proxy says so.
//! It is used to slow down guessing and to count a click once, and is never stored.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, request::Parts},
};
use klaroen_core::{App, Error};

use crate::problem::Problem;

/// The client's address.
pub struct ClientIp(pub IpAddr);

impl FromRequestParts<App> for ClientIp {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let peer =
            peer.ok_or_else(|| Error::internal(anyhow::anyhow!("the server was started without peer addresses")))?;
        Ok(Self(address(peer.0, &parts.headers, &app.config.trusted_proxies)))
    }
}

/// The client's address, as the peer or a trusted proxy says it.
pub fn address(peer: SocketAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    // Some proxies add a line of their own instead of continuing the one that the client may have sent.
    let lines: Vec<_> = headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok()).collect();
    client(peer.ip(), &lines.join(","), trusted)
}

/// The last address in the header that is not a trusted proxy, if the peer is one; else the peer.
fn client(peer: IpAddr, forwarded: &str, trusted: &[IpAddr]) -> IpAddr {
    let hops = forwarded.split(',').map(|hop| hop.trim().parse::<IpAddr>());
    let mut client = peer;
    for hop in hops.rev() {
        match hop {
            Ok(hop) if trusted.contains(&client) => client = hop,
            _ => break,
        }
    }
    client
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a8_a_forged_header_is_believed_only_from_a_trusted_proxy() {
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        let proxy = ip("10.0.0.1");
        for (peer, header, expected) in [
            ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
            ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
            ("10.0.0.1", "1.1.1.1, 198.51.100.1", "198.51.100.1"),
            ("10.0.0.1", "198.51.100.1, 10.0.0.1", "198.51.100.1"),
            ("10.0.0.1", "nonsense", "10.0.0.1"),
            ("10.0.0.1", "", "10.0.0.1"),
        ] {
            assert_eq!(client(ip(peer), header, &[proxy]), ip(expected), "{peer} {header:?}");
        }
    }
}
