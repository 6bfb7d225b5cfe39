//! O2 and O6: what a token's bytes never reach, and a start without the right key.

use chrono::Duration;
use klaroen_core::{App, Clock, config::Config, role::Role};
use klaroen_sandbox::Mail;
use metrics_exporter_prometheus::PrometheusBuilder;
use reqwest::Method;
use serde_json::json;

use crate::{
    api::access::operations,
    support::{TestApp, token_in},
};

/// The practice LinkedIn's tokens all begin so.
const CANARY: &str = "AQX";

#[tokio::test]
async fn o2_no_token_is_in_an_answer_a_figure_or_a_mail() {
    let figures = PrometheusBuilder::new().install_recorder().unwrap();
    let app = TestApp::start().await;
    let person = app.person(&[Role::Employee, Role::Marketer, Role::Hr, Role::Admin]).await;
    person.connect(1).await;
    person.want_reminders(true).await;
    let share = person.share(app.live_post().await).await;
    app.world.revoke_tokens(1);
    app.pass(Duration::seconds(10)).await;
    let token = token_in(&app.newest_mail()).to_owned();
    let mut answers = vec![share.to_string()];
    for path in ["/api/renewals/look", "/api/renewals/start"] {
        answers.push(person.post(path, &json!({ "token": token })).await.expect(200).text);
    }
    let pending = person.pending(1).await;
    answers.push(person.get(&format!("/api/connections/pending/{pending}")).await.expect(200).text);
    let confirm = format!("/api/connections/pending/{pending}/confirm");
    answers.push(person.post(&confirm, &json!({})).await.expect(200).text);
    app.pass(Duration::seconds(10)).await;
    let id = share["id"].as_str().unwrap();
    for operation in operations().iter().filter(|operation| operation.method == Method::GET) {
        answers.push(person.get(&operation.path_with(id)).await.text);
    }
    person.delete("/api/connections/linkedin").await.expect(204);
    app.drain().await;
    answers.extend(app.world.mails().iter().map(|Mail { raw, .. }| String::from_utf8_lossy(raw).into_owned()));
    answers.push(figures.render());
    assert!(answers.len() > 30 && app.world.posts().len() == 1);
    for answer in &answers {
        assert!(!answer.contains(CANARY), "a token in {answer}");
    }
}

#[tokio::test]
async fn o6_without_the_right_key_nothing_starts_and_no_key_is_made() {
    let app = TestApp::start().await;
    app.sharer(1).await;
    let file = app.app.config.key_file();
    let key = std::fs::read_to_string(&file).unwrap();
    let open = async || {
        let config = Config { database_url: app.app.config.database_url.clone(), ..(*app.app.config).clone() };
        App::open(config, Clock::System).await.map(|_| ()).map_err(|error| format!("{error:#}"))
    };
    assert_eq!(open().await, Ok(()));
    std::fs::remove_file(&file).unwrap();
    let words = open().await.unwrap_err();
    assert!(words.contains("cannot be read") && words.contains("KLAROEN_SECRET_KEY_FILE"), "{words}");
    assert!(!file.exists(), "no key is made silently");
    std::fs::write(&file, key.chars().rev().collect::<String>()).unwrap();
    let words = open().await.unwrap_err();
    assert!(words.contains("is not the one this database was made with") && !words.contains('\n'), "{words}");
    std::fs::write(&file, key).unwrap();
    assert_eq!(open().await, Ok(()));
}
