//! The one lock, with the rules of the present call: a fault may let one call meet other figures and answers than those
//! that are switched for all.

use std::ops::{Deref, DerefMut};
use std::sync::MutexGuard;

use crate::Rules;
use crate::state::State;

tokio::task_local! {
    /// The rules of the present call, where they differ.
    static RULES: Rules;
}

/// Carries a call out under rules of its own.
pub(crate) async fn under<F: Future>(rules: Rules, call: F) -> F::Output {
    RULES.scope(rules, call).await
}

/// What the sandbox remembers, locked; the rules are those of the present call.
pub(crate) struct Guard<'w> {
    state: MutexGuard<'w, State>,
    /// The rules of all, set aside for as long as the lock is held.
    aside: Option<Rules>,
}

impl<'w> Guard<'w> {
    pub(crate) fn new(mut state: MutexGuard<'w, State>) -> Self {
        let aside = RULES.try_with(|rules| std::mem::replace(&mut state.rules, rules.clone())).ok();
        Self { state, aside }
    }
}

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        if let Some(rules) = self.aside.take() {
            self.state.rules = rules;
        }
    }
}

impl Deref for Guard<'_> {
    type Target = State;

    fn deref(&self) -> &State {
        &self.state
    }
}

impl DerefMut for Guard<'_> {
    fn deref_mut(&mut self) -> &mut State {
        &mut self.state
    }
}
