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

/// Networks inside `2000::/3` that are not the public internet. Everything outside `2000::/3` is forbidden.
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

#[cfg(test)]
mod tests {
    use super::*;

    const ORACLE: &str = include_str!("../../tests-data/addresses.txt");

    /// The generator of `tests-data/addresses.py`.
    struct SplitMix(u64);

    impl SplitMix {
        fn next(&mut self) -> u64 {
            self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            z ^ (z >> 31)
        }
    }

    fn pick<T: std::str::FromStr<Err: std::fmt::Debug>>(edges: &[&str], a: u64) -> T {
        edges[usize::try_from(a % edges.len() as u64).unwrap()].parse().unwrap()
    }

    #[test]
    fn f1_the_table_agrees_with_an_independent_oracle_on_100_000_addresses() {
        let (v4, rest) = ORACLE.split_once('\n').unwrap();
        let (v6, answers) = rest.split_once('\n').unwrap();
        let (v4, v6): (Vec<&str>, Vec<&str>) = (v4.split(' ').collect(), v6.split(' ').collect());
        let digits: Vec<u32> = answers.chars().filter_map(|c| c.to_digit(16)).collect();
        assert_eq!(digits.len(), 25_000);
        let mut random = SplitMix(1);
        for i in 0..100_000_u32 {
            let (a, b) = (random.next(), random.next());
            let near = u128::from(b % 513).wrapping_sub(256);
            let low = |n: u128| u32::try_from(n & 0xFFFF_FFFF).unwrap();
            let ip: IpAddr = match i % 4 {
                0 => Ipv4Addr::from_bits(low(u128::from(a))).into(),
                1 => {
                    let edge: Ipv4Addr = pick(&v4, a);
                    Ipv4Addr::from_bits(low(u128::from(edge.to_bits()).wrapping_add(near))).into()
                }
                2 => {
                    let high = if i % 8 == 2 { a } else { (a >> 3) | (1 << 61) };
                    Ipv6Addr::from_bits(u128::from(high) << 64 | u128::from(b)).into()
                }
                _ => {
                    let edge: Ipv6Addr = pick(&v6, a);
                    let step = if i % 8 == 3 { 1 } else { 1 << 96 };
                    Ipv6Addr::from_bits(edge.to_bits().wrapping_add(near.wrapping_mul(step))).into()
                }
            };
            let oracle = digits[i as usize / 4] >> (i % 4) & 1 == 1;
            assert_eq!(is_public(ip), oracle, "{ip}");
        }
    }
}
