//! The guard from outside: hostile addresses, redirects and names, against real sockets on loopback.

mod answers;

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::{Duration, Instant},
};

use clap::Parser;
use reqwest::dns::Resolve;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use super::*;

#[derive(Parser)]
struct Cli {
    #[command(flatten)]
    config: Config,
}

/// Settings that allow these hosts and no others.
fn config(allowed: &[String]) -> Config {
    let hosts = allowed.join(",");
    let mut args = vec!["klaroen"];
    if !hosts.is_empty() {
        args.extend(["--allow-hosts", &hosts]);
    }
    Cli::parse_from(args).config
}

/// A client for which every name resolves to `addresses`, and how often it was asked.
fn with_names(allowed: &[String], addresses: Vec<std::net::SocketAddr>) -> (Http, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    let resolver = Guarded::with(move |_| {
        count.fetch_add(1, SeqCst);
        let addresses = addresses.clone();
        Box::pin(async move { Ok(addresses) })
    });
    (Http::with_resolver(&config(allowed), resolver).unwrap(), asked)
}

/// A server that counts connections and answers each with `answer`, byte for byte; where it is as "127.0.0.1:port".
async fn serve<F>(answer: impl Fn(String, TcpStream) -> F + Send + Sync + 'static) -> (String, Arc<AtomicUsize>)
where
    F: Future<Output = ()> + Send,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = listener.local_addr().unwrap().to_string();
    let connections = Arc::new(AtomicUsize::new(0));
    let (count, answer) = (connections.clone(), Arc::new(answer));
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            count.fetch_add(1, SeqCst);
            let answer = answer.clone();
            tokio::spawn(async move {
                let mut request = vec![0; 4096];
                let length = stream.read(&mut request).await.unwrap_or(0);
                let request = String::from_utf8_lossy(&request[..length]).into_owned();
                answer(request, stream).await;
            });
        }
    });
    (host, connections)
}

/// A server with one answer.
async fn serve_text(answer: impl Into<Vec<u8>>) -> (String, Arc<AtomicUsize>) {
    let answer = Arc::new(answer.into());
    serve(move |_, mut stream| {
        let answer = answer.clone();
        async move {
            let _ = stream.write_all(&answer).await;
        }
    })
    .await
}

