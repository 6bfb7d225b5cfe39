//! What goes wrong around the workers, and when it is over.

use std::time::Duration;

use rand::{Rng, rngs::StdRng};
use turmoil::Sim;

use super::run::WORKERS;
use crate::network::Network;

#[derive(Clone, Copy)]
enum Kind {
    Crash,
    /// The way to a network is cut.
    Partition(Network),
    /// The way to a network is so slow that nothing passes.
    Hold(Network),
}

pub(super) struct Trouble {
    worker: &'static str,
    kind: Kind,
    begin: Option<Duration>,
    end: Duration,
}

/// Each worker dies once or twice, and each way to a network is cut and slow for a while.
pub(super) fn troubles(rng: &mut StdRng) -> Vec<Trouble> {
    let mut troubles = vec![];
    for worker in WORKERS {
        let mut add = |kind, from: u64, to: u64, longest: u64| {
            let begin = Duration::from_millis(rng.random_range(from * 1000..to * 1000));
            let end = begin + Duration::from_millis(rng.random_range(500..longest * 1000));
            troubles.push(Trouble { worker, kind, begin: Some(begin), end });
        };
        add(Kind::Crash, 0, 40, 30);
        add(Kind::Crash, 110, 140, 30);
        for network in Network::ALL {
            add(Kind::Partition(network), 0, 60, 60);
            add(Kind::Hold(network), 0, 60, 20);
        }
    }
    troubles
}

/// When the last of them is over.
pub(super) fn over(troubles: &[Trouble]) -> Duration {
    troubles.iter().map(|trouble| trouble.end).max().unwrap_or_default()
}

impl Trouble {
    /// Begins or ends it, if it is time.
    pub(super) fn pass(&mut self, sim: &mut Sim, now: Duration) {
        let (begins, ends) = (self.begin.is_some_and(|at| at <= now), self.begin.is_none() && self.end <= now);
        let worker = self.worker;
        match self.kind {
            Kind::Crash if begins => sim.crash(worker),
            Kind::Partition(network) if begins => sim.partition(worker, network.word()),
            Kind::Hold(network) if begins => sim.hold(worker, network.word()),
            Kind::Crash if ends => sim.bounce(worker),
            Kind::Partition(network) if ends => sim.repair(worker, network.word()),
            Kind::Hold(network) if ends => sim.release(worker, network.word()),
            _ => {}
        }
        if begins {
            self.begin = None;
        } else if ends {
            self.end = Duration::MAX;
        }
    }
}
