//! The binary as a process of its own on the database of a test, to be stopped, killed and starved.

use std::{
    fs,
    io::{BufRead, BufReader},
    process::{Child, Command, ExitStatus, Stdio},
    time::Duration,
};

use klaroen_core::sql;
use tokio::time::{Instant, sleep};
use uuid::Uuid;

use super::TestApp;

/// A running process; killed when dropped.
pub struct Process(Child);

impl Process {
    /// A worker with these variables in its environment.
    pub fn worker(app: &TestApp, variables: &[(&str, &str)]) -> Self {
        let mut command = binary(app, &[env!("CARGO_BIN_EXE_klaroen")], "worker");
        Self(command.envs(variables.iter().copied()).spawn().expect("a process"))
    }

    /// A change of the key file, with these variables in its environment.
    pub fn rotation(app: &TestApp, variables: &[(&str, &str)]) -> Self {
        let mut command = binary(app, &[env!("CARGO_BIN_EXE_klaroen"), "keys"], "rotate");
        Self(command.envs(variables.iter().copied()).stdout(Stdio::null()).spawn().expect("a process"))
    }

    /// Server and worker, started by `words`, and their origin.
    pub fn product(app: &TestApp, words: &[&str]) -> (Self, String) {
        let mut words = words.to_vec();
        words.push(env!("CARGO_BIN_EXE_klaroen"));
        let mut command = binary(app, &words, "run");
        let mut child = command.args(["--listen", "127.0.0.1:0"]).stdout(Stdio::piped()).spawn().expect("a process");
        let lines = BufReader::new(child.stdout.take().expect("its words")).lines();
        let origin =
            lines.map_while(Result::ok).find_map(|line| line.split_once("listens on ").map(|(_, at)| at.to_owned()));
        (Self(child), origin.expect("its origin"))
    }

    /// `kill -SIGNAL`.
    pub fn signal(&self, signal: &str) {
        let sent = Command::new("kill").args([&format!("-{signal}"), &self.id()]).status();
        assert!(sent.expect("kill").success());
    }

    /// `kill -9`, and waits until it is gone.
    pub fn kill(&mut self) {
        let _ = self.0.kill(); // it may have ended by itself
        self.0.wait().expect("an end");
    }

    /// For commands that name a process.
    pub fn id(&self) -> String {
        self.0.id().to_string()
    }

    /// How it ended; none: it still runs after this time.
    pub async fn ended_within(&mut self, time: Duration) -> Option<ExitStatus> {
        let since = Instant::now();
        loop {
            match self.0.try_wait().expect("a process") {
                Some(status) => return Some(status),
                None if since.elapsed() > time => return None,
                None => sleep(Duration::from_millis(10)).await,
            }
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

fn binary(app: &TestApp, words: &[&str], part: &str) -> Command {
    let config = &app.app.config;
    let secret = config.data_dir.join("client.secret");
    let application = klaroen_sandbox::Client::default();
    fs::write(&secret, &application.secret).expect("a file");
    let world = app.world.base_url();
    let mut command = Command::new(words[0]);
    command.args(&words[1..]).arg(part).stderr(Stdio::inherit()).env("RUST_BACKTRACE", "0");
    command.args(["--linkedin-client-id", &application.id, "--linkedin-url", world, "--linkedin-api-url", world]);
    command.args(["--allow-hosts", world.trim_start_matches("http://"), "--linkedin-client-secret-file"]).arg(secret);
    command.arg("--data-dir").arg(&config.data_dir).env("KLAROEN_DATABASE_URL", config.database());
    command
}

impl TestApp {
    /// Waits until a question to the database, as in `select count(*) ...`, has this answer.
    pub async fn until(&self, question: &'static str, answer: i64, time: Duration) {
        let since = Instant::now();
        loop {
            let (now,): (i64,) = sql!(self.app.db.read(), fetch_one, question).expect("an answer");
            if now == answer {
                return;
            }
            assert!(since.elapsed() < time, "{question} is {now} and not {answer}");
            sleep(Duration::from_millis(10)).await;
        }
    }

    /// Puts every waiting share's time forward to now; `which` narrows it down. It is its turn then, unless another share of
    /// the person is under way: the end of whose lease is the end of the turn.
    pub async fn bring_forward(&self, which: &'static str) {
        let mut tx = self.app.db.write(klaroen_core::db::Actor::System("test")).await.expect("a transaction");
        let update = format!("update shares set due_at = $1 where due_at > $1 and {which}");
        sql!(tx, execute, sqlx::AssertSqlSafe(update), tx.now).expect("shares");
        let taken = format!("select id from connections where free_at > $1 {}", tx.skip_locked());
        let taken: Vec<(Uuid,)> = sql!(tx, fetch_all, sqlx::AssertSqlSafe(taken), tx.now).expect("connections");
        for (id,) in taken {
            let free = "update connections set free_at = null where id = $1 and not exists (select 1 from shares s \
                        where s.person_id = connections.person_id and s.due_at = connections.free_at)";
            sql!(tx, execute, free, id).expect("a turn");
        }
        tx.commit().await.expect("a commit");
    }
}
