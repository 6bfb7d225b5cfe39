//! One "connect" click: first the state of the OAuth hop, after it the account that waits for "is this you?".
//! The state is stored hashed, bound to person, session and network, lives ten minutes and works once.

use chrono::{DateTime, Duration, Utc};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::{
    End, Grant, Network,
    connection::{connect, place},
};
use crate::{
    Error, Result,
    db::{Tx, expect_rows},
    id::{AttemptId, PersonId, SessionId},
    secret::{self, Key, Sealed},
    sql,
};

const LIFETIME: Duration = Duration::minutes(10);

/// Who is connecting: a person in one session. The callback must come back in the same.
#[derive(Debug, Clone, Copy)]
pub struct Visitor {
    /// Who.
    pub person: PersonId,
    /// In which browser.
    pub session: SessionId,
}

/// A path on our own origin to return to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnPath(String);

impl ReturnPath {
    /// Accepts a path (with query) on our own origin only.
    ///
    /// # Errors
    /// When it would lead anywhere else.
    pub fn parse(text: &str) -> Result<Self> {
        let here = Url::parse("http://here.invalid/").map_err(Error::internal)?;
        let stays = text.starts_with('/')
            && text.len() <= 500
            && !text.contains('\\')
            && !text.contains(char::is_control)
            && here.join(text).is_ok_and(|url| url.origin() == here.origin());
        if stays {
            return Ok(Self(text.to_owned()));
        }
        Err(Error::invalid("/return_to", "path.invalid", "Must be a path on this site, such as /settings."))
    }
}

/// An attempt whose state came back: the network said something about it.
#[derive(Debug, sqlx::FromRow)]
pub struct Returned {
    id: AttemptId,
    person_id: PersonId,
    network: Network,
    /// The server of the account, where its owner named it.
    pub instance: Option<String>,
}

/// Begins: answers the state that goes to the network, to the `instance` that was named, and must come back.
///
/// # Errors
/// When the database does not accept it.
pub async fn start(
    tx: &mut Tx,
    visitor: Visitor,
    network: Network,
    instance: Option<&str>,
    to: &ReturnPath,
) -> Result<SecretString> {
    let state = secret::token();
    sql!(
        tx,
        execute,
        "insert into connection_attempts (id, state_hash, person_id, session_id, network, return_to, expires_at, instance) \
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        AttemptId::new(),
        secret::token_hash(state.expose_secret()),
        visitor.person,
        visitor.session,
        network,
        &to.0,
        tx.now + LIFETIME,
        instance
    )?;
    Ok(state)
}

/// True when an attempt has run out; a cheap read, so that idle workers leave the database's one writer alone.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_any_over(tx: &mut Tx) -> Result<bool> {
    let over: Option<(AttemptId,)> =
        sql!(tx, fetch_optional, "select id from connection_attempts where expires_at <= $1 limit 1", tx.now)?;
    Ok(over.is_some())
}

/// Forgets attempts that have run out, with the tokens of accounts that nobody said are theirs.
///
/// # Errors
/// When the database does not accept it.
pub async fn forget_over(tx: &mut Tx) -> Result<()> {
    sql!(tx, execute, "delete from connection_attempts where expires_at <= $1", tx.now)?;
    Ok(())
}

/// Spends the state of a callback. Only the person and session that started may, at that network, in time, once.
///
/// # Errors
/// `state.invalid` for everything else.
pub async fn take(tx: &mut Tx, visitor: Visitor, network: Network, state: &str) -> Result<Returned> {
    let taken = sql!(
        tx,
        fetch_optional,
        "update connection_attempts set returned_at = $1 where state_hash = $2 and person_id = $3 and session_id = $4 \
         and network = $5 and returned_at is null and expires_at > $1 returning id, person_id, network, instance",
        tx.now,
        secret::token_hash(state),
        visitor.person,
        visitor.session,
        network
    )?;
    taken.ok_or_else(|| Error::refused("state.invalid", "This way back is not valid any more. Start again."))
}

