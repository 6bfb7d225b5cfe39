//! The link in a reminder: renews one connection by its own account, in one browser, once, and signs nobody in.

use chrono::Duration;
use klaroen_core::sql;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, Client, TestApp, link_in, token_in};

const COOKIE: &str = "__Host-klaroen-renewal";
/// Where a browser lands that nobody is signed in with, and that left from no mail or too long ago.
const NOT_OURS: &str = "/renew?error=state.invalid";

/// A browser that clicked: what it was told, and its cookie.
struct Clicked {
    started: Value,
    cookie: String,
}

async fn click(who: &Client, token: &str) -> Clicked {
    let answer = who.post("/api/renewals/start", &json!({ "token": token })).await.expect(200);
    let cookie = answer.header("set-cookie").expect("a cookie").to_owned();
    for attribute in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/", "Max-Age=600"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    Clicked { started: answer.json(), cookie: cookie.split(';').next().unwrap().to_owned() }
}

async fn come_back(who: &Client, callback: &str, cookie: &str) -> Answer {
    who.send_raw(Method::GET, callback, &[("cookie", cookie)], None).await
}

/// Where the answer leads.
fn page(answer: Answer) -> String {
    answer.expect(303).header("location").expect("a page").to_owned()
}

async fn works(app: &TestApp, who: &Client) -> bool {
    app.sign_in_again(who).await.connection("linkedin").await["state"] == "works"
}

/// Somebody whose token died while a share waits, and the link of the mail about it.
async fn cut_off(app: &TestApp, member: u32) -> (Client, Value, String) {
    let employee = app.reminded(member).await;
    let share = employee.share(app.live_post().await).await;
    app.world.revoke_tokens(member);
    app.pass(Duration::seconds(10)).await;
    assert_eq!(employee.look_at(&share).await["state"], "held");
    let mail = app.newest_mail();
    (employee, share, token_in(&mail).to_owned())
}

