//! An entry as it is stored, and the hash that ties it to the entry before.

use chrono::{DateTime, Utc};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{About, Entry};
use crate::{
    bonus::{ProofClass, program::Program},
    db::Actor,
    id::{PersonId, ProgramId, ShareId},
    network::Network,
};

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    pub(super) seq: i64,
    pub(super) at: DateTime<Utc>,
    pub(super) actor_id: Option<Uuid>,
    pub(super) actor: String,
    pub(super) kind: String,
    pub(super) program_id: ProgramId,
    pub(super) version: Option<i32>,
    pub(super) rules: Option<String>,
    pub(super) person_id: Option<PersonId>,
    pub(super) iso_year: Option<i32>,
    pub(super) week: Option<i32>,
    pub(super) share_id: Option<ShareId>,
    pub(super) network: Option<Network>,
    pub(super) proof_class: Option<ProofClass>,
    pub(super) shared_at: Option<DateTime<Utc>>,
    pub(super) time_zone: Option<String>,
    pub(super) reason: Option<String>,
    pub(super) hash: Vec<u8>,
}

impl Row {
    pub(super) fn new(seq: i64, at: DateTime<Utc>, actor: Actor, entry: &Entry<'_>) -> Self {
        let row = |program_id, kind: &str| Self::empty(seq, at, actor, program_id, kind);
        let about = |about: &About, kind: &str| Self {
            person_id: Some(about.person),
            iso_year: Some(about.week.year()),
            week: i32::try_from(about.week.number()).ok(),
            ..row(about.program, kind)
        };
        match entry {
            Entry::PolicyVersion(program) => Self {
                version: Some(program.version),
                rules: Some(terms(program)),
                ..row(program.id, "policy_version")
            },
            Entry::ShareCounted(whose, share) => Self {
                share_id: Some(share.share),
                network: Some(share.network),
                proof_class: Some(share.proof),
                shared_at: Some(share.at),
                time_zone: Some(share.time_zone.clone()),
                ..about(whose, "share_counted")
            },
            Entry::ShareReversed(whose, share, reason) => {
                Self { share_id: Some(*share), reason: Some((*reason).to_owned()), ..about(whose, "share_reversed") }
            }
            Entry::NeutralWeek(whose, reason) => {
                Self { reason: Some((*reason).to_owned()), ..about(whose, "neutral_week") }
            }
            Entry::ManualGrant(whose, reason) => {
                Self { reason: Some((*reason).to_owned()), ..about(whose, "manual_grant") }
            }
        }
    }

    fn empty(seq: i64, at: DateTime<Utc>, actor: Actor, program_id: ProgramId, kind: &str) -> Self {
        let (actor_id, actor) = match actor {
            Actor::Person(person) => (Some(person.0), "person"),
            Actor::Anonymous => (None, "anonymous"),
            Actor::System(job) => (None, job),
        };
        Self {
            seq,
            at,
            actor_id,
            actor: actor.to_owned(),
            kind: kind.to_owned(),
            program_id,
            version: None,
            rules: None,
            person_id: None,
            iso_year: None,
            week: None,
            share_id: None,
            network: None,
            proof_class: None,
            shared_at: None,
            time_zone: None,
            reason: None,
            hash: vec![],
        }
    }

    /// SHA-256 over the previous hash and the row as a JSON list, its instants in microseconds since 1970.
    pub(super) fn hash_after(&self, head: &[u8]) -> Vec<u8> {
        let canonical = json!([
            self.seq,
            self.at.timestamp_micros(),
            self.actor_id,
            self.actor,
            self.kind,
            self.program_id,
            self.version,
            self.rules,
            self.person_id,
            self.iso_year,
            self.week,
            self.share_id,
            self.network,
            self.proof_class,
            self.shared_at.map(|at| at.timestamp_micros()),
            self.time_zone,
            self.reason
        ]);
        Sha256::new().chain_update(head).chain_update(canonical.to_string()).finalize().to_vec()
    }
}

/// The rules together with the period in which they hold.
fn terms(program: &Program) -> String {
    json!({
        "year": program.year,
        "starts_on": program.starts_on,
        "ends_on": program.ends_on,
        "rules": program.rules,
    })
    .to_string()
}
