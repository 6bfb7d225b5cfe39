//! Who clicked which link within the last half hour, known only as a number from which nothing leads back: a hash with a
//! salt that exists in memory alone and dies at midnight (UTC). Pure.

use std::{collections::HashMap, net::IpAddr};

use chrono::{DateTime, Duration, NaiveDate, Utc};
use sha2::{Digest, Sha256};

use crate::secret;

/// A visitor who comes back to a link within this time clicked once.
const WINDOW: Duration = Duration::minutes(30);
/// Numbers in each of the two halves of the memory.
const HALF: usize = 100_000;

/// The memory of one process.
pub(super) struct Recent {
    day: NaiveDate,
    salt: [u8; 32],
    /// When each number was first seen.
    young: HashMap<u64, DateTime<Utc>>,
    /// What was young before; forgotten when the young become old.
    old: HashMap<u64, DateTime<Utc>>,
}

impl Recent {
    pub(super) fn new() -> Self {
        Self { day: NaiveDate::MIN, salt: [0; 32], young: HashMap::new(), old: HashMap::new() }
    }

    /// The number of a click that is not a repeat; it is remembered from now on.
    pub(super) fn note(&mut self, code: &str, address: IpAddr, agent: &str, now: DateTime<Utc>) -> Option<u64> {
        if self.day != now.date_naive() {
            *self = Self { day: now.date_naive(), salt: secret::random(), ..Self::new() };
        }
        let number = self.number(code, address, agent);
        let seen = self.young.get(&number).or_else(|| self.old.get(&number));
        if seen.is_some_and(|seen| now - *seen < WINDOW) {
            return None;
        }
        if self.young.len() >= HALF {
            std::mem::swap(&mut self.young, &mut self.old);
            self.young.clear();
        }
        self.young.insert(number, now);
        Some(number)
    }

    /// For a click that could not be counted: the next try is not a repeat.
    pub(super) fn forget(&mut self, number: u64) {
        self.young.remove(&number);
        self.old.remove(&number);
    }

    fn number(&self, code: &str, address: IpAddr, agent: &str) -> u64 {
        let hash = Sha256::new().chain_update(self.salt).chain_update(code).chain_update(octets(address));
        let hash: [u8; 32] = hash.chain_update(agent).finalize().into();
        u64::from_le_bytes(std::array::from_fn(|at| hash[at]))
    }
}

/// IPv4 in the clothes of IPv6 is the same address.
fn octets(address: IpAddr) -> [u8; 16] {
    match address {
        IpAddr::V4(v4) => v4.to_ipv6_mapped().octets(),
        IpAddr::V6(v6) => v6.octets(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        format!("2026-11-23T{text}Z").parse().unwrap()
    }

    #[test]
    fn g9_the_same_visitor_counts_once_in_half_an_hour_and_link() {
        let mut recent = Recent::new();
        for (time, code, address, agent, counts) in [
            ("08:00:00", "aaaaaaaa", "192.0.2.1", "one", true),
            ("08:29:59", "aaaaaaaa", "192.0.2.1", "one", false),
            ("08:29:59", "aaaaaaaa", "::ffff:192.0.2.1", "one", false),
            ("08:29:59", "bbbbbbbb", "192.0.2.1", "one", true),
            ("08:29:59", "aaaaaaaa", "192.0.2.2", "one", true),
            ("08:29:59", "aaaaaaaa", "192.0.2.1", "two", true),
            ("08:30:00", "aaaaaaaa", "192.0.2.1", "one", true),
            ("08:31:00", "aaaaaaaa", "192.0.2.1", "one", false),
        ] {
            let noted = recent.note(code, address.parse().unwrap(), agent, at(time));
            assert_eq!(noted.is_some(), counts, "{time} {code} {address} {agent}");
        }
    }

    #[test]
    fn g9_the_salt_dies_at_midnight_and_with_it_all_that_was_known() {
        let (mut recent, address) = (Recent::new(), "192.0.2.1".parse().unwrap());
        let before = recent.note("aaaaaaaa", address, "one", at("23:59:59")).unwrap();
        let after = recent.note("aaaaaaaa", address, "one", at("23:59:59") + Duration::seconds(1)).unwrap();
        assert_ne!(before, after);
        assert_eq!((recent.young.len(), recent.old.len()), (1, 0));
    }

    #[test]
    fn a_click_that_could_not_be_counted_may_be_tried_again() {
        let (mut recent, address) = (Recent::new(), "192.0.2.1".parse().unwrap());
        let number = recent.note("aaaaaaaa", address, "one", at("08:00:00")).unwrap();
        recent.forget(number);
        assert_eq!(recent.note("aaaaaaaa", address, "one", at("08:00:01")), Some(number));
    }

    #[test]
    fn the_memory_is_bounded_and_the_latest_are_in_it() {
        let (mut recent, address) = (Recent::new(), "192.0.2.1".parse().unwrap());
        for visitor in 0..3 * HALF {
            assert!(recent.note("aaaaaaaa", address, &visitor.to_string(), at("08:00:00")).is_some());
        }
        assert!(recent.young.len() + recent.old.len() <= 2 * HALF);
        for visitor in 2 * HALF..3 * HALF {
            assert!(recent.note("aaaaaaaa", address, &visitor.to_string(), at("08:01:00")).is_none());
        }
    }
}
