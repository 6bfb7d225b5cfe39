//! Every fault and every answer to an open question for one call, of one member, at whichever network.

use klaroen_sandbox::{Endpoint, Fault, When};
use reqwest::RequestBuilder;
use serde_json::{Value, json};

use crate::support::Site;

const SCOPES: [&str; 3] = ["profile", "write:statuses", "write:media"];

fn as_if(name: &str, value: &str) -> Fault {
    Fault::AsIf { name: name.into(), value: value.into() }
}

async fn status(request: RequestBuilder) -> u16 {
    request.send().await.map_or(0, |answer| answer.status().as_u16())
}

/// A call of one member to each endpoint of Mastodon and Bluesky that knows a member.
struct Member<'s> {
    site: &'s Site,
    number: u32,
    mastodon: String,
    bluesky: String,
    refresh: String,
    did: String,
}

impl<'s> Member<'s> {
    async fn of(site: &'s Site, number: u32) -> Self {
        let account = site.running.bluesky_account(number);
        let body = json!({ "identifier": account.did, "password": account.app_password });
        let session = site.http.post(site.url("/xrpc/com.atproto.server.createSession")).json(&body);
        let session: Value = session.send().await.unwrap().json().await.unwrap();
        let text = |name: &str| session[name].as_str().unwrap().to_owned();
        let (bluesky, refresh) = (text("accessJwt"), text("refreshJwt"));
        Self {
            site,
            number,
            mastodon: site.running.grant_mastodon(number, &SCOPES),
            bluesky,
            refresh,
            did: account.did,
        }
    }

    fn call(&self, endpoint: Endpoint) -> RequestBuilder {
        let post = |path: &str| self.site.http.post(self.site.url(path));
        let get = |path: &str| self.site.http.get(self.site.url(path));
        let record = json!({ "$type": "app.bsky.feed.post", "text": "Hi", "createdAt": "2026-10-01T12:00:00.000Z" });
        let write = json!({ "repo": self.did, "collection": "app.bsky.feed.post", "record": record, "rkey": null });
        let account = self.site.running.bluesky_account(self.number);
        match endpoint {
            Endpoint::MastodonStatuses => {
                post("/api/v1/statuses").bearer_auth(&self.mastodon).json(&json!({ "status": "Hi" }))
            }
            Endpoint::MastodonStatus => get("/api/v1/statuses/1").bearer_auth(&self.mastodon),
            Endpoint::MastodonMedia => get("/api/v1/media/1").bearer_auth(&self.mastodon),
            Endpoint::MastodonAccount => get("/api/v1/accounts/verify_credentials").bearer_auth(&self.mastodon),
            Endpoint::MastodonInstance => get("/api/v2/instance").bearer_auth(&self.mastodon),
            Endpoint::MastodonRevoke => post("/oauth/revoke").form(&[("token", &self.mastodon)]),
            Endpoint::BlueskySession => post("/xrpc/com.atproto.server.createSession")
                .json(&json!({ "identifier": account.handle, "password": account.app_password })),
            Endpoint::BlueskyRefresh => post("/xrpc/com.atproto.server.refreshSession").bearer_auth(&self.refresh),
            Endpoint::BlueskyBlob => post("/xrpc/com.atproto.repo.uploadBlob").bearer_auth(&self.bluesky).body("x"),
            Endpoint::BlueskyCreate => {
                post("/xrpc/com.atproto.repo.createRecord").bearer_auth(&self.bluesky).json(&write)
            }
            Endpoint::BlueskyDelete => {
                post("/xrpc/com.atproto.repo.deleteRecord").bearer_auth(&self.bluesky).json(&write)
            }
            Endpoint::BlueskyRead => get("/xrpc/com.atproto.repo.getRecord").bearer_auth(&self.bluesky),
            other => panic!("{other:?}"),
        }
    }
}

const ENDPOINTS: [Endpoint; 12] = [
    Endpoint::MastodonStatuses,
    Endpoint::MastodonStatus,
    Endpoint::MastodonMedia,
    Endpoint::MastodonAccount,
    Endpoint::MastodonInstance,
    Endpoint::MastodonRevoke,
    Endpoint::BlueskySession,
    Endpoint::BlueskyRefresh,
    Endpoint::BlueskyBlob,
    Endpoint::BlueskyCreate,
    Endpoint::BlueskyDelete,
    Endpoint::BlueskyRead,
];

#[tokio::test]
async fn every_kind_of_fault_strikes_one_member_at_every_endpoint_of_mastodon_and_bluesky() {
    let site = Site::start().await;
    let (member, neighbour) = (Member::of(&site, 7).await, Member::of(&site, 8).await);
    for endpoint in ENDPOINTS {
        for (fault, seen) in [
            (Fault::Answer { status: 418, body: "{\"error\":".into() }, 418),
            (Fault::AnswerAfter { status: 504, body: "<h1>".into() }, 504),
            (Fault::RetryAfter { status: 429, seconds: 60 }, 429),
            (Fault::DropBefore, 0),
            (Fault::DropAfter, 0),
            (Fault::ResetBefore, 0),
            (Fault::ResetAfter, 0),
        ] {
            site.running.fault(endpoint, Some(7), 1, fault.clone());
            let other = status(neighbour.call(endpoint)).await;
            assert!(other != seen && other != 0, "{endpoint:?} {fault:?} met another member: {other}");
            assert_eq!(status(member.call(endpoint)).await, seen, "{endpoint:?} {fault:?}");
        }
        for fault in
            [Fault::Delay { ms: 1 }, Fault::DelayUpTo { ms: 1 }, Fault::DelayAfter { ms: 1 }, Fault::Drip { ms: 0 }]
        {
            site.running.fault_when(endpoint, Some(7), When::Every(1), fault.clone());
            assert_ne!(status(member.call(endpoint)).await, 0, "{endpoint:?} {fault:?}");
            site.running.clear_faults();
        }
    }
}