impl Returned {
    /// Keeps the account until the person says whether it is theirs; answers the id to ask with.
    ///
    /// # Errors
    /// When the database does not accept it.
    pub async fn keep(self, tx: &mut Tx, grant: &Grant, key: &Key) -> Result<AttemptId> {
        let sealed = key.seal(&grant.token, &place("connection_attempts", self.id, self.network, self.person_id))?;
        let touched = sql!(
            tx,
            execute,
            "update connection_attempts set subject = $1, display_name = $2, scopes = $3, token = $4, token_key = $5, \
             token_expires_at = $6, expires_at = $7, handle = $8 where id = $9 and subject is null",
            &grant.subject,
            &grant.display_name,
            &grant.scopes,
            &sealed.token,
            &sealed.token_key,
            grant.end.at(tx.now),
            tx.now + LIFETIME,
            &grant.handle,
            self.id
        )?;
        expect_rows(touched, 1, "state.invalid", "This way back is not valid any more. Start again.")?;
        Ok(self.id)
    }
}

/// The account that waits for "is this you?".
#[derive(Debug, sqlx::FromRow)]
pub struct Pending {
    id: AttemptId,
    person_id: PersonId,
    /// Where.
    pub network: Network,
    /// Where to go on afterwards: a path.
    pub return_to: String,
    pub(super) subject: String,
    /// The name at the network.
    pub display_name: String,
    /// The name by which others find the account, where the network has such names.
    pub handle: Option<String>,
    pub(super) instance: Option<String>,
    scopes: String,
    #[sqlx(flatten)]
    sealed: Sealed,
    /// When the authorisation runs out; none: it has no end of its own.
    pub token_expires_at: Option<DateTime<Utc>>,
}

impl Pending {
    /// The account that waits, for the person and session that asked for it.
    ///
    /// # Errors
    /// When there is none, or its time is over.
    pub async fn get(tx: &mut Tx, visitor: Visitor, id: AttemptId) -> Result<Self> {
        Ok(sql!(
            tx,
            fetch_one,
            "select * from connection_attempts where id = $1 and person_id = $2 and session_id = $3 \
             and subject is not null and expires_at > $4",
            id,
            visitor.person,
            visitor.session,
            tx.now
        )?)
    }

    /// Ends the waiting, whatever the answer; the token is still in hand.
    ///
    /// # Errors
    /// When there is none, or its time is over.
    pub async fn take(tx: &mut Tx, visitor: Visitor, id: AttemptId) -> Result<Self> {
        let pending = Self::get(tx, visitor, id).await?;
        let touched = sql!(tx, execute, "delete from connection_attempts where id = $1", id)?;
        expect_rows(touched, 1, "state.invalid", "This was answered already.")?;
        Ok(pending)
    }

    /// "This is me": the account becomes the person's connection, its token sealed anew for that row.
    ///
    /// # Errors
    /// `connection.taken` when somebody else here connected the same account.
    pub async fn confirm(self, tx: &mut Tx, key: &Key) -> Result<()> {
        let grant = Grant {
            token: self.token(key)?,
            subject: self.subject,
            display_name: self.display_name,
            handle: self.handle,
            instance: self.instance,
            scopes: self.scopes,
            end: self.token_expires_at.map_or(End::Never, End::At),
        };
        connect(tx, key, self.person_id, self.network, &grant).await
    }

    pub(super) fn token(&self, key: &Key) -> Result<SecretString> {
        key.open_sealed(&self.sealed, &place("connection_attempts", self.id, self.network, self.person_id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn o1_a_return_path_stays_on_our_origin() {
        for good in ["/", "/settings?tab=1#x", "/a/../b", "/é"] {
            assert!(ReturnPath::parse(good).is_ok(), "{good}");
        }
        let long = format!("/{}", "x".repeat(500));
        for bad in [
            "",
            "settings",
            "//example.com",
            "/\\example.com",
            "https://example.com/",
            "/a\nb",
            "/\t/example.com",
            &long,
        ] {
            assert!(ReturnPath::parse(bad).is_err(), "{bad}");
        }
    }
}
