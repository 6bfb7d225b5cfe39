//! What a share looks like at the practice LinkedIn: hashtags as elements, and the picture itself instead of a card.

use chrono::Duration;
use klaroen_core::{db::Actor, id::PostId, share::SPACING, sql};
use klaroen_sandbox::{Content, Element, Endpoint, Fault};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{TestApp, share_request, share_request_on};

const UNDO: Duration = Duration::seconds(10);

#[tokio::test]
async fn hashtags_go_out_as_elements_and_nothing_else_does() {
    let app = TestApp::start().await;
    let employee = app.sharer(1).await;
    let text = "Wij zijn #trots_op (ons) #team2026, niet a#b of #2026";
    employee.share_saying(app.live_post().await, text).await;
    app.pass(UNDO).await;
    let posted = &app.world.posts()[0].text;
    assert_eq!((posted.plain(), posted.cut_at), (text.to_owned(), None));
    let tag = |element: &Element| match element {
        Element::Hashtag(word) => Some(word.clone()),
        _ => None,
    };
    assert_eq!(posted.elements.iter().filter_map(tag).collect::<Vec<_>>(), ["trots_op", "team2026"]);
}

#[tokio::test]
async fn the_own_page_is_mentioned_where_its_name_stands_and_counts_as_it_is_sent() {
    let app = TestApp::start().await;
    let (admin, employee) = (app.admin().await, app.sharer(1).await);
    let rules = |page: Value| json!({ "disclosure": null, "utm_template": "", "link_hosts": [], "page": page });
    for (field, wrong) in
        [("/page/name", json!({ "name": "", "urn": "1" })), ("/page/urn", json!({ "name": "A", "urn": "x" }))]
    {
        let answer = admin.put("/api/organisation", &rules(wrong)).await.expect(422).json();
        assert_eq!(answer["errors"][0]["pointer"], field);
    }
    let page = json!({ "name": "Voorbeeld Energie", "urn": "2414183" });
    let saved = admin.put("/api/organisation", &rules(page)).await.expect(200).json();
    let urn = "urn:li:organization:2414183";
    assert_eq!(saved["page"]["urn"], urn);
    let text = "Ik werk bij @Voorbeeld Energie, niet bij @voorbeeld energie. #trots";
    employee.share_saying(app.live_post().await, text).await;
    app.pass(UNDO).await;
    let posted = &app.world.posts()[0];
    assert_eq!(posted.text.plain(), text.replacen('@', "", 1), "a mention is shown without its sign");
    let mention = Element::Mention { name: "Voorbeeld Energie".into(), urn: urn.into() };
    assert_eq!(posted.text.elements.iter().filter(|element| **element == mention).count(), 1);
    // `@[](urn)` stands around the name, where a plain `@` would have its backslash.
    let mention = "@Voorbeeld Energie ";
    let room = 3000 - mention.len() - "[]()".len() - urn.len();
    let too_long = format!("{mention}{}", "x".repeat(room + 1));
    let request = |text: &str, post| share_request(post, text, Uuid::now_v7());
    let answer = employee.post("/api/shares", &request(&too_long, app.live_post().await)).await;
    assert_eq!(answer.expect(422).code(), "text.too_long");
    let fits = &too_long[..too_long.len() - 1];
    employee.post("/api/shares", &request(fits, app.live_post().await)).await.expect(201);
    app.pass(SPACING).await;
    assert_eq!(app.world.posts()[1].commentary.chars().count(), 3000, "counted as it is sent");
}

#[tokio::test]
async fn a_person_may_let_the_picture_itself_go_out_with_the_link_below_the_text() {
    let app = TestApp::start().await;
    let (employee, post) = (app.sharer(1).await, app.live_post().await);
    let mut request = share_request(post, "Join us (really)! #jobs", Uuid::now_v7());
    request["as_picture"] = json!(true);
    let share = employee.post("/api/shares", &request).await.expect(201).json();
    app.pass(UNDO).await;
    let share = employee.look_at(&share).await;
    assert_eq!((&share["state"], &share["as_picture"]), (&json!("published"), &json!(true)));
    let posted = &app.world.posts()[0];
    let Some(Content::Images(images)) = &posted.content else { panic!("a picture: {:?}", posted.content) };
    assert!(images[0].0.starts_with("urn:li:image:"));
    assert_eq!(images[0].1.as_deref(), Some("We are hiring"), "read aloud instead of the picture");
    let plain = posted.text.plain();
    let (words, link) = plain.rsplit_once("\n\n").unwrap();
    assert_eq!(words, "Join us (really)! #jobs");
    assert!(link.starts_with(&format!("{}/s/", app.origin)), "{link}");
    app.nobody().click(link, "").await.expect(302);
    assert_eq!(employee.look_at(&share).await["clicks"], 1);
}

