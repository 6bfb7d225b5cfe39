//! A subscriber of the practice hub with a server of its own.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;
use ring::hmac;

use crate::support::Site;

const SECRET: &str = "between us";

/// What reached the subscriber.
#[derive(Default)]
pub struct Heard {
    pub confirms: bool,
    pub answers: u16,
    queries: Vec<String>,
    pub deliveries: Vec<(HeaderMap, String)>,
}

#[derive(Clone)]
pub struct Subscriber {
    pub callback: String,
    pub heard: Arc<Mutex<Heard>>,
}

impl Subscriber {
    pub async fn start() -> Self {
        let heard = Arc::new(Mutex::new(Heard { confirms: true, answers: 204, ..Heard::default() }));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let callback = format!("http://{}/callback?own=1", listener.local_addr().unwrap());
        let router = Router::new().route("/callback", get(confirm).post(receive)).with_state(Arc::clone(&heard));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { callback, heard }
    }

    pub fn change(&self, change: impl FnOnce(&mut Heard)) {
        change(&mut self.heard.lock().unwrap());
    }

    pub fn queries(&self) -> Vec<String> {
        self.heard.lock().unwrap().queries.clone()
    }

    pub fn deliveries(&self) -> Vec<(HeaderMap, String)> {
        self.heard.lock().unwrap().deliveries.clone()
    }

    pub async fn ask(&self, site: &Site, topic: &str, more: &[(&str, &str)]) -> u16 {
        let topic = site.url(topic);
        let mut fields = vec![("hub.mode", "subscribe"), ("hub.topic", &topic), ("hub.callback", &self.callback)];
        fields.extend(more);
        site.form("/hub", &fields).await.status().as_u16()
    }

    /// Subscribes and confirms.
    pub async fn subscribe(&self, site: &Site, topic: &str) {
        assert_eq!(self.ask(site, topic, &[("hub.secret", SECRET), ("hub.verify", "sync")]).await, 204);
    }
}

async fn confirm(State(heard): State<Arc<Mutex<Heard>>>, RawQuery(query): RawQuery) -> (StatusCode, String) {
    let mut heard = heard.lock().unwrap();
    let query = query.unwrap_or_default();
    heard.queries.push(query.clone());
    let challenge = query.split('&').find_map(|pair| pair.strip_prefix("hub.challenge=")).unwrap_or_default();
    if heard.confirms { (StatusCode::OK, challenge.to_owned()) } else { (StatusCode::NOT_FOUND, String::new()) }
}

async fn receive(State(heard): State<Arc<Mutex<Heard>>>, headers: HeaderMap, body: String) -> StatusCode {
    let mut heard = heard.lock().unwrap();
    heard.deliveries.push((headers, body));
    StatusCode::from_u16(heard.answers).unwrap()
}

/// Whether the signature of a delivery is that of our secret; `None` without one.
pub fn is_signed((headers, body): &(HeaderMap, String)) -> Option<bool> {
    let (method, tag) = headers.get("x-hub-signature")?.to_str().unwrap().split_once('=').unwrap();
    let algorithm = match method {
        "sha1" => hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
        "sha256" => hmac::HMAC_SHA256,
        "sha384" => hmac::HMAC_SHA384,
        "sha512" => hmac::HMAC_SHA512,
        other => panic!("{other}"),
    };
    let key = hmac::Key::new(algorithm, SECRET.as_bytes());
    Some(hmac::verify(&key, body.as_bytes(), &hex::decode(tag).unwrap()).is_ok())
}