#[tokio::test]
async fn the_code_of_a_member_tells_whose_token_call_it_is() {
    let site = Site::start().await;
    let back = "https://klaroen.example/back";
    let app = json!({ "client_name": "Klaroen", "redirect_uris": [back], "scopes": "write:statuses" });
    let app: Value = site.http.post(site.url("/api/v1/apps")).json(&app).send().await.unwrap().json().await.unwrap();
    let text = |name: &str| app[name].as_str().unwrap().to_owned();
    let (id, secret) = (text("client_id"), text("client_secret"));
    let exchange = async |member: &str| {
        let fields =
            [("response_type", "code"), ("client_id", &id), ("redirect_uri", back), ("scope", "write:statuses")];
        let mut fields = fields.to_vec();
        fields.extend([("member", member), ("action", "allow")]);
        let code = crate::support::location(&site.form("/mastodon/oauth/authorize", &fields).await);
        let code = crate::support::parameter(&code, "code").unwrap();
        let fields = [
            ("grant_type", "authorization_code"),
            ("client_id", &id),
            ("client_secret", &secret),
            ("redirect_uri", back),
            ("code", &code),
        ];
        site.form("/oauth/token", &fields).await.status().as_u16()
    };
    site.running.fault(Endpoint::MastodonToken, Some(7), 1, Fault::Answer { status: 500, body: String::new() });
    assert_eq!((exchange("8").await, exchange("7").await, exchange("7").await), (200, 500, 200));
    site.running.fault(Endpoint::MastodonApps, None, 1, Fault::Answer { status: 422, body: "{}".into() });
    assert_eq!(status(site.http.post(site.url("/api/v1/apps")).json(&app)).await, 422);
}

#[tokio::test]
async fn a_figure_or_an_answer_holds_for_one_call_of_one_member() {
    let site = Site::start().await;
    let (member, neighbour) = (Member::of(&site, 7).await, Member::of(&site, 8).await);
    let endpoint = Endpoint::MastodonStatuses;
    let post = |member: &Member| member.call(endpoint).json(&json!({ "status": "More than four" }));
    site.running.fault(endpoint, Some(7), 1, as_if("mastodon_characters", "4"));
    assert_eq!(
        (status(post(&neighbour)).await, status(post(&member)).await, status(post(&member)).await),
        (200, 422, 200)
    );
    let form = [
        ("endpoint", "mastodon_statuses"),
        ("member", "7"),
        ("when", "every"),
        ("number", "2"),
        ("fault", "as_if"),
        ("as_if", "mastodon_calls=0"),
    ];
    assert_eq!(site.form("/switches", &form).await.status(), 303);
    assert_eq!(
        (status(post(&member)).await, status(post(&member)).await, status(post(&neighbour)).await),
        (200, 429, 200)
    );
    site.running.clear_faults();
    let rules: Value = site.get("/switches/rules").await.json().await.unwrap();
    assert_eq!((&rules["mastodon_calls"], &rules["mastodon_characters"]), (&json!(300), &json!(500)), "nothing stays");
    for wrong in ["nonsense=1", "mastodon_calls=many", "bluesky_errors=nothing", "mastodon_calls"] {
        assert_eq!(site.form("/switches", &[("fault", "as_if"), ("as_if", wrong)]).await.status(), 400, "{wrong}");
    }
    let wrong = json!({ "endpoint": "posts", "fault": { "as_if": { "name": "nonsense", "value": "1" } } });
    assert_eq!(status(site.http.post(site.url("/switches/faults")).json(&wrong)).await, 422);
}

#[tokio::test]
async fn the_page_names_the_refusals_of_mastodon_and_bluesky() {
    let site = Site::start().await;
    let member = Member::of(&site, 7).await;
    for (endpoint, name, fault, seen) in [
        (Endpoint::MastodonStatuses, "mastodon_statuses", "mastodon_token", 401),
        (Endpoint::MastodonStatuses, "mastodon_statuses", "mastodon_limit", 429),
        (Endpoint::MastodonStatuses, "mastodon_statuses", "mastodon_down", 503),
        (Endpoint::BlueskyCreate, "bluesky_create", "bluesky_expired", 400),
        (Endpoint::BlueskyCreate, "bluesky_create", "bluesky_limit", 429),
        (Endpoint::BlueskySession, "bluesky_session", "bluesky_password", 401),
    ] {
        let form = [("endpoint", name), ("member", "7"), ("fault", fault)];
        assert_eq!(site.form("/switches", &form).await.status(), 303, "{fault}");
        assert_eq!(status(member.call(endpoint)).await, seen, "{fault}");
    }
}
