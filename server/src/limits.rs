//! Slows down guessing: token buckets per address and per account, never a hard lock, which would be a weapon itself.
//! Only failures cost; a whole office behind one address signs in freely.

use std::{
    collections::HashMap,
    hash::Hash,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use chrono::{DateTime, Utc};
use klaroen_core::Error;

/// How many failures, and how fast they are forgiven.
#[derive(Clone, Copy)]
struct Quota {
    burst: f64,
    per_second: f64,
}

const PER_ADDRESS: Quota = Quota { burst: 3.0, per_second: 3.0 / 60.0 };
const PER_ACCOUNT: Quota = Quota { burst: 1800.0, per_second: 0.5 };

/// Counts failed sign-ins of this process.
#[derive(Clone, Default)]
pub struct Failures(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    addresses: HashMap<IpAddr, Bucket>,
    accounts: HashMap<String, Bucket>,
}

#[derive(Clone, Copy)]
struct Bucket {
    spent: f64,
    at: DateTime<Utc>,
}

impl Bucket {
    /// What is still spent now.
    fn spent(self, quota: Quota, now: DateTime<Utc>) -> f64 {
        let passed = (now - self.at).to_std().unwrap_or_default().as_secs_f64();
        (self.spent - passed * quota.per_second).max(0.0)
    }
}

impl Failures {
    /// Takes one try from this address for this account, before anything slow is done with it: however many come at
    /// once, only as many get through. `give_back` returns it when the try was no failure.
    ///
    /// # Errors
    /// `RateLimited` with the time to wait.
    pub fn take(&self, address: IpAddr, account: &str, now: DateTime<Utc>) -> Result<(), Error> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let waits = [
            wait(state.addresses.get(&network(address)), PER_ADDRESS, now),
            wait(state.accounts.get(account), PER_ACCOUNT, now),
        ];
        if let Some(wait) = waits.into_iter().flatten().max() {
            return Err(Error::RateLimited(wait));
        }
        spend(&mut state.addresses, network(address), PER_ADDRESS, now);
        spend(&mut state.accounts, account.to_owned(), PER_ACCOUNT, now);
        Ok(())
    }

    /// Returns a try that was no failure.
    pub fn give_back(&self, address: IpAddr, account: &str) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let State { addresses, accounts } = &mut *state;
        for bucket in addresses.get_mut(&network(address)).into_iter().chain(accounts.get_mut(account)) {
            bucket.spent = (bucket.spent - 1.0).max(0.0);
        }
    }
}

fn wait(bucket: Option<&Bucket>, quota: Quota, now: DateTime<Utc>) -> Option<Duration> {
    let over = bucket?.spent(quota, now) - (quota.burst - 1.0);
    (over > 0.0).then(|| Duration::from_secs_f64((over / quota.per_second).ceil()))
}

fn spend<K: Eq + Hash>(buckets: &mut HashMap<K, Bucket>, key: K, quota: Quota, now: DateTime<Utc>) {
    if buckets.len() > 10_000 {
        buckets.retain(|_, bucket| bucket.spent(quota, now) > 0.0);
    }
    let bucket = buckets.entry(key).or_insert(Bucket { spent: 0.0, at: now });
    *bucket = Bucket { spent: bucket.spent(quota, now) + 1.0, at: now };
}

/// An IPv6 customer has a whole /64, so that is what counts.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6((u128::from(v6) >> 64 << 64).into()),
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a8_guessing_is_slowed_and_nobody_is_locked_out() {
        let (failures, start) = (Failures::default(), DateTime::from_timestamp(1_790_000_000, 0).unwrap());
        let (guesser, colleague) = ("2001:db8::1".parse().unwrap(), "192.0.2.7".parse().unwrap());
        let mut reached = 0;
        for guess in 0..10_000 {
            let now = start + chrono::Duration::milliseconds(guess * 6);
            reached += u32::from(failures.take(guesser, "hr@example.com", now).is_ok());
        }
        assert!((3..=60).contains(&reached), "{reached} guesses were let through in a minute");
        for _ in 0..100 {
            failures.take(colleague, "colleague@example.com", start).unwrap();
            failures.give_back(colleague, "colleague@example.com");
        }
        let later = start + chrono::Duration::seconds(59);
        assert!(failures.take("2001:db8::2".parse().unwrap(), "x", later).is_err(), "same /64");
        assert!(failures.take(colleague, "hr@example.com", later).is_ok());
        assert!(failures.take(guesser, "hr@example.com", later + chrono::Duration::minutes(1)).is_ok());
    }
}
