//! Figures and open questions of everyone but LinkedIn: Mastodon, Bluesky, YouTube, the hub and the identity provider.

use chrono::TimeDelta;

use crate::Rules;

/// The figures: name, words for people.
pub(super) const FIGURES: [(&str, &str); 11] = [
    ("mastodon_url_characters", "Mastodon characters that an address counts"),
    ("mastodon_key_seconds", "Mastodon keeps an idempotency key for (seconds)"),
    ("bluesky_sign_ins", "Bluesky sign-ins in five minutes"),
    ("bluesky_sign_ins_per_day", "Bluesky sign-ins in a day"),
    ("bluesky_points", "Bluesky points for writing in an hour"),
    ("bluesky_points_per_day", "Bluesky points for writing in a day"),
    ("bluesky_access_seconds", "Bluesky access tokens live (seconds)"),
    ("bluesky_blob_bytes", "Bluesky bytes of a picture"),
    ("hub_verification_seconds", "Hub: time between 202 and the verification (seconds)"),
    ("hub_lease_seconds", "Hub: the longest lease (seconds)"),
    ("identity_groups", "Identity provider: groups that a token can hold"),
];

/// The open questions: name, words for people, the possible answers.
pub(super) const QUESTIONS: [(&str, &str, &[&str]); 7] = [
    ("bluesky_errors", "Bluesky: the body of an error", &["named", "changed"]),
    ("youtube_ids", "YouTube: the ids of a whole feed", &["without_uc", "empty", "with_uc"]),
    ("youtube_maxres", "YouTube: maxresdefault.jpg", &["absent", "present"]),
    ("premieres", "YouTube: a new video is delivered", &["once_public", "early", "repeated"]),
    ("hub_signature", "Hub: deliveries are signed with", &["sha1", "sha256", "sha384", "sha512"]),
    ("hub_body", "Hub: a delivery carries", &["news", "everything"]),
    ("identity_overage", "Identity provider: too many groups are told by", &["claim_sources", "hasgroups"]),
];

/// The present value of a figure of this file.
pub(super) fn figure(rules: &Rules, name: &str) -> Option<i64> {
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    Some(match name {
        "mastodon_url_characters" => count(rules.mastodon_text.reserved_per_url),
        "mastodon_key_seconds" => rules.mastodon_key_kept.num_seconds(),
        "bluesky_sign_ins" => rules.bluesky_sign_ins[0].calls.into(),
        "bluesky_sign_ins_per_day" => rules.bluesky_sign_ins[1].calls.into(),
        "bluesky_points" => rules.bluesky_points[0].calls.into(),
        "bluesky_points_per_day" => rules.bluesky_points[1].calls.into(),
        "bluesky_access_seconds" => rules.bluesky_access_lifetime.num_seconds(),
        "bluesky_blob_bytes" => count(rules.bluesky_blob_bytes),
        "hub_verification_seconds" => rules.hub_verification_after.num_seconds(),
        "hub_lease_seconds" => rules.hub_longest_lease.num_seconds(),
        "identity_groups" => count(rules.identity_groups),
        _ => return None,
    })
}

/// Changes a figure of this file; says whether there is such a one.
pub(super) fn set(rules: &mut Rules, name: &str, number: u32) -> bool {
    let time = TimeDelta::seconds(number.into());
    let count = usize::try_from(number).unwrap_or(usize::MAX);
    match name {
        "mastodon_url_characters" => rules.mastodon_text.reserved_per_url = count,
        "mastodon_key_seconds" => rules.mastodon_key_kept = time,
        "bluesky_sign_ins" => rules.bluesky_sign_ins[0].calls = number,
        "bluesky_sign_ins_per_day" => rules.bluesky_sign_ins[1].calls = number,
        "bluesky_points" => rules.bluesky_points[0].calls = number,
        "bluesky_points_per_day" => rules.bluesky_points[1].calls = number,
        "bluesky_access_seconds" => rules.bluesky_access_lifetime = time,
        "bluesky_blob_bytes" => rules.bluesky_blob_bytes = count,
        "hub_verification_seconds" => rules.hub_verification_after = time,
        "hub_lease_seconds" => rules.hub_longest_lease = time,
        "identity_groups" => rules.identity_groups = count,
        _ => return false,
    }
    true
}
