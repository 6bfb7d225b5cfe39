//! The product and the people in it.

use std::{
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
};

use chrono::{DateTime, Duration, TimeZone, Utc};
use klaroen_core::{
    App, Clock,
    config::Config,
    db::Actor,
    person::{Language, NewPerson, Person},
    role::{Role, Roles},
    session,
};
use klaroen_sandbox::{Running, Settings};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::{Client, database};

/// Monday 2026-11-23, 9:00 in Amsterdam, in week 48.
pub fn start_of_time() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 8, 0, 0).single().expect("a valid instant")
}

/// A running product.
pub struct TestApp {
    /// Its inside, for what cannot be seen from outside.
    pub app: App,
    /// The practice LinkedIn and the sample feeds.
    pub world: Running,
    /// The origin of the product.
    pub origin: String,
    people: AtomicU32,
    stop: CancellationToken,
    _dir: TempDir,
}

impl TestApp {
    /// Starts a product of one's own.
    pub async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    /// Starts one with other settings.
    pub async fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        Self::start_in(Settings::default(), change).await
    }

    /// Starts one on the system's clock, for processes of their own.
    pub async fn start_in_real_time() -> Self {
        Self::start_on(Clock::System, Settings::default(), |_| {}).await
    }

    /// The same, always on SQLite.
    pub async fn start_embedded_in_real_time() -> Self {
        Self::start_on(Clock::System, Settings::default(), |config| config.database_url = None).await
    }

    /// Starts one whose sandbox serves a folder of real feeds.
    pub async fn start_with_feeds(folder: PathBuf) -> Self {
        Self::start_in(Settings { real_feeds: Some(folder), ..Settings::default() }, |_| {}).await
    }

    async fn start_in(settings: Settings, change: impl FnOnce(&mut Config)) -> Self {
        Self::start_on(Clock::manual(start_of_time()), settings, change).await
    }

    async fn start_on(clock: Clock, settings: Settings, change: impl FnOnce(&mut Config)) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let world = start_sandbox(&clock, settings).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let mut config = Config::practice(dir.path().to_owned());
        config.listen = listener.local_addr().expect("an address");
        config.database_url = Some(database::fresh(dir.path()).await.into());
        let application = klaroen_sandbox::Client::default();
        config.practise_at(world.base_url(), &application.id, &application.secret).expect("a sandbox");
        config.mail.practise_at(world.smtp_address()).expect("a mail server");
        change(&mut config);
        let app = App::open(config.validated().expect("valid settings"), clock).await.expect("an app");
        let (origin, stop) = (app.config.origin(), CancellationToken::new());
        tokio::spawn(klaroen_server::serve(listener, klaroen_server::router(app.clone()), stop.clone()));
        Self { app, world, origin, people: AtomicU32::new(0), stop, _dir: dir }
    }

    /// Does all work that is due.
    pub async fn drain(&self) {
        klaroen_worker::drain(&self.app).await.expect("the work gets done");
    }

    /// Moves the clock and does what became due.
    pub async fn pass(&self, time: Duration) {
        self.app.clock.advance(time);
        self.drain().await;
    }

    /// Somebody without an account.
    pub fn nobody(&self) -> Client {
        Client::new(&self.origin, klaroen_core::id::PersonId::new(), None)
    }

    /// An employee, signed in.
    pub async fn employee(&self) -> Client {
        self.person(&[Role::Employee]).await
    }

    /// A marketer, signed in.
    pub async fn marketer(&self) -> Client {
        self.person(&[Role::Marketer]).await
    }

    /// Somebody of HR, signed in.
    pub async fn hr(&self) -> Client {
        self.person(&[Role::Hr]).await
    }

    /// An admin, signed in.
    pub async fn admin(&self) -> Client {
        self.person(&[Role::Admin]).await
    }

    /// A person with these roles, signed in.
    pub async fn person(&self, roles: &[Role]) -> Client {
        let number = self.people.fetch_add(1, Ordering::SeqCst) + 1;
        let (email, name) = (format!("person{number}@example.com"), format!("Person {number:03}"));
        let roles = Roles::from(roles.to_vec());
        let new = NewPerson::new(&email, &name, roles, Language::En, "Europe/Amsterdam").expect("valid");
        let mut tx = self.app.db.write(Actor::System("test")).await.expect("a transaction");
        let person = Person::create(&mut tx, new).await.expect("a person");
        let (token, _) = session::start(&mut tx, &person, false).await.expect("a session");
        tx.commit().await.expect("a commit");
        Client::new(&self.origin, person.id, Some(token))
    }

    /// A topic that posts can have.
    pub async fn topic(&self, marketer: &Client) -> Value {
        let number = self.people.fetch_add(1, Ordering::SeqCst);
        marketer.post("/api/topics", &json!({ "name": format!("Topic {number}") })).await.expect(201).json()
    }
}

async fn start_sandbox(clock: &Clock, settings: Settings) -> Running {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let clock = clock.clone();
    let clock = klaroen_sandbox::Clock::new(move || clock.now());
    let settings = Settings { clock, seed: Some(1), ..settings };
    klaroen_sandbox::serve(listener, settings).await.expect("a sandbox")
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}
