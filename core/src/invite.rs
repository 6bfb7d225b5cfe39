//! Invitations: the only way to an account. A link of 256 bits, good once, for 72 hours, for one address.
//! The set-up link that makes the first admin is an invitation without an address.

use chrono::{DateTime, Duration, Utc};
use secrecy::{ExposeSecret, SecretString};

use crate::{
    Error, Fault, Result,
    db::{Actor, Tx},
    error::OrConflict,
    id::InviteId,
    person::{self, NewPerson, Person},
    role::{Role, Roles},
    secret, sql,
};

/// An invitation that waits to be accepted.
#[derive(sqlx::FromRow)]
pub struct Invite {
    /// Opaque id.
    pub id: InviteId,
    /// Who it is for; `None`: the set-up link.
    pub email: Option<String>,
    /// As the admin calls them; the person may change it.
    pub name: String,
    /// What they will be able to do.
    pub roles: Roles,
    /// For HR's filter.
    pub team: Option<String>,
    /// What payroll calls them.
    pub staff_no: Option<String>,
    /// After this the link is dead.
    pub expires_at: DateTime<Utc>,
}

/// What an admin fills in.
pub struct NewInvite {
    /// Who it is for.
    pub email: String,
    /// As the admin calls them.
    pub name: String,
    /// What they will be able to do.
    pub roles: Roles,
    /// For HR's filter.
    pub team: Option<String>,
    /// What payroll calls them.
    pub staff_no: Option<String>,
}

const GONE: &str = "This link was used before or is too old. Ask an admin for a new one.";

fn gone() -> Error {
    Error::conflict("invite.gone", GONE)
}

impl Invite {
    /// Invites somebody; an earlier invitation of the same address dies.
    ///
    /// # Errors
    /// When a field is not valid or the address already has an account.
    pub async fn create(tx: &mut Tx, new: NewInvite) -> Result<(Self, SecretString)> {
        let (email, name) = match (person::parse_email(&new.email), person::parse_name(&new.name)) {
            (Ok(email), Ok(name)) => (email, name),
            (email, name) => return Err(Error::Invalid([email.err(), name.err()].into_iter().flatten().collect())),
        };
        if new.roles == Roles::default() {
            let detail = "Choose at least one role.";
            return Err(Error::Invalid(vec![Fault::new("/roles", "required", detail)]));
        }
        if Person::by_email(tx, &email).await?.is_some() {
            return Err(Error::conflict("person.taken", "There is already an account with this e-mail address."));
        }
        sql!(tx, execute, "delete from invites where email = $1", &email)?;
        Self::insert(tx, Some(email), name, new.roles, (new.team, new.staff_no)).await
    }

    /// Makes a new set-up link; earlier ones die.
    ///
    /// # Errors
    /// When there already is somebody.
    pub async fn set_up(tx: &mut Tx) -> Result<SecretString> {
        if !Person::none_yet(tx).await? {
            return Err(Error::conflict("setup.done", "This installation is already set up. Sign in."));
        }
        sql!(tx, execute, "delete from invites where email is null")?;
        let roles = Roles::from(vec![Role::Admin]);
        let (_, token) = Self::insert(tx, None, "Admin".to_owned(), roles, (None, None)).await?;
        Ok(token)
    }

    async fn insert(
        tx: &mut Tx,
        email: Option<String>,
        name: String,
        roles: Roles,
        (team, staff_no): (Option<String>, Option<String>),
    ) -> Result<(Self, SecretString)> {
        let token = secret::token();
        let by = if let Actor::Person(person) = tx.actor { Some(person) } else { None };
        let invite = sql!(
            tx,
            fetch_one,
            "insert into invites (id, token_hash, email, name, roles, team, staff_no, created_by, created_at, expires_at) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning *",
            InviteId::new(),
            secret::token_hash(token.expose_secret()),
            email,
            name,
            roles,
            team,
            staff_no,
            by,
            tx.now,
            tx.now + Duration::hours(72)
        )
        .or_conflict("invite.taken", "Somebody else is inviting this address at this moment.")?;
        Ok((invite, token))
    }

    /// Invitations that wait, without the set-up link.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn list(tx: &mut Tx) -> Result<Vec<Self>> {
        let now = tx.now;
        Ok(sql!(
            tx,
            fetch_all,
            "select * from invites where email is not null and expires_at > $1 order by created_at desc",
            now
        )?)
    }

    /// What a link is good for; looking does not use it up, since mail scanners look too.
    ///
    /// # Errors
    /// `invite.gone` when it was used, replaced or is too old.
    pub async fn look(tx: &mut Tx, token: &str) -> Result<Self> {
        let now = tx.now;
        let found: Option<Self> = sql!(
            tx,
            fetch_optional,
            "select * from invites where token_hash = $1 and expires_at > $2",
            secret::token_hash(token),
            now
        )?;
        found.ok_or_else(gone)
    }

    /// Uses the link up and makes the account.
    ///
    /// # Errors
    /// `invite.gone` when somebody was faster; faults of the fields.
    pub async fn accept(self, tx: &mut Tx, mut new: NewPerson) -> Result<Person> {
        let touched = sql!(tx, execute, "delete from invites where id = $1", self.id)?;
        if touched != 1 || (self.email.is_none() && !Person::none_yet(tx).await?) {
            return Err(gone());
        }
        new.team = self.team;
        new.staff_no = self.staff_no;
        Person::create(tx, new).await
    }

    /// True when an invitation has run out.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn is_any_over(tx: &mut Tx) -> Result<bool> {
        let now = tx.now;
        let first: Option<(InviteId,)> =
            sql!(tx, fetch_optional, "select id from invites where expires_at <= $1 limit 1", now)?;
        Ok(first.is_some())
    }

    /// Forgets invitations that have run out.
    ///
    /// # Errors
    /// When the database does not accept it.
    pub async fn forget_over(tx: &mut Tx) -> Result<()> {
        sql!(tx, execute, "delete from invites where expires_at <= $1", tx.now)?;
        Ok(())
    }

    /// Takes an invitation back.
    ///
    /// # Errors
    /// When there is none.
    pub async fn withdraw(tx: &mut Tx, id: InviteId) -> Result<()> {
        let touched = sql!(tx, execute, "delete from invites where id = $1 and email is not null", id)?;
        if touched == 1 { Ok(()) } else { Err(Error::NotFound) }
    }
}
