//! A publisher whose feed the test writes itself, answer by answer.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use klaroen_core::config::{Config, HostPort};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

/// A server with one answer at a time, and others at paths of their own.
#[derive(Clone)]
pub struct Publisher {
    /// Host and port.
    pub host: String,
    answer: Arc<Mutex<String>>,
    elsewhere: Arc<Mutex<HashMap<String, String>>>,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Publisher {
    /// Starts one; it answers 404 until told otherwise.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let host = listener.local_addr().expect("an address").to_string();
        let publisher = Self { host, answer: Arc::default(), elsewhere: Arc::default(), requests: Arc::default() };
        publisher.says("404 Not Found", "", "");
        let own = publisher.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let own = own.clone();
                tokio::spawn(async move {
                    let mut request = vec![0; 8192];
                    let length = stream.read(&mut request).await.unwrap_or(0);
                    let request = String::from_utf8_lossy(&request[..length]).into_owned();
                    let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
                    let elsewhere = own.elsewhere.lock().unwrap().get(&path).cloned();
                    own.requests.lock().unwrap().push(request);
                    let answer = elsewhere.unwrap_or_else(|| own.answer.lock().unwrap().clone());
                    let _ = stream.write_all(answer.as_bytes()).await;
                });
            }
        });
        publisher
    }

    /// Lets the product ask this host.
    pub fn allow(&self, config: &mut Config) {
        config.allow_hosts.push(self.host.parse::<HostPort>().expect("a host and a port"));
    }

    /// Where its feed is.
    pub fn address(&self) -> String {
        format!("http://{}/feed.xml", self.host)
    }

    /// The next answers, until something else is said. `headers` end in `\r\n` each.
    pub fn says(&self, status: &str, headers: &str, body: &str) {
        *self.answer.lock().unwrap() = answer(status, headers, body);
    }

    /// What is said at one path, whatever is said elsewhere.
    pub fn says_at(&self, path: &str, headers: &str, body: &str) {
        self.elsewhere.lock().unwrap().insert(path.to_owned(), answer("200 OK", headers, body));
    }

    /// The next answers are an RSS feed of these items: guid, title, link.
    pub fn publishes(&self, items: &[(&str, &str, &str)]) {
        let items: String = items
            .iter()
            .map(|(guid, title, link)| {
                format!(
                    "<item><guid isPermaLink=\"false\">{guid}</guid><title>{title}</title><link>{link}</link></item>"
                )
            })
            .collect::<Vec<_>>()
            .concat();
        let feed = format!("<rss version=\"2.0\"><channel><title>Test feed</title>{items}</channel></rss>");
        self.says("200 OK", "content-type: application/rss+xml\r\n", &feed);
    }

    /// The requests so far, as they came.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}")
}
