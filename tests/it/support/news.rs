//! News in the tests: following feeds and looking at what became of their items.

use klaroen_core::sql;
use serde_json::{Value, json};

use super::{Answer, Client, TestApp};

impl TestApp {
    /// The address of a sample feed of the sandbox.
    pub fn sample(&self, path: &str) -> String {
        format!("{}{path}", self.world.base_url())
    }

    /// How many rows a table has.
    pub async fn rows(&self, table: &'static str) -> i64 {
        let query = sqlx::AssertSqlSafe(format!("select count(*) from {table}"));
        let (rows,): (i64,) = sql!(self.app.db.read(), fetch_one, query).expect("a count");
        rows
    }
}

impl Client {
    /// Follows a feed whose new items go live at once.
    pub async fn follow(&self, app: &TestApp, address: &str) -> Value {
        self.follow_with(app, address, json!({})).await
    }

    /// Follows a feed with these fields of the request instead of the usual ones.
    pub async fn follow_with(&self, app: &TestApp, address: &str, fields: Value) -> Value {
        let topic = app.topic(self).await;
        let mut new = json!({ "address": address, "topic_id": topic["id"], "publish": "live", "offer": [] });
        new.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        self.post("/api/feeds", &new).await.expect(201).json()
    }

    /// The feed as it is now.
    pub async fn feed(&self, feed: &Value) -> Value {
        self.get(&format!("/api/feeds/{}", feed["id"].as_str().unwrap())).await.expect(200).json()
    }

    /// What happens when somebody pastes an address.
    pub async fn fetch(&self, address: &str) -> Answer {
        self.post("/api/documents", &json!({ "address": address })).await
    }

    /// Maps a document that was found.
    pub async fn map(&self, found: &Value, definition: &Value, filter: &Value) -> Answer {
        let id = found["id"].as_str().unwrap_or_else(|| panic!("a choice: {found}"));
        let mapping = json!({ "definition": definition, "filter": filter });
        self.post(&format!("/api/documents/{id}/map"), &mapping).await
    }

    /// What stands at an address, and its items as the definition that fits finds them.
    pub async fn look(&self, address: &str) -> (Value, Value) {
        let found = self.fetch(address).await.expect(201).json();
        let mapped = self.map(&found, &found["definition"], &Value::Null).await.expect(200).json();
        (found, mapped)
    }

    /// Titles of the posts on an employee's home, or of the library.
    pub async fn titles(&self, path: &str) -> Vec<String> {
        let page = self.get(path).await.expect(200).json();
        page["items"].as_array().unwrap().iter().map(|post| post["title"].as_str().unwrap().to_owned()).collect()
    }
}
