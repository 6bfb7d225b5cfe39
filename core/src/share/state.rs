//! The states of a share and the only ways between them. Pure, and tested state by state and event by event.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where a share is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum State {
    /// Goes out at a time that the person chose.
    Planned,
    /// Goes out next; a share "now" waits here for its undo window.
    Queued,
    /// Cannot go out at the moment; the reason is shown.
    Held,
    /// Being sent: the exact bytes are on disk.
    Posting,
    /// Out, and the network named it.
    Published,
    /// Not out, and it will not be tried again.
    Refused,
    /// Nobody knows: the person can look, and may allow one probe.
    Unknown,
    /// Stopped before it was sent.
    Cancelled,
}

/// What can happen to a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Event {
    /// Its time has come, or what held it is over.
    Due,
    /// What held it is over before its planned time.
    Early,
    /// The person, a withdrawn post, a withdrawn consent or leaving the company.
    Cancel,
    /// Token dead, throttled, application paused: before the send, or as an answer that says it was not taken.
    Hold,
    /// Once more later: nothing was sent, or provably nothing arrived, or the network asks for the same again.
    Again,
    /// The exact bytes are committed.
    Send,
    /// The same bytes are committed once more, with the person's permission, to see whether they are out.
    Probe,
    /// The network took it and named it.
    Accept,
    /// The network says no for good.
    Reject,
    /// Everything after the first byte without an answer, or the lease ran out.
    Lose,
    /// The person found it, or a probe did.
    Appear,
    /// The person looked, and it is not there.
    Vanish,
    /// The person looked, it is not there, and asks to send again.
    Resend,
}

/// The state after `event`; none: that cannot happen in this state.
#[must_use]
pub fn next(from: State, event: Event) -> Option<State> {
    use Event::{Accept, Again, Appear, Cancel, Due, Early, Hold, Lose, Probe, Reject, Resend, Send, Vanish};
    use State::{Cancelled, Held, Planned, Posting, Published, Queued, Refused, Unknown};
    Some(match (from, event) {
        (Planned | Held, Due) | (Queued | Posting, Again) | (Unknown, Resend) => Queued,
        (Held, Early) => Planned,
        (Planned | Queued | Held, Cancel) => Cancelled,
        (Planned | Queued | Posting, Hold) => Held,
        (Queued, Send) | (Unknown, Probe) => Posting,
        (Posting, Accept) | (Unknown, Appear) => Published,
        (Queued | Posting, Reject) | (Unknown, Vanish) => Refused,
        (Posting, Lose) => Unknown,
        _ => return None,
    })
}

impl State {
    /// True while the share can be stopped without asking the network.
    #[must_use]
    pub fn is_stoppable(self) -> bool {
        next(self, Event::Cancel).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::{Event::*, State::*, *};

    const STATES: [State; 8] = [Planned, Queued, Held, Posting, Published, Refused, Unknown, Cancelled];
    const EVENTS: [Event; 13] =
        [Due, Early, Cancel, Hold, Again, Send, Probe, Accept, Reject, Lose, Appear, Vanish, Resend];

    /// Every cell of states x events, written out a second time as a grid to be read by a person.
    #[test]
    fn every_state_with_every_event() {
        let grid = [
            //                Due     Early    Cancel     Hold  Again   Send     Probe    Accept     Reject   Lose     Appear     Vanish   Resend
            (Planned, ["queued", "-", "cancelled", "held", "-", "-", "-", "-", "-", "-", "-", "-", "-"]),
            (Queued, ["-", "-", "cancelled", "held", "queued", "posting", "-", "-", "refused", "-", "-", "-", "-"]),
            (Held, ["queued", "planned", "cancelled", "-", "-", "-", "-", "-", "-", "-", "-", "-", "-"]),
            (Posting, ["-", "-", "-", "held", "queued", "-", "-", "published", "refused", "unknown", "-", "-", "-"]),
            (Published, ["-"; 13]),
            (Refused, ["-"; 13]),
            (Unknown, ["-", "-", "-", "-", "-", "-", "posting", "-", "-", "-", "published", "refused", "queued"]),
            (Cancelled, ["-"; 13]),
        ];
        assert_eq!(grid.map(|(state, _)| state), STATES);
        for (state, cells) in grid {
            for (event, cell) in EVENTS.into_iter().zip(cells) {
                let after = next(state, event);
                let word =
                    after.map_or("-".into(), |state| serde_json::to_value(state).unwrap().as_str().unwrap().to_owned());
                assert_eq!(word, cell, "{state:?} + {event:?}");
            }
        }
    }

    #[test]
    fn what_may_be_out_is_sent_again_only_with_its_persons_word() {
        for event in EVENTS {
            assert!(next(Published, event).is_none());
            if event != Resend {
                assert_ne!(next(Unknown, event), Some(Queued), "{event:?}");
            }
        }
        let from = |event| STATES.into_iter().filter(|state| next(*state, event).is_some()).collect::<Vec<_>>();
        assert_eq!((from(Send), from(Probe)), (vec![Queued], vec![Unknown]));
        let ways_to_publish = |state: &State| EVENTS.iter().any(|event| next(*state, *event) == Some(Published));
        assert_eq!(STATES.into_iter().filter(ways_to_publish).collect::<Vec<_>>(), [Posting, Unknown]);
    }
}
