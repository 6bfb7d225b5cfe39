//! T1: the process dies at its n-th call of database or network, for every n until the story ends, for every way in
//! which each network can treat a send, and for every time until somebody goes on, maybe with another account.

use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use futures_util::FutureExt;

use super::{
    House,
    house::start,
    model::{Life, Model},
    practice::{Fate, Practice},
    shelf::Shelf,
    tally::judge,
    wire,
};
use crate::{
    Clock,
    network::Network,
    share::publish::{Rows, publish},
};

/// What is told of one share.
#[derive(Debug, Clone, Copy)]
struct Story {
    network: Network,
    fate: Fate,
    may_probe: bool,
    /// Nobody is at work for so many minutes after the death.
    away: i64,
    /// Meanwhile the person connected another account.
    has_moved: bool,
}

/// Dies at call `n`, is followed by a process that lives on, and answers whether it died before its story was over.
fn dies_at(house: &House, story: Story, n: u32) -> bool {
    let clock = Clock::manual(start());
    let account = house.member(0, story.network);
    let mut kept = House::share(0, &account, start());
    kept.around.may_probe = story.may_probe;
    let shelf = Arc::new(Mutex::new(Shelf::new([account], [kept], 1)));
    let practice = Practice::new(story.network, clock.clone(), 1);
    let process = |life: Life, fate| {
        let model = Model { shelf: shelf.clone(), clock: clock.clone(), life: life.clone() };
        (Rows::Model(model), house.networks(wire::at_once(practice.clone(), life, fate)))
    };
    let life = Life::of_calls(n);
    let (rows, networks) = process(life.clone(), story.fate);
    let _ = publish(&rows, &networks).now_or_never();
    let died = life.is_over();
    clock.advance(TimeDelta::minutes(story.away));
    if story.has_moved {
        for connection in &mut shelf.lock().expect("a shelf").connections {
            connection.account = house.account(story.network, connection.account.person_id, "other");
        }
    }
    let (rows, networks) = process(Life::endless(), Fate::Fine);
    for _ in 0..15 {
        clock.advance(TimeDelta::minutes(1));
        while publish(&rows, &networks).now_or_never().expect("nothing hangs").expect("no fault") {}
    }
    judge(&shelf.lock().expect("a shelf"), &[practice], clock.now(), false)
        .unwrap_or_else(|what| panic!("{story:?}, dead at call {n}: {what}"));
    died
}

#[test]
fn t1_dead_at_the_nth_call_for_every_n() {
    let house = House::new();
    let fates = [
        Fate::Fine,
        Fate::DropBefore,
        Fate::DropAfter,
        Fate::Answer(500),
        Fate::AnswerAfter(504),
        Fate::AnswerAfter(201),
        Fate::Answer(409),
        Fate::Answer(429),
        Fate::Answer(400),
    ];
    for network in Network::ALL {
        for fate in fates {
            for may_probe in [false, true] {
                // Longer than LinkedIn knows the same bytes, and longer than Mastodon knows a key.
                for (away, has_moved) in [(0, false), (12, false), (62, false), (0, true)] {
                    let story = Story { network, fate, may_probe, away, has_moved };
                    let deaths = (0..1000).take_while(|n| dies_at(&house, story, *n)).count();
                    assert!((10..100).contains(&deaths), "{story:?} has {deaths} calls");
                }
            }
        }
    }
}
