//! Lists of definitions, and one with its versions and the feeds that are read with it.

use chrono::{DateTime, Utc};
use klaroen_feed::{Definition, builtin};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Own, fold, of_stored};
use crate::{Error, Result, db::Tx, feed::FeedName, sql};

/// A definition in the list.
#[derive(Debug, Serialize, ToSchema)]
pub struct DefinitionSummary {
    /// Its name.
    pub name: String,
    /// It is shipped and cannot be changed; copy it under another name.
    pub built_in: bool,
    /// The newest; null: it is shipped.
    pub version: Option<i32>,
    /// How many feeds are read with it.
    pub feeds: i64,
    /// When its newest version was saved; null: it is shipped.
    pub changed_at: Option<DateTime<Utc>>,
}

/// A definition with its versions and feeds.
#[derive(Debug, Serialize, ToSchema)]
pub struct DefinitionDetail {
    /// The newest version.
    pub definition: Definition,
    /// It is shipped and cannot be changed; copy it under another name.
    pub built_in: bool,
    /// The newest; pass it when it is changed. Null: it is shipped.
    pub version: Option<i32>,
    /// All versions, newest first; none: it is shipped.
    pub versions: Vec<DefinitionVersion>,
    /// The feeds that are read with it, by title.
    pub feeds: Vec<FeedName>,
}

/// One version of a definition.
#[derive(Debug, Serialize, sqlx::FromRow, ToSchema)]
pub struct DefinitionVersion {
    /// Counts from 1.
    pub version: i32,
    /// When it was saved.
    #[sqlx(rename = "created_at")]
    pub at: DateTime<Utc>,
}

impl DefinitionSummary {
    /// All definitions: the marketers' own by name, then the shipped ones.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn list(tx: &mut Tx) -> Result<Vec<Self>> {
        let own: Vec<(String, i32, DateTime<Utc>)> =
            sql!(tx, fetch_all, "select name, version, changed_at from definitions order by folded")?;
        let feeds: Vec<(String, i64)> =
            sql!(tx, fetch_all, "select definition, count(*) from feeds group by definition")?;
        let feeds = |name: &str| feeds.iter().find(|(used, _)| used == name).map_or(0, |(_, feeds)| *feeds);
        let mut list: Vec<Self> = vec![];
        for (name, version, changed_at) in own {
            let feeds = feeds(&name);
            list.push(Self { name, built_in: false, version: Some(version), feeds, changed_at: Some(changed_at) });
        }
        for shipped in builtin::all() {
            if !list.iter().any(|own| fold(&own.name) == fold(&shipped.name)) {
                let (name, feeds) = (shipped.name.clone(), feeds(&shipped.name));
                list.push(Self { name, built_in: true, version: None, feeds, changed_at: None });
            }
        }
        Ok(list)
    }
}

impl DefinitionDetail {
    /// The definition of this name.
    ///
    /// # Errors
    /// When there is none.
    pub async fn get(tx: &mut Tx, name: &str) -> Result<Self> {
        let Some(own) = Own::find(tx, name).await? else {
            let definition = builtin::named(name).map_err(|_| Error::NotFound)?.clone();
            let feeds = FeedName::read_with(tx, &definition.name).await?;
            return Ok(Self { definition, built_in: true, version: None, versions: vec![], feeds });
        };
        let versions: Vec<DefinitionVersion> = sql!(
            tx,
            fetch_all,
            "select version, created_at from definition_versions where definition_id = $1 order by version desc",
            own.id
        )?;
        let definition = own.definition()?;
        let feeds = FeedName::read_with(tx, &definition.name).await?;
        Ok(Self { definition, built_in: false, version: Some(own.version), versions, feeds })
    }
}

/// An earlier version of a definition.
///
/// # Errors
/// When there is none.
pub async fn version(tx: &mut Tx, name: &str, version: i32) -> Result<Definition> {
    let (json,): (String,) = sql!(
        tx,
        fetch_one,
        "select v.definition from definitions d join definition_versions v on v.definition_id = d.id \
         where d.folded = $1 and v.version = $2",
        fold(name),
        version
    )?;
    of_stored(&json)
}
