//! Every refusal that the body of a create request can meet, by its code.

use serde_json::{Value, json};

use super::*;

fn read(body: &Value) -> Result<Draft, Refusal> {
    super::read(body, &Rules::default())
}

fn article_post() -> Value {
    json!({
        "author": "urn:li:person:a1",
        "commentary": "Nieuws",
        "visibility": "PUBLIC",
        "distribution": { "feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": [] },
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": false,
        "content": { "article": { "source": "https://example.com/a", "title": "Titel", "thumbnail": "urn:li:image:C4" } },
    })
}

fn with(pointer: &str, value: Value) -> Value {
    let mut post = article_post();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    post.pointer_mut(parent).unwrap()[name] = value;
    post
}

fn without(pointer: &str) -> Value {
    let mut post = article_post();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    post.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(name);
    post
}

fn content(value: Value) -> Value {
    with("/content", value)
}

fn refused(post: &Value) -> (u16, String) {
    let refusal = read(post).expect_err("must be refused");
    (refusal.status.as_u16(), refusal.code().to_owned())
}

#[test]
fn a_complete_post_is_read() {
    let draft = read(&article_post()).unwrap();
    assert_eq!(draft.commentary, "Nieuws");
    assert_eq!(draft.content.unwrap().assets(), [("urn:li:image:C4", "content/article/thumbnail")]);
    assert!(read(&without("/isReshareDisabledByAuthor")).is_ok());
    assert!(read(&without("/content")).is_ok());
    assert!(read(&with("/commentary", json!("é".repeat(3_000)))).is_ok());
}

#[test]
fn a_missing_field_is_named() {
    for field in [
        "author",
        "commentary",
        "visibility",
        "distribution",
        "lifecycleState",
        "content/article/source",
        "content/article/title",
        "distribution/feedDistribution",
    ] {
        let refusal = read(&without(&format!("/{field}"))).unwrap_err();
        assert_eq!(refusal.code(), "MISSING_FIELD", "{field}");
        assert_eq!(refusal.body["errorDetails"]["inputErrors"][0]["input"]["inputPath"]["fieldPath"], field);
    }
}

#[test]
fn wrong_values_are_refused_with_their_code() {
    let cases = [
        (json!([]), "INVALID_VALUE_FOR_FIELD"),
        (with("/author", json!(7)), "INVALID_VALUE_FOR_FIELD"),
        (with("/visibility", json!("EVERYONE")), "INVALID_VALUE_FOR_FIELD"),
        (with("/lifecycleState", json!("DRAFT")), "INVALID_VALUE_FOR_FIELD"),
        (with("/distribution/feedDistribution", json!("ALL")), "INVALID_VALUE_FOR_FIELD"),
        (with("/distribution/targetEntities", json!("x")), "INVALID_VALUE_FOR_FIELD"),
        (with("/isReshareDisabledByAuthor", json!("no")), "INVALID_VALUE_FOR_FIELD"),
        (with("/commentary", json!("é".repeat(3_001))), "FIELD_LENGTH_TOO_LONG"),
        (with("/content/article/source", json!("example.com")), "INVALID_VALUE_FOR_FIELD"),
        (with("/content/article/source", json!("javascript:alert(1)")), "INVALID_VALUE_FOR_FIELD"),
        (with("/content/article/title", json!(" ")), "INVALID_VALUE_BLANK_FIELD"),
        (with("/content/article/thumbnail", json!("C4")), "INVALID_VALUE_FOR_FIELD"),
        (with("/content/article/thumbnail", json!("urn:li:digitalmediaAsset:C4")), "INVALID_URN_TYPE"),
        (with("/content/article/thumbnail", json!("urn:li:image:")), "INVALID_URN_ID"),
        (content(json!({})), "INVALID_VALUE_FOR_FIELD"),
        (content(json!({ "media": { "id": "urn:li:image:A" }, "article": {} })), "INVALID_VALUE_FOR_FIELD"),
        (content(json!({ "media": { "id": "urn:li:person:A" } })), "INVALID_URN_TYPE"),
        (content(json!({ "media": { "id": "urn:li:document:A" } })), "MISSING_FIELD"),
        (content(json!({ "media": { "id": "urn:li:document:A", "title": "T" } })), "INVALID_URN_ID"),
        (
            content(json!({ "media": { "id": "urn:li:image:A", "altText": "x".repeat(4_087) } })),
            "FIELD_LENGTH_TOO_LONG",
        ),
        (content(json!({ "multiImage": { "images": [{ "id": "urn:li:image:A" }] } })), "INVALID_VALUE_FOR_FIELD"),
        (
            content(json!({ "multiImage": { "images": vec![json!({ "id": "urn:li:image:A" }); 21] } })),
            "INVALID_VALUE_FOR_FIELD",
        ),
        (
            content(
                json!({ "poll": { "question": "Q?", "options": [{ "text": "A" }], "settings": { "duration": "ONE_DAY" } } }),
            ),
            "INVALID_VALUE_FOR_FIELD",
        ),
    ];
    for (post, code) in cases {
        assert_eq!(refused(&post), (400, code.to_owned()), "{post}");
    }
}

#[test]
fn an_empty_post_and_a_strange_field_are_refused() {
    let mut blank = without("/content");
    blank["commentary"] = json!(" ");
    assert_eq!(refused(&blank), (400, "INVALID_VALUE_BLANK_FIELD".into()));
    assert_eq!(refused(&with("/specificContent", json!({}))), (403, "ACCESS_DENIED".into()));
    assert_eq!(refused(&with("/content/article/thumbnailUrl", json!("x"))), (403, "ACCESS_DENIED".into()));
}

#[test]
fn the_other_kinds_of_content_are_read() {
    let several =
        json!({ "multiImage": { "images": [{ "id": "urn:li:image:A", "altText": "a" }, { "id": "urn:li:image:B" }] } });
    let several = read(&content(several)).unwrap().content;
    assert_eq!(Content::urn_kind(several.as_ref()), "ugcPost");
    let one = read(&content(json!({ "media": { "id": "urn:li:image:A" } }))).unwrap().content;
    assert_eq!(Content::urn_kind(one.as_ref()), "share");
    let video = read(&content(json!({ "media": { "id": "urn:li:video:A", "title": "T" } }))).unwrap().content;
    assert_eq!(Content::urn_kind(video.as_ref()), "ugcPost");
    let poll = json!({ "poll": { "question": "Q?", "options": [{ "text": "A" }, { "text": "B" }],
        "settings": { "duration": "THREE_DAYS" } } });
    assert!(matches!(read(&content(poll)).unwrap().content, Some(Content::Poll { .. })));
    let mut reshare = without("/content");
    reshare["commentary"] = json!("");
    reshare["reshareContext"] = json!({ "parent": "urn:li:share:7000000000000000001" });
    assert_eq!(read(&reshare).unwrap().parent.as_deref(), Some("urn:li:share:7000000000000000001"));
}
