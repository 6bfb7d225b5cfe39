//! Which call meets which fault. A decision by chance depends on the seed, the rule, the member and how many calls of
//! that member came before: members that call at the same time do not disturb each other, so the same seed gives the
//! same run.

use std::collections::HashMap;

use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};

use crate::{Endpoint, Fault, When};

/// The faults that are switched on.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    rules: Vec<Rule>,
    seed: u64,
    made: u64,
}

#[derive(Clone, Debug)]
struct Rule {
    endpoint: Endpoint,
    member: Option<u32>,
    when: When,
    fault: Fault,
    /// Calls that fitted so far.
    calls: u32,
    seed: u64,
    chances: HashMap<Option<u32>, StdRng>,
}

impl Faults {
    pub(crate) fn seeded(seed: u64) -> Self {
        Self { seed, ..Self::default() }
    }

    /// The next `times` calls of `endpoint` (by this member only, if one is given) meet `fault`.
    pub fn next(&mut self, endpoint: Endpoint, member: Option<u32>, times: u32, fault: Fault) {
        self.add(endpoint, member, When::Next(times), fault);
    }

    /// Calls of `endpoint` (by this member only, if one is given) meet `fault` as `when` says.
    pub fn add(&mut self, endpoint: Endpoint, member: Option<u32>, when: When, fault: Fault) {
        self.made += 1;
        // Any odd constant spreads the numbers of the rules over the seeds.
        let seed = self.seed ^ self.made.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.rules.push(Rule { endpoint, member, when, fault, calls: 0, seed, chances: HashMap::new() });
    }

    /// Switches every fault off.
    pub fn clear(&mut self) {
        self.rules.clear();
    }

    /// What is switched on, in words.
    #[must_use]
    pub fn describe(&self) -> Vec<String> {
        let who = |rule: &Rule| rule.member.map_or_else(|| "anyone".to_owned(), |number| format!("member {number}"));
        let when = |rule: &Rule| match rule.when {
            When::Next(times) => format!("next {}", times.saturating_sub(rule.calls)),
            When::Every(0 | 1) => "every call".into(),
            When::Every(nth) => format!("every {nth}. call"),
            When::Chance(share) => format!("{:.0} % of calls", share * 100.0),
        };
        self.rules
            .iter()
            .map(|rule| format!("{} x {:?} by {}: {:?}", when(rule), rule.endpoint, who(rule), rule.fault))
            .collect()
    }

    /// Whether a call of an endpoint could meet a fault.
    pub(crate) fn concern(&self, endpoint: Endpoint) -> bool {
        self.rules.iter().any(|rule| rule.endpoint == endpoint)
    }

    /// The fault that a call meets, if any: that of the first rule that fits and strikes.
    pub(crate) fn take(&mut self, endpoint: Endpoint, member: Option<u32>) -> Option<Fault> {
        let fits = |rule: &Rule| rule.endpoint == endpoint && (rule.member.is_none() || rule.member == member);
        let struck = self.rules.iter_mut().filter(|rule| fits(rule)).find_map(|rule| rule.strike(member));
        self.rules.retain(|rule| !matches!(rule.when, When::Next(times) if rule.calls >= times));
        struck
    }
}

impl Rule {
    fn strike(&mut self, member: Option<u32>) -> Option<Fault> {
        self.calls = self.calls.saturating_add(1);
        let seed = self.seed ^ u64::from(member.unwrap_or_default()).rotate_left(32);
        let chance = self.chances.entry(member).or_insert_with(|| StdRng::seed_from_u64(seed));
        let strikes = match self.when {
            When::Next(times) => self.calls <= times,
            When::Every(nth) => self.calls.is_multiple_of(nth.max(1)),
            When::Chance(share) => chance.random::<f64>() < share,
        };
        strikes.then(|| match self.fault {
            Fault::DelayUpTo { ms } => Fault::Delay { ms: chance.random_range(0..=ms) },
            ref fault => fault.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_used_up_by_the_calls_it_was_meant_for() {
        let mut faults = Faults::default();
        faults.next(Endpoint::Posts, Some(7), 2, Fault::DropAfter);
        assert_eq!(faults.take(Endpoint::Posts, Some(8)), None);
        assert_eq!(faults.take(Endpoint::Token, Some(7)), None);
        assert_eq!(faults.take(Endpoint::Posts, Some(7)), Some(Fault::DropAfter));
        assert_eq!(faults.take(Endpoint::Posts, Some(7)), Some(Fault::DropAfter));
        assert_eq!(faults.take(Endpoint::Posts, Some(7)), None);
        assert!(faults.describe().is_empty());
    }

    #[test]
    fn every_third_call_is_every_third_call() {
        let mut faults = Faults::default();
        faults.add(Endpoint::Posts, None, When::Every(3), Fault::DropBefore);
        let struck: Vec<bool> = (0..9).map(|call| faults.take(Endpoint::Posts, Some(call)).is_some()).collect();
        assert_eq!(struck, [false, false, true, false, false, true, false, false, true]);
    }

    /// What a member meets in a hundred calls, with other members calling in between or not.
    fn run(seed: u64, others: u32) -> Vec<Option<Fault>> {
        let mut faults = Faults::seeded(seed);
        faults.add(Endpoint::Posts, None, When::Chance(0.3), Fault::DropAfter);
        faults.add(Endpoint::Posts, None, When::Chance(0.5), Fault::DelayUpTo { ms: 1_000 });
        let call = |_| {
            for other in 0..others {
                faults.take(Endpoint::Posts, Some(100 + other));
            }
            faults.take(Endpoint::Posts, Some(7))
        };
        (0..100).map(call).collect()
    }

    #[test]
    fn the_same_seed_gives_the_same_run() {
        assert_eq!(run(1, 0), run(1, 0));
        assert_eq!(run(1, 0), run(1, 3), "members do not disturb each other");
        assert_ne!(run(1, 0), run(2, 0));
        let dropped = run(1, 0).iter().filter(|fault| **fault == Some(Fault::DropAfter)).count();
        assert!((15..=45).contains(&dropped), "{dropped}");
    }
}
