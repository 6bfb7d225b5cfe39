//! Which addresses may be asked: the public internet, on the ports of the web, and nothing else.
//! The table is our own: the standard library's `is_global` is unstable, and other products' tables had holes.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use super::Failure;

/// IPv4 networks that are not the public internet (RFC 6890 and the registry of special-purpose addresses).
const FORBIDDEN_V4: [([u8; 4], u32); 14] = [
    ([0, 0, 0, 0], 8),       // this network
    ([10, 0, 0, 0], 8),      // private
    ([100, 64, 0, 0], 10),   // shared by carriers
    ([127, 0, 0, 0], 8),     // this machine
    ([169, 254, 0, 0], 16),  // link-local; cloud metadata lives here
    ([172, 16, 0, 0], 12),   // private
    ([192, 0, 0, 0], 24),    // protocol assignments
    ([192, 0, 2, 0], 24),    // documentation
    ([192, 88, 99, 0], 24),  // 6to4 relay
    ([192, 168, 0, 0], 16),  // private
    ([198, 18, 0, 0], 15),   // benchmarks
    ([198, 51, 100, 0], 24), // documentation
    ([203, 0, 113, 0], 24),  // documentation
    ([224, 0, 0, 0], 3),     // multicast, reserved, broadcast
];

/// Networks inside 2000::/3 that are not the public internet. Everything outside 2000::/3 is forbidden.
const FORBIDDEN_V6: [([u16; 2], u32); 4] = [
    ([0x2001, 0], 23),      // protocol assignments, with Teredo
    ([0x2001, 0x0db8], 32), // documentation
    ([0x2002, 0], 16),      // 6to4: carries any IPv4 address
    ([0x3fff, 0], 20),      // documentation
];

/// True for an address of the public internet. An IPv4 address inside IPv6 counts as what it is.
#[must_use]
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or_else(|| is_public_v6(v6), is_public_v4),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let within = |(net, bits): ([u8; 4], u32)| (ip.to_bits() ^ u32::from_be_bytes(net)) >> (32 - bits) == 0;
    !FORBIDDEN_V4.into_iter().any(within)
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let head = u32::try_from(ip.to_bits() >> 96).unwrap_or(0);
    let within = |([a, b], bits): ([u16; 2], u32)| (head ^ (u32::from(a) << 16 | u32::from(b))) >> (32 - bits) == 0;
    head >> 29 == 1 && !FORBIDDEN_V6.into_iter().any(within)
}

/// Refuses an address before anything is asked: only http and https, no user name, the ports of the web, no literal
/// address inside the house. `url` has normalised odd spellings such as `0x7f.1`. A host that the operator
/// `allowed` by name may be anywhere.
///
/// # Errors
/// `Failure::Address` or `Failure::Forbidden`.
pub fn check(url: &Url, allowed: bool) -> Result<(), Failure> {
    if !matches!(url.scheme(), "http" | "https") || !url.username().is_empty() || url.password().is_some() {
        return Err(Failure::Address);
    }
    if allowed {
        return Ok(());
    }
    let ip = match url.host().ok_or(Failure::Address)? {
        Host::Ipv4(ip) => Some(IpAddr::V4(ip)),
        Host::Ipv6(ip) => Some(IpAddr::V6(ip)),
        Host::Domain(_) => None,
    };
    // One answer for all of these, so that it tells nothing about what is behind them.
    let web_port = matches!(url.port_or_known_default(), Some(80 | 443));
    if web_port && ip.is_none_or(is_public) { Ok(()) } else { Err(Failure::Forbidden) }
}