fn redirect(to: &str) -> String {
    format!("HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
}

async fn get(http: &Http, address: &str) -> Result<Response, Failure> {
    let url = Url::parse(address).map_err(|_| Failure::Address)?;
    http.fetch(&Request::get(url, "*/*", FEED_CAP)).await
}

#[tokio::test]
async fn f1_no_spelling_of_a_forbidden_address_is_fetched() {
    let (http, asked) = with_names(&[], vec!["8.8.8.8:80".parse().unwrap()]);
    let forbidden = [
        "http://127.0.0.1/",
        "http://127.0.0.1:80/",
        "https://127.0.0.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://017700000001/",
        "http://127.1/",
        "http://127.0.1/",
        "http://0/",
        "http://0.0.0.0/",
        "http://[::]/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[0:0:0:0:0:ffff:127.0.0.1]/",
        "http://１２７.０.０.１/",
        "http://①②⑦.⓪.⓪.①/",
        "http://127。0。0。1/",
        "http://10.0.0.1/",
        "http://172.16.0.1/",
        "http://172.31.255.255/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[fd00:ec2::254]/",
        "http://[fe80::1]/",
        "http://[fec0::1]/",
        "http://[ff02::1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[2001::1]/",
        "http://[2001:db8::1]/",
        "http://[3fff::1]/",
        "http://100.64.0.1/",
        "http://192.0.0.1/",
        "http://192.0.2.1/",
        "http://198.18.0.1/",
        "http://198.51.100.1/",
        "http://203.0.113.1/",
        "http://192.88.99.1/",
        "http://224.0.0.1/",
        "http://240.0.0.1/",
        "http://255.255.255.255/",
        "http://8.8.8.8:22/",
        "http://public.example:6379/",
        "https://public.example:8443/",
    ];
    for address in forbidden {
        assert_eq!(get(&http, address).await.unwrap_err(), Failure::Forbidden, "{address}");
    }
    let no_address = [
        "file:///etc/passwd",
        "ftp://public.example/",
        "gopher://127.0.0.1:6379/_INFO",
        "data:text/xml,<rss/>",
        "javascript:alert(1)",
        "http://user@public.example/",
        "http://user:secret@public.example/",
        "http://public.example@127.0.0.1/",
        "http://[::1%25lo]/",
        "http://256.256.256.256/",
        "http://1.2.3.4.5.6/",
        "//127.0.0.1/",
        "",
    ];
    for address in no_address {
        assert_eq!(get(&http, address).await.unwrap_err(), Failure::Address, "{address}");
    }
    assert_eq!(asked.load(SeqCst), 0, "nothing was even looked up");
    for address in
        ["http://8.8.8.8/", "https://[2606:4700::1111]/", "https://public.example/", "http://public.example:443/"]
    {
        assert_eq!(http.check(&Url::parse(address).unwrap()), Ok(()), "{address}");
    }
}

#[tokio::test]
async fn f1_a_name_is_refused_if_any_of_its_addresses_is_inside() {
    let (inside, connections) = serve_text("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi").await;
    let inside: std::net::SocketAddr = inside.parse().unwrap();
    let public = "8.8.8.8:80".parse().unwrap();
    for addresses in [vec![inside], vec![public, inside], vec![inside, public]] {
        let (http, _) = with_names(&[], addresses);
        assert_eq!(get(&http, "http://name.example/").await.unwrap_err(), Failure::Forbidden);
    }
    assert_eq!(connections.load(SeqCst), 0);
}

#[tokio::test]
async fn f1_a_name_that_changes_its_answer_gains_nothing() {
    let (inside, connections) = serve_text("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi").await;
    let inside: std::net::SocketAddr = inside.parse().unwrap();
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    let flipping = Guarded::with(move |_| {
        let first = count.fetch_add(1, SeqCst) == 0;
        let answer = if first { "8.8.8.8:80".parse().unwrap() } else { inside };
        Box::pin(async move { Ok(vec![answer]) })
    });
    // What the connection gets is the very answer that was checked ...
    let checked: Vec<_> = flipping.resolve("rebind.example".parse().unwrap()).await.ok().unwrap().collect();
    assert_eq!(checked, ["8.8.8.8:80".parse().unwrap()]);
    // ... and the next question is checked anew.
    let http = Http::with_resolver(&config(&[]), flipping).unwrap();
    assert_eq!(get(&http, "http://rebind.example/").await.unwrap_err(), Failure::Forbidden);
    assert_eq!((asked.load(SeqCst), connections.load(SeqCst)), (2, 0), "one question, no connection");
}

#[tokio::test]
async fn f1_redirects_are_checked_like_the_first_address() {
    let (inside, connections) = serve_text("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi").await;
    for (to, failure) in [
        (format!("http://{inside}/"), Failure::Forbidden),
        ("http://127.0.0.1/".to_owned(), Failure::Forbidden),
        ("http://[::1]/".to_owned(), Failure::Forbidden),
        ("//2130706433/".to_owned(), Failure::Forbidden),
        ("http://inside.example/".to_owned(), Failure::Forbidden),
        ("file:///etc/passwd".to_owned(), Failure::Address),
        ("http://user:secret@public.example/".to_owned(), Failure::Address),
        ("http://[broken".to_owned(), Failure::Redirects),
    ] {
        let (host, _) = serve_text(redirect(&to)).await;
        let (http, _) = with_names(std::slice::from_ref(&host), vec![inside.parse().unwrap()]);
        assert_eq!(get(&http, &format!("http://{host}/")).await.unwrap_err(), failure, "{to}");
    }
    assert_eq!(connections.load(SeqCst), 0);
}

#[tokio::test]
async fn five_redirects_are_followed_and_a_sixth_is_not() {
    let (host, _) = serve(|request, mut stream| async move {
        let left: u32 = request.split(['/', ' ']).nth(2).and_then(|n| n.parse().ok()).unwrap_or(0);
        let answer = match left {
            0 => "HTTP/1.1 200 OK\r\ncontent-length: 3\r\nconnection: close\r\n\r\nend".to_owned(),
            _ => redirect(&format!("/{}", left - 1)).replace("302 Found", "301 Moved Permanently"),
        };
        stream.write_all(answer.as_bytes()).await.unwrap();
    })
    .await;
    let (http, _) = with_names(std::slice::from_ref(&host), vec![]);
    let answer = get(&http, &format!("http://{host}/5")).await.unwrap();
    assert_eq!((answer.bytes.as_slice(), answer.url.path()), (&b"end"[..], "/0"));
    assert_eq!(answer.moved, Some(answer.url));
    assert_eq!(get(&http, &format!("http://{host}/0")).await.unwrap().moved, None);
    assert_eq!(get(&http, &format!("http://{host}/6")).await.unwrap_err(), Failure::Redirects);
}

#[tokio::test]
async fn f2_an_open_and_a_closed_port_inside_look_the_same() {
    let (open, connections) = serve_text("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi").await;
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let mut seen = Vec::new();
    for inside in [open.parse().unwrap(), closed] {
        let (http, _) = with_names(&[], vec![inside]);
        for address in ["http://name.example/".to_owned(), format!("http://{inside}/"), format!("https://{inside}/")] {
            let started = Instant::now();
            let failure = get(&http, &address).await.unwrap_err();
            seen.push((failure.to_string(), started.elapsed().as_secs()));
        }
    }
    seen.dedup();
    assert_eq!(seen.len(), 1, "one message, at once: {seen:?}");
    assert_eq!(connections.load(SeqCst), 0);
}

#[test]
fn the_charset_is_read_from_the_content_type() {
    let charset = |content_type: &str| {
        let response = Response {
            status: StatusCode::OK,
            url: "https://example.com/".parse().unwrap(),
            moved: None,
            bytes: vec![],
            content_type: Some(content_type.to_owned()),
            link: None,
            etag: None,
            last_modified: None,
            retry_after: None,
        };
        response.charset().map(ToOwned::to_owned)
    };
    assert_eq!(charset("text/xml; charset=ISO-8859-1").as_deref(), Some("ISO-8859-1"));
    assert_eq!(charset("text/xml;Charset=\"utf-8\"; q=1").as_deref(), Some("utf-8"));
    assert_eq!(charset("application/rss+xml"), None);
}
