//! T1: the process dies at its n-th call of database or network, for every n until the story ends, and for every way
//! in which the network can treat a send.

use chrono::TimeDelta;
use futures_util::FutureExt;

use super::{
    House, judge,
    model::{Life, Model, Shelf},
    practice::{Fate, Practice},
    start, wire,
};
use crate::{
    Clock,
    share::publish::{Rows, publish},
};

/// Dies at call `n`, is followed by a process that lives on, and answers whether it died before its story was over.
fn story(house: &House, fate: Fate, may_probe: bool, n: u32) -> bool {
    let clock = Clock::manual(start());
    let mut kept = house.share(0, start());
    kept.around.may_probe = may_probe;
    let shelf = std::sync::Arc::new(std::sync::Mutex::new(Shelf::new([kept], 1)));
    let practice = Practice::new(clock.clone(), 1);
    let process = |life: Life, fate| {
        let model = Model { shelf: shelf.clone(), clock: clock.clone(), life: life.clone() };
        (Rows::Model(model), house.networks(wire::at_once(practice.clone(), life, fate)))
    };
    let life = Life::of_calls(n);
    let (rows, networks) = process(life.clone(), fate);
    let _ = publish(&rows, &networks).now_or_never();
    let died = life.is_over();
    let (rows, networks) = process(Life::endless(), Fate::Fine);
    for _ in 0..15 {
        clock.advance(TimeDelta::minutes(1));
        while publish(&rows, &networks).now_or_never().expect("nothing hangs").expect("no fault") {}
    }
    judge(&shelf.lock().expect("a shelf"), &practice, clock.now(), false)
        .unwrap_or_else(|what| panic!("{fate:?}, probe {may_probe}, dead at call {n}: {what}"));
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
    for fate in fates {
        for may_probe in [false, true] {
            let deaths = (0..1000).take_while(|n| story(&house, fate, may_probe, *n)).count();
            assert!((12..100).contains(&deaths), "{fate:?}: the story has {deaths} calls");
        }
    }
}
