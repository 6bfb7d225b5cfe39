//! The one probe: an unknown share is sent once more, byte by byte, while the network still recognises the same. Never
//! twice, never so late that it could become a second post, and where it could bother somebody only if the person
//! allowed it. Pure.

use chrono::{DateTime, Duration, Utc};

use crate::network::Network;

/// The network may still be busy with the first send; a probe that overtakes it would prove nothing.
const PATIENCE: Duration = Duration::minutes(2);
/// After a probe that provably never left.
const AGAIN: Duration = Duration::seconds(30);

/// What a network promises about the very same bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The probe must leave within this time; a request may take 45 seconds, and must arrive in time.
    last: Duration,
    /// The same bytes carry a key by which the network knows them for the same post.
    pub(super) is_idempotent: bool,
}

impl Rule {
    /// The rule of a network.
    #[must_use]
    pub fn of(network: Network) -> Self {
        match network {
            // Recognises the same text for ten minutes, and tells the person about the duplicate.
            Network::LinkedIn => Self { last: Duration::minutes(8), is_idempotent: false },
            // An instance remembers our key for an hour; a record's key is its name for ever, and an hour is enough.
            Network::Mastodon | Network::Bluesky => Self { last: Duration::minutes(55), is_idempotent: true },
            // Nothing is sent there.
            _ => Self { last: Duration::zero(), is_idempotent: false },
        }
    }

    /// Whether there may be a probe at all, given what the person said.
    pub(super) fn allows(self, person_says: bool) -> bool {
        person_says || self.is_idempotent
    }

    /// When the probe goes out; none: it would come too late.
    pub(super) fn due(
        self,
        sent_at: DateTime<Utc>,
        body_since: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Option<DateTime<Utc>> {
        let at = (sent_at + PATIENCE).max(now + Duration::seconds(1));
        // A clock that was set back says nothing about how long ago it was.
        (body_since <= now && self.is_in_time(body_since, at)).then_some(at)
    }

    /// When it goes out after all, if it provably never left; none: it would come too late.
    pub(super) fn due_again(self, body_since: DateTime<Utc>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.is_in_time(body_since, now + AGAIN).then_some(now + AGAIN)
    }

    /// `body_since` is when these bytes were first sent: any of their sends may be the one that arrived.
    pub(super) fn is_in_time(self, body_since: DateTime<Utc>, at: DateTime<Utc>) -> bool {
        (body_since..=body_since + self.last).contains(&at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_probe_waits_two_minutes_and_never_goes_after_eight() {
        let rule = Rule::of(Network::LinkedIn);
        let (due, due_again) = (|a, b, c| rule.due(a, b, c), |a, b| rule.due_again(a, b));
        let is_in_time = |a, b| rule.is_in_time(a, b);
        let sent = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let at = |seconds| sent + Duration::seconds(seconds);
        assert_eq!(due(sent, sent, at(1)), Some(at(120)));
        assert_eq!(due(sent, sent, at(45)), Some(at(120)));
        assert_eq!(due(sent, sent, at(120)), Some(at(121)), "the lease of a worker that died has just run out");
        assert_eq!(due(sent, sent, at(479)), Some(at(480)));
        assert_eq!(due(sent, sent, at(480)), None);
        assert_eq!(due(at(300), sent, at(301)), Some(at(420)), "sent again");
        assert_eq!(due(at(361), sent, at(362)), None, "counted from the first send of these bytes");
        assert_eq!((due(sent, sent, at(-1)), is_in_time(sent, at(-1))), (None, false), "the clock was set back");
        assert_eq!((due_again(sent, at(450)), due_again(sent, at(451))), (Some(at(480)), None));
    }

    #[test]
    fn only_where_a_repeat_is_the_same_post_nobody_has_to_be_asked() {
        let sent = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        for (network, minutes, needs_a_yes) in
            [(Network::LinkedIn, 8, true), (Network::Mastodon, 55, false), (Network::Bluesky, 55, false)]
        {
            let rule = Rule::of(network);
            assert_eq!((rule.allows(false), rule.allows(true)), (!needs_a_yes, true), "{network:?}");
            let last = sent + Duration::minutes(minutes);
            assert!(rule.is_in_time(sent, last) && !rule.is_in_time(sent, last + Duration::seconds(1)), "{network:?}");
        }
    }
}