#[tokio::test]
async fn a_connection_is_renewed_from_the_mail_and_what_waited_goes_out() {
    let app = TestApp::start().await;
    let (employee, share, token) = cut_off(&app, 1).await;
    let nobody = app.nobody();
    // Mail scanners look, and nothing happens.
    for _ in 0..3 {
        nobody.get(link_in(&app.newest_mail(), "/renew#")).await;
        let shown = nobody.post("/api/renewals/look", &json!({ "token": token })).await.expect(200).json();
        let expected = json!({
            "network": "linkedin", "display_name": "Member 001", "language": "en", "works": false,
            "expires_at": "2027-01-22T08:00:00Z", "waiting_shares": 1,
        });
        assert_eq!(shown, expected);
    }
    let clicked = click(&nobody, &token).await;
    let callback = nobody.answer_at(&clicked.started, 1, "allow").await;
    let answer = come_back(&nobody, &callback, &clicked.cookie).await;
    let cookies: Vec<_> = answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap()).collect();
    assert!(cookies.len() == 1 && cookies[0].starts_with(&format!("{COOKIE}=;")), "nobody is signed in: {cookies:?}");
    assert_eq!(page(answer), "/renew?lang=en&renewed=linkedin&shares=1&days=60");
    assert!(works(&app, &employee).await);
    app.pass(Duration::seconds(10)).await;
    assert_eq!((employee.look_at(&share).await["state"].as_str(), app.world.posts().len()), (Some("published"), 1));
    // Used up.
    let gone = nobody.post("/api/renewals/look", &json!({ "token": token })).await.expect(422);
    assert_eq!(gone.code(), "renewal.gone");
    let audited: Vec<(String,)> =
        sql!(app.app.db.read(), fetch_all, "select detail from audit_log where action = 'connection.renewed'").unwrap();
    assert_eq!(audited, [(r#"{"by":"mail","network":"linkedin"}"#.to_owned(),)]);
}

#[tokio::test]
async fn o1_a_renewal_comes_back_to_its_own_browser_from_its_own_account_once() {
    let app = TestApp::start().await;
    let (victim, _, token) = cut_off(&app, 1).await;
    let (attacker, nobody) = (app.sharer(2).await, app.nobody());
    let clicked = click(&nobody, &token).await;
    let callback = nobody.answer_at(&clicked.started, 1, "allow").await;
    // Another browser: without the cookie, with a made-up one, signed in as somebody else.
    assert_eq!(page(come_back(&nobody, &callback, "x=y").await), NOT_OURS);
    assert_eq!(page(come_back(&nobody, &callback, &format!("{COOKIE}=made-up")).await), NOT_OURS);
    assert_eq!(page(attacker.get(&callback).await), "/connect/linkedin?error=state.invalid");
    // Another network's way back; a state that is not ours; another issuer, which leaves the state good.
    assert_eq!(page(come_back(&nobody, &callback.replace("linkedin", "mastodon"), &clicked.cookie).await), NOT_OURS);
    assert_eq!(
        page(come_back(&nobody, "/api/connections/linkedin/callback?code=a&state=b", &clicked.cookie).await),
        NOT_OURS
    );
    let crooked = format!("{callback}&iss=https%3A%2F%2Fevil.example");
    assert_eq!(page(come_back(&nobody, &crooked, &clicked.cookie).await), "/renew?lang=en&error=state.invalid");
    assert!(!works(&app, &victim).await);
    // The attacker's own account: refused, and its fresh token is forgotten.
    let foreign = nobody.answer_at(&clicked.started, 2, "allow").await;
    assert_eq!(page(come_back(&nobody, &foreign, &clicked.cookie).await), "/renew?lang=en&error=renewal.other_account");
    // The state is spent by that.
    assert_eq!(page(come_back(&nobody, &callback, &clicked.cookie).await), NOT_OURS);
    // A no; too late; and an older click is forgotten by a newer one.
    let clicked = click(&nobody, &token).await;
    let no = nobody.answer_at(&clicked.started, 1, "cancel").await;
    assert_eq!(page(come_back(&nobody, &no, &clicked.cookie).await), "/renew?lang=en&error=cancelled");
    let older = click(&nobody, &token).await;
    let newer = click(&nobody, &token).await;
    let callback = nobody.answer_at(&older.started, 1, "allow").await;
    assert_eq!(page(come_back(&nobody, &callback, &older.cookie).await), NOT_OURS);
    let callback = nobody.answer_at(&newer.started, 1, "allow").await;
    app.app.clock.advance(Duration::minutes(10));
    assert_eq!(page(come_back(&nobody, &callback, &newer.cookie).await), NOT_OURS);
    assert!(!works(&app, &victim).await);
    // The one who is signed in as somebody else renews the victim's connection with the victim's account, and stays who
    // they are.
    let clicked = click(&attacker, &token).await;
    let callback = attacker.answer_at(&clicked.started, 1, "allow").await;
    assert!(
        page(come_back(&attacker, &callback, &clicked.cookie).await).starts_with("/renew?lang=en&renewed=linkedin")
    );
    assert!(works(&app, &victim).await);
    assert_eq!(attacker.connection("linkedin").await["display_name"], "Member 002");
}

#[tokio::test]
async fn a_link_dies_with_its_connection_its_person_and_its_time() {
    let app = TestApp::start().await;
    let look = async |token: &str| app.nobody().post("/api/renewals/look", &json!({ "token": token })).await;
    // Another token of the product's is none.
    assert_eq!(look("made-up").await.expect(422).code(), "renewal.gone");
    let (first, _, token) = cut_off(&app, 1).await;
    let mail = app.newest_mail();
    let stop = link_in(&mail, "/unsubscribe/").rsplit('/').next().unwrap().to_owned();
    assert_eq!(look(&stop).await.expect(422).code(), "renewal.gone");
    first.connect(1).await;
    assert_eq!(look(&token).await.expect(422).code(), "renewal.gone");
    let (second, _, token) = cut_off(&app, 2).await;
    second.delete("/api/connections/linkedin").await.expect(204);
    assert_eq!(look(&token).await.expect(422).code(), "renewal.gone");
    let (third, _, token) = cut_off(&app, 3).await;
    look(&token).await.expect(200);
    let admin = app.admin().await;
    admin.patch(&format!("/api/people/{}", third.id), &json!({ "active": false })).await.expect(200);
    assert_eq!(look(&token).await.expect(422).code(), "renewal.gone");
    let (_, _, token) = cut_off(&app, 4).await;
    app.app.clock.advance(Duration::days(14) - Duration::seconds(1));
    look(&token).await.expect(200);
    app.app.clock.advance(Duration::seconds(1));
    assert_eq!(look(&token).await.expect(422).code(), "renewal.gone");
}

#[tokio::test]
async fn tokens_of_mails_are_hashed_in_the_database() {
    let app = TestApp::start().await;
    let (_, _, token) = cut_off(&app, 1).await;
    click(&app.nobody(), &token).await;
    let mail = app.newest_mail();
    let stop = link_in(&mail, "/unsubscribe/").rsplit('/').next().unwrap().to_owned();
    for file in app.database_files() {
        let bytes = std::fs::read(&file).unwrap();
        for secret in [&token, &stop] {
            let holds = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!holds, "a token is readable in {}", file.display());
        }
    }
}
