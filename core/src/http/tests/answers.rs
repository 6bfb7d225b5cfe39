//! Hostile answers, validators, and turns.

use std::io::Write;

use super::*;

/// Largest resident memory of this process so far, in MiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").trim().parse::<u64>().unwrap() / 1024
}

#[tokio::test]
async fn f3_a_bomb_and_an_endless_body_stop_at_the_cap() {
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..256 {
        bomb.write_all(&vec![0; 1 << 20]).unwrap();
    }
    let bomb = bomb.finish().unwrap();
    let mut answer =
        format!("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n", bomb.len()).into_bytes();
    answer.extend(bomb);
    let (packed, _) = serve_text(answer).await;
    let (endless, _) = serve(|_, mut stream| async move {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
        let spaces = vec![b' '; 1 << 16];
        while stream.write_all(&spaces).await.is_ok() {}
    })
    .await;
    let (http, _) = with_names(&[packed.clone(), endless.clone()], vec![]);
    let before = peak();
    for host in [packed, endless] {
        let started = Instant::now();
        assert_eq!(get(&http, &format!("http://{host}/")).await.unwrap_err(), Failure::TooLarge(FEED_CAP));
        assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
    }
    assert!(peak() - before <= 64, "{} MiB", peak() - before);
}

#[tokio::test]
async fn f3_a_server_that_dribbles_is_given_up_while_others_are_served() {
    let (drip, _) = serve(|_, mut stream| async move {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
        while stream.write_all(b"<").await.is_ok() {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    })
    .await;
    let (silent, _) = serve(|_, stream| async move {
        tokio::time::sleep(Duration::from_mins(1)).await;
        drop(stream);
    })
    .await;
    let (good, _) = serve_text("HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nhi").await;
    // Two names of one machine are two hosts, each with its own turns.
    let good = good.replace("127.0.0.1", "localhost");
    let (http, _) = with_names(&[drip.clone(), silent.clone(), good.clone()], vec![]);
    let slow = [drip.clone(), silent, drip].map(|host| {
        let http = http.clone();
        tokio::spawn(async move {
            let started = Instant::now();
            (get(&http, &format!("http://{host}/")).await.unwrap_err(), started.elapsed())
        })
    });
    tokio::time::sleep(Duration::from_millis(100)).await;
    let started = Instant::now();
    assert_eq!(get(&http, &format!("http://{good}/")).await.unwrap().bytes, b"hi");
    assert!(started.elapsed() < Duration::from_secs(1), "a slow host holds up only itself");
    for task in slow {
        let (failure, elapsed) = task.await.unwrap();
        assert_eq!(failure, Failure::TooSlow);
        assert!(elapsed <= Duration::from_secs(21), "{elapsed:?}");
    }
}

#[tokio::test]
async fn f3_headers_without_end_are_refused() {
    let many = "x: 1\r\n".repeat(10_000);
    let long = format!("x: {}\r\n", "y".repeat(1 << 20));
    for headers in [many, long] {
        let (host, _) = serve_text(format!("HTTP/1.1 200 OK\r\n{headers}content-length: 2\r\n\r\nhi")).await;
        let (http, _) = with_names(std::slice::from_ref(&host), vec![]);
        let started = Instant::now();
        assert_eq!(get(&http, &format!("http://{host}/")).await.unwrap_err(), Failure::Broken);
        assert!(started.elapsed() < Duration::from_secs(5));
    }
}

#[tokio::test]
async fn validators_go_out_and_come_back_byte_for_byte() {
    let (host, _) = serve(|request, mut stream| async move {
        let known =
            request.contains("if-none-match: W/\"a b\"\r\n") && request.contains("if-modified-since: yesterday\r\n");
        let status = if known { "304 Not Modified" } else { "200 OK" };
        let answer = format!(
            "HTTP/1.1 {status}\r\netag: W/\"a b\"\r\nlast-modified: yesterday\r\ncontent-type: text/xml; charset=x\r\n\
             connection: close\r\n\r\n"
        );
        stream.write_all(answer.as_bytes()).await.unwrap();
    })
    .await;
    let (http, _) = with_names(std::slice::from_ref(&host), vec![]);
    let first = get(&http, &format!("http://{host}/")).await.unwrap();
    assert_eq!(first.content_type.as_deref(), Some("text/xml; charset=x"));
    let again = Request { etag: first.etag, last_modified: first.last_modified, ..Request::get(first.url, "*/*", 9) };
    assert_eq!(http.fetch(&again).await.unwrap().status, StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn at_most_two_requests_run_at_one_host_and_eight_in_all() {
    let turns = Arc::new(Turns::default());
    let take = |host: usize| {
        let turns = turns.clone();
        async move { turns.take(&Url::parse(&format!("http://host-{host}.example/")).unwrap()).await }
    };
    let soon = Duration::from_millis(50);
    let first = take(0).await;
    let _second = take(0).await;
    assert!(timeout(soon, take(0)).await.is_err(), "a third at one host waits");
    drop(first);
    let mut held = vec![timeout(soon, take(0)).await.expect("and goes when one is done")];
    for host in 1..=6 {
        held.push(timeout(soon, take(host)).await.unwrap());
    }
    assert!(timeout(soon, take(7)).await.is_err(), "a ninth waits");
    held.pop();
    assert!(timeout(soon, take(7)).await.is_ok());
}
