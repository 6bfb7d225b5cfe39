//! The one probe: an unknown share is sent once more, byte by byte, while the network still recognises a duplicate.
//! Only if the person allowed it, never twice, and never so late that it could become a second post. Pure.

use chrono::{DateTime, Duration, Utc};

/// The network may still be busy with the first send; a probe that overtakes it would prove nothing.
const PATIENCE: Duration = Duration::minutes(2);
/// `LinkedIn` recognises a duplicate for ten minutes. The probe must arrive within them, and a request may take
/// 45 seconds.
const LAST: Duration = Duration::minutes(8);
/// After a probe that provably never left.
const AGAIN: Duration = Duration::seconds(30);

/// When the probe goes out; none: it would come too late.
pub(super) fn due(sent_at: DateTime<Utc>, body_since: DateTime<Utc>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let at = (sent_at + PATIENCE).max(now + Duration::seconds(1));
    // A clock that was set back says nothing about how long ago it was.
    (body_since <= now && is_in_time(body_since, at)).then_some(at)
}

/// When it goes out after all, if it provably never left; none: it would come too late.
pub(super) fn due_again(body_since: DateTime<Utc>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    is_in_time(body_since, now + AGAIN).then_some(now + AGAIN)
}

/// `body_since` is when these bytes were first sent: any of their sends may be the one that arrived.
pub(super) fn is_in_time(body_since: DateTime<Utc>, at: DateTime<Utc>) -> bool {
    (body_since..=body_since + LAST).contains(&at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_probe_waits_two_minutes_and_never_goes_after_eight() {
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
}
