//! What an outcome means for a share: the next event, what is shown, and when a worker looks again. Pure.

use chrono::{DateTime, Days, Duration, NaiveTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Event, Reason, probe::Rule};
use crate::network::{Obstacle, Outcome, Refusal, Throttle, linkedin::version::Choice};

/// How long what waits for a connection is kept.
pub const QUEUE_KEPT: Duration = Duration::days(7);
const LONGEST_WAIT: i64 = 3600;
const SENDS: i32 = 10;
/// Hourly tries after which a refusal is final.
const SETBACKS: i32 = 24;

/// Why the same bytes are sent once more. A duplicate that the network then names is this very share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Resend {
    /// The network answered with a conflict and asked for it.
    Conflict,
    /// The person said that an unknown share had not appeared.
    Person,
    /// The person allowed one probe of a share of which nobody knows.
    Probe,
}

impl Resend {
    /// What a duplicate that the network then names has proved it by.
    fn proof(self) -> ConfirmedBy {
        match self {
            Self::Conflict | Self::Person => ConfirmedBy::Duplicate,
            Self::Probe => ConfirmedBy::Probe,
        }
    }
}

/// Who or what proved that a share without an answer is out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum ConfirmedBy {
    /// The network named it when the same bytes were sent again.
    Duplicate,
    /// The same, by our own probe.
    Probe,
    /// The person pasted its address.
    Person,
    /// A colleague looked at the address that the person pasted.
    Colleague,
}

/// What is known of a send.
#[derive(Debug, Clone, Copy)]
pub struct Sent {
    /// Number of this send.
    pub attempt: i32,
    /// When it was committed.
    pub at: DateTime<Utc>,
    /// When exactly these bytes were first sent.
    pub body_since: DateTime<Utc>,
    /// Why they were sent once more, if they were.
    pub resend: Option<Resend>,
    /// There may be a probe, and there was none yet.
    pub may_probe: bool,
    /// What the network promises about the very same bytes.
    pub rule: Rule,
    /// What it waited for before this send.
    pub waited_for: Option<Reason>,
}

/// What is known of a share before a send.
#[derive(Debug, Clone, Copy)]
pub struct Unsent {
    /// Why the same bytes are to be sent once more, if they are.
    pub resend: Option<Resend>,
    /// What it waited for.
    pub waited_for: Option<Reason>,
    /// Refusals in a row, this one included.
    pub setbacks: i32,
}

/// A share that is out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// Its name at the network.
    pub urn: String,
    /// When the network took it.
    pub at: DateTime<Utc>,
    /// What proved it, if the answer did not.
    pub confirmed_by: Option<ConfirmedBy>,
}

/// What becomes of a share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What happened to it.
    pub event: Event,
    /// Why, for the person.
    pub reason: Option<Reason>,
    /// What the network said.
    pub detail: Option<String>,
    /// When a worker looks again.
    pub due_at: Option<DateTime<Utc>>,
    /// Why the same bytes go once more.
    pub resend: Option<Resend>,
    /// Set when it is out.
    pub published: Option<Publication>,
}

impl Change {
    fn new(event: Event, reason: Reason) -> Self {
        let reason = Some(reason);
        Self { event, reason, detail: None, due_at: None, resend: None, published: None }
    }

    fn due(self, at: DateTime<Utc>) -> Self {
        Self { due_at: Some(at), ..self }
    }

    fn saying(self, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..self }
    }

    fn published(urn: String, at: DateTime<Utc>, confirmed_by: Option<ConfirmedBy>) -> Self {
        let published = Some(Publication { urn, at, confirmed_by });
        Self { event: Event::Accept, reason: None, detail: None, due_at: None, resend: None, published }
    }
}

/// The instant and the chance of a decision; `chance` is in 0..1.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// Now.
    pub now: DateTime<Utc>,
    /// How often a worker held the share.
    pub tries: i64,
    /// Spreads what would otherwise come back at the same instant.
    pub chance: f64,
}

