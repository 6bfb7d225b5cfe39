//! Definitions: named readings of feeds. Those that are shipped are the same everywhere and never change here; the
//! marketers' own have versions, and every poll reads with the newest.

mod change;
mod check;
mod list;
pub(crate) mod trial;

use klaroen_feed::{Definition, builtin};

pub(crate) use self::check::fault_at;
pub use self::{
    change::{DefinitionChange, Plan, create, delete, trials},
    check::{check, fault, fault_of_item_path},
    list::{DefinitionDetail, DefinitionSummary, DefinitionVersion, version},
    trial::{ItemChange, Trial, ValueChange},
};
use crate::{
    Error, Result,
    db::{Tx, expect_rows},
    id::DefinitionId,
    sql,
};

/// A definition of the marketers' own, in its newest version.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct Own {
    pub(crate) id: DefinitionId,
    pub(crate) version: i32,
    definition: String,
}

/// A definition with which a feed is, or will be, read.
#[derive(Debug, Clone)]
pub struct Chosen {
    /// The reading.
    pub definition: Definition,
    /// Of the marketers' own: which, and in which version.
    pub(crate) own: Option<(DefinitionId, i32)>,
}

impl Own {
    /// The marketers' own of this name, in whatever capitals.
    pub(crate) async fn find(tx: &mut Tx, name: &str) -> Result<Option<Self>> {
        Ok(sql!(
            tx,
            fetch_optional,
            "select d.id, d.version, v.definition from definitions d join definition_versions v \
             on v.definition_id = d.id and v.version = d.version where d.folded = $1",
            fold(name)
        )?)
    }

    pub(crate) fn definition(&self) -> Result<Definition> {
        of_stored(&self.definition)
    }
}

impl Chosen {
    /// The definition of a name: the marketers' own, else a shipped one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn find(tx: &mut Tx, name: &str) -> Result<Option<Self>> {
        Ok(match Own::find(tx, name).await? {
            Some(own) => Some(Self { definition: own.definition()?, own: Some((own.id, own.version)) }),
            None => builtin::named(name).ok().map(|shipped| Self::shipped(shipped.clone())),
        })
    }

    /// As `find`, for the name in a request.
    ///
    /// # Errors
    /// `definition.unknown` at `/definition`.
    pub async fn named(tx: &mut Tx, name: &str) -> Result<Self> {
        let unknown = || Error::invalid("/definition", "definition.unknown", "Choose a definition from the list.");
        Self::find(tx, name).await?.ok_or_else(unknown)
    }

    /// One that is shipped.
    #[must_use]
    pub fn shipped(definition: Definition) -> Self {
        Self { definition, own: None }
    }

    /// Insists that nobody changed it since it was found, and keeps it from being changed in this transaction.
    pub(crate) async fn insist_unchanged(&self, tx: &mut Tx) -> Result<()> {
        let Some((id, version)) = self.own else { return Ok(()) };
        tx.hold("definitions", id.0).await?;
        let same: Vec<(DefinitionId,)> =
            sql!(tx, fetch_all, "select id from definitions where id = $1 and version = $2", id, version)?;
        expect_rows(same.len() as u64, 1, CHANGED.0, CHANGED.1)
    }
}

const CHANGED: (&str, &str) = (
    "definition.changed_meanwhile",
    "Somebody changed this definition meanwhile. Load it again and repeat your change.",
);

const FOLLOWED: (&str, &str) =
    ("definition.changed_meanwhile", "Somebody gave this definition to another feed meanwhile. Save it again.");

/// Names differ in more than capitals.
fn fold(name: &str) -> String {
    name.trim().to_lowercase()
}

/// A stored definition was checked when it was saved; a later release may know better.
fn of_stored(json: &str) -> Result<Definition> {
    Definition::from_json(json)
        .map_err(|error| Error::conflict("definition.unreadable", format!("{error} Save this definition anew.")))
}
