//! Mails: only to who said yes, once for each news, and nothing in them that tells whether they were opened.

use chrono::Duration;
use klaroen_core::{db::Actor, sql};
use klaroen_sandbox::{Endpoint, Fault, Mail};
use serde_json::json;

use crate::support::{Client, TestApp, link_in, token_in};

fn smtp(status: u16) -> Fault {
    Fault::Answer { status, body: "no, employee@example.com".to_owned() }
}

async fn health(app: &TestApp) -> serde_json::Value {
    app.admin().await.get("/api/health/publishing").await.expect(200).json()["mail"].clone()
}

#[tokio::test]
async fn the_end_of_a_connection_is_mailed_on_its_days_and_once_when_it_is_there() {
    let app = TestApp::start().await;
    app.reminded(1).await;
    app.sharer(2).await;
    let mut days = 0;
    for (day, mails) in [(45, 0), (46, 1), (50, 1), (53, 2), (57, 3), (59, 4), (60, 5), (90, 5)] {
        app.pass(Duration::days(day - days)).await;
        days = day;
        assert_eq!(app.mails().len(), mails, "on day {day}: {}", health(&app).await);
    }
    let subjects: Vec<_> = app.mails().into_iter().map(|mail| mail.subject).collect();
    assert_eq!(subjects[0], "Your LinkedIn connection ends on Friday 22 January 2027");
    assert_eq!(subjects[4], "Your LinkedIn connection has ended");
    assert!(app.world.mails().iter().all(|mail| mail.to == ["person1@example.com"]));
}

#[tokio::test]
async fn a_worker_that_was_away_tells_the_newest_news_only() {
    let app = TestApp::start().await;
    app.reminded(1).await;
    app.pass(Duration::days(58)).await;
    assert_eq!(app.mails().len(), 1);
    app.pass(Duration::days(1)).await;
    assert_eq!(app.mails().len(), 2);
}

#[tokio::test]
async fn a_token_that_died_is_mailed_with_what_waits_and_until_when() {
    let app = TestApp::start().await;
    let employee = app.reminded(1).await;
    for _ in 0..2 {
        employee.share(app.live_post().await).await;
    }
    app.world.revoke_tokens(1);
    app.pass(Duration::seconds(10)).await;
    let mail = app.newest_mail();
    assert_eq!((app.mails().len(), mail.subject.as_str()), (1, "Your LinkedIn connection no longer works"));
    assert!(mail.text.contains("2 shares wait, kept until Monday 30 November 2026."), "{}", mail.text);
    let own = employee.connection("linkedin").await;
    assert_eq!((&own["state"], &own["waiting_shares"]), (&json!("revoked"), &json!(2)));
    assert_eq!(own["kept_until"], "2026-11-30T08:00:10Z");
    app.pass(Duration::days(1)).await;
    assert_eq!(app.mails().len(), 1, "told once");
}

#[tokio::test]
async fn nobody_is_mailed_before_a_yes_or_after_a_no() {
    let app = TestApp::start().await;
    let (silent, fickle) = (app.sharer(1).await, app.reminded(2).await);
    assert_eq!(silent.get("/api/notifications").await.expect(200).json()[0]["by_mail"], false, "nothing is pre-ticked");
    assert_eq!(fickle.want_reminders(false).await["by_mail"], false);
    app.pass(Duration::days(61)).await;
    assert!(app.mails().is_empty());
}

