//! The practice hub, seen by a subscriber with a server of its own.

use chrono::Duration;
use klaroen_sandbox::questions::{HubBody, Premieres, SignatureMethod};
use klaroen_sandbox::{Endpoint, Fault, When};
use reqwest::header::RETRY_AFTER;
use serde_json::{Value, json};

use crate::subscriber::{Subscriber, is_signed};
use crate::support::Site;

const VIDEOS: &str = "/xml/feeds/videos.xml?channel_id=UCVoorbeeldEnergieNL0001";

#[tokio::test]
async fn a_subscriber_is_asked_long_after_the_202_and_keeps_its_query() {
    let site = Site::start().await;
    let subscriber = Subscriber::start().await;
    site.running.rules(|rules| rules.hub_verification_after = Duration::hours(1));
    assert_eq!(subscriber.ask(&site, VIDEOS, &[("hub.lease_seconds", "999999999")]).await, 202);
    site.running.hub_works().await;
    assert!(subscriber.queries().is_empty());
    site.advance(Duration::hours(1));
    site.running.hub_works().await;
    let query = subscriber.queries().pop().unwrap();
    assert!(query.starts_with("own=1&hub.topic=http%3A%2F%2F127.0.0.1"), "{query}");
    assert!(query.contains("&hub.mode=subscribe&hub.lease_seconds=432000"), "{query}");
    let challenge = query.split("hub.challenge=").nth(1).unwrap().split('&').next().unwrap();
    assert!(challenge.chars().all(|c| c.is_ascii_digit()));
    site.running.publish("videos").unwrap();
    site.running.hub_works().await;
    assert_eq!(subscriber.deliveries().len(), 1);
    let calls: Value = site.get("/switches/hub").await.json().await.unwrap();
    assert_eq!(
        (&calls[0]["kind"], &calls[1]["kind"], &calls[1]["status"]),
        (&json!("verification"), &json!("delivery"), &json!(204))
    );
    let page = site.get("/hub").await.text().await.unwrap();
    assert!(page.contains("own=1") && page.contains("verification"));
}

#[tokio::test]
async fn a_sync_subscription_is_204_or_409() {
    let site = Site::start().await;
    let subscriber = Subscriber::start().await;
    assert_eq!(subscriber.ask(&site, VIDEOS, &[("hub.verify", "sync")]).await, 204);
    subscriber.change(|heard| heard.confirms = false);
    assert_eq!(subscriber.ask(&site, "/feeds/nieuws.xml", &[("hub.verify", "sync")]).await, 409);
    assert_eq!(subscriber.ask(&site, "/feeds/nothing.xml", &[("hub.verify", "sync")]).await, 409);
    assert!(subscriber.queries().pop().unwrap().contains("hub.mode=denied"), "what is not here is denied");
    for wrong in
        [("hub.mode", "listen"), ("hub.callback", "http://192.0.2.1/"), ("hub.topic", "x"), ("hub.lease_seconds", "x")]
    {
        assert_eq!(subscriber.ask(&site, VIDEOS, &[wrong]).await, 400, "{wrong:?}");
    }
    assert_eq!(subscriber.ask(&site, VIDEOS, &[("hub.secret", &"x".repeat(200))]).await, 400);
    subscriber.change(|heard| heard.confirms = true);
    assert_eq!(subscriber.ask(&site, VIDEOS, &[("hub.mode", "unsubscribe"), ("hub.verify", "sync")]).await, 204);
    site.running.publish("videos").unwrap();
    site.running.hub_works().await;
    assert!(subscriber.deliveries().is_empty());
}

#[tokio::test]
async fn subscribing_may_be_redirected_or_down() {
    let site = Site::start().await;
    let subscriber = Subscriber::start().await;
    for status in [307, 308] {
        site.running.fault(Endpoint::Hub, None, 1, Fault::Moved { status });
        let fields =
            [("hub.mode", "subscribe"), ("hub.topic", &site.url(VIDEOS)), ("hub.callback", &subscriber.callback)];
        let answer = site.form("/hub", &fields).await;
        assert_eq!((answer.status().as_u16(), answer.headers()["location"].to_str().unwrap()), (status, "/moved/hub"));
        assert_eq!(site.form("/moved/hub", &fields).await.status(), 202);
    }
    let fields = [("endpoint", "hub"), ("fault", "down")];
    assert_eq!(site.form("/switches", &fields).await.status(), 303);
    let answer = site.form("/hub", &[]).await;
    assert_eq!((answer.status().as_u16(), answer.headers()[RETRY_AFTER].to_str().unwrap()), (503, "120"));
    assert_eq!(answer.text().await.unwrap(), "Transient error; please try again later");
}

