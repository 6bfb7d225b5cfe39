//! Consents: what people said yes to, to the letter. Events are only ever added to; a live row is a yes that holds now.
//! `LiveConsent` can be made from such a row only, and a mail can be written from a `LiveConsent` only (gate G4).

mod text;

use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use self::text::Text;
use crate::{
    Error, Result,
    db::Tx,
    id::{ConsentId, PersonId},
    person::Language,
    secret::{self, Key},
    sql,
};

/// What a consent is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Purpose {
    /// Mails before a connection ends, and when it has ended.
    ConnectionReminders,
}

impl Purpose {
    /// Every purpose, in the order in which they are shown.
    pub const ALL: [Self; 1] = [Self::ConnectionReminders];

    fn word(self) -> &'static str {
        match self {
            Self::ConnectionReminders => "connection_reminders",
        }
    }
}

/// Where a choice was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Place {
    /// When an account was connected.
    Connect,
    /// On the page of one's own settings.
    Me,
    /// With the link in a mail; nobody else can say so.
    #[serde(skip)]
    Mail,
}

/// A yes that holds now. The fields are private and there is no other constructor than the queries of this module:
///
/// ```compile_fail,E0451
/// let forged = klaroen_core::consent::LiveConsent { person: todo!(), purpose: todo!(), text_id: todo!(), given_at: todo!() };
/// ```
#[derive(sqlx::FromRow)]
pub struct LiveConsent {
    #[sqlx(rename = "person_id")]
    person: PersonId,
    purpose: Purpose,
    text_id: String,
    given_at: DateTime<Utc>,
}

impl LiveConsent {
    /// The person's yes to a purpose, if they gave it and did not take it back.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn of(tx: &mut Tx, person: PersonId, purpose: Purpose) -> Result<Option<Self>> {
        Ok(sql!(
            tx,
            fetch_optional,
            "select person_id, purpose, text_id, given_at from live_consents where person_id = $1 and purpose = $2",
            person,
            purpose
        )?)
    }

    /// Whose.
    #[must_use]
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// When it was given.
    #[must_use]
    pub fn given_at(&self) -> DateTime<Utc> {
        self.given_at
    }

    /// The words that were on the screen; none: of an edition that is not known any more.
    #[must_use]
    pub fn text(&self) -> Option<Text> {
        self.purpose.text_by_id(&self.text_id)
    }

    /// The token that ends it, for the person's own mails: the same in all of them, so that an old mail ends it too.
    #[must_use]
    pub fn unsubscribe_token(&self, key: &Key) -> SecretString {
        unsubscribe_token(key, self.person, self.purpose)
    }
}

fn unsubscribe_token(key: &Key, person: PersonId, purpose: Purpose) -> SecretString {
    key.derive("unsubscribe", &format!("{person}/{}", purpose.word()).into())
}

/// The person says yes to these words. Saying it twice is one yes.
///
/// # Errors
/// `consent.changed` when these are not the words of today.
pub async fn give(
    tx: &mut Tx,
    key: &Key,
    person: PersonId,
    purpose: Purpose,
    text_id: &str,
    place: Place,
) -> Result<()> {
    let today = [Language::Nl, Language::En].map(|language| purpose.text(language));
    let text = today.into_iter().find(|text| text.id == text_id).ok_or_else(|| {
        Error::conflict("consent.changed", "The words have changed since you saw them. Load the page again.")
    })?;
    tx.hold("people", person.0).await?;
    if LiveConsent::of(tx, person, purpose).await?.is_some_and(|live| live.text_id == text_id) {
        return Ok(());
    }
    sql!(
        tx,
        execute,
        "insert into live_consents (person_id, purpose, text_id, given_at, unsubscribe_hash) values ($1, $2, $3, $4, $5) \
         on conflict (person_id, purpose) do update set text_id = $3, given_at = $4, unsubscribe_hash = $5",
        person,
        purpose,
        text_id,
        tx.now,
        secret::token_hash(unsubscribe_token(key, person, purpose).expose_secret())
    )?;
    sql!(
        tx,
        execute,
        "insert into consents (id, person_id, purpose, given, text_id, text_hash, language, place, at) \
         values ($1, $2, $3, true, $4, $5, $6, $7, $8)",
        ConsentId::new(),
        person,
        purpose,
        text.id,
        text.hash(),
        text.language,
        place,
        tx.now
    )?;
    Ok(())
}

/// The person takes it back. Taking back what was not given is nothing.
///
/// # Errors
/// When the database does not accept it.
pub async fn withdraw(tx: &mut Tx, person: PersonId, purpose: Purpose, place: Place) -> Result<()> {
    let live: Option<LiveConsent> = sql!(
        tx,
        fetch_optional,
        "delete from live_consents where person_id = $1 and purpose = $2 returning person_id, purpose, text_id, given_at",
        person,
        purpose
    )?;
    forget(tx, live, place).await
}

/// True when a mail's token ends something; a cheap read.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_ended_by(tx: &mut Tx, token: &str) -> Result<bool> {
    let live: Option<(PersonId,)> = sql!(
        tx,
        fetch_optional,
        "select person_id from live_consents where unsubscribe_hash = $1",
        secret::token_hash(token)
    )?;
    Ok(live.is_some())
}

/// Whoever holds the token of a mail takes it back. False: there is nothing to take back.
///
/// # Errors
/// When the database does not accept it.
pub async fn withdraw_by_mail(tx: &mut Tx, token: &str) -> Result<bool> {
    let live: Option<LiveConsent> = sql!(
        tx,
        fetch_optional,
        "delete from live_consents where unsubscribe_hash = $1 returning person_id, purpose, text_id, given_at",
        secret::token_hash(token)
    )?;
    let was_there = live.is_some();
    forget(tx, live, Place::Mail).await?;
    Ok(was_there)
}

/// A withdrawal names the words that were said yes to, also when their edition is not known any more.
async fn forget(tx: &mut Tx, live: Option<LiveConsent>, place: Place) -> Result<()> {
    let Some(live) = live else { return Ok(()) };
    sql!(
        tx,
        execute,
        "insert into consents (id, person_id, purpose, given, text_id, text_hash, language, place, at) \
         select $1, person_id, purpose, false, text_id, text_hash, language, $2, $3 from consents \
         where person_id = $4 and purpose = $5 and given = true and text_id = $6 order by at desc, id desc limit 1",
        ConsentId::new(),
        place,
        tx.now,
        live.person,
        live.purpose,
        live.text_id
    )?;
    Ok(())
}