/// What came of a send.
#[must_use]
pub fn after_send(outcome: Outcome, sent: &Sent, moment: &Moment) -> Change {
    match (outcome, sent.resend) {
        // The answer does not say whether it is the first send that arrived, or this one.
        (Outcome::Published { urn }, Some(Resend::Probe)) if sent.rule.is_idempotent => {
            Change::published(urn, sent.body_since, None)
        }
        (Outcome::Published { urn }, _) => Change::published(urn, sent.at, None),
        (Outcome::Duplicate { urn: Some(urn) }, Some(resend)) => {
            Change::published(urn, sent.body_since, Some(resend.proof()))
        }
        // Under a key of our own nothing else can stand, and all earlier sends were provably not taken: it is this one.
        (Outcome::Duplicate { urn: Some(urn) }, None) if sent.rule.is_idempotent => {
            Change::published(urn, sent.at, Some(ConfirmedBy::Duplicate))
        }
        (Outcome::Duplicate { urn: None }, Some(_)) => Change::new(Event::Lose, Reason::NetworkDuplicate),
        (outcome, Some(Resend::Probe)) => after_probe(outcome, sent, moment),
        (Outcome::Duplicate { urn }, None) => {
            Change { detail: urn, ..Change::new(Event::Reject, Reason::NetworkDuplicate) }
        }
        (Outcome::Conflict, Some(Resend::Conflict)) => Change::new(Event::Reject, Reason::NetworkConflict),
        (Outcome::Conflict, _) => {
            let again = Change::new(Event::Again, Reason::NetworkConflict).due(moment.now + Duration::seconds(5));
            Change { resend: Some(Resend::Conflict), ..again }
        }
        (Outcome::Lost { detail }, _) => {
            let probe_at = if sent.may_probe { sent.rule.due(sent.at, sent.body_since, moment.now) } else { None };
            Change { due_at: probe_at, ..Change::new(Event::Lose, Reason::NetworkLost).saying(detail) }
        }
        (Outcome::NotTaken(Obstacle::Refused { kind, detail }), _) => {
            Change::new(Event::Reject, reason_of(kind)).saying(detail)
        }
        (Outcome::NotTaken(Obstacle::VersionGone(choice)), _) if !may_ask_newer(&choice, sent.waited_for) => {
            Change::new(Event::Reject, Reason::NetworkVersion).saying(choice.words())
        }
        (Outcome::NotTaken(Obstacle::PictureNotReady), _) if sent.attempt >= SENDS => {
            Change::new(Event::Reject, Reason::NetworkPicture)
        }
        // Bytes that may have arrived earlier keep their mark, so that a duplicate is still recognised.
        (Outcome::NotTaken(obstacle), resend) => Change { resend, ..postponed(obstacle, moment) },
    }
}

/// Of a probe that did not prove anything: the share is as unknown as before. One that provably never left may go again.
fn after_probe(outcome: Outcome, sent: &Sent, moment: &Moment) -> Change {
    let lost = Change::new(Event::Lose, Reason::NetworkLost);
    match outcome {
        Outcome::NotTaken(Obstacle::Unreachable { detail }) => {
            Change { due_at: sent.rule.due_again(sent.body_since, moment.now), ..lost.saying(detail) }
        }
        Outcome::Lost { detail } | Outcome::NotTaken(Obstacle::Refused { detail, .. }) => lost.saying(detail),
        _ => lost,
    }
}

