//! The sends to a network as the workers that wait for their answers see them.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Call, Practice};

/// One send. Its times are true ones, not those of its worker's clock.
#[derive(Debug, Clone)]
pub(in super::super) struct Sending {
    /// Through which account.
    pub(in super::super) whose: String,
    /// How far the clock of its worker is ahead.
    pub(in super::super) ahead: TimeDelta,
    /// When its worker began it.
    pub(in super::super) from: DateTime<Utc>,
    /// When its worker had an answer, gave up or died.
    pub(in super::super) until: Option<DateTime<Utc>>,
    /// When the network made a post of it.
    pub(in super::super) accepted_at: Option<DateTime<Utc>>,
}

/// While it lives, a worker waits for the answer.
pub(in super::super) struct UnderWay {
    practice: Practice,
    number: usize,
}

impl Practice {
    /// Notes a send that begins now, if the call is one.
    pub(in super::super) fn depart(&self, call: &mut Call, ahead: TimeDelta) -> Option<UnderWay> {
        if !call.is_send() {
            return None;
        }
        let (sends, from) = (&mut self.inner().sends, self.clock.now());
        let number = sends.len();
        sends.push(Sending { whose: call.authorization.clone(), ahead, from, until: None, accepted_at: None });
        call.send = Some(number);
        Some(UnderWay { practice: self.clone(), number })
    }

    /// All sends in the order in which they began.
    pub(in super::super) fn sends(&self) -> Vec<Sending> {
        self.inner().sends.clone()
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.practice.inner().sends[self.number].until = Some(self.practice.clock.now());
    }
}
