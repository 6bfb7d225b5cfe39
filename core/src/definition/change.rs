//! Saving, renaming and removing the marketers' own definitions. Nothing is saved that takes items or a full field from
//! a feed, unless somebody says that it is meant so.

use klaroen_feed::Definition;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{CHANGED, Chosen, DefinitionDetail, FOLLOWED, Own, Trial, check, fold};
use crate::{
    App, Error, Result,
    db::{Actor, Tx, expect_rows},
    error::OrConflict,
    feed::{FeedName, reread::Reread},
    id::DefinitionId,
    sql,
};

/// A changed definition.
#[derive(Debug, Deserialize, ToSchema)]
pub struct DefinitionChange {
    /// The new version; another name renames it.
    pub definition: Definition,
    /// The version that was edited.
    pub version: i32,
    /// Save it although a feed would lose items, or a field that all its items have.
    #[serde(default)]
    pub accept: bool,
}

/// A change that was tried on every feed that is read with the definition.
pub struct Plan {
    id: DefinitionId,
    name: String,
    change: DefinitionChange,
    rereads: Vec<Reread>,
    feeds: Vec<FeedName>,
}

/// Saves a definition under a new name.
///
/// # Errors
/// `definition.name_taken`, or the place that is wrong.
pub async fn create(tx: &mut Tx, definition: Definition) -> Result<(DefinitionId, DefinitionDetail)> {
    let definition = check::parse(definition)?;
    let id = DefinitionId::new();
    sql!(
        tx,
        execute,
        "insert into definitions (id, name, folded, version, changed_at) values ($1, $2, $3, 1, $4)",
        id,
        &definition.name,
        fold(&definition.name),
        tx.now
    )
    .or_conflict(check::TAKEN.0, check::TAKEN.1)?;
    add_version(tx, id, 1, &definition).await?;
    Ok((id, DefinitionDetail::get(tx, &definition.name).await?))
}

/// Tries another definition on every feed that is read with this one. Nothing is saved.
///
/// # Errors
/// When there is no such definition, or the other one is wrong.
pub async fn trials(app: &App, name: &str, other: &Definition) -> Result<Vec<Trial>> {
    check::check(other)?;
    let detail = DefinitionDetail::get(&mut app.db.read(), name).await?;
    let mut trials = vec![];
    for feed in &detail.feeds {
        trials.push(Reread::plan(app, feed.id, other).await?.trial());
    }
    Ok(trials)
}

impl DefinitionChange {
    /// Checks the change and tries it on every feed that is read with the definition.
    ///
    /// # Errors
    /// `definition.loses` when a feed would lose something and nobody said that it is meant so.
    pub async fn plan(mut self, app: &App, name: &str) -> Result<Plan> {
        let mut tx = app.db.snapshot().await?;
        let own = own(&mut tx, name).await?;
        if own.version != self.version {
            return Err(Error::conflict(CHANGED.0, CHANGED.1));
        }
        let name = own.definition()?.name;
        let feeds = FeedName::read_with(&mut tx, &name).await?;
        drop(tx);
        self.definition = check::parse(self.definition)?;
        let mut rereads = vec![];
        for feed in &feeds {
            rereads.push(Reread::plan(app, feed.id, &self.definition).await?);
        }
        let losers: Vec<String> =
            rereads.iter().map(Reread::trial).filter(Trial::loses).map(|trial| trial.feed.title).collect();
        if !losers.is_empty() && !self.accept {
            let titles = losers.join(", ");
            let words = format!(
                "With this change {titles} would lose items, or a field that all items have. Look at what changes, and save it again if it is meant so."
            );
            return Err(Error::conflict("definition.loses", words));
        }
        Ok(Plan { id: own.id, name, change: self, rereads, feeds })
    }
}

impl Plan {
    /// Saves the new version; the feeds follow, and what is known of them stays known.
    ///
    /// # Errors
    /// `definition.changed_meanwhile`, `definition.name_taken`, or `feed.changed_meanwhile`.
    pub async fn apply(self, tx: &mut Tx) -> Result<(DefinitionId, DefinitionDetail)> {
        let DefinitionChange { definition, version, .. } = self.change;
        tx.hold("definitions", self.id.0).await?;
        let touched = sql!(
            tx,
            execute,
            "update definitions set name = $1, folded = $2, version = version + 1, changed_at = $3 \
             where id = $4 and version = $5",
            &definition.name,
            fold(&definition.name),
            tx.now,
            self.id,
            version
        )
        .or_conflict(check::TAKEN.0, check::TAKEN.1)?;
        expect_rows(touched, 1, CHANGED.0, CHANGED.1)?;
        add_version(tx, self.id, version + 1, &definition).await?;
        if FeedName::read_with(tx, &self.name).await? != self.feeds {
            return Err(Error::conflict(FOLLOWED.0, FOLLOWED.1));
        }
        for reread in self.rereads {
            reread.apply(tx, &definition.name).await?;
        }
        Ok((self.id, DefinitionDetail::get(tx, &definition.name).await?))
    }
}

/// Removes a definition with its versions.
///
/// # Errors
/// `definition.used` while feeds are read with it; `definition.built_in`.
pub async fn delete(tx: &mut Tx, name: &str) -> Result<DefinitionId> {
    let own = own(tx, name).await?;
    tx.hold("definitions", own.id.0).await?;
    if !FeedName::read_with(tx, &own.definition()?.name).await?.is_empty() {
        return Err(Error::conflict(
            "definition.used",
            "Feeds are read with this definition. Give them another one first.",
        ));
    }
    let touched = sql!(tx, execute, "delete from definitions where id = $1", own.id)?;
    expect_rows(touched, 1, CHANGED.0, CHANGED.1)?;
    Ok(own.id)
}

/// A definition that may be changed.
async fn own(tx: &mut Tx, name: &str) -> Result<Own> {
    match Own::find(tx, name).await? {
        Some(own) => Ok(own),
        None if Chosen::find(tx, name).await?.is_some() => Err(Error::conflict(
            "definition.built_in",
            "This definition is shipped and cannot be changed. Copy it under another name.",
        )),
        None => Err(Error::NotFound),
    }
}

async fn add_version(tx: &mut Tx, id: DefinitionId, version: i32, definition: &Definition) -> Result<()> {
    let by = if let Actor::Person(person) = tx.actor { Some(person) } else { None };
    sql!(
        tx,
        execute,
        "insert into definition_versions (definition_id, version, definition, created_by, created_at) \
         values ($1, $2, $3, $4, $5)",
        id,
        version,
        serde_json::to_string(definition).map_err(Error::internal)?,
        by,
        tx.now
    )?;
    Ok(())
}
