//! What publishing reads and writes of a share: load, decide, save. The changes are pure; `save` is the one statement
//! that stores them, and only if nobody changed the share since it was read.

use chrono::{DateTime, Duration, Utc};

use super::{
    ConfirmedBy, Event, Reason, State,
    probe::Rule,
    settle::{Change, Moment, Resend, Sent, Unsent, before_send},
    state::next,
    wake::Wake,
};
use crate::{
    Error, Result,
    db::Tx,
    error::OrConflict,
    id::{PersonId, PostId, ShareId},
    network::{Account, Network, Obstacle},
    organisation::{disclosure::below, page},
    sql,
};

/// Longer than any request may take, so that a lease never runs out under a living worker.
pub(super) const LEASE: Duration = Duration::seconds(120);

/// When a lease ends that begins now.
pub(super) fn end_of_lease(now: DateTime<Utc>) -> DateTime<Utc> {
    now + LEASE
}

/// One post at the network proves one share.
pub(super) const URN_TAKEN: (&str, &str) = ("share.urn_taken", "This address belongs to another share.");

/// A share in the hands of a worker.
#[derive(Clone, sqlx::FromRow)]
pub(super) struct Row {
    pub(super) id: ShareId,
    pub(super) person_id: PersonId,
    pub(super) post_id: PostId,
    pub(super) network: Network,
    pub(super) text: String,
    pub(super) disclosure: Option<String>,
    pub(super) link_code: Option<String>,
    pub(super) run_at: DateTime<Utc>,
    pub(super) state: State,
    pub(super) reason: Option<Reason>,
    pub(super) detail: Option<String>,
    pub(super) due_at: Option<DateTime<Utc>>,
    pub(super) fence: i64,
    pub(super) attempt: i32,
    pub(super) body: Option<String>,
    pub(super) body_since: Option<DateTime<Utc>>,
    pub(super) resend: Option<Resend>,
    pub(super) sent_at: Option<DateTime<Utc>>,
    pub(super) probed_at: Option<DateTime<Utc>>,
    pub(super) published_at: Option<DateTime<Utc>>,
    pub(super) urn: Option<String>,
    pub(super) confirmed_by: Option<ConfirmedBy>,
    pub(super) setbacks: i32,
    pub(super) tries: i32,
    pub(super) as_picture: bool,
    #[sqlx(flatten)]
    pub(super) page: page::Stored,
}

/// The columns of a `Row`.
pub(super) const COLUMNS: &str = "id, person_id, post_id, network, text, disclosure, link_code, run_at, state, reason, detail, \
    due_at, fence, attempt, body, body_since, resend, sent_at, probed_at, published_at, urn, confirmed_by, setbacks, \
    tries, as_picture, page_name, page_urn";

/// What a person says stays out of logs.
impl std::fmt::Debug for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Row({}, {:?}, fence {})", self.id, self.state, self.fence)
    }
}

impl Row {
    /// The text as it goes out: what the person says, and the line as it was when the share was made.
    pub(super) fn words(&self) -> String {
        below(&self.text, self.disclosure.as_deref())
    }

    fn see(&mut self, event: Event) -> Result<()> {
        let impossible = || Error::internal(anyhow::anyhow!("a share that is {:?} cannot see {event:?}", self.state));
        self.state = next(self.state, event).ok_or_else(impossible)?;
        Ok(())
    }

    /// What a worker decided about a due share. The fence grows: whoever held the share before comes too late. Only who
    /// holds it now makes a try.
    pub(super) fn settle(&mut self, decision: Wake, now: DateTime<Utc>) -> Result<()> {
        let unless = |state, event| (self.state != state).then_some(event);
        let (event, reason, due_at) = match decision {
            Wake::Go => (unless(State::Queued, Event::Due), None, Some(end_of_lease(now))),
            Wake::Wait(reason, at) => (unless(State::Queued, Event::Due), Some(reason), Some(at)),
            Wake::Hold(reason, at) => (unless(State::Held, Event::Hold), Some(reason), Some(at)),
            Wake::Cancel(reason) => (Some(Event::Cancel), Some(reason), None),
            Wake::Lose(probe_at) => (Some(Event::Lose), Some(Reason::ShareInterrupted), probe_at),
            Wake::Probe => (None, self.reason, Some(end_of_lease(now))),
            Wake::ProbeLater(at) => (None, self.reason, Some(at)),
            Wake::Leave => (None, self.reason, None),
        };
        if let Some(event) = event {
            self.see(event)?;
        }
        if reason != self.reason {
            self.detail = None;
        }
        (self.reason, self.due_at) = (reason, due_at);
        self.fence += 1;
        self.tries += i32::from(decision.goes());
        Ok(())
    }

    /// True when `account` sent the bytes, or nothing was sent: to another account a repeat would be a second post.
    pub(super) fn is_sent_by(&self, account: &Account) -> bool {
        self.body.as_deref().is_none_or(|body| account.sent(body))
    }

