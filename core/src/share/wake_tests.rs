//! Every state of a due share in every world around it.

use super::*;
use crate::{
    id::{PersonId, ShareId},
    network::Network,
    share::settle::Resend,
};

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000, 0).unwrap()
}

fn row(state: State) -> Row {
    Row { state, ..Row::practice(ShareId::new(), Network::LinkedIn, PersonId::new(), now()) }
}

fn fine() -> Around {
    Around {
        active: true,
        may_probe: false,
        post_state: PostState::Live,
        is_approved: true,
        is_sender: true,
        picture_pending: false,
        connection: Some(ConnectionState::Works),
        expires_at: Some(now() + Duration::days(1)),
        member_paused_until: None,
        network_paused_until: None,
        free_at: None,
    }
}

fn at_once(state: State, around: Around) -> Wake {
    wake(&row(state), &around, now())
}

/// Sent `ago` seconds ago, and nobody knows.
fn unknown(ago: i64) -> Row {
    let sent = Some(now() - Duration::seconds(ago));
    Row { sent_at: sent, body_since: sent, body: Some("{}".into()), ..row(State::Unknown) }
}

#[test]
fn what_waits_goes_out_when_everything_is_fine() {
    for state in [State::Planned, State::Queued, State::Held] {
        assert_eq!(at_once(state, fine()), Wake::Go);
    }
}

#[test]
fn a_lease_that_ran_out_is_never_a_reason_to_send_again() {
    for around in [fine(), Around { active: false, ..fine() }, Around { connection: None, ..fine() }] {
        assert_eq!(at_once(State::Posting, around), Wake::Lose(None));
    }
}

#[test]
fn a_lease_that_ran_out_may_be_probed_once_if_the_person_allows_it() {
    let allowed = Around { may_probe: true, ..fine() };
    let posting = Row { state: State::Posting, ..unknown(120) };
    assert_eq!(wake(&posting, &allowed, now()), Wake::Lose(Some(now() + Duration::seconds(1))));
    assert_eq!(wake(&posting, &fine(), now()), Wake::Lose(None));
    let probed = Row { probed_at: posting.sent_at, resend: Some(Resend::Probe), ..posting };
    assert_eq!(wake(&probed, &allowed, now()), Wake::Lose(None), "its probe was lost too");
    let late = Row { state: State::Posting, ..unknown(480) };
    assert_eq!(wake(&late, &allowed, now()), Wake::Lose(None));
}

#[test]
fn an_unknown_share_is_probed_in_time_once_and_only_where_a_share_could_go_out() {
    let allowed = Around { may_probe: true, ..fine() };
    assert_eq!(wake(&unknown(120), &allowed, now()), Wake::Probe);
    assert_eq!(wake(&unknown(480), &allowed, now()), Wake::Probe);
    assert_eq!(wake(&unknown(481), &allowed, now()), Wake::Leave, "too late");
    assert_eq!(wake(&Row { probed_at: Some(now()), ..unknown(120) }, &allowed, now()), Wake::Leave, "there was one");
    for around in [
        Around { may_probe: false, ..allowed },
        Around { active: false, ..allowed },
        Around { post_state: PostState::Withdrawn, ..allowed },
        Around { is_approved: false, ..allowed },
        Around { connection: None, ..allowed },
        Around { is_sender: false, ..allowed },
        Around { connection: Some(ConnectionState::Revoked), ..allowed },
        Around { network_paused_until: Some(now() + Duration::hours(1)), ..allowed },
    ] {
        assert_eq!(wake(&unknown(120), &around, now()), Wake::Leave, "{around:?}");
    }
}

#[test]
fn where_a_repeat_is_the_same_post_nobody_has_to_say_yes() {
    for network in [Network::Mastodon, Network::Bluesky] {
        let unknown = |ago| Row { network, ..unknown(ago) };
        assert_eq!(wake(&unknown(120), &fine(), now()), Wake::Probe);
        assert_eq!(wake(&unknown(55 * 60), &fine(), now()), Wake::Probe);
        assert_eq!(wake(&unknown(55 * 60 + 1), &fine(), now()), Wake::Leave, "too late");
        assert_eq!(wake(&Row { probed_at: Some(now()), ..unknown(120) }, &fine(), now()), Wake::Leave, "once");
        let posting = Row { state: State::Posting, ..unknown(120) };
        assert_eq!(wake(&posting, &fine(), now()), Wake::Lose(Some(now() + Duration::seconds(1))));
    }
}

#[test]
fn an_authorisation_without_an_end_does_not_run_out() {
    assert_eq!(at_once(State::Queued, Around { expires_at: None, ..fine() }), Wake::Go);
}

#[test]
fn who_left_and_what_was_withdrawn_is_cancelled() {
    let gone = Around { active: false, ..fine() };
    assert_eq!(at_once(State::Queued, gone), Wake::Cancel(Reason::PersonInactive));
    for post_state in [PostState::Draft, PostState::InReview, PostState::Expired, PostState::Withdrawn] {
        let around = Around { post_state, ..fine() };
        assert_eq!(at_once(State::Queued, around), Wake::Cancel(Reason::PostNotLive));
    }
}