#[tokio::test]
async fn deliveries_are_signed_wrongly_signed_or_not_signed() {
    let site = Site::start().await;
    let subscriber = Subscriber::start().await;
    subscriber.subscribe(&site, "/feeds/nieuws.xml").await;
    let next = async |site: &Site| {
        site.running.edit("nieuws").unwrap();
        site.running.hub_works().await;
        subscriber.deliveries().pop().unwrap()
    };
    for (method, name) in [
        (SignatureMethod::Sha1, "sha1="),
        (SignatureMethod::Sha256, "sha256="),
        (SignatureMethod::Sha384, "sha384="),
        (SignatureMethod::Sha512, "sha512="),
    ] {
        site.running.rules(|rules| rules.questions.hub_signature = method);
        let delivery = next(&site).await;
        assert!(delivery.0["x-hub-signature"].to_str().unwrap().starts_with(name));
        assert_eq!(is_signed(&delivery), Some(true));
        assert_eq!(delivery.0["content-type"], "application/rss+xml");
        let links: Vec<_> = delivery.0.get_all("link").iter().map(|link| link.to_str().unwrap()).collect();
        assert!(links[0].ends_with("/hub>; rel=hub") && links[1].ends_with("/feeds/nieuws.xml>; rel=self"));
        assert_eq!(delivery.1.matches("<item>").count(), 1, "only what is new");
    }
    site.running.rules(|rules| rules.questions.hub_body = HubBody::Everything);
    assert_eq!(next(&site).await.1.matches("<item>").count(), 11);
    site.running.fault(Endpoint::HubDelivery, None, 1, Fault::WrongSignature);
    assert_eq!(is_signed(&next(&site).await), Some(false));
    site.running.fault(Endpoint::HubDelivery, None, 1, Fault::WithoutSignature);
    assert_eq!(is_signed(&next(&site).await), None);
    let as_if = Fault::AsIf { name: "hub_signature".into(), value: "sha1".into() };
    site.running.fault(Endpoint::HubDelivery, None, 1, as_if);
    assert!(next(&site).await.0["x-hub-signature"].to_str().unwrap().starts_with("sha1="));
    assert!(next(&site).await.0["x-hub-signature"].to_str().unwrap().starts_with("sha512="));
}

#[tokio::test]
async fn deliveries_come_twice_again_or_never() {
    let site = Site::start().await;
    let subscriber = Subscriber::start().await;
    subscriber.subscribe(&site, VIDEOS).await;
    let arrived = async |site: &Site| {
        site.running.edit("videos").unwrap();
        site.running.hub_works().await;
        std::mem::take(&mut subscriber.heard.lock().unwrap().deliveries).len()
    };
    site.running.fault(Endpoint::HubDelivery, None, 1, Fault::Twice);
    assert_eq!((arrived(&site).await, arrived(&site).await), (2, 1));
    site.running.fault_when(Endpoint::HubDelivery, None, When::Every(2), Fault::DropBefore);
    assert_eq!((arrived(&site).await, arrived(&site).await), (1, 0), "the hub forgets in silence");
    site.running.clear_faults();
    subscriber.change(|heard| heard.answers = 500);
    assert_eq!(arrived(&site).await, 1);
    subscriber.change(|heard| heard.answers = 200);
    site.advance(Duration::minutes(1));
    site.running.hub_works().await;
    assert_eq!(subscriber.deliveries().len(), 1, "tried again");
    site.running.rules(|rules| rules.questions.premieres = Premieres::Repeated);
    site.running.publish("videos").unwrap();
    for (after, deliveries) in [(Duration::zero(), 2), (Duration::hours(1), 3)] {
        site.advance(after);
        site.running.hub_works().await;
        assert_eq!(subscriber.deliveries().len(), deliveries);
    }
    subscriber.change(|heard| heard.answers = 410);
    site.running.edit("videos").unwrap();
    site.running.hub_works().await;
    site.running.edit("videos").unwrap();
    site.running.hub_works().await;
    assert_eq!(subscriber.deliveries().len(), 4, "410 ends the subscription");
}

