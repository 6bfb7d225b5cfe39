//! Faults with names, for the page and for browser tests: the ways in which an answer gets lost, and the rows of the
//! networks' error tables.

use super::{refusals, social, web};
use crate::{Fault, Flaw};

/// Every name with words for people, in the groups of the page.
pub(crate) const GROUPS: [(&str, &[(&str, &str)]); 4] = [
    ("Any network", &NAMES),
    ("LinkedIn refuses", &refusals::NAMES),
    ("Feeds and hub", &web::NAMES),
    ("Mastodon and Bluesky", &social::NAMES),
];

/// What may happen at any network, and the refusals of the smaller ones.
const NAMES: [(&str, &str); 30] = [
    ("refused", "500, nothing done"),
    ("unavailable", "503, nothing done"),
    ("before", "Connection ends, nothing done"),
    ("after", "Done, then the connection ends"),
    ("reset_before", "Connection reset, nothing done"),
    ("reset_after", "Done, then the connection is reset"),
    ("gateway_before", "504, nothing done"),
    ("gateway", "Done, then 504"),
    ("commit_late", "Connection ends, done 5 s later"),
    ("late", "Done, the answer takes 20 s"),
    ("too_late", "Done, the answer takes 60 s: longer than Klaroen waits"),
    ("slow", "Takes 3 s"),
    ("random", "Takes up to 3 s, by chance"),
    ("drip", "The body drips, 4 bytes in a second"),
    ("html", "502 with a page of HTML"),
    ("empty", "500 without a body"),
    ("broken", "200 with broken JSON"),
    ("broken_after", "Done, then 201 with broken JSON"),
    ("without_id", "Done, the answer lacks the URN"),
    ("silent", "Nothing done, 60 s of silence, then the connection ends"),
    ("half_closed_before", "The sandbox's half of the connection closes, nothing done"),
    ("half_closed", "Done, then the sandbox's half of the connection closes"),
    ("slow_head", "Done, the head of the answer drips"),
    ("cut", "Done, only half of the answer comes"),
    ("other_words", "The usual answer in other words"),
    ("news", "The usual answer with fields and values that are new"),
    ("server_error_after", "Done, then 500"),
    ("unknown_code", "400 with a code that nobody knows"),
    ("bluesky_limit", "Bluesky 429 RateLimitExceeded"),
    ("mail_later", "SMTP 451 try again later"),
];

/// A fault in words: those of its name if it has one.
pub(crate) fn words(wanted: &Fault) -> String {
    let found = GROUPS.iter().flat_map(|(_, names)| *names).find(|(name, _)| fault(name).as_ref() == Some(wanted));
    match (found, wanted) {
        (Some((_, words)), _) => (*words).to_owned(),
        (None, Fault::AsIf { name, value }) => format!("as if {name} were {value}"),
        (None, fault) => format!("{fault:?}").chars().take(160).collect(),
    }
}

/// The fault behind a name.
pub(crate) fn fault(name: &str) -> Option<Fault> {
    let flaw = || Flaw::named(name).map(Fault::Flaw);
    if let Some(fault) = web::fault(name).or_else(|| social::fault(name)).or_else(flaw) {
        return Some(fault);
    }
    Some(match name {
        "refused" => answer(500, r#"{"status":500,"message":"Internal Server Error"}"#),
        "unavailable" => answer(503, r#"{"status":503,"code":"SERVICE_UNAVAILABLE","message":"Service Unavailable"}"#),
        "before" => Fault::DropBefore,
        "after" => Fault::DropAfter,
        "reset_before" => Fault::ResetBefore,
        "reset_after" => Fault::ResetAfter,
        "gateway_before" => answer(504, GATEWAY),
        "gateway" => Fault::AnswerAfter { status: 504, body: GATEWAY.into() },
        "commit_late" => Fault::CommitLate { ms: 5_000 },
        "late" => Fault::DelayAfter { ms: 20_000 },
        "too_late" => Fault::DelayAfter { ms: 60_000 },
        "slow" => Fault::Delay { ms: 3_000 },
        "random" => Fault::DelayUpTo { ms: 3_000 },
        "drip" => Fault::Drip { ms: 250 },
        "html" => answer(502, "<!doctype html><title>502</title><h1>Bad gateway</h1>"),
        "empty" => answer(500, ""),
        "broken" => answer(200, r#"{"status":"#),
        "broken_after" => Fault::AnswerAfter { status: 201, body: r#"{"id":"#.into() },
        "without_id" => Fault::WithoutId,
        "silent" => Fault::HangBefore { ms: 60_000 },
        "half_closed_before" => Fault::HalfCloseBefore,
        "half_closed" => Fault::HalfCloseAfter,
        "slow_head" => Fault::SlowHead { ms: 250 },
        "cut" => Fault::Cut,
        "other_words" => Fault::OtherWords,
        "news" => Fault::News,
        "server_error_after" => Fault::AnswerAfter { status: 500, body: String::new() },
        "unknown_code" => answer(400, r#"{"status":400,"code":"SOMETHING_NEW","message":"Nobody has seen this yet"}"#),
        "bluesky_limit" => answer(429, r#"{"error":"RateLimitExceeded","message":"Rate Limit Exceeded"}"#),
        "mail_later" => answer(451, "Try again later"),
        _ => return refusals::fault(name),
    })
}

const GATEWAY: &str = r#"{"status":504,"message":"Gateway timeout"}"#;

fn answer(status: u16, body: &str) -> Fault {
    Fault::Answer { status, body: body.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_a_fault() {
        for (name, words) in GROUPS.iter().flat_map(|(_, names)| *names) {
            assert!(fault(name).is_some() && !words.is_empty(), "{name}");
        }
        assert_eq!(fault("nonsense"), None);
        let mut names: Vec<String> =
            GROUPS.iter().flat_map(|(_, names)| *names).map(|(name, _)| (*name).into()).collect();
        names.extend(Flaw::ALL.into_iter().filter_map(Flaw::name));
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all, "a name means one fault");
    }
}