/// What stood in the way before anything was sent. A refusal may be mended meanwhile, so it is tried again hourly for a
/// day.
#[must_use]
pub fn before_send(obstacle: Obstacle, unsent: &Unsent, moment: &Moment) -> Change {
    let later = |reason| match unsent.setbacks {
        ..SETBACKS => Change::new(Event::Hold, reason).due(moment.now + Duration::seconds(LONGEST_WAIT)),
        _ => Change::new(Event::Reject, reason),
    };
    let change = match obstacle {
        Obstacle::Refused { kind, detail } => later(reason_of(kind)).saying(detail),
        Obstacle::VersionGone(choice) if !may_ask_newer(&choice, unsent.waited_for) => {
            later(Reason::NetworkVersion).saying(choice.words())
        }
        obstacle => postponed(obstacle, moment),
    };
    Change { resend: unsent.resend, ..change }
}

fn postponed(obstacle: Obstacle, moment: &Moment) -> Change {
    let kept = moment.now + QUEUE_KEPT;
    match obstacle {
        Obstacle::Unreachable { detail } => {
            Change::new(Event::Again, Reason::NetworkUnreachable).saying(detail).due(moment.now + backoff(moment))
        }
        Obstacle::PictureNotReady => {
            Change::new(Event::Again, Reason::NetworkPicture).due(moment.now + Duration::seconds(10))
        }
        Obstacle::TokenExpired => Change::new(Event::Hold, Reason::ConnectionExpired).due(kept),
        Obstacle::TokenRevoked => Change::new(Event::Hold, Reason::ConnectionRevoked).due(kept),
        Obstacle::Throttled(throttle) => {
            let reason = match throttle {
                Throttle::Member | Throttle::MemberUntil(_) => Reason::NetworkThrottled,
                Throttle::Application => Reason::NetworkPaused,
            };
            Change::new(Event::Hold, reason).due(lifted(throttle, moment))
        }
        Obstacle::VersionGone(_) => {
            Change::new(Event::Again, Reason::NetworkVersion).due(moment.now + Duration::seconds(1))
        }
        Obstacle::Refused { kind, detail } => Change::new(Event::Reject, reason_of(kind)).saying(detail),
    }
}

/// A version that is gone is followed by one try with a newer one.
fn may_ask_newer(choice: &Choice, waited_for: Option<Reason>) -> bool {
    choice.has_newer && waited_for != Some(Reason::NetworkVersion)
}

fn reason_of(kind: Refusal) -> Reason {
    match kind {
        Refusal::Content => Reason::NetworkContent,
        Refusal::Permission => Reason::NetworkPermission,
        Refusal::Form(_) => Reason::NetworkForm,
        Refusal::Picture(_) => Reason::NetworkPictureRefused,
    }
}

/// 5 s · 2ⁿ with full jitter, at most an hour, at least a second.
pub(super) fn backoff(moment: &Moment) -> Duration {
    let doublings = u32::try_from(moment.tries.clamp(0, 10)).unwrap_or_default();
    spread(moment.chance, (5 << doublings).min(LONGEST_WAIT)).max(Duration::seconds(1))
}

/// When a limit is over: as the network says, but within a day, or else after the day.
pub(super) fn lifted(throttle: Throttle, moment: &Moment) -> DateTime<Utc> {
    match throttle {
        Throttle::Member | Throttle::Application => after_midnight(moment),
        Throttle::MemberUntil(at) => {
            at.clamp(moment.now + Duration::seconds(1), moment.now + Duration::days(1)) + spread(moment.chance, 5)
        }
    }
}

/// The network counts per UTC day; half an hour of spread, so that midnight is no rush.
fn after_midnight(moment: &Moment) -> DateTime<Utc> {
    let tomorrow = moment.now.date_naive().checked_add_days(Days::new(1)).unwrap_or(moment.now.date_naive());
    tomorrow.and_time(NaiveTime::MIN).and_utc() + spread(moment.chance, 1800)
}

fn spread(chance: f64, seconds: i64) -> Duration {
    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "seconds of at most an hour")]
    let micros = (seconds as f64 * 1e6 * chance.clamp(0.0, 1.0)) as i64;
    Duration::microseconds(micros)
}

#[cfg(test)]
#[path = "settle_tests.rs"]
mod tests;
