//! Mail in the tests: who wants it, and what arrived.

use klaroen_sandbox::Reading;
use serde_json::{Value, json};

use super::{Client, TestApp};

impl TestApp {
    /// Every mail that arrived, oldest first.
    pub fn mails(&self) -> Vec<Reading> {
        self.world.mails().iter().map(klaroen_sandbox::Mail::read).collect()
    }

    /// The newest mail.
    pub fn newest_mail(&self) -> Reading {
        self.mails().pop().expect("a mail")
    }

    /// An employee with a connected account who wants reminders by mail.
    pub async fn reminded(&self, member: u32) -> Client {
        let employee = self.sharer(member).await;
        employee.want_reminders(true).await;
        employee
    }
}

impl Client {
    /// Says yes or no to reminders by mail.
    pub async fn want_reminders(&self, by_mail: bool) -> Value {
        let shown = self.get("/api/notifications").await.expect(200).json()[0].clone();
        let choice = json!({ "by_mail": by_mail, "text_id": shown["text_id"], "place": "me" });
        self.put("/api/notifications/connection_reminders", &choice).await.expect(200).json()
    }
}

/// The link of a mail that leads to this page of ours.
pub fn link_in<'a>(mail: &'a Reading, page: &str) -> &'a str {
    mail.links.iter().find(|link| link.contains(page)).expect("a link")
}

/// The secret part of the link in a reminder.
pub fn token_in(mail: &Reading) -> &str {
    link_in(mail, "/renew#").split_once('#').expect("a token").1
}
