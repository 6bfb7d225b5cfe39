//! A running sandbox with a clock that only tests move, and a client that follows no redirect.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, Duration, TimeZone as _, Utc};
use klaroen_sandbox::{Clock, Running, Settings, serve};
use reqwest::header::{AUTHORIZATION, LOCATION};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use url::Url;

/// A JPEG of a few pixels.
pub fn jpeg() -> Vec<u8> {
    let mut bytes = Vec::new();
    image::RgbImage::new(4, 4).write_to(&mut std::io::Cursor::new(&mut bytes), image::ImageFormat::Jpeg).unwrap();
    bytes
}

/// Where the practice LinkedIn sends members back to.
pub const CALLBACK: &str = "http://127.0.0.1:4711/api/connections/linkedin/callback";
/// A version that is alive at the start of every test.
pub const VERSION: &str = "202609";
/// What Klaroen asks a person for.
pub const SCOPES: [&str; 3] = ["openid", "profile", "w_member_social"];

pub struct Site {
    pub running: Running,
    pub http: Client,
    now: Arc<Mutex<DateTime<Utc>>>,
}

impl Site {
    pub async fn start() -> Self {
        Self::start_with(|_| ()).await
    }

    pub async fn start_with(change: impl FnOnce(&mut Settings)) -> Self {
        let start = Utc.with_ymd_and_hms(2026, 10, 1, 12, 0, 0).unwrap();
        let now = Arc::new(Mutex::new(start));
        let told = Arc::clone(&now);
        let mut settings = Settings { clock: Clock::new(move || *told.lock().unwrap()), ..Settings::default() };
        change(&mut settings);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let running = serve(listener, settings).await.unwrap();
        Self { running, http: client(), now }
    }

    pub fn advance(&self, by: Duration) {
        *self.now.lock().unwrap() += by;
    }

    pub fn now(&self) -> DateTime<Utc> {
        *self.now.lock().unwrap()
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.running.base_url())
    }

    pub async fn get(&self, path: &str) -> Response {
        self.http.get(self.url(path)).send().await.unwrap()
    }

    /// The length of an answer on the wire, before any client unpacks it.
    pub async fn length_on_the_wire(&self, path: &str) -> usize {
        let host = self.running.base_url().trim_start_matches("http://");
        let mut stream = tokio::net::TcpStream::connect(host).await.unwrap();
        stream
            .write_all(format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes())
            .await
            .unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap()
    }

    pub async fn form(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        self.http.post(self.url(path)).form(fields).send().await.unwrap()
    }

    /// A member who has just allowed Klaroen to post.
    pub fn member(&self, number: u32) -> Member<'_> {
        Member { site: self, token: self.running.grant(number, &SCOPES), author: self.author(number) }
    }

    pub fn author(&self, number: u32) -> String {
        format!("urn:li:person:{}", self.running.sub(number))
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the guarded client is what the sandbox is there to test, not the other way round"
)]
fn client() -> Client {
    // Another test of this process may have installed it already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().redirect(Policy::none()).pool_max_idle_per_host(0).build().unwrap()
}

pub struct Member<'s> {
    site: &'s Site,
    pub token: String,
    pub author: String,
}

impl Member<'_> {
    /// A request with every header that LinkedIn asks for.
    pub fn request(&self, method: reqwest::Method, path: &str) -> RequestBuilder {
        self.site
            .http
            .request(method, self.site.url(path))
            .header(AUTHORIZATION, format!("Bearer {}", self.token))
            .header("LinkedIn-Version", VERSION)
            .header("X-Restli-Protocol-Version", "2.0.0")
    }

    pub async fn post(&self, body: &Value) -> Response {
        self.request(reqwest::Method::POST, "/rest/posts").json(body).send().await.unwrap()
    }

    /// The status and code of the answer to a post.
    pub async fn refused(&self, body: &Value) -> (u16, String) {
        status_and_code(self.post(body).await).await
    }

    pub fn text(&self, commentary: &str) -> Value {
        json!({
            "author": self.author,
            "commentary": commentary,
            "visibility": "PUBLIC",
            "distribution": { "feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": [] },
            "lifecycleState": "PUBLISHED",
            "isReshareDisabledByAuthor": false,
        })
    }

    pub fn article(&self, commentary: &str, thumbnail: Option<&str>) -> Value {
        let mut body = self.text(commentary);
        body["content"] =
            json!({ "article": { "source": "https://example.com/news", "title": "A & B", "description": "Why" } });
        if let Some(urn) = thumbnail {
            body["content"]["article"]["thumbnail"] = urn.into();
        }
        body
    }
}

/// Status and code, wherever the answer carries it.
pub async fn status_and_code(response: Response) -> (u16, String) {
    let status = response.status().as_u16();
    let body: Value = response.json().await.unwrap();
    assert!(body["status"].is_null() || body["status"] == status, "{body}");
    let code = body["code"].as_str().or(body["errorDetails"]["inputErrors"][0]["code"].as_str());
    (status, code.unwrap_or_default().to_owned())
}

/// The address that a redirect leads to.
pub fn location(response: &Response) -> Url {
    assert_eq!(response.status(), 302);
    Url::parse(response.headers()[LOCATION].to_str().unwrap()).unwrap()
}

/// One parameter of an address.
pub fn parameter(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}
