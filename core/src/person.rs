//! People: who has an account, in which roles, and the language and zone they live in.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Error, Fault, Result, chain,
    db::Tx,
    error::OrConflict,
    id::PersonId,
    network::connection,
    page::{PAGE, Page},
    role::{Role, Roles},
    session,
    share::queue,
    sql,
};

/// Language of the screens and mails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Language {
    /// Dutch.
    Nl,
    /// English.
    En,
}

impl Language {
    /// The word used in addresses and in markup.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Nl => "nl",
            Self::En => "en",
        }
    }
}

/// Somebody with an account.
#[derive(Clone, sqlx::FromRow)]
pub struct Person {
    /// Opaque id.
    pub id: PersonId,
    /// Lower case.
    pub email: String,
    /// As the person wants to be called.
    pub name: String,
    /// PHC string.
    pub password_hash: Option<String>,
    /// What they may do.
    pub roles: Roles,
    /// For HR's filter.
    pub team: Option<String>,
    /// What payroll calls them.
    pub staff_no: Option<String>,
    /// Of screens and mails.
    pub language: Language,
    /// IANA name.
    pub time_zone: String,
    /// False: cannot sign in.
    pub active: bool,
    /// A share of which nobody knows may be sent once more within ten minutes.
    pub may_probe: bool,
    /// When the account was made.
    pub created_at: DateTime<Utc>,
}

/// Personal data stay out of logs.
impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Person({})", self.id)
    }
}

/// What is needed to make an account; parsed, so it is valid.
pub struct NewPerson {
    email: String,
    name: String,
    roles: Roles,
    language: Language,
    time_zone: Tz,
    /// For HR's filter.
    pub team: Option<String>,
    /// What payroll calls them.
    pub staff_no: Option<String>,
    /// PHC string.
    pub password_hash: Option<String>,
}

impl NewPerson {
    /// Checks the fields of a new account.
    ///
    /// # Errors
    /// All faults at once, each with its field.
    pub fn new(email: &str, name: &str, roles: Roles, language: Language, time_zone: &str) -> Result<Self> {
        let (email, name, zone) = (parse_email(email), parse_name(name), parse_zone(time_zone));
        match (email, name, zone) {
            (Ok(email), Ok(name), Ok(time_zone)) => {
                Ok(Self { email, name, roles, language, time_zone, team: None, staff_no: None, password_hash: None })
            }
            (email, name, zone) => {
                Err(Error::Invalid([email.err(), name.err(), zone.err()].into_iter().flatten().collect()))
            }
        }
    }
}

/// An address as it is stored: trimmed and in lower case.
///
/// # Errors
/// When it is not an e-mail address.
pub fn parse_email(text: &str) -> Result<String, Fault> {
    let email = text.trim().to_lowercase();
    let is_valid = email.len() <= 254
        && !email.contains(|c: char| c.is_whitespace() || c.is_control())
        && email
            .split_once('@')
            .is_some_and(|(local, host)| !local.is_empty() && host.len() > 2 && !host.contains('@'));
    if is_valid {
        return Ok(email);
    }
    let detail = "Enter an e-mail address such as name@example.com.";
    Err(Fault::new("/email", "email.invalid", detail))
}

/// A name as it is stored: trimmed, of 1 to 100 characters.
///
/// # Errors
/// When it is empty, too long or has control characters.
pub fn parse_name(text: &str) -> Result<String, Fault> {
    let name = text.trim();
    if (1..=100).contains(&name.chars().count()) && !name.contains(char::is_control) {
        return Ok(name.to_owned());
    }
    Err(Fault::new("/name", "name.invalid", "Enter a name of 1 to 100 characters."))
}

/// A time zone of the IANA database.
///
/// # Errors
/// When there is no such zone.
pub fn parse_zone(text: &str) -> Result<Tz, Fault> {
    Tz::from_str(text)
        .map_err(|_| Fault::new("/time_zone", "time_zone.unknown", "Choose a time zone such as Europe/Amsterdam."))
}

/// What an admin, or the person, may change of an account; what is `None` stays.
#[derive(Default)]
pub struct Change {
    /// As the person wants to be called.
    pub name: Option<String>,
    /// What they may do.
    pub roles: Option<Roles>,
    /// For HR's filter; empty: none.
    pub team: Option<String>,
    /// What payroll calls them; empty: none.
    pub staff_no: Option<String>,
    /// False ends all sessions at once.
    pub active: Option<bool>,
    /// Of screens and mails.
    pub language: Option<Language>,
    /// IANA name.
    pub time_zone: Option<String>,
    /// A share of which nobody knows may be sent once more within ten minutes.
    pub may_probe: Option<bool>,
}

/// A row of the admin's list: the account and whether its connection works, nothing else about a person.
#[derive(sqlx::FromRow)]
pub struct Account {
    /// The account.
    #[sqlx(flatten)]
    pub person: Person,
    /// State of the connection to a network, if there is one.
    pub connection: Option<String>,
}

const TAKEN: (&str, &str) = ("person.taken", "There is already an account with this e-mail address or staff number.");

impl Person {
    /// Makes an account.
    ///
    /// # Errors
    /// `person.taken` when the address or the staff number is in use.
    pub async fn create(tx: &mut Tx, new: NewPerson) -> Result<Self> {
        sql!(
            tx,
            fetch_one,
            "insert into people (id, email, name, password_hash, roles, team, staff_no, language, time_zone, active, \
             created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, true, $10) returning *",
            PersonId::new(),
            new.email,
            new.name,
            new.password_hash,
            new.roles,
            new.team,
            new.staff_no,
            new.language,
            new.time_zone.name(),
            tx.now
        )
        .or_conflict(TAKEN.0, TAKEN.1)
    }

