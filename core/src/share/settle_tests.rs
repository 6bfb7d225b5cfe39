//! Every outcome, on a first send and on a repeated one.

use super::{super::state::next, *};
use crate::{network::Network, share::State};

const URN: &str = "urn:li:share:7000000000000000001";

fn now() -> DateTime<Utc> {
    "2026-11-23T18:30:00Z".parse().unwrap()
}

fn moment() -> Moment {
    Moment { now: now(), tries: 1, chance: 0.5 }
}

fn sent(resend: Option<Resend>) -> Sent {
    let at = now() - Duration::seconds(2);
    let rule = Rule::of(Network::LinkedIn);
    Sent { attempt: 1, at, body_since: at - Duration::minutes(3), resend, may_probe: false, rule, waited_for: None }
}

fn refusal() -> Obstacle {
    Obstacle::Refused { kind: Refusal::Content, detail: "no".into() }
}

fn unsent() -> Unsent {
    Unsent { resend: None, waited_for: None, setbacks: 1 }
}

fn version_gone(has_newer: bool) -> Obstacle {
    Obstacle::VersionGone(Choice { version: "202609".into(), has_newer })
}

fn outcomes() -> Vec<Outcome> {
    let obstacles = [
        Obstacle::Unreachable { detail: "x".into() },
        Obstacle::PictureNotReady,
        Obstacle::TokenExpired,
        Obstacle::TokenRevoked,
        Obstacle::Throttled(Throttle::Member),
        Obstacle::Throttled(Throttle::Application),
        version_gone(true),
        version_gone(false),
        refusal(),
    ];
    let mut outcomes = vec![
        Outcome::Published { urn: URN.into() },
        Outcome::Conflict,
        Outcome::Duplicate { urn: Some(URN.into()) },
        Outcome::Duplicate { urn: None },
        Outcome::Lost { detail: "x".into() },
    ];
    outcomes.extend(obstacles.map(Outcome::NotTaken));
    outcomes
}

#[test]
fn every_outcome_of_a_first_send() {
    use State::{Held, Published, Queued, Refused, Unknown};
    let states: Vec<_> = outcomes()
        .into_iter()
        .map(|outcome| next(State::Posting, after_send(outcome, &sent(None), &moment()).event).unwrap())
        .collect();
    let not_taken = [Queued, Queued, Held, Held, Held, Held, Queued, Refused, Refused];
    assert_eq!(states, [&[Published, Queued, Refused, Refused, Unknown], &not_taken[..]].concat());
}

#[test]
fn every_outcome_of_a_repeated_send() {
    use State::{Held, Published, Queued, Refused, Unknown};
    let after = |resend| -> Vec<_> {
        let states = outcomes().into_iter().map(|outcome| after_send(outcome, &sent(Some(resend)), &moment()));
        states.map(|change| next(State::Posting, change.event).unwrap()).collect()
    };
    let rest = [Published, Unknown, Unknown, Queued, Queued, Held, Held, Held, Held, Queued, Refused, Refused];
    assert_eq!(after(Resend::Conflict), [&[Published, Refused], &rest[..]].concat(), "a second conflict is final");
    assert_eq!(after(Resend::Person), [&[Published, Queued], &rest[..]].concat());
    let proved = [Published, Unknown, Published];
    assert_eq!(after(Resend::Probe), [&proved, &[Unknown; 11][..]].concat(), "a probe proves it, or nothing");
}

#[test]
fn a_lost_send_is_probed_only_with_permission_once_and_in_time() {
    let lost = || Outcome::Lost { detail: "x".into() };
    let allowed = Sent { may_probe: true, ..sent(None) };
    let due = |sent: &Sent| after_send(lost(), sent, &moment()).due_at;
    assert_eq!(due(&allowed), Some(allowed.at + Duration::minutes(2)));
    assert_eq!(due(&sent(None)), None);
    assert_eq!(due(&Sent { body_since: now() - Duration::minutes(8), ..allowed }), None);
    assert_eq!(due(&Sent { resend: Some(Resend::Person), ..allowed }), Some(allowed.at + Duration::minutes(2)));
}

#[test]
fn a_repeat_that_is_the_same_post_counts_from_the_first_send() {
    let rule = Rule::of(Network::Mastodon);
    let published = |resend| {
        let sent = Sent { rule, ..sent(resend) };
        (after_send(Outcome::Published { urn: URN.into() }, &sent, &moment()).published.unwrap(), sent)
    };
    let (probed, sent) = published(Some(Resend::Probe));
    assert_eq!((probed.at, probed.confirmed_by), (sent.body_since, None), "the network's own answer names it");
    let (first, sent) = published(None);
    assert_eq!(first.at, sent.at);
}

#[test]
fn what_stands_under_a_key_of_our_own_is_out_whatever_was_the_matter_before() {
    let sent = Sent { rule: Rule::of(Network::Bluesky), ..sent(None) };
    let change = after_send(Outcome::Duplicate { urn: Some(URN.into()) }, &sent, &moment());
    let publication = Publication { urn: URN.into(), at: sent.at, confirmed_by: Some(ConfirmedBy::Duplicate) };
    assert_eq!((change.event, change.published), (Event::Accept, Some(publication)));
}

#[test]
fn a_limit_ends_when_the_network_says_but_within_a_day() {
    for (ends_in, waits) in [(-60, 1), (300, 300), (10 * 24 * 3600, 24 * 3600)] {
        let throttle = Throttle::MemberUntil(now() + Duration::seconds(ends_in));
        let change = before_send(Obstacle::Throttled(throttle), &unsent(), &Moment { chance: 0.0, ..moment() });
        assert_eq!(change.due_at, Some(now() + Duration::seconds(waits)));
        assert_eq!(change.reason, Some(Reason::NetworkThrottled));
    }
}