    /// Exactly `body` is about to be sent. Other bytes than before say nothing about the earlier ones. False: too late,
    /// because the worker stood still until its lease, or the time of the probe, was over.
    pub(super) fn intend(&mut self, body: String, now: DateTime<Utc>) -> Result<bool> {
        if self.due_at.is_none_or(|end_of_lease| end_of_lease <= now) {
            return Ok(false);
        }
        let is_same = self.body.as_ref() == Some(&body);
        if self.state == State::Unknown {
            if !self.body_since.is_some_and(|since| Rule::of(self.network).is_in_time(since, now)) {
                return Ok(false);
            }
            if !is_same {
                return Err(Error::internal(anyhow::anyhow!("a probe has the bytes of the send that it asks about")));
            }
            self.see(Event::Probe)?;
            (self.resend, self.probed_at) = (Some(Resend::Probe), Some(now));
        } else {
            self.see(Event::Send)?;
            self.resend = self.resend.filter(|_| is_same);
        }
        if !is_same {
            (self.body, self.body_since) = (Some(body), Some(now));
        }
        (self.attempt, self.sent_at, self.due_at) = (self.attempt + 1, Some(now), Some(end_of_lease(now)));
        self.setbacks = 0;
        Ok(true)
    }

    /// What is known of the last send.
    pub(super) fn sent(&self, may_probe: bool, waited_for: Option<Reason>, now: DateTime<Utc>) -> Sent {
        let at = self.sent_at.unwrap_or(now);
        let rule = Rule::of(self.network);
        let may_probe = rule.allows(may_probe) && self.probed_at.is_none();
        let body_since = self.body_since.unwrap_or(at);
        Sent { attempt: self.attempt, at, body_since, resend: self.resend, may_probe, rule, waited_for }
    }

    /// What stood in the way before anything was sent makes of it.
    pub(super) fn postpone(
        &mut self,
        obstacle: Obstacle,
        waited_for: Option<Reason>,
        moment: &Moment,
    ) -> Result<Change> {
        let is_setback = matches!(obstacle, Obstacle::Refused { .. } | Obstacle::VersionGone(_));
        self.setbacks = if is_setback { self.setbacks + 1 } else { 0 };
        let unsent = Unsent { resend: self.resend, waited_for, setbacks: self.setbacks };
        let change = before_send(obstacle, &unsent, moment);
        self.change(change.clone())?;
        Ok(change)
    }

    /// What an outcome makes of it.
    pub(super) fn change(&mut self, change: Change) -> Result<()> {
        self.see(change.event)?;
        (self.reason, self.detail, self.due_at, self.resend) =
            (change.reason, change.detail, change.due_at, change.resend);
        if let Some(published) = change.published {
            self.urn = Some(published.urn);
            self.published_at = Some(published.at);
            self.confirmed_by = published.confirmed_by;
        }
        if self.state == State::Unknown && self.due_at.is_some() {
            self.probed_at = None; // it provably never left, so it is still to come
        }
        Ok(())
    }

    /// Stores it over `was`, which is what was read. False: somebody else was faster, and nothing is stored.
    ///
    /// # Errors
    /// `share.urn_taken` when it would be the second share of one post at the network.
    pub(super) async fn save(&self, tx: &mut Tx, was: &Self) -> Result<bool> {
        let touched = sql!(
            tx,
            execute,
            "update shares set state = $1, reason = $2, detail = $3, due_at = $4, fence = $5, attempt = $6, body = $7, \
             body_since = $8, resend = $9, sent_at = $10, probed_at = $11, published_at = $12, urn = $13, \
             confirmed_by = $14, setbacks = $15, tries = $16 where id = $17 and fence = $18 and state = $19",
            self.state,
            self.reason,
            &self.detail,
            self.due_at,
            self.fence,
            self.attempt,
            &self.body,
            self.body_since,
            self.resend,
            self.sent_at,
            self.probed_at,
            self.published_at,
            &self.urn,
            self.confirmed_by,
            self.setbacks,
            self.tries,
            was.id,
            was.fence,
            was.state
        )
        .or_conflict(URN_TAKEN.0, URN_TAKEN.1)?;
        Ok(touched == 1)
    }
}

#[cfg(test)]
impl Row {
    /// A share of a person who wants it out now.
    pub(super) fn practice(id: ShareId, network: Network, person_id: PersonId, now: DateTime<Utc>) -> Self {
        Self {
            id,
            person_id,
            post_id: PostId::new(),
            network,
            text: format!("The words of {id}"),
            disclosure: None,
            link_code: None,
            run_at: now,
            state: State::Queued,
            reason: None,
            detail: None,
            due_at: Some(now),
            fence: 0,
            attempt: 0,
            body: None,
            body_since: None,
            resend: None,
            sent_at: None,
            probed_at: None,
            published_at: None,
            urn: None,
            confirmed_by: None,
            setbacks: 0,
            tries: 0,
            as_picture: false,
            page: page::Stored::default(),
        }
    }
}