    /// The account with this id.
    ///
    /// # Errors
    /// When there is none.
    pub async fn get(tx: &mut Tx, id: PersonId) -> Result<Self> {
        Ok(sql!(tx, fetch_one, "select * from people where id = $1", id)?)
    }

    /// The account that signs in with this address.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn by_email(tx: &mut Tx, email: &str) -> Result<Option<Self>> {
        Ok(sql!(tx, fetch_optional, "select * from people where email = $1", email.trim().to_lowercase())?)
    }

    /// True while nobody has an account: the set-up link works.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn none_yet(tx: &mut Tx) -> Result<bool> {
        let first: Option<(PersonId,)> = sql!(tx, fetch_optional, "select id from people limit 1")?;
        Ok(first.is_none())
    }

    /// One row of the admin's list.
    ///
    /// # Errors
    /// When there is none.
    pub async fn account(tx: &mut Tx, id: PersonId) -> Result<Account> {
        Ok(sql!(
            tx,
            fetch_one,
            "select p.*, (select min(case when c.expires_at <= $1 then 'expired' else c.state end) from connections c \
             where c.person_id = p.id) as connection from people p where p.id = $2",
            tx.now,
            id
        )?)
    }

    /// A page of accounts by name, those whose name or address contains `search`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn list(tx: &mut Tx, search: &str, after: Option<&str>) -> Result<Page<Account>> {
        let (after_name, after_id) = after.and_then(|after| after.rsplit_once('/')).unwrap_or_default();
        let rows: Vec<Account> = sql!(
            tx,
            fetch_all,
            "select p.*, (select min(case when c.expires_at <= $5 then 'expired' else c.state end) from connections c \
             where c.person_id = p.id) as connection \
             from people p where (lower(p.name) like $1 escape '!' or p.email like $1 escape '!') \
             and (lower(p.name) > $2 or (lower(p.name) = $2 and p.id > $3)) order by lower(p.name), p.id limit $4",
            contains(search),
            after_name,
            after_id.parse().unwrap_or(Uuid::nil()),
            PAGE + 1,
            tx.now
        )?;
        Ok(Page::new(rows, |row| format!("{}/{}", row.person.name.to_lowercase(), row.person.id)))
    }

    /// Changes an account. Other roles or losing the account end all its sessions in the same transaction.
    ///
    /// # Errors
    /// When a value is not valid, the staff number is taken, or the last admin would be gone.
    pub async fn change(tx: &mut Tx, id: PersonId, change: Change) -> Result<Self> {
        tx.hold("people", id.0).await?;
        let before = Self::get(tx, id).await?;
        let keep = |new: Option<String>, old: &Option<String>| match new {
            Some(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            None => old.clone(),
        };
        let invalid = |fault| Error::Invalid(vec![fault]);
        let name = change.name.map_or(Ok(before.name.clone()), |name| parse_name(&name)).map_err(invalid)?;
        let zone = parse_zone(change.time_zone.as_deref().unwrap_or(&before.time_zone)).map_err(invalid)?;
        let after: Self = sql!(
            tx,
            fetch_one,
            "update people set name = $1, roles = $2, team = $3, staff_no = $4, active = $5, language = $6, \
             time_zone = $7, may_probe = $8 where id = $9 returning *",
            name,
            change.roles.unwrap_or(before.roles.clone()),
            keep(change.team, &before.team),
            keep(change.staff_no, &before.staff_no),
            change.active.unwrap_or(before.active),
            change.language.unwrap_or(before.language),
            zone.name(),
            change.may_probe.unwrap_or(before.may_probe),
            id
        )
        .or_conflict(TAKEN.0, TAKEN.1)?;
        if after.roles != before.roles || after.active != before.active {
            session::end_all(tx, id).await?;
            insist_on_an_admin(tx, &before).await?;
        }
        if !after.active {
            connection::end_all(tx, id).await?;
            queue::cancel_person(tx, id).await?;
        }
        Ok(after)
    }

    /// Sets the password.
    ///
    /// # Errors
    /// When the person is gone.
    pub async fn set_password(tx: &mut Tx, id: PersonId, hash: &str) -> Result<()> {
        let touched = sql!(tx, execute, "update people set password_hash = $1 where id = $2", hash, id)?;
        if touched == 1 { Ok(()) } else { Err(Error::NotFound) }
    }
}

/// Two admins that step down at the same moment take turns here.
async fn insist_on_an_admin(tx: &mut Tx, before: &Person) -> Result<()> {
    if !before.roles.has(Role::Admin) {
        return Ok(());
    }
    chain::next(tx, "admins").await?;
    let active: Vec<(Roles,)> = sql!(tx, fetch_all, "select roles from people where active = $1", true)?;
    if active.iter().any(|(roles,)| roles.has(Role::Admin)) {
        return Ok(());
    }
    Err(Error::conflict("person.last_admin", "Somebody must stay admin. Make another person admin first."))
}

/// A `like` pattern (escape character `!`) that finds `search` anywhere, in lower case.
#[must_use]
pub fn contains(search: &str) -> String {
    let mut pattern = String::from("%");
    for c in search.trim().to_lowercase().chars() {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern + "%"
}
