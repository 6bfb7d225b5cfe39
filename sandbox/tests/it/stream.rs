//! The pages that people look at.

use chrono::Duration;
use klaroen_sandbox::{Content, Seed};

use crate::support::Site;

#[tokio::test]
async fn the_stream_shows_exactly_what_was_sent() {
    let site = Site::start().await;
    assert!(site.get("/").await.text().await.unwrap().contains("No posts yet"));
    let member = site.member(7);
    member.post(&member.article(r"Look: https://example.com/a\_b #energie <script>", None)).await;
    let page = site.get("/").await.text().await.unwrap();
    assert!(page.contains("Practice LinkedIn (sandbox)"));
    assert!(
        page.contains("Member 007")
            && page.contains("A &amp; B")
            && page.contains(r#"href="https://example.com/news""#)
    );
    assert!(page.contains(r#"<span class="hashtag">#energie</span>"#));
    assert!(page.contains("Cut here.") && !page.contains("<script>"));
    let urn = &site.running.posts()[0].urn;
    assert_eq!(site.get(&format!("/feed/update/{urn}")).await.status(), 200);
    assert_eq!(site.get("/feed/update/urn:li:share:1").await.status(), 404);
}

#[tokio::test]
async fn a_member_has_a_page_of_their_own() {
    let site = Site::start().await;
    let at = chrono::DateTime::from_timestamp(1_780_000_000, 0).unwrap();
    for (member, text, age) in [(1, "older", 2), (1, "newer", 1), (2, "elsewhere", 0)] {
        let content = Content::Article {
            source: "https://example.com".into(),
            title: text.into(),
            description: None,
            thumbnail: None,
        };
        let at = at - Duration::days(age);
        site.running.seed_post(Seed { member, commentary: text.into(), content: Some(content), at });
    }
    let page = site.get("/in/1").await.text().await.unwrap();
    assert!(page.find("newer").unwrap() < page.find("older").unwrap());
    assert!(!page.contains("elsewhere"));
    assert_eq!(site.get("/in/61").await.status(), 404);
    assert_eq!(site.get("/in/nobody").await.status(), 404);
    assert_eq!(site.get("/nothing").await.status(), 404);
}
