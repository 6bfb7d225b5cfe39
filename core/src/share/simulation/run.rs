//! One run: workers and networks on machines of their own, troubles between them, and a verdict when all is at rest.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use chrono::TimeDelta;
use rand::{Rng, SeedableRng, rngs::StdRng};

use super::{
    House, Model, Tally,
    house::start,
    model::Life,
    practice::Practice,
    shelf::Shelf,
    tally::judge,
    trouble::{over, troubles},
    wire,
};
use crate::{
    Clock,
    network::{Network, Networks},
    share::{
        State,
        publish::{Rows, publish},
    },
};

pub(super) const WORKERS: [&str; 2] = ["worker-1", "worker-2"];
/// Through which connections shares go out, one person each.
const CONNECTIONS: [Network; 4] = [Network::LinkedIn, Network::LinkedIn, Network::Mastodon, Network::Bluesky];
/// How many through each, all due at about the same time.
const SHARES: u128 = 3;
/// Within a tick every machine runs by itself; messages travel between ticks.
const TICK: Duration = Duration::from_millis(60);
/// After that only those go on whose time to wait has grown long.
const LONGEST: Duration = Duration::from_mins(15);

/// One run; the message of an error says what was broken.
pub(super) fn run(house: &House, seed: u64, naive: bool) -> Result<Tally, String> {
    let mut rng = StdRng::seed_from_u64(seed);
    let accounts: Vec<_> = (0..).zip(CONNECTIONS).map(|(number, network)| house.member(number, network)).collect();
    let owners = accounts.iter().flat_map(|account| (0..SHARES).map(move |_| account));
    let shares = (0..).zip(owners).map(|(number, account)| {
        let late = TimeDelta::milliseconds(rng.random_range(0..20_000));
        House::share(number, account, start() + late)
    });
    let shares: Vec<_> = shares.collect();
    let mut shelf = Shelf::new(accounts, shares, rng.random());
    shelf.naive = naive;
    let shelf = Arc::new(Mutex::new(shelf));
    let clock = Clock::manual(start());
    // Clocks of machines differ; 30 s between machine and database is what publishing accepts.
    let aheads = WORKERS.map(|_| TimeDelta::milliseconds(rng.random_range(-15_000..15_000)));
    let clocks = aheads.map(|ahead| Clock::manual(start() + ahead));
    let practices = Network::ALL.map(|network| Practice::new(network, clock.clone(), rng.random()));
    let mut sim = turmoil::Builder::new()
        .rng_seed(rng.random())
        .tick_duration(TICK)
        .simulation_duration(LONGEST * 2)
        .min_message_latency(Duration::from_millis(5))
        .max_message_latency(Duration::from_millis(120))
        .enable_random_order()
        .build();
    for practice in &practices {
        sim.host(practice.network.word(), || wire::serve(practice.clone()));
    }
    for ((name, clock), ahead) in WORKERS.into_iter().zip(&clocks).zip(aheads) {
        let model = Model { shelf: shelf.clone(), clock: clock.clone(), life: Life::endless() };
        let networks = house.networks(wire::over_turmoil(practices.clone(), ahead));
        sim.host(name, move || worker(Rows::Model(model.clone()), networks.clone()));
    }
    let mut troubles = troubles(&mut rng);
    let quiet = over(&troubles);
    for step in 0_u64.. {
        sim.step().map_err(|error| error.to_string())?;
        for clock in clocks.iter().chain([&clock]) {
            clock.advance(TimeDelta::from_std(TICK).expect("a short time"));
        }
        let now = sim.elapsed();
        for trouble in &mut troubles {
            trouble.pass(&mut sim, now);
        }
        let asks = step.is_multiple_of(50) && now > quiet;
        let is_over = || is_at_rest(&shelf) && practices.iter().all(Practice::is_idle) || now > LONGEST;
        if asks && !is_sending(&shelf) && is_over() {
            break;
        }
    }
    judge(&shelf.lock().expect("a shelf"), &practices, clock.now(), naive)
}

async fn worker(rows: Rows, networks: Networks) -> turmoil::Result {
    let one = async || -> turmoil::Result {
        loop {
            let wait = match publish(&rows, &networks).await {
                Ok(true) => continue,
                Ok(false) => 1,
                Err(_) => 2,
            };
            tokio::time::sleep(Duration::from_secs(wait)).await;
        }
    };
    tokio::try_join!(one(), one()).map(|_| ())
}

/// A worker has not yet written down what came of a send, or never will.
fn is_sending(shelf: &Mutex<Shelf>) -> bool {
    shelf.lock().expect("a shelf").shares.values().any(|kept| kept.row.state == State::Posting)
}

/// Nothing will happen any more, or only after the end: some wait for midnight.
fn is_at_rest(shelf: &Mutex<Shelf>) -> bool {
    let shelf = shelf.lock().expect("a shelf");
    shelf.shares.values().all(|kept| kept.row.due_at.is_none_or(|due| due > start() + LONGEST))
}
