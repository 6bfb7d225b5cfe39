//! `klaroen map`, as somebody at a prompt uses it.

use std::{
    io::Write,
    process::{Command, Output, Stdio},
};

use serde_json::Value;

use crate::support::TestApp;

const FEED: &str = "<rss version='2.0'><channel><title>News</title><item><title>One</title>\
    <link>https://example.com/1</link><pubDate>Mon, 23 Nov 2026 09:00:00 +0100</pubDate></item></channel></rss>";

fn klaroen() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_klaroen"));
    command.arg("map").env_remove("KLAROEN_ALLOW_HOSTS");
    command
}

fn map(arguments: &[&str], input: &str) -> Output {
    let mut command = klaroen();
    let child = command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = child.expect("the binary starts");
    // It may refuse its arguments before it reads anything.
    let _ = child.stdin.take().expect("an input").write_all(input.as_bytes());
    child.wait_with_output().expect("the binary ends")
}

fn items(output: &Output) -> Vec<Value> {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout.clone()).expect("text");
    text.lines().map(|line| serde_json::from_str(line).expect("a JSON object a line")).collect()
}

#[test]
fn each_item_is_a_line_of_json_with_every_field() {
    let found = items(&map(&["-"], FEED));
    let expected = serde_json::json!({
        "guid": null, "title": "One", "link": "https://example.com/1", "text": null, "image": null,
        "published": "2026-11-23T08:00:00Z", "author": null, "categories": [],
    });
    assert_eq!(found, [expected]);
}

#[test]
fn paths_and_fields_can_be_chosen() {
    let jobs =
        "<jobs><job id='7'><position>Mechanic</position></job><job id='8'><position>Planner</position></job></jobs>";
    let chosen = ["-", "--item-path", "/jobs/job", "--field", "title=position", "--field", "guid=@id"];
    let found = items(&map(&chosen, jobs));
    let titles: Vec<_> = found.iter().map(|item| (item["guid"].as_str(), item["title"].as_str())).collect();
    assert_eq!(titles, [(Some("7"), Some("Mechanic")), (Some("8"), Some("Planner"))]);
}

#[test]
fn what_cannot_be_read_ends_in_one_clear_error_and_2() {
    let cases: [(&[&str], &str, &str); 9] = [
        (&["-", "--field", "title=a", "--field", "title=b"], FEED, "--field title is given twice"),
        (&["-"], "\u{7f}ELF\0\0\u{1}\u{2}\0\0<x\u{3}\0y>", "it looks like a picture, an archive or another file"),
        (&["-"], "<rss><channel><item><title>Half an it", "ends in the middle of an item (line 1)"),
        (&["no/such/file.xml"], "", "no/such/file.xml cannot be read"),
        (&["-"], "<html><head><title>Home</title></head><body>Hello</body></html>", "web page"),
        (&["-"], "", "empty"),
        (&["-", "--definition", "nonsense"], FEED, "nonsense"),
        (&["-", "--field", "title=ti[tle"], FEED, "column"),
        (&["http://127.0.0.1:9/feed.xml"], "", "not on the public internet"),
    ];
    for (arguments, input, words) in cases {
        let output = map(arguments, input);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {told}");
        assert!(told.contains(words), "{arguments:?} should say {words:?}: {told}");
        assert_eq!(told.trim().lines().count(), 1, "{told}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn what_was_left_out_is_told_without_being_asked() {
    let output = map(&["-"], &FEED.replace("</channel></rss>", "<item><title>Half an it"));
    assert_eq!(items(&output).len(), 1);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("1 repair") && told.contains("line 1: the document ends inside an item"), "{told}");
    assert!(map(&["-"], FEED).stderr.is_empty());
}

#[tokio::test]
async fn an_address_is_read_like_a_file() {
    let app = TestApp::start().await;
    let address = format!("{}/feeds/nieuws.xml", app.world.base_url());
    let host = app.world.base_url().trim_start_matches("http://").to_owned();
    let run = move || klaroen().args([&address, "--allow-hosts", &host]).output().expect("the binary runs");
    let output = tokio::task::spawn_blocking(run).await.expect("an output");
    let found = items(&output);
    assert!(found.len() >= 5 && found.iter().all(|item| item["title"].is_string() && item["link"].is_string()));
}