#[test]
fn a_probe_that_never_left_may_go_again_and_any_other_may_not() {
    for outcome in outcomes() {
        let change = after_send(outcome.clone(), &sent(Some(Resend::Probe)), &moment());
        let never_left = matches!(outcome, Outcome::NotTaken(Obstacle::Unreachable { .. }));
        assert_eq!(change.due_at, never_left.then_some(now() + Duration::seconds(30)), "{outcome:?}");
        assert_eq!(change.resend, None);
    }
}

#[test]
fn a_worker_looks_again_exactly_when_the_share_still_waits() {
    for resend in [None, Some(Resend::Conflict), Some(Resend::Person)] {
        for outcome in outcomes() {
            let change = after_send(outcome.clone(), &sent(resend), &moment());
            let state = next(State::Posting, change.event).unwrap();
            assert_eq!(change.due_at.is_some(), matches!(state, State::Queued | State::Held), "{outcome:?}");
            assert_eq!(change.published.is_some(), state == State::Published, "{outcome:?}");
            assert!(change.due_at.is_none_or(|due| due > now()), "{outcome:?}");
        }
    }
}

#[test]
fn before_a_send_nothing_is_final_for_a_day() {
    let obstacles = outcomes().into_iter().filter_map(|outcome| match outcome {
        Outcome::NotTaken(obstacle) => Some(obstacle),
        _ => None,
    });
    for obstacle in obstacles {
        let is_refusal = matches!(&obstacle, Obstacle::Refused { .. })
            || matches!(&obstacle, Obstacle::VersionGone(choice) if !choice.has_newer);
        let after = |setbacks| {
            let unsent = Unsent { resend: Some(Resend::Person), setbacks, ..unsent() };
            before_send(obstacle.clone(), &unsent, &moment())
        };
        let change = after(23);
        assert!(matches!(next(State::Queued, change.event), Some(State::Queued | State::Held)));
        assert!(change.due_at.is_some_and(|due| due > now()));
        assert_eq!(change.resend, Some(Resend::Person));
        let last = next(State::Queued, after(24).event);
        assert_eq!(
            (last == Some(State::Refused), after(24).due_at.is_none()),
            (is_refusal, is_refusal),
            "{obstacle:?}"
        );
    }
}

#[test]
fn an_adopted_duplicate_counts_from_the_first_send_of_its_bytes() {
    let sent = sent(Some(Resend::Person));
    let change = after_send(Outcome::Duplicate { urn: Some(URN.into()) }, &sent, &moment());
    let confirmed_by = Some(ConfirmedBy::Duplicate);
    assert_eq!(change.published, Some(Publication { urn: URN.into(), at: sent.body_since, confirmed_by }));
    let probed = Sent { resend: Some(Resend::Probe), ..sent };
    let change = after_send(Outcome::Duplicate { urn: Some(URN.into()) }, &probed, &moment());
    assert_eq!(change.published.unwrap().confirmed_by, Some(ConfirmedBy::Probe));
    let change = after_send(Outcome::Published { urn: URN.into() }, &sent, &moment());
    assert_eq!(change.published.unwrap().at, sent.at);
}

#[test]
fn a_throttled_share_waits_for_the_next_utc_day() {
    for (chance, due) in [(0.0, "2026-11-24T00:00:00Z"), (0.5, "2026-11-24T00:15:00Z"), (1.0, "2026-11-24T00:30:00Z")] {
        for (throttle, reason) in
            [(Throttle::Member, Reason::NetworkThrottled), (Throttle::Application, Reason::NetworkPaused)]
        {
            let change = before_send(Obstacle::Throttled(throttle), &unsent(), &Moment { chance, ..moment() });
            assert_eq!((change.due_at, change.reason), (Some(due.parse().unwrap()), Some(reason)));
        }
    }
}

#[test]
fn a_version_that_is_gone_is_followed_by_one_try_with_a_newer_one() {
    let reason = Some(Reason::NetworkVersion);
    let again = after_send(Outcome::NotTaken(version_gone(true)), &sent(None), &moment());
    assert_eq!((again.event, again.reason, again.due_at), (Event::Again, reason, Some(now() + Duration::seconds(1))));
    let second = Sent { waited_for: reason, ..sent(None) };
    for (has_newer, sent) in [(true, &second), (false, &sent(None)), (false, &second)] {
        let change = after_send(Outcome::NotTaken(version_gone(has_newer)), sent, &moment());
        assert_eq!((change.event, change.reason), (Event::Reject, reason));
        let waited = Unsent { waited_for: sent.waited_for, ..unsent() };
        let change = before_send(version_gone(has_newer), &waited, &moment());
        assert_eq!((change.event, change.reason), (Event::Hold, reason), "nothing was sent, so it may wait");
    }
    assert_eq!(before_send(version_gone(true), &unsent(), &moment()).event, Event::Again);
}

#[test]
fn tries_grow_rarer_up_to_an_hour() {
    let wait = |tries, chance| backoff(&Moment { tries, chance, ..moment() }).num_seconds();
    assert_eq!((wait(0, 1.0), wait(1, 1.0), wait(5, 1.0)), (5, 10, 160));
    assert_eq!((wait(10, 1.0), wait(1_000_000, 1.0)), (3600, 3600));
    assert_eq!(wait(3, 0.0), 1);
}

#[test]
fn a_picture_that_never_gets_ready_is_given_up() {
    let tired = Sent { attempt: SENDS, ..sent(None) };
    assert_eq!(after_send(Outcome::NotTaken(Obstacle::PictureNotReady), &tired, &moment()).event, Event::Reject);
}
