//! Sharing in the tests: an account at the practice LinkedIn, a post to share, and the two taps.

use std::path::PathBuf;

use klaroen_core::{
    db::Actor,
    id::PostId,
    media::{Media, Picture},
    network::{End, Grant, Network, connection},
    person::Person,
    post::{Draft, NewPost, Post, PostState},
    session, sql,
    topic::Topic,
};
use reqwest::Method;
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use url::Url;
use uuid::Uuid;

use super::{Client, TestApp};

/// One green pixel.
const PIXEL: [u8; 69] = [
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00,
    0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x02, 0x00, 0x00, 0x00, 0x90, 0x77, 0x53, 0xde, 0x00, 0x00, 0x00, 0x0c, 0x49,
    0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0x48, 0xb8, 0x91, 0x00, 0x00, 0x03, 0x34, 0x01, 0x99, 0x09, 0xde, 0x24, 0x63,
    0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

impl TestApp {
    /// A live post with a picture, whose clicks are counted.
    pub async fn live_post(&self) -> PostId {
        let mut tx = self.app.db.write(Actor::System("test")).await.expect("a transaction");
        let topic = Topic::create(&mut tx, &Uuid::now_v7().to_string()).await.expect("a topic");
        let new = NewPost {
            title: "We are hiring".to_owned(),
            text: Some("Come and see us.".to_owned()),
            link: "https://example.com/jobs".to_owned(),
            topic_id: topic.id,
            image_address: None,
            captions: vec![],
            audience: vec![],
            state: PostState::Live,
        };
        let draft: Draft = new.check(&self.app.config).expect("a valid post");
        let post = Post::create(&mut tx, draft).await.expect("a post");
        let picture = Picture::remake(&PIXEL, 1).expect("a picture");
        let media = Media::store(&mut tx, &picture, "https://example.com/pixel.png").await.expect("a stored picture");
        sql!(tx, execute, "update posts set media_id = $1 where id = $2", media, post.id).expect("a post");
        tx.commit().await.expect("a commit");
        post.id
    }

    /// The same person in another browser, or after their session ended.
    pub async fn sign_in_again(&self, who: &Client) -> Client {
        let mut tx = self.app.db.write(Actor::System("test")).await.expect("a transaction");
        let person = Person::get(&mut tx, who.id).await.expect("a person");
        let (token, _) = session::start(&mut tx, &person, false).await.expect("a session");
        tx.commit().await.expect("a commit");
        Client::new(&self.origin, who.id, Some(token))
    }

    /// What the practice LinkedIn grants when a member says yes.
    pub fn grant(&self, member: u32) -> Grant {
        let scopes = "openid profile w_member_social";
        Grant {
            subject: self.world.sub(member),
            display_name: format!("Member {member:03}"),
            scopes: scopes.to_owned(),
            token: self.world.grant(member, &scopes.split(' ').collect::<Vec<_>>()).into(),
            handle: None,
            instance: None,
            end: End::In(5_184_000),
        }
    }

    /// Connects an account without asking the network, and answers its token.
    pub async fn connect_by_hand(&self, who: &Client, member: u32) -> String {
        let grant = self.grant(member);
        let mut tx = self.app.db.write(Actor::System("test")).await.expect("a transaction");
        connection::connect(&mut tx, &self.app.key, who.id, Network::LinkedIn, &grant).await.expect("a connection");
        tx.commit().await.expect("a commit");
        grant.token.expose_secret().to_owned()
    }

    /// The files of the embedded database; none on PostgreSQL.
    pub fn database_files(&self) -> Vec<PathBuf> {
        let files = std::fs::read_dir(&self.app.config.data_dir).expect("the data folder");
        let paths = files.map(|file| file.expect("a file").path());
        paths
            .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("klaroen.db")))
            .collect()
    }

    /// An employee whose account is connected: the practice LinkedIn's member of this number.
    pub async fn sharer(&self, member: u32) -> Client {
        let employee = self.employee().await;
        employee.connect(member).await;
        employee
    }
}

impl Client {
    /// Goes through the consent page as a member and answers the path of the callback.
    pub async fn consent(&self, member: u32, action: &str) -> String {
        self.consent_at("linkedin", &json!({ "return_to": "/settings" }), member, action).await
    }

    /// The same at another network.
    pub async fn consent_at(&self, network: &str, start: &Value, member: u32, action: &str) -> String {
        let started = self.post(&format!("/api/connections/{network}/start"), start).await.expect(200).json();
        self.answer_at(&started, member, action).await
    }

    /// Answers on the consent page that something which was started leads to.
    pub async fn answer_at(&self, started: &Value, member: u32, action: &str) -> String {
        let page = Url::parse(started["authorize_url"].as_str().expect("an address")).expect("an address");
        let mut form: Vec<(String, String)> = page.query_pairs().into_owned().collect();
        form.extend([("member".to_owned(), member.to_string()), ("action".to_owned(), action.to_owned())]);
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let site = page.origin().ascii_serialization();
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        let path = format!("{site}{}", page.path());
        let answer = self.anonymous().send_raw(Method::POST, &path, &headers, Some(body)).await.expect(302);
        let back = Url::parse(answer.header("location").expect("a way back")).expect("an address");
        assert_eq!(back.origin().ascii_serialization(), self.origin);
        format!("{}?{}", back.path(), back.query().unwrap_or_default())
    }

    /// Follows the callback and answers the query of the page it leads to.
    pub async fn come_back(&self, callback: &str) -> String {
        let answer = self.get(callback).await.expect(303);
        let page = answer.header("location").expect("a page");
        let rest = page.strip_prefix("/connect/").expect("the page of the connection");
        rest.split_once('?').expect("a query").1.to_owned()
    }

    /// Comes back with a yes and answers the id of the account that waits for "is this you?".
    pub async fn pending(&self, member: u32) -> String {
        let callback = self.consent(member, "allow").await;
        self.come_back(&callback).await.strip_prefix("pending=").expect("a pending account").to_owned()
    }

    /// Connects the account of a member, all the way.
    pub async fn connect(&self, member: u32) {
        let id = self.pending(member).await;
        let path = format!("/api/connections/pending/{id}/confirm");
        assert_eq!(self.post(&path, &json!({})).await.expect(200).json()["state"], "works");
    }

    /// Shares a post now.
    pub async fn share(&self, post: PostId) -> Value {
        self.share_saying(post, "Join us (really)!").await
    }

    /// Shares a post now, in these words.
    pub async fn share_saying(&self, post: PostId, text: &str) -> Value {
        self.post("/api/shares", &share_request(post, text, Uuid::now_v7())).await.expect(201).json()
    }

    /// What has become of a share.
    pub async fn look_at(&self, share: &Value) -> Value {
        self.get(&format!("/api/shares/{}", share["id"].as_str().expect("an id"))).await.expect(200).json()
    }

    /// Does something with a share of one's own.
    pub async fn with_share(&self, share: &Value, action: &str, body: &Value) -> super::Answer {
        self.post(&format!("/api/shares/{}/{action}", share["id"].as_str().expect("an id")), body).await
    }
}

/// The body of the request that a click on "share" sends.
pub fn share_request(post: PostId, text: &str, key: Uuid) -> Value {
    share_request_on("linkedin", post, text, key)
}

/// The same on another network.
pub fn share_request_on(network: &str, post: PostId, text: &str, key: Uuid) -> Value {
    json!({ "post_id": post, "network": network, "text": text, "run_at": null, "idempotency_key": key })
}