#[tokio::test]
async fn one_click_in_a_mail_ends_the_mails_before_the_next_claim() {
    let app = TestApp::start().await;
    app.reminded(1).await;
    app.pass(Duration::days(46)).await;
    let mail = app.newest_mail();
    let link = link_in(&mail, "/unsubscribe/").to_owned();
    let header = |name: &str| mail.headers.iter().find(|(key, _)| key == name).unwrap().1.clone();
    assert_eq!(header("List-Unsubscribe"), format!("<{link}>"));
    assert_eq!(header("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
    let nobody = app.nobody();
    nobody.get(&link).await; // a scanner
    assert_eq!(live(&app).await, 1, "looking changes nothing");
    // The next one is in the queue when the click comes.
    app.app.clock.advance(Duration::days(7));
    klaroen_worker::jobs::remind_of_ends::remind_of_end(&app.app).await.unwrap();
    let form = [("content-type", "application/x-www-form-urlencoded")];
    for _ in 0..2 {
        let body = Some("List-Unsubscribe=One-Click".to_owned());
        nobody.send_raw(reqwest::Method::POST, &link, &form, body).await.expect(200);
    }
    app.drain().await;
    assert_eq!((app.mails().len(), live(&app).await), (1, 0));
    let states: Vec<(String,)> = sql!(app.app.db.read(), fetch_all, "select state from mails order by id").unwrap();
    assert_eq!(states, [("sent".to_owned(),), ("dropped".to_owned(),)]);
    let events: Vec<(bool, String, String)> =
        sql!(app.app.db.read(), fetch_all, "select given, text_id, place from consents order by id").unwrap();
    let event = |given: bool, place: &str| (given, "connection_reminders.1.en".to_owned(), place.to_owned());
    assert_eq!(events, [event(true, "me"), event(false, "mail")]);
}

async fn live(app: &TestApp) -> i64 {
    let (rows,): (i64,) = sql!(app.app.db.read(), fetch_one, "select count(*) from live_consents").unwrap();
    rows
}

#[tokio::test]
async fn a_consent_is_to_the_letter_and_only_ever_added_to() {
    let app = TestApp::start().await;
    let employee = app.employee().await;
    let choose = async |text_id: &str| {
        let choice = json!({ "by_mail": true, "text_id": text_id, "place": "connect" });
        employee.put("/api/notifications/connection_reminders", &choice).await
    };
    assert_eq!(choose("connection_reminders.0.nl").await.expect(409).code(), "consent.changed");
    for _ in 0..2 {
        choose("connection_reminders.1.en").await.expect(200); // twice is one yes
    }
    let events: Vec<(bool, Vec<u8>)> =
        sql!(app.app.db.read(), fetch_all, "select given, text_hash from consents").unwrap();
    let words = employee.get("/api/notifications").await.expect(200).json()[0]["words"].as_str().unwrap().to_owned();
    assert_eq!(events, [(true, sha(&words))]);
    let by_mail = json!({ "by_mail": true, "text_id": "connection_reminders.1.en", "place": "mail" });
    employee.put("/api/notifications/connection_reminders", &by_mail).await.expect(422);
    for statement in ["update consents set given = false", "delete from consents"] {
        let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
        let refused = sql!(tx, execute, statement).unwrap_err().to_string();
        assert!(refused.contains("is only ever added to"), "{refused}");
    }
}

#[tokio::test]
async fn a_withdrawal_names_the_words_of_its_yes_also_when_nobody_knows_them_any_more() {
    let app = TestApp::start().await;
    let employee = app.reminded(1).await;
    let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
    let yes = "insert into consents (id, person_id, purpose, given, text_id, text_hash, language, place, at) \
               select $1, person_id, purpose, true, 'connection_reminders.0.nl', $2, 'nl', place, at from consents";
    sql!(tx, execute, yes, uuid::Uuid::now_v7(), sha("old words")).unwrap();
    sql!(tx, execute, "update live_consents set text_id = 'connection_reminders.0.nl'").unwrap();
    tx.commit().await.unwrap();
    employee.want_reminders(false).await;
    let no: Vec<(String, Vec<u8>, String, String)> = sql!(
        app.app.db.read(),
        fetch_all,
        "select text_id, text_hash, language, place from consents where given = false"
    )
    .unwrap();
    assert_eq!(no, [("connection_reminders.0.nl".to_owned(), sha("old words"), "nl".to_owned(), "me".to_owned())]);
}

fn sha(words: &str) -> Vec<u8> {
    klaroen_core::secret::token_hash(words)
}

/// What a mail is when everything that is the person's own is taken out.
fn without_own(mail: &Mail, who: usize, account: &str) -> String {
    let reading = mail.read();
    let raw = String::from_utf8(mail.raw.clone()).unwrap();
    let id = raw.lines().find_map(|line| line.strip_prefix("Message-ID: ")).unwrap().to_owned();
    let mut plain = raw.replace("=\r\n", "");
    let stop = link_in(&reading, "/unsubscribe/").rsplit('/').next().unwrap().to_owned();
    for own in [
        format!("person{who}@example.com"),
        format!("Person {who:03}"),
        account.to_owned(),
        id,
        stop,
        token_in(&reading).to_owned(),
    ] {
        assert!(plain.contains(&own), "{own} is in {plain}");
        plain = plain.replace(&own, "*");
    }
    plain
}

#[tokio::test]
async fn g4_mails_of_two_people_differ_only_in_what_is_their_own() {
    let app = TestApp::start().await;
    let people = [app.reminded(1).await, app.reminded(2).await];
    app.pass(Duration::days(46)).await;
    app.pass(Duration::days(14)).await;
    let again: Vec<Client> = vec![app.sign_in_again(&people[0]).await, app.sign_in_again(&people[1]).await];
    for (person, member) in again.iter().zip(1..) {
        person.connect(member).await;
        person.share(app.live_post().await).await;
        app.world.revoke_tokens(member);
    }
    app.pass(Duration::seconds(10)).await;
    let mails = app.world.mails();
    let of = |who: usize, account: &str| -> Vec<String> {
        let address = format!("person{who}@example.com");
        mails.iter().filter(|mail| mail.to == [address.clone()]).map(|mail| without_own(mail, who, account)).collect()
    };
    let (first, second) = (of(1, "Member 001"), of(2, "Member 002"));
    assert_eq!(first.len(), 3, "each kind of mail");
    for (first, second) in first.iter().zip(&second) {
        assert_eq!(first, second);
        let lower = first.to_lowercase();
        for bad in ["<img", "src=", "url(", "<script", "<link", "http-equiv"] {
            assert!(!lower.contains(bad), "{bad} in {first}");
        }
        let ours = first.matches(&format!("{}/", app.origin)).count();
        assert_eq!(first.matches("://").count(), ours, "a link elsewhere in {first}");
    }
}

#[tokio::test]
async fn f12_a_mail_has_exactly_these_headers_and_no_name_adds_one() {
    let app = TestApp::start().await;
    let people = [app.reminded(1).await, app.reminded(2).await, app.reminded(3).await];
    let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
    // What no form lets in, as if somebody had written it into the database.
    for (person, name) in people.iter().zip(["Zoë \"<b>\", van der Bérg; x=y", "E\r\nBcc: evil@example.com", "E\0"]) {
        let name = if app.app.db.is_embedded() { name.to_owned() } else { name.replace('\0', "\n") };
        sql!(tx, execute, "update people set name = $1 where id = $2", name, person.id).unwrap();
    }
    tx.commit().await.unwrap();
    app.pass(Duration::days(46)).await;
    let mails = app.world.mails();
    assert_eq!(mails.len(), 1);
    let names: Vec<_> = mails[0].read().headers.into_iter().map(|(name, _)| name).collect();
    let expected = [
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "List-Unsubscribe",
        "List-Unsubscribe-Post",
        "Auto-Submitted",
        "MIME-Version",
        "Content-Type",
    ];
    assert_eq!(names, expected);
    let failed = health(&app).await["failed"][0].clone();
    assert_eq!((&failed["error"], &failed["mails"]), (&json!("field"), &json!(2)));
}

#[tokio::test]
async fn a_mail_that_does_not_go_out_is_tried_ten_times_and_then_shown_without_its_words() {
    let app = TestApp::start().await;
    app.reminded(1).await;
    app.world.fault(Endpoint::Mail, None, 100, smtp(451));
    app.pass(Duration::days(46)).await;
    assert_eq!(health(&app).await["error"], "smtp.451");
    for _ in 0..9 {
        app.pass(Duration::hours(1)).await;
    }
    let shown = health(&app).await;
    let failed = &shown["failed"][0];
    assert_eq!(
        (&failed["kind"], &failed["error"], &failed["mails"]),
        (&json!("connection_ends"), &json!("smtp.451"), &json!(1))
    );
    assert_eq!((&shown["on"], &shown["waiting"]), (&json!(true), &json!(0)));
    assert!(!shown.to_string().contains("example.com"), "{shown}");
    app.world.clear_faults();
    app.pass(Duration::hours(1)).await;
    assert!(app.mails().is_empty());
    // What is settled for a month is forgotten.
    app.pass(Duration::days(31)).await;
    assert!(health(&app).await["failed"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn an_admin_has_mails_tried_again_that_were_given_up_while_they_are_news() {
    let app = TestApp::start().await;
    app.reminded(1).await;
    let gone = app.reminded(2).await;
    app.world.fault(Endpoint::Mail, None, 2, smtp(550));
    app.pass(Duration::days(46)).await;
    assert_eq!(health(&app).await["failed"][0]["mails"], 2);
    app.sign_in_again(&gone).await.delete("/api/connections/linkedin").await.expect(204);
    let admin = app.admin().await;
    let retry = async || admin.post("/api/health/mail/retry", &json!({})).await.expect(200).json();
    let said = retry().await;
    assert_eq!((&said["waiting"], &said["failed"], &said["error"]), (&json!(1), &json!([]), &json!("smtp.550")));
    app.pass(Duration::minutes(1)).await;
    assert_eq!(app.mails().len(), 1);
    assert_eq!(retry().await["waiting"], 0);
    let (audited,): (i64,) =
        sql!(app.app.db.read(), fetch_one, "select count(*) from audit_log where action = 'mails.retried'").unwrap();
    assert_eq!(audited, 1, "nothing to try is nothing to write down");
}

#[tokio::test]
async fn a_mail_whose_answer_was_lost_goes_out_again_under_the_same_name() {
    let app = TestApp::start().await;
    app.reminded(1).await;
    app.world.fault(Endpoint::Mail, None, 1, Fault::DropAfter);
    app.pass(Duration::days(46)).await;
    app.pass(Duration::minutes(1)).await;
    let mails = app.world.mails();
    assert_eq!(mails.len(), 2);
    assert_eq!(
        mails[0].raw.split(|b| *b == b'\n').filter(|line| !line.starts_with(b"Date:")).collect::<Vec<_>>(),
        mails[1].raw.split(|b| *b == b'\n').filter(|line| !line.starts_with(b"Date:")).collect::<Vec<_>>()
    );
    // A mail that cannot arrive is not tried again.
    app.world.fault(Endpoint::Mail, None, 100, smtp(550));
    app.pass(Duration::days(7)).await;
    assert_eq!(health(&app).await["failed"][0]["error"], "smtp.550");
}

#[tokio::test]
async fn without_a_mail_server_reminders_are_in_the_app_only() {
    let app = TestApp::start_with(|config| config.mail = klaroen_core::mail::MailConfig::default()).await;
    let employee = app.reminded(1).await;
    assert_eq!(employee.get("/api/notifications").await.expect(200).json()[0]["mail_works"], false);
    app.pass(Duration::days(47)).await;
    assert!(app.mails().is_empty());
    assert_eq!(health(&app).await["on"], false);
    let own = app.sign_in_again(&employee).await.connection("linkedin").await;
    assert_eq!((&own["state"], &own["days_left"]), (&json!("works"), &json!(13)));
}
