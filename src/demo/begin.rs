//! The demo's first day: people of every role, topics, and the feeds of a fictitious company.

use anyhow::Context;
use chrono::{DateTime, Duration, Utc};
use klaroen_core::{
    App,
    db::{Actor, Tx},
    feed::{Feed, NewFeed, Publish, Reading},
    password,
    person::{Language, NewPerson, Person},
    role::{Role, Roles},
    topic::Topic,
};
use klaroen_sandbox::Running;

/// Everybody in the demo has this password.
pub const PASSWORD: &str = "klaroen-demo-2026";

/// Employees without a sign-in of their own in the welcome text.
const CROWD: u32 = 40;

const TEAMS: [&str; 5] = ["Engineering", "Field service", "Finance", "Sales", "Support"];

/// Fills an empty database.
pub async fn fill(app: &App, world: &Running) -> anyhow::Result<()> {
    let hash = password::hash(PASSWORD.to_owned().into()).await?;
    let mut tx = as_of(app, app.clock.now() - Duration::weeks(40)).await?;
    for (role, name) in [(Role::Admin, "Admin"), (Role::Hr, "HR"), (Role::Marketer, "Marketer")] {
        let email = format!("{}@demo.test", name.to_lowercase());
        add(&mut tx, &email, name, role, Some(&hash), (None, None)).await?;
    }
    for number in 1..=CROWD {
        let email =
            if number == 12 { "employee@demo.test".to_owned() } else { format!("employee{number:03}@demo.test") };
        let team = TEAMS[number as usize % TEAMS.len()];
        let staff = (Some(team.to_owned()), Some(format!("{:05}", 10_000 + number)));
        add(&mut tx, &email, &format!("Employee {number:03}"), Role::Employee, Some(&hash), staff).await?;
    }
    tx.commit().await?;
    follow_feeds(app, world).await
}

/// A transaction that happens at another instant: the demo has a past.
pub async fn as_of(app: &App, instant: DateTime<Utc>) -> anyhow::Result<Tx> {
    let mut tx = app.db.write(Actor::System("demo")).await?;
    tx.now = instant;
    Ok(tx)
}

async fn add(
    tx: &mut Tx,
    email: &str,
    name: &str,
    role: Role,
    hash: Option<&str>,
    (team, staff_no): (Option<String>, Option<String>),
) -> anyhow::Result<()> {
    let mut person = NewPerson::new(email, name, Roles::from(vec![role]), Language::Nl, "Europe/Amsterdam")?;
    person.password_hash = hash.map(ToOwned::to_owned);
    person.team = team;
    person.staff_no = staff_no;
    Person::create(tx, person).await?;
    Ok(())
}

/// Follows the sample feeds, each with its newest items offered at once. The videos are left for the marketer to add.
async fn follow_feeds(app: &App, world: &Running) -> anyhow::Result<()> {
    for (path, topic, publish, offered) in [
        ("nieuws.xml", "Nieuws", Publish::Live, 5),
        ("insights.xml", "Product", Publish::Live, 4),
        ("vacatures.xml", "Vacatures", Publish::Review, 3),
    ] {
        let address = format!("{}/feeds/{path}", world.base_url());
        let mut tx = as_of(app, app.clock.now()).await?;
        let topic = Topic::create(&mut tx, topic).await?;
        tx.commit().await?;
        let mut new = NewFeed {
            address,
            document: None,
            definition: None,
            title: None,
            topic_id: topic.id,
            publish,
            counting_link: true,
            cron: None,
            filter: None,
            audience: vec![],
            offer: vec![],
        };
        let reading = Reading::of(app, &new, Actor::System("demo")).await;
        let reading = reading.with_context(|| format!("the sample feed {}", new.address))?;
        new.offer = reading.keys().take(offered).map(ToOwned::to_owned).collect();
        let mut tx = as_of(app, app.clock.now()).await?;
        Feed::create(&mut tx, &app.config, new, &reading, "Europe/Amsterdam").await?;
        tx.commit().await?;
    }
    let mut tx = as_of(app, app.clock.now()).await?;
    Topic::create(&mut tx, "Video").await?;
    tx.commit().await?;
    Ok(())
}
