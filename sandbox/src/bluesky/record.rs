//! The ledger of the practice Bluesky, and the keys under which its records stand.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;

use crate::bluesky::account::{did, handle};
use crate::bluesky::cid;
use crate::bluesky::lexicon::POST;

/// The letters of a record key, in their order.
const LETTERS: &[u8; 32] = b"234567abcdefghijklmnopqrstuvwxyz";

/// A post that the practice Bluesky accepted.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Record {
    /// `at://{did}/app.bsky.feed.post/{rkey}`.
    pub uri: String,
    /// The content id, another one after every change.
    pub cid: String,
    /// The key of the record, ours or the server's.
    pub rkey: String,
    /// The number of the member who posted.
    pub member: u32,
    /// The record as sent.
    pub record: Value,
    /// When it was accepted.
    pub created_at: DateTime<Utc>,
    /// Whether it was deleted later.
    pub deleted: bool,
}

impl Record {
    pub(crate) fn new(member: u32, rkey: String, record: Value, created_at: DateTime<Utc>) -> Self {
        let (uri, cid) = (uri(member, &rkey), cid::of_record(&record));
        Self { uri, cid, rkey, member, record, created_at, deleted: false }
    }

    /// The path of its page below the sandbox's origin.
    pub(crate) fn path(&self) -> String {
        format!("/bluesky/profile/{}/post/{}", handle(self.member), self.rkey)
    }
}

pub(crate) fn uri(member: u32, rkey: &str) -> String {
    format!("at://{}/{POST}/{rkey}", did(member))
}

/// A key made of an instant: 13 letters that sort as time does.
pub(crate) fn tid(at: DateTime<Utc>, salt: u64) -> String {
    let micros = u64::try_from(at.timestamp_micros()).unwrap_or_default();
    let number = (micros << 10) | (salt & 1023);
    let letter = |place: u32| LETTERS[usize::try_from((number >> (5 * place)) & 31).unwrap_or_default()];
    (0..13).rev().map(|place| char::from(letter(place))).collect()
}

/// Whether a key has the form that posts must have.
pub(crate) fn is_tid(key: &str) -> bool {
    key.len() == 13 && key.bytes().all(|byte| LETTERS.contains(&byte)) && key.as_bytes()[0] <= b'j'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_sort_as_time_does() {
        let at = |seconds| DateTime::from_timestamp(seconds, 0).unwrap();
        let (earlier, later) = (tid(at(1_790_000_000), 5), tid(at(1_790_000_001), 0));
        assert!(earlier < later && is_tid(&earlier) && is_tid(&later));
        for wrong in ["", "self", "3kabc", "zzzzzzzzzzzzz", "3KABCDEFGHIJK", "0123456789012"] {
            assert!(!is_tid(wrong), "{wrong}");
        }
    }
}
