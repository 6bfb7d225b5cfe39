//! The mail catcher, spoken to as a mail client speaks.

use klaroen_sandbox::{Endpoint, Fault};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufStream};
use tokio::net::TcpStream;

use crate::support::Site;

const MAIL: &str = "From: Klaroen <no-reply@klaroen.example>\r\nTo: Employee 012 <employee.012@example.com>\r\n\
    Subject: Welcome & more\r\n\r\n.A dot first\r\nTrailing space \r\nhttps://klaroen.example/i/abc?x=1.\r\n";

struct Smtp(BufStream<TcpStream>);

impl Smtp {
    async fn connect(site: &Site) -> Self {
        let mut smtp = Self(BufStream::new(TcpStream::connect(site.running.smtp_address()).await.unwrap()));
        assert!(smtp.answer().await.starts_with("220 "));
        assert!(smtp.say("EHLO test").await.starts_with("250 SIZE"));
        smtp
    }

    /// The last line of an answer; empty when the connection has ended.
    async fn answer(&mut self) -> String {
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line).await.unwrap_or_default();
            if line.as_bytes().get(3) != Some(&b'-') {
                return line.trim_end().to_owned();
            }
        }
    }

    async fn say(&mut self, line: &str) -> String {
        self.0.write_all(format!("{line}\r\n").as_bytes()).await.unwrap();
        self.0.flush().await.unwrap();
        self.answer().await
    }

    async fn send(&mut self, to: &[&str], message: &str) -> String {
        assert_eq!(self.say("MAIL FROM:<no-reply@klaroen.example> SIZE=1").await, "250 OK");
        for address in to {
            assert_eq!(self.say(&format!("RCPT TO:<{address}>")).await, "250 OK");
        }
        assert!(self.say("DATA").await.starts_with("354"));
        let stuffed = message
            .split_inclusive('\n')
            .map(|line| if line.starts_with('.') { format!(".{line}") } else { line.into() });
        self.say(&format!("{}.", stuffed.collect::<String>())).await
    }
}

#[tokio::test]
async fn a_mail_is_kept_byte_for_byte_and_shown() {
    let site = Site::start().await;
    let mut smtp = Smtp::connect(&site).await;
    assert_eq!(smtp.send(&["employee.012@example.com", "b@example.com"], MAIL).await, "250 Kept");
    assert_eq!(smtp.send(&["c@example.com"], MAIL).await, "250 Kept");
    assert!(smtp.say("QUIT").await.starts_with("221"));

    let mails = site.running.mails();
    assert_eq!(String::from_utf8(mails[0].raw.clone()).unwrap(), MAIL);
    assert_eq!((mails[0].from.as_str(), mails[0].to.len()), ("no-reply@klaroen.example", 2));
    assert_eq!((mails[1].id, mails[1].to.as_slice()), (2, ["c@example.com".to_owned()].as_slice()));
    assert_eq!(mails[0].read().links, ["https://klaroen.example/i/abc?x=1"]);

    assert!(site.get("/mail").await.text().await.unwrap().contains("Welcome &amp; more"));
    let page = site.get("/mail/1").await.text().await.unwrap();
    assert!(page.contains(r#"href="https://klaroen.example/i/abc?x=1"#) && page.contains("Trailing space"), "{page}");
    assert_eq!(site.get("/mail/1/raw").await.text().await.unwrap(), MAIL);
    assert_eq!(site.get("/mail/3").await.status(), 404);
    let ledger: serde_json::Value = site.get("/switches/mails").await.json().await.unwrap();
    assert_eq!((&ledger[1]["subject"], &ledger[1]["to"][0]), (&"Welcome & more".into(), &"c@example.com".into()));
}

#[tokio::test]
async fn the_catcher_has_limits_and_an_order() {
    let site = Site::start().await;
    let mut smtp = Smtp::connect(&site).await;
    assert!(smtp.say("RCPT TO:<a@example.com>").await.starts_with("503"));
    assert!(smtp.say("DATA").await.starts_with("503"));
    assert!(smtp.say("MAIL FROM:nobody").await.starts_with("501"));
    assert!(smtp.say("STARTTLS").await.starts_with("502"));
    let huge = format!("Subject: x\r\n\r\n{}", format!("{}\r\n", "a".repeat(998)).repeat(10_500));
    assert!(smtp.send(&["a@example.com"], &huge).await.starts_with("552"));
    assert!(smtp.say("MAIL FROM:<>").await.starts_with("250"));
    for _ in 0..100 {
        assert_eq!(smtp.say("RCPT TO:<a@example.com>").await, "250 OK");
    }
    assert!(smtp.say("RCPT TO:<a@example.com>").await.starts_with("452"));
    assert!(smtp.say(&"x".repeat(20_000)).await.starts_with("500"));
    assert!(site.running.mails().is_empty());
}

#[tokio::test]
async fn mail_meets_faults_too() {
    let site = Site::start().await;
    for (fault, answer, kept) in [
        (Fault::Answer { status: 451, body: "Later".into() }, "451 Later", 0),
        (Fault::DropBefore, "", 0),
        (Fault::DropAfter, "", 1),
        (Fault::AnswerAfter { status: 554, body: "No".into() }, "554 No", 2),
    ] {
        site.running.fault(Endpoint::Mail, None, 1, fault);
        assert_eq!(Smtp::connect(&site).await.send(&["a@example.com"], MAIL).await, answer);
        assert_eq!(site.running.mails().len(), kept, "{answer}");
    }
}