#[test]
fn f10_a_link_to_a_host_that_was_taken_off_the_list_is_cancelled() {
    let off = Around { is_approved: false, ..fine() };
    for state in [State::Planned, State::Queued, State::Held] {
        assert_eq!(at_once(state, off), Wake::Cancel(Reason::HostNotApproved));
        let no_connection = Around { connection: None, ..off };
        assert_eq!(at_once(state, no_connection), Wake::Cancel(Reason::HostNotApproved), "connecting mends nothing");
        let withdrawn = Around { post_state: PostState::Withdrawn, ..off };
        assert_eq!(at_once(state, withdrawn), Wake::Cancel(Reason::PostNotLive));
    }
    assert_eq!(at_once(State::Posting, off), Wake::Lose(None), "it may be out");
}

#[test]
fn a_broken_connection_holds_and_after_seven_days_cancels() {
    for (connection, expires_at, reason) in [
        (None, None, Reason::ConnectionMissing),
        (Some(ConnectionState::Works), Some(now()), Reason::ConnectionExpired),
        (Some(ConnectionState::Expired), fine().expires_at, Reason::ConnectionExpired),
        (Some(ConnectionState::Revoked), fine().expires_at, Reason::ConnectionRevoked),
    ] {
        let around = Around { connection, expires_at, ..fine() };
        let week = now() + Duration::days(7);
        assert_eq!(at_once(State::Queued, around), Wake::Hold(reason, week));
        let held = |reason, run_at| Row { reason: Some(reason), run_at, ..row(State::Held) };
        let throttled = held(Reason::NetworkThrottled, now());
        assert_eq!(wake(&throttled, &around, now()), Wake::Hold(reason, week), "held for something else before");
        let again = |run_at| wake(&held(Reason::ConnectionMissing, run_at), &around, now());
        assert_eq!(again(now() - Duration::days(7)), Wake::Cancel(reason));
        assert_eq!(again(now()), Wake::Hold(reason, week), "planned for later than the token died");
    }
}

#[test]
fn a_pause_holds_until_it_is_over_and_everybodys_comes_first() {
    let (first, later) = (now() + Duration::hours(1), now() + Duration::hours(2));
    let member = Around { member_paused_until: Some(later), ..fine() };
    let both = Around { network_paused_until: Some(first), ..member };
    for state in [State::Planned, State::Queued, State::Held] {
        assert_eq!(at_once(state, member), Wake::Hold(Reason::NetworkThrottled, later));
        assert_eq!(at_once(state, both), Wake::Hold(Reason::NetworkPaused, first));
        let over = Around { member_paused_until: Some(now()), network_paused_until: Some(now()), ..fine() };
        assert_eq!(at_once(state, over), Wake::Go);
    }
}

#[test]
fn a_picture_is_waited_for_but_not_for_ever() {
    let around = Around { picture_pending: true, ..fine() };
    assert_eq!(at_once(State::Queued, around), Wake::Wait(Reason::PostPicture, now() + Duration::seconds(15)));
    let long_ago = Row { run_at: now() - PICTURE_WAIT, ..row(State::Queued) };
    assert_eq!(wake(&long_ago, &around, now()), Wake::Go);
}

#[test]
fn no_two_shares_of_a_person_go_out_together() {
    let in_seconds = |seconds| Some(now() + Duration::seconds(seconds));
    let taken = |seconds| Around { free_at: in_seconds(seconds), ..fine() };
    for state in [State::Planned, State::Queued, State::Held] {
        for over in [0, -1] {
            assert_eq!(at_once(state, taken(over)), Wake::Go);
        }
        for (free, looks) in [(1, 1), (60, 60), (120, 60)] {
            let waits = Wake::Wait(Reason::ShareSpaced, now() + Duration::seconds(looks));
            assert_eq!(at_once(state, taken(free)), waits, "{state:?}, free in {free} s");
        }
        let paused = Around { network_paused_until: in_seconds(3600), ..taken(60) };
        assert_eq!(at_once(state, paused), Wake::Hold(Reason::NetworkPaused, now() + Duration::hours(1)));
    }
    assert_eq!(at_once(State::Posting, taken(60)), Wake::Lose(None), "its own turn");
}

#[test]
fn a_probe_waits_for_its_turn_as_long_as_it_still_proves_something() {
    let taken = Around { may_probe: true, free_at: Some(now() + Duration::seconds(40)), ..fine() };
    let later = Wake::ProbeLater(now() + Duration::milliseconds(39_999));
    assert_eq!(wake(&unknown(120), &taken, now()), later);
    assert_eq!(wake(&unknown(440), &taken, now()), later);
    assert_eq!(wake(&unknown(441), &taken, now()), Wake::Leave, "then it would come too late");
    assert_eq!(wake(&unknown(120), &Around { may_probe: false, ..taken }, now()), Wake::Leave);
    let soon = Around { free_at: Some(now() + Duration::microseconds(1)), ..taken };
    assert_eq!(
        wake(&unknown(120), &soon, now()),
        Wake::ProbeLater(now() + Duration::milliseconds(1)),
        "never now again"
    );
    let over = Around { free_at: Some(now()), ..taken };
    assert_eq!(wake(&unknown(441), &over, now()), Wake::Probe);
}