#[tokio::test]
async fn a_lease_ends_and_a_denial_comes_later() {
    let site = Site::start().await;
    let subscriber = Subscriber::start().await;
    assert_eq!(subscriber.ask(&site, VIDEOS, &[("hub.verify", "sync"), ("hub.lease_seconds", "3600")]).await, 204);
    site.advance(Duration::minutes(59));
    site.running.edit("videos");
    site.running.hub_works().await;
    assert_eq!(subscriber.deliveries().len(), 1);
    site.advance(Duration::minutes(1));
    site.running.edit("videos");
    site.running.hub_works().await;
    assert_eq!(subscriber.deliveries().len(), 1, "the lease is over");
    subscriber.subscribe(&site, VIDEOS).await;
    site.advance(Duration::days(3));
    site.running.hub_denies(&site.url(VIDEOS));
    site.running.hub_works().await;
    assert!(subscriber.queries().pop().unwrap().starts_with("own=1&hub.mode=denied&hub.topic="));
    site.running.edit("videos");
    site.running.hub_works().await;
    assert_eq!(subscriber.deliveries().len(), 1);
    subscriber.subscribe(&site, VIDEOS).await;
    let fields = [("topic", site.url(VIDEOS)), ("callback", subscriber.callback.clone())];
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(site.form("/hub/deny", &fields).await.status(), 303);
    site.running.hub_works().await;
    assert!(subscriber.queries().pop().unwrap().contains("hub.mode=denied"));
    site.running.fault(Endpoint::HubVerification, None, 1, Fault::Denied);
    assert_eq!(subscriber.ask(&site, VIDEOS, &[]).await, 202);
    site.running.hub_works().await;
    assert!(subscriber.queries().pop().unwrap().contains("hub.mode=denied"), "denied instead of verified");
    let as_if = Fault::AsIf { name: "hub_lease_seconds".into(), value: "60".into() };
    site.running.fault(Endpoint::HubVerification, None, 1, as_if);
    for lease in ["hub.lease_seconds=60", "hub.lease_seconds=3600"] {
        let wish = [("hub.verify", "sync"), ("hub.lease_seconds", "3600")];
        assert_eq!(subscriber.ask(&site, VIDEOS, &wish).await, 204);
        assert!(subscriber.queries().pop().unwrap().ends_with(lease), "{lease}");
    }
}

#[tokio::test]
async fn a_video_is_told_in_few_words_and_its_end_with_a_tombstone() {
    let site = Site::start().await;
    let subscriber = Subscriber::start().await;
    subscriber.subscribe(&site, VIDEOS).await;
    let title = site.running.publish("videos").unwrap();
    site.running.hub_works().await;
    let (headers, news) = subscriber.deliveries().pop().unwrap();
    assert_eq!(headers["content-type"], "application/atom+xml");
    assert!(news.contains(&title) && news.contains("<yt:channelId>UCVoorbeeldEnergieNL0001</yt:channelId>"));
    assert!(!news.contains("media:") && !news.contains("description"));
    let updated = news.split("<updated>").nth(1).unwrap().split("</updated>").next().unwrap();
    assert_eq!(updated, "2026-10-01T12:00:00.000000000+00:00");
    site.running.withdraw("videos").unwrap();
    site.running.hub_works().await;
    let (_, tombstone) = subscriber.deliveries().pop().unwrap();
    assert!(tombstone.contains(r#"<at:deleted-entry ref="yt:video:vE-nieuw16d" when="2026-10-01T12:00:00"#));
    assert!(!tombstone.contains("channelId") && tombstone.contains("/channel/UCVoorbeeldEnergieNL0001</uri>"));
}
