//! The demo's first day: people of every role, in teams, and the organisation's own rules for what goes out.

use chrono::{DateTime, Duration, Utc};
use klaroen_core::{
    App,
    db::{Actor, Tx},
    organisation::{CompanyPage, Disclosure, OrganisationRules},
    password,
    person::{Language, NewPerson, Person},
    role::{Role, Roles},
};

/// Everybody in the demo has this password.
pub const PASSWORD: &str = "klaroen-demo-2026";

/// Employees without a sign-in of their own in the welcome text.
const CROWD: u32 = 40;

const TEAMS: [&str; 5] = ["Engineering", "Field service", "Finance", "Sales", "Support"];

/// Fills an empty database.
pub async fn fill(app: &App) -> anyhow::Result<()> {
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
    rules().check()?.replace(&mut tx).await?;
    tx.commit().await?;
    Ok(())
}

fn rules() -> OrganisationRules {
    let (nl, en) = ("Ik werk bij Voorbeeld Energie.".to_owned(), "I work at Voorbeeld Energie.".to_owned());
    OrganisationRules {
        disclosure: Some(Disclosure { nl, en }),
        utm_template: "utm_source={network}&utm_medium=social&utm_campaign={topic}&utm_content={post}".to_owned(),
        link_hosts: vec![],
        page: Some(CompanyPage { name: "Voorbeeld Energie".to_owned(), urn: "urn:li:organization:2414183".to_owned() }),
        version: None,
    }
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
