//! What became of the shares of some runs, on each network: what we say, held against what the network accepted.

use std::{fmt, ops::AddAssign};

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    practice::Practice,
    shelf::{Kept, Shelf},
    turns::bursts,
};
use crate::{network::Network, share::State};

/// What can become of a share. What it met on its way, that a probe settled it, and that it is a double, count besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    Published,
    Probed,
    UnknownThere,
    UnknownNotThere,
    Refused,
    Held,
    Waiting,
    Double,
    /// Waited for its turn.
    Spaced,
    /// Waited for its turn with a probe.
    ProbeSpaced,
    /// Another worker took the turn between look and grasp.
    Missed,
    /// A send that did not wait for its turn.
    Burst,
}

const WORDS: [&str; 12] = [
    "published",
    "by probe",
    "unknown, there",
    "unknown, not there",
    "refused",
    "held",
    "waiting",
    "doubles",
    "spaced",
    "probe spaced",
    "turn missed",
    "bursts",
];

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tally([[u32; WORDS.len()]; Network::ALL.len()]);

impl Tally {
    pub(super) fn of(&self, network: Network, ending: Ending) -> u32 {
        self.0[row(network)][ending as usize]
    }

    fn count(&mut self, network: Network, ending: Ending) {
        self.0[row(network)][ending as usize] += 1;
    }
}

fn row(network: Network) -> usize {
    Network::ALL.into_iter().position(|known| known == network).expect("a network with accounts")
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        for (sum, more) in self.0.iter_mut().flatten().zip(other.0.iter().flatten()) {
            *sum += more;
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<9} | {}", "", WORDS.join(" | "))?;
        for (network, cells) in Network::ALL.into_iter().zip(&self.0) {
            let cells = WORDS.iter().zip(cells).map(|(word, cell)| format!("{cell:>0$}", word.len()));
            writeln!(f, "{:<9} | {}", network.name(), cells.collect::<Vec<_>>().join(" | "))?;
        }
        Ok(())
    }
}

/// Holds what we say against what the networks really accepted.
pub(super) fn judge(shelf: &Shelf, practices: &[Practice], now: DateTime<Utc>, naive: bool) -> Result<Tally, String> {
    let posts: Vec<_> = practices.iter().flat_map(Practice::posts).collect();
    let mut tally = Tally::default();
    for practice in practices {
        for burst in bursts(practice) {
            tally.count(practice.network, Ending::Burst);
            if !naive {
                return Err(burst);
            }
        }
    }
    for Kept { row, met, .. } in shelf.shares.values() {
        for what in met {
            tally.count(row.network, *what);
        }
        let accepted: Vec<_> = posts.iter().filter(|post| post.text == row.text).collect();
        let broken = |what: &str| {
            Err(format!("{what}: {:?} {row:?} {:?} {:?}, accepted {accepted:?}", row.network, row.reason, row.urn))
        };
        if accepted.len() > 1 {
            tally.count(row.network, Ending::Double);
            if !naive {
                return broken("posted twice");
            }
        }
        let is_there = !accepted.is_empty();
        let ending = match row.state {
            State::Published if !accepted.iter().any(|post| Some(&post.urn) == row.urn.as_ref()) => {
                return broken("published, but not there");
            }
            State::Published => {
                if row.probed_at.is_some() {
                    tally.count(row.network, Ending::Probed);
                }
                Ending::Published
            }
            State::Unknown if is_there => Ending::UnknownThere,
            State::Unknown => Ending::UnknownNotThere,
            State::Refused | State::Held | State::Queued | State::Cancelled if is_there && !naive => {
                return broken("said not to be there, but there");
            }
            State::Refused => Ending::Refused,
            State::Held => Ending::Held,
            State::Queued if row.due_at.is_some_and(|due| due > now - TimeDelta::minutes(1)) => Ending::Waiting,
            _ if naive => continue,
            _ => return broken("left behind"),
        };
        tally.count(row.network, ending);
    }
    Ok(tally)
}
