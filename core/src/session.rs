//! Sessions: a signed-in browser. The cookie holds a random token, the database only its hash.
//! How long one lasts depends on what its person may do.

use chrono::{DateTime, Duration, Utc};
use secrecy::{ExposeSecret, SecretString};

use crate::{
    Error, Result,
    db::Tx,
    id::{PersonId, SessionId},
    person::{Language, Person},
    role::Roles,
    secret, sql,
};

/// How long a session is kept after its end.
const KEPT: Duration = Duration::days(30);

/// How long a session lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifetime {
    /// From signing in.
    pub absolute: Duration,
    /// Without a request.
    pub idle: Duration,
}

impl Lifetime {
    /// Twelve hours for an employee, thirty days if asked; eight hours and half an hour idle for who sees more.
    #[must_use]
    pub fn of(roles: &Roles, stay: bool) -> Self {
        match (roles.is_only_employee(), stay) {
            (true, true) => Self { absolute: Duration::days(30), idle: Duration::days(30) },
            (true, false) => Self { absolute: Duration::hours(12), idle: Duration::hours(12) },
            (false, _) => Self { absolute: Duration::hours(8), idle: Duration::minutes(30) },
        }
    }
}

/// Who is behind a cookie.
#[derive(Clone, sqlx::FromRow)]
pub struct Login {
    /// The session.
    pub session: SessionId,
    /// The person.
    pub id: PersonId,
    /// What they may do.
    pub roles: Roles,
    /// Of their screens.
    pub language: Language,
    /// IANA name.
    pub time_zone: String,
    /// When the credentials were last shown.
    pub signed_in_at: DateTime<Utc>,
    /// Newest sign of life, to the minute.
    pub seen_at: DateTime<Utc>,
    /// Absolute limit.
    pub expires_at: DateTime<Utc>,
    /// The person asked to stay signed in.
    pub stay: bool,
}

/// One of a person's own sessions.
#[derive(sqlx::FromRow)]
pub struct Session {
    /// Opaque id.
    pub id: SessionId,
    /// When the credentials were shown.
    pub signed_in_at: DateTime<Utc>,
    /// Newest sign of life.
    pub seen_at: DateTime<Utc>,
    /// Absolute limit.
    pub expires_at: DateTime<Utc>,
}

/// Signs `person` in and answers the cookie's token and when it ends.
///
/// # Errors
/// When the database does not accept it.
pub async fn start(tx: &mut Tx, person: &Person, stay: bool) -> Result<(SecretString, DateTime<Utc>)> {
    let (token, stay) = (secret::token(), stay && person.roles.is_only_employee());
    let expires_at = tx.now + Lifetime::of(&person.roles, stay).absolute;
    sql!(
        tx,
        execute,
        "insert into sessions (id, token_hash, person_id, stay, signed_in_at, seen_at, expires_at) \
         values ($1, $2, $3, $4, $5, $5, $6)",
        SessionId::new(),
        secret::token_hash(token.expose_secret()),
        person.id,
        stay,
        tx.now,
        expires_at
    )?;
    Ok((token, expires_at))
}

/// Who is behind this token, unless the session is over or the account was switched off.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(tx: &mut Tx, token: &str) -> Result<Option<Login>> {
    let found: Option<Login> = sql!(
        tx,
        fetch_optional,
        "select s.id as session, p.id, p.roles, p.language, p.time_zone, s.signed_in_at, s.seen_at, s.expires_at, s.stay \
         from sessions s join people p on p.id = s.person_id where s.token_hash = $1 and p.active = $2",
        secret::token_hash(token),
        true
    )?;
    Ok(found.filter(|login| !login.is_over(tx.now)))
}

impl Login {
    /// True once either limit is reached.
    #[must_use]
    pub fn is_over(&self, now: DateTime<Utc>) -> bool {
        now >= self.expires_at || now >= self.seen_at + Lifetime::of(&self.roles, self.stay).idle
    }

    /// True when the sign of life should be noted again; once a minute is enough.
    #[must_use]
    pub fn is_stale(&self, now: DateTime<Utc>) -> bool {
        now - self.seen_at >= Duration::minutes(1)
    }
}

/// Notes a sign of life.
///
/// # Errors
/// When the database does not accept it.
pub async fn touch(tx: &mut Tx, id: SessionId) -> Result<()> {
    sql!(tx, execute, "update sessions set seen_at = $1 where id = $2", tx.now, id)?;
    Ok(())
}

/// The person's own sessions that are not over, newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(tx: &mut Tx, person: PersonId) -> Result<Vec<Session>> {
    Ok(sql!(
        tx,
        fetch_all,
        "select id, signed_in_at, seen_at, expires_at from sessions where person_id = $1 and expires_at > $2 \
         order by signed_in_at desc",
        person,
        tx.now
    )?)
}

/// Ends one of the person's own sessions.
///
/// # Errors
/// When it is not theirs.
pub async fn end(tx: &mut Tx, person: PersonId, id: SessionId) -> Result<()> {
    let touched = sql!(tx, execute, "delete from sessions where id = $1 and person_id = $2", id, person)?;
    if touched == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// True when a session ended so long ago that it is forgotten.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_any_over(tx: &mut Tx) -> Result<bool> {
    let limit = tx.now - KEPT;
    let first: Option<(SessionId,)> =
        sql!(tx, fetch_optional, "select id from sessions where expires_at < $1 limit 1", limit)?;
    Ok(first.is_some())
}

/// Forgets sessions that ended long ago.
///
/// # Errors
/// When the database does not accept it.
pub async fn forget_over(tx: &mut Tx) -> Result<()> {
    sql!(tx, execute, "delete from sessions where expires_at < $1", tx.now - KEPT)?;
    Ok(())
}

/// Ends all sessions of a person.
///
/// # Errors
/// When the database does not accept it.
pub async fn end_all(tx: &mut Tx, person: PersonId) -> Result<()> {
    sql!(tx, execute, "delete from sessions where person_id = $1", person)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::role::Role;

    #[test]
    fn a2_a_session_ends_at_its_limits_to_the_second() {
        let start = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let second = Duration::seconds(1);
        for (roles, stay) in [
            (vec![Role::Employee], false),
            (vec![Role::Employee], true),
            (vec![Role::Employee, Role::Marketer], false),
            (vec![Role::Hr], true),
            (vec![Role::Admin], false),
        ] {
            let roles = Roles::from(roles);
            let life = Lifetime::of(&roles, stay);
            let login = |seen_at| Login {
                session: SessionId::new(),
                id: PersonId::new(),
                roles: roles.clone(),
                language: Language::Nl,
                time_zone: "Europe/Amsterdam".into(),
                signed_in_at: start,
                seen_at,
                expires_at: start + life.absolute,
                stay,
            };
            assert!(!login(start).is_over(start + life.idle - second));
            assert!(login(start).is_over(start + life.idle));
            let end = start + life.absolute;
            assert!(!login(end - second).is_over(end - second));
            assert!(login(end - second).is_over(end));
        }
    }
}
