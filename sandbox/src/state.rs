//! What the practice LinkedIn remembers: codes, tokens, pictures, posts, the day's counts and the faults that wait.

use std::collections::{BTreeSet, HashMap};

use axum::body::Bytes;
use chrono::{DateTime, NaiveDate, Utc};
use rand::SeedableRng as _;
use rand::distr::{Alphanumeric, SampleString as _};
use rand::rngs::StdRng;

use crate::linkedin::post::Post;
use crate::linkedin::video::Video;
use crate::mail::Mails;
use crate::{Faults, Rules, bluesky, feeds, hub, identity, mastodon};

/// The names of the permissions of one grant, in order.
pub(crate) type Scopes = BTreeSet<String>;

/// An authorization code that waits to be exchanged.
pub(crate) struct Code {
    pub(crate) client_id: String,
    pub(crate) redirect_uri: String,
    pub(crate) member: u32,
    pub(crate) scopes: Scopes,
    pub(crate) expires: DateTime<Utc>,
}

/// An access token that was handed out.
#[derive(Clone)]
pub(crate) struct Token {
    pub(crate) client_id: String,
    pub(crate) member: u32,
    pub(crate) scopes: Scopes,
    pub(crate) issued: DateTime<Utc>,
    pub(crate) expires: DateTime<Utc>,
    pub(crate) revoked: bool,
}

impl Token {
    pub(crate) fn is_live(&self, now: DateTime<Utc>) -> bool {
        !self.revoked && self.expires > now
    }

    pub(crate) fn has(&self, scope: &str) -> bool {
        self.scopes.contains(scope)
    }
}

/// A refresh token that was handed out.
#[derive(Clone)]
pub(crate) struct Renewal {
    pub(crate) client_id: String,
    pub(crate) member: u32,
    pub(crate) scopes: Scopes,
    pub(crate) expires: DateTime<Utc>,
}

/// A picture asset from the request for an upload address on.
pub(crate) struct Image {
    pub(crate) owner: String,
    pub(crate) upload_key: String,
    pub(crate) upload_until: DateTime<Utc>,
    pub(crate) status: ImageStatus,
}

/// How far a picture asset is.
#[derive(Clone)]
pub(crate) enum ImageStatus {
    WaitingUpload,
    Processing,
    Failed,
    Available { bytes: Bytes, content_type: &'static str },
}

/// Calls to the posts resource on one UTC day.
#[derive(Default)]
pub(crate) struct Quota {
    day: Option<NaiveDate>,
    app: u32,
    members: HashMap<u32, u32>,
}

/// Which of the two daily limits was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    App,
    Member,
}

impl Quota {
    /// Counts a call, or says which limit it met; the counts start again at 00:00 UTC.
    pub(crate) fn count(&mut self, member: u32, day: NaiveDate, rules: &Rules) -> Result<(), Limit> {
        if self.day != Some(day) {
            *self = Self { day: Some(day), ..Self::default() };
        }
        let calls = self.members.entry(member).or_default();
        if self.app >= rules.app_calls_per_day {
            return Err(Limit::App);
        }
        if *calls >= rules.member_calls_per_day {
            return Err(Limit::Member);
        }
        *calls += 1;
        self.app += 1;
        Ok(())
    }

    /// The day is full now: for one member, or for the whole application.
    pub(crate) fn fill(&mut self, member: Option<u32>, day: NaiveDate) {
        if self.day != Some(day) {
            *self = Self { day: Some(day), ..Self::default() };
        }
        *member.map_or(&mut self.app, |member| self.members.entry(member).or_default()) = u32::MAX;
    }
}

/// Everything behind the one lock.
pub(crate) struct State {
    pub(crate) codes: HashMap<String, Code>,
    pub(crate) tokens: HashMap<String, Token>,
    pub(crate) refresh: HashMap<String, Renewal>,
    pub(crate) images: HashMap<String, Image>,
    pub(crate) videos: HashMap<String, Video>,
    pub(crate) posts: Vec<Post>,
    pub(crate) quota: Quota,
    pub(crate) mastodon: mastodon::Memory,
    pub(crate) bluesky: bluesky::Memory,
    pub(crate) hub: hub::Memory,
    pub(crate) identity: identity::Memory,
    pub(crate) mails: Mails,
    pub(crate) faults: Faults,
    pub(crate) rules: Rules,
    pub(crate) stories: feeds::Changes,
    /// The sample feed of events has lost its pictures.
    pub(crate) pictures_lost: bool,
    /// So many numbers were given.
    numbered: u64,
    rng: StdRng,
}

