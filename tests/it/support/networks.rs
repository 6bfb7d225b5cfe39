//! Accounts at the practice Mastodon and Bluesky, and shares on them.

use klaroen_core::id::PostId;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Client, TestApp, sharing::share_request_on};

impl TestApp {
    /// The practice instance, as a person types it.
    pub fn instance(&self) -> String {
        self.world.base_url().trim_start_matches("http://").to_owned()
    }

    /// An employee whose account at a network is connected: the practice member of this number.
    pub async fn sharer_on(&self, network: &str, member: u32) -> Client {
        let employee = self.employee().await;
        match network {
            "mastodon" => employee.connect_mastodon(self, member).await,
            "bluesky" => employee.connect_bluesky(self, member).await,
            _ => employee.connect(member).await,
        }
        employee
    }

    /// Texts of what stands at a network, in order.
    pub fn texts_on(&self, network: &str) -> Vec<String> {
        match network {
            "mastodon" => self.world.statuses().into_iter().map(|status| status.text).collect(),
            _ => self
                .world
                .records()
                .into_iter()
                .map(|record| record.record["text"].as_str().unwrap().to_owned())
                .collect(),
        }
    }
}

impl Client {
    /// Goes through the consent page of the practice instance and answers the path of the callback.
    pub async fn consent_mastodon(&self, app: &TestApp, member: u32, action: &str) -> String {
        let start = json!({ "return_to": "/settings", "instance": app.instance() });
        self.consent_at("mastodon", &start, member, action).await
    }

    /// Connects a member of the practice instance, all the way.
    pub async fn connect_mastodon(&self, app: &TestApp, member: u32) {
        let callback = self.consent_mastodon(app, member, "allow").await;
        let page = self.come_back(&callback).await;
        let id = page.strip_prefix("pending=").expect("a pending account");
        let path = format!("/api/connections/pending/{id}/confirm");
        assert_eq!(self.post(&path, &json!({})).await.expect(200).json()["state"], "works");
    }

    /// Connects a member of the practice Bluesky with an app password.
    pub async fn connect_bluesky(&self, app: &TestApp, member: u32) {
        let account = app.world.bluesky_account(member);
        let body = json!({ "handle": account.handle, "app_password": account.app_password });
        let made = self.post("/api/connections/bluesky/sign-in", &body).await.expect(200).json();
        assert_eq!(made["state"], "works");
    }

    /// One's own connection at a network.
    pub async fn connection(&self, network: &str) -> Value {
        let all = self.get("/api/connections").await.expect(200).json();
        all.as_array().unwrap().iter().find(|own| own["network"] == network).expect("the network").clone()
    }

    /// Shares a post now on a network, in these words.
    pub async fn share_on(&self, network: &str, post: PostId, text: &str) -> Value {
        self.post("/api/shares", &share_request_on(network, post, text, Uuid::now_v7())).await.expect(201).json()
    }
}
