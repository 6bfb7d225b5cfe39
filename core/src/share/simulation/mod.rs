//! The publishing step under simulated crashes, delays, partitions and networks that lose answers. The step, its
//! decisions and the clients of all networks are the real ones; the database is a state model and the network is
//! turmoil's. One seed is one run with shares on every network, so a failure is repeated by its number.

mod calls;
mod house;
mod model;
mod practice;
mod run;
mod shelf;
mod tally;
mod trouble;
mod turns;
mod wire;

use std::{
    ops::Range,
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering::SeqCst},
    },
    time::Instant,
};

pub use self::model::Model;
use self::{
    house::House,
    run::run,
    tally::{Ending, Tally},
};
use crate::network::Network;

const SEEDS: u64 = 2_000;

fn run_all(house: &House, seeds: Range<u64>, naive: bool) -> Tally {
    let next = AtomicU64::new(seeds.start);
    let total = Mutex::new(Tally::default());
    std::thread::scope(|scope| {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, SeqCst);
                    if !seeds.contains(&seed) {
                        break;
                    }
                    let tally = run(house, seed, naive).unwrap_or_else(|what| panic!("seed {seed}: {what}"));
                    *total.lock().expect("a tally") += tally;
                }
            });
        }
    });
    total.into_inner().expect("a tally")
}

#[test]
fn r1_two_thousand_seeds_without_a_double_a_lost_or_a_wrongly_published_share() {
    let (house, since) = (House::new(), Instant::now());
    let tally = run_all(&house, 0..SEEDS, false);
    println!("R1: {SEEDS} seeds in {:.1} s\n{tally}", since.elapsed().as_secs_f64());
    for network in Network::ALL {
        assert_eq!((tally.of(network, Ending::Double), tally.of(network, Ending::Burst)), (0, 0));
        for ending in [
            Ending::Published,
            Ending::Probed,
            Ending::UnknownThere,
            Ending::UnknownNotThere,
            Ending::Refused,
            Ending::Spaced,
            Ending::ProbeSpaced,
            Ending::Missed,
        ] {
            assert!(tally.of(network, ending) > 0, "the faults did not reach the shares on {network:?}");
        }
    }
    assert!(tally.of(Network::LinkedIn, Ending::Held) > 0, "nothing waits for midnight");
}

#[test]
fn r1_the_same_seed_is_the_same_run_and_a_naive_retry_would_be_seen_on_every_network() {
    let house = House::new();
    for seed in 0..10 {
        assert_eq!(run(&house, seed, false), run(&house, seed, false), "seed {seed}");
    }
    let naive = run_all(&house, 0..50, true);
    println!("R1: a naive retry, 50 seeds\n{naive}");
    for network in Network::ALL {
        assert!(naive.of(network, Ending::Burst) > 10, "the simulation does not see bursts on {network:?}");
        assert!(naive.of(network, Ending::Double) > 10, "the simulation does not see doubles on {network:?}");
    }
}