impl State {
    pub(crate) fn new(rules: Rules, seed: Option<u64>) -> Self {
        Self {
            codes: HashMap::new(),
            tokens: HashMap::new(),
            refresh: HashMap::new(),
            images: HashMap::new(),
            videos: HashMap::new(),
            posts: Vec::new(),
            quota: Quota::default(),
            mastodon: mastodon::Memory::default(),
            bluesky: bluesky::Memory::default(),
            hub: hub::Memory::default(),
            identity: identity::Memory::default(),
            mails: Mails::default(),
            faults: Faults::seeded(seed.unwrap_or_else(rand::random)),
            rules,
            stories: feeds::Changes::default(),
            pictures_lost: false,
            numbered: 0,
            rng: seed.map_or_else(StdRng::from_os_rng, StdRng::seed_from_u64),
        }
    }

    /// From here on chance runs as in every sandbox with this seed; faults are switched off, because theirs began earlier.
    pub(crate) fn reseed(&mut self, seed: u64) {
        (self.rng, self.faults) = (StdRng::seed_from_u64(seed), Faults::seeded(seed));
    }

    /// Opaque letters and digits, as in tokens and asset ids.
    pub(crate) fn opaque(&mut self, length: usize) -> String {
        Alphanumeric.sample_string(&mut self.rng, length)
    }

    /// A new 19-digit number, growing with time as LinkedIn's own do. While time stands still no two of four million are
    /// the same, and no two of the first 64,000 without their last six bits.
    pub(crate) fn urn_number(&mut self, at: DateTime<Utc>) -> u64 {
        let ms = u64::try_from(at.timestamp_millis()).unwrap_or_default();
        self.numbered += 1;
        (ms << 22) | ((self.numbered * 65) & 0x3F_FFFF)
    }

    /// A member withdraws the permission at every network.
    pub(crate) fn revoke_tokens(&mut self, member: u32) {
        for token in self.tokens.values_mut().filter(|token| token.member == member) {
            token.revoked = true;
        }
        self.refresh.retain(|_, renewal| renewal.member != member);
        self.mastodon.revoke(member);
        self.bluesky.revoke(member);
    }

    /// LinkedIn knows nothing any more of a member's tokens.
    pub(crate) fn forget_tokens(&mut self, member: u32) {
        self.tokens.retain(|_, token| token.member != member);
        self.refresh.retain(|_, renewal| renewal.member != member);
    }

    /// Every token of a member that has an end meets it now.
    pub(crate) fn expire_tokens(&mut self, member: u32, now: DateTime<Utc>) {
        for token in self.tokens.values_mut().filter(|token| token.member == member) {
            token.expires = token.expires.min(now);
        }
        for session in self.bluesky.sessions.values_mut().filter(|session| session.member == member) {
            session.expires = session.expires.min(now);
        }
    }

    /// Hands out a token; a different set of scopes for the same member and application kills the earlier ones.
    pub(crate) fn issue_token(&mut self, client_id: &str, member: u32, scopes: Scopes, now: DateTime<Utc>) -> String {
        for old in self.tokens.values_mut() {
            if old.member == member && old.client_id == client_id && old.scopes != scopes {
                old.revoked = true;
            }
        }
        let text = format!("AQX{}", self.opaque(517));
        let expires = now + self.rules.token_lifetime;
        let token = Token { client_id: client_id.into(), member, scopes, issued: now, expires, revoked: false };
        self.tokens.insert(text.clone(), token);
        text
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_day_starts_again_at_midnight() {
        let rules = Rules { member_calls_per_day: 1, app_calls_per_day: 2, ..Rules::default() };
        let day = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        let mut quota = Quota::default();
        assert_eq!(quota.count(1, day, &rules), Ok(()));
        assert_eq!(quota.count(1, day, &rules), Err(Limit::Member));
        assert_eq!(quota.count(2, day, &rules), Ok(()));
        assert_eq!(quota.count(3, day, &rules), Err(Limit::App));
        assert_eq!(quota.count(1, day.succ_opt().unwrap(), &rules), Ok(()));
    }

    #[test]
    fn post_numbers_have_nineteen_digits_and_none_is_given_twice() {
        let mut state = State::new(Rules::default(), Some(1));
        let at = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let numbers: Vec<u64> = (0..60_000).map(|_| state.urn_number(at)).collect();
        assert!(numbers.iter().all(|number| number.to_string().len() == 19));
        for bits in [0, 6] {
            let distinct: HashSet<u64> = numbers.iter().map(|number| number >> bits).collect();
            assert_eq!(distinct.len(), numbers.len(), "without the last {bits} bits");
        }
    }
}
