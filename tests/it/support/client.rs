//! A browser in the hands of one person: keeps cookies, sends what our pages send, follows no redirect.

use std::sync::Arc;

use klaroen_core::id::PersonId;
use reqwest::{Method, StatusCode, header::HeaderMap};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

/// Somebody's browser.
#[derive(Clone)]
pub struct Client {
    /// Who is signed in.
    pub id: PersonId,
    /// The origin of the product.
    pub origin: String,
    cookie: Option<Arc<SecretString>>,
    http: reqwest::Client,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as text.
    pub text: String,
}

impl Client {
    /// A browser at `origin` with this session cookie.
    #[expect(clippy::disallowed_methods, reason = "the tests are the outside world")]
    pub fn new(origin: &str, id: PersonId, cookie: Option<SecretString>) -> Self {
        let http = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
        Self { id, origin: origin.to_owned(), cookie: cookie.map(Arc::new), http: http.build().expect("a client") }
    }

    /// The same browser without its cookie.
    pub fn anonymous(&self) -> Self {
        Self { cookie: None, ..self.clone() }
    }

    /// The same browser at another process of the same product.
    pub fn at(&self, origin: &str) -> Self {
        Self { origin: origin.to_owned(), ..self.clone() }
    }

    /// The same browser with another cookie.
    pub fn with_cookie(&self, cookie: &str) -> Self {
        Self { cookie: Some(Arc::new(cookie.to_owned().into())), ..self.clone() }
    }

    /// One request with the headers that our pages send.
    pub async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> Answer {
        let mut headers = vec![("sec-fetch-site", "same-origin"), ("x-klaroen", "1")];
        if method != Method::GET {
            headers.push(("content-type", "application/json"));
        }
        let empty = Value::Object(serde_json::Map::new());
        let body = (method != Method::GET).then(|| body.unwrap_or(&empty).to_string());
        self.send_raw(method, path, &headers, body).await
    }

    /// One request with just these headers (and the cookie).
    pub async fn send_raw(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Option<String>) -> Answer {
        let address = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.origin) };
        let mut request = self.http.request(method, address);
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", format!("__Host-klaroen={}", cookie.expose_secret()));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.body(body);
        }
        let response = request.send().await.expect("the server answers");
        let (status, headers) = (response.status(), response.headers().clone());
        let text = String::from_utf8_lossy(&response.bytes().await.expect("a whole body")).into_owned();
        Answer { status, headers, text }
    }

    /// Clicks a short link, as a browser of this name does.
    pub async fn click(&self, link: &str, browser: &str) -> Answer {
        let agent = format!("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0 {browser}");
        self.send_raw(Method::GET, link, &[("user-agent", &agent), ("referer", "https://canary.example/")], None).await
    }

    /// The status of a GET with this `User-Agent`; none when the server is gone before it has answered.
    pub async fn status(&self, path: &str, agent: &str) -> Option<StatusCode> {
        let request = self.http.get(format!("{}{path}", self.origin)).header("user-agent", agent);
        request.send().await.ok().map(|answer| answer.status())
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    /// POST.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::POST, path, Some(body)).await
    }

    /// PATCH.
    pub async fn patch(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::PATCH, path, Some(body)).await
    }

    /// PUT.
    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::PUT, path, Some(body)).await
    }

    /// DELETE.
    pub async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None).await
    }
}

impl Answer {
    /// Insists on a status; the body is in the message when it is another.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self
    }

    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// The `code` of a problem.
    #[track_caller]
    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_else(|| panic!("no code: {}", self.text)).to_owned()
    }

    /// A header as text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}
