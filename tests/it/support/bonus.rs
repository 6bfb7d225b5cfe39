//! The bonus in the tests: a program, people who join it, and shares that are published already.

use klaroen_core::{
    bonus::{ProofClass, week},
    db::Actor,
    id::{PersonId, ShareId},
    network::Network,
    sql,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Client, TestApp};

impl TestApp {
    /// HR's program of 2026: one share a week on LinkedIn, the whole year, open to join.
    pub async fn program(&self) -> Value {
        let new = json!({
            "name": "Bonus 2026", "year": 2026, "min_per_week": 1, "reward_percent": 25, "cap_cents": 50_000,
            "works_council": { "decided_on": "2025-11-03", "reference": "OR 2025-14" },
        });
        self.hr().await.post("/api/programs", &new).await.expect(201).json()
    }

    /// A share of this person that was published at `at` by somebody living in `zone`.
    pub async fn published(&self, person: PersonId, at: &str, zone: &str, proof: ProofClass) -> ShareId {
        let (share, post, topic) = (ShareId::new(), Uuid::now_v7(), Uuid::now_v7());
        let at: chrono::DateTime<chrono::Utc> = at.parse().expect("an instant");
        assert_eq!(week::zone(zone).name(), zone, "a known zone");
        let mut tx = self.app.db.write(Actor::System("test")).await.expect("a transaction");
        sql!(
            tx,
            execute,
            "insert into topics (id, name, created_at) values ($1, $2, $3)",
            topic,
            topic.to_string(),
            at
        )
        .expect("a topic");
        sql!(
            tx,
            execute,
            "insert into posts (id, topic_id, state, title, link, counting_link, published_at, created_at) \
             values ($1, $2, 'live', 'We are hiring', 'https://example.com/', false, $3, $3)",
            post,
            topic,
            at
        )
        .expect("a post");
        sql!(
            tx,
            execute,
            "insert into shares (id, person_id, post_id, network, origin, state, text, run_at, idempotency_key, fence, \
             attempt, sent_at, time_zone, published_at, urn, proof_class, created_at) \
             values ($1, $2, $3, $4, 'manual', 'published', 'Join us', $5, $6, 1, 1, $5, $7, $5, $8, $9, $5)",
            share,
            person,
            post,
            Network::LinkedIn,
            at,
            Uuid::now_v7(),
            zone,
            format!("urn:li:share:{}", share.0.as_u128()),
            proof
        )
        .expect("a share");
        tx.commit().await.expect("a commit");
        share
    }
}

impl Client {
    /// Takes part in a program.
    pub async fn join(&self, program: &Value) {
        let id = program["id"].as_str().expect("an id");
        self.post(&format!("/api/programs/{id}/join"), &json!({})).await.expect(200);
    }

    /// One's own week of 2026.
    pub async fn week(&self, number: usize) -> Value {
        self.get("/api/years/2026").await.expect(200).json()["weeks"][number - 1].clone()
    }
}