#[tokio::test]
async fn a_picture_needs_a_picture_and_room_for_its_link_and_is_for_linkedin_only() {
    let app = TestApp::start().await;
    let (employee, post) = (app.sharer(1).await, app.live_post().await);
    let link = format!("\n\n{}/s/12345678", app.origin).len();
    let ask = async |post, network: &str, text: &str| {
        let mut request = share_request_on(network, post, text, Uuid::now_v7());
        request["as_picture"] = json!(true);
        employee.post("/api/shares", &request).await
    };
    assert_eq!(ask(post, "mastodon", "x").await.expect(422).code(), "picture.elsewhere");
    assert_eq!(ask(post, "linkedin", &"x".repeat(3001 - link)).await.expect(422).code(), "text.too_long");
    ask(post, "linkedin", &"x".repeat(3000 - link)).await.expect(201);
    let bare = app.live_post().await;
    let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
    sql!(tx, execute, "update posts set media_id = null where id = $1", bare).unwrap();
    tx.commit().await.unwrap();
    assert_eq!(ask(bare, "linkedin", "x").await.expect(422).code(), "post.no_picture");
    app.pass(UNDO).await;
    assert_eq!(app.world.posts().len(), 1);
    assert_eq!(app.world.posts()[0].commentary.chars().count(), 3000, "counted as it is sent");
}

#[tokio::test]
async fn an_address_stays_whole_whatever_the_page_is_called() {
    let app = TestApp::start().await;
    let (admin, employee) = (app.admin().await, app.sharer(1).await);
    admin.put("/api/organisation", &of_page("Acme")).await.expect(200);
    let text = "See https://medium.com/@Acme/x and youtube.com/@Acme";
    employee.share_saying(app.live_post().await, text).await;
    let post = straight_to(&app, "https://www.youtube.com/@Acme").await;
    let mut request = share_request(post, "Look", Uuid::now_v7());
    request["as_picture"] = json!(true);
    employee.post("/api/shares", &request).await.expect(201);
    app.pass(UNDO).await;
    app.pass(SPACING).await;
    let mut sent: Vec<_> = app.world.posts().iter().map(|post| post.text.plain()).collect();
    sent.sort();
    assert_eq!(sent, ["Look\n\nhttps://www.youtube.com/@Acme", text]);
}

#[tokio::test]
async fn the_link_of_a_video_counts_as_it_is_sent() {
    let app = TestApp::start().await;
    let employee = app.sharer(1).await;
    let post = straight_to(&app, "https://youtu.be/a_bcdefgh_k").await;
    let link = r"https://www.youtube.com/watch?v=a\_bcdefgh\_k";
    let room = 3000 - "\n\n".len() - link.len();
    let ask = async |text: &str| {
        let mut request = share_request(post, text, Uuid::now_v7());
        request["as_picture"] = json!(true);
        employee.post("/api/shares", &request).await
    };
    assert_eq!(ask(&"x".repeat(room + 1)).await.expect(422).code(), "text.too_long");
    ask(&"x".repeat(room)).await.expect(201);
    app.pass(UNDO).await;
    let sent = app.world.posts()[0].commentary.clone();
    assert!(sent.ends_with(link) && sent.chars().count() == 3000, "{sent}");
}

#[tokio::test]
async fn a_share_mentions_the_page_of_the_day_on_which_it_was_made() {
    let app = TestApp::start().await;
    let (admin, employee) = (app.admin().await, app.sharer(1).await);
    let text = "At @Acme and @Other";
    employee.share_saying(app.live_post().await, text).await;
    admin.put("/api/organisation", &of_page("Acme")).await.expect(200);
    app.pass(UNDO).await;
    assert_eq!(app.world.posts()[0].text.plain(), text, "there was no page yet");
    app.pass(SPACING).await;
    employee.patch("/api/me", &json!({ "may_probe": true })).await.expect(200);
    let share = employee.share_saying(app.live_post().await, "Still at @Acme and @Other").await;
    admin.put("/api/organisation", &of_page("Other")).await.expect(200);
    app.world.fault(Endpoint::Posts, Some(1), 1, Fault::DropAfter);
    app.pass(UNDO).await;
    assert_eq!(app.world.posts()[1].text.plain(), "Still at Acme and @Other");
    admin.put("/api/organisation", &of_page("Third")).await.expect(200);
    app.pass(Duration::minutes(2)).await;
    let share = employee.look_at(&share).await;
    assert_eq!(
        (&share["state"], &share["confirmed_by"]),
        (&json!("published"), &json!("probe")),
        "the very same bytes"
    );
}

fn of_page(name: &str) -> Value {
    let page = json!({ "name": name, "urn": "2414183" });
    json!({ "disclosure": null, "utm_template": "", "link_hosts": [], "page": page })
}

/// A post that leads there without counting.
async fn straight_to(app: &TestApp, link: &str) -> PostId {
    let post = app.live_post().await;
    let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
    sql!(tx, execute, "update posts set counting_link = $1, link = $2 where id = $3", false, link, post).unwrap();
    tx.commit().await.unwrap();
    post
}
