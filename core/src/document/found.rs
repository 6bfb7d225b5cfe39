//! What was found at an address: a document with the definition that fits, or a choice of feeds.

use chrono::{DateTime, Utc};
use klaroen_feed::{
    Definition, Detected, Limits, Outline, ReadError, detect,
    outline::{ItemPathProposal, KnownName},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Document, Fetched, Packed};
use crate::{
    App, Result,
    db::Tx,
    definition::Chosen,
    feed::{
        Feed, Trouble,
        find::{self, Finding, OtherFeed},
        read::{self, Repair, in_turn},
    },
    id::{DocumentId, FeedId, PersonId},
};

/// What was found at an address.
#[derive(Debug, Serialize, ToSchema)]
pub struct Found {
    /// The document; null while `others` has a choice.
    pub id: Option<DocumentId>,
    /// Of the feed that was found.
    pub address: String,
    /// As the feed calls itself.
    pub title: String,
    /// Name of its outermost element.
    pub root: String,
    /// The definition in use, or the one that fits; null: none does, its items must be pointed out.
    pub definition: Option<Definition>,
    /// Why that definition.
    pub reasons: Vec<String>,
    /// What had to be mended to read it.
    pub repairs: Vec<Repair>,
    /// Feeds that a web page or a list names, when there is more than one.
    pub others: Vec<OtherFeed>,
    /// The feed that polls this address already.
    pub already: Option<FeedId>,
    /// Size of the document.
    pub bytes: i32,
    /// When it was fetched.
    pub fetched_at: DateTime<Utc>,
    /// Names of its elements and attributes, for completing an expression.
    pub names: Vec<KnownName>,
    /// Prefixes that may be used in expressions.
    pub namespaces: Vec<Namespace>,
    /// Paths of elements that look like items, best first.
    pub item_paths: Vec<ItemPathProposal>,
}

/// A prefix of a document.
#[derive(Debug, Serialize, ToSchema)]
pub struct Namespace {
    /// Empty: that of names without a prefix.
    pub prefix: String,
    /// What it stands for.
    pub uri: String,
}

/// What a document says of itself.
struct Glance {
    root: String,
    title: Option<String>,
    definition: Option<Definition>,
    reasons: Vec<String>,
    repairs: Vec<Repair>,
    names: Vec<KnownName>,
    namespaces: Vec<Namespace>,
    item_paths: Vec<ItemPathProposal>,
}

impl Found {
    /// Fetches what somebody pasted and keeps a copy of it for that person.
    ///
    /// # Errors
    /// A sentence that says what to do.
    pub async fn at(app: &App, typed: &str, person: PersonId) -> Result<Self> {
        let fetched = match find::find(app, typed).await? {
            Finding::Document(fetched) => fetched,
            Finding::Choice(others) => return Ok(Self::choice(typed, others, app.clock.now())),
        };
        let (packed, glance) = in_turn(move || look(fetched)).await??;
        let mut tx = app.db.write(person).await?;
        let id = Document::keep(&mut tx, &packed).await?;
        let document = Document::get(&mut tx, id, person).await?;
        let found = Self::of(&mut tx, &document, glance).await?;
        tx.commit().await?;
        Ok(found)
    }

    /// The last document of a feed, with the definition in use.
    ///
    /// # Errors
    /// When there is no such feed, or no document of it yet.
    pub async fn of_feed(app: &App, feed: FeedId) -> Result<Self> {
        let mut tx = app.db.snapshot().await?;
        let name = Feed::get(&mut tx, feed).await?.definition;
        let document = Document::of_feed(&mut tx, feed).await?.ok_or(crate::Error::NotFound)?;
        let chosen = Chosen::find(&mut tx, &name).await?.map(|chosen| chosen.definition);
        let stored = document.clone();
        let glance = in_turn(move || Glance::at(&stored.open()?, chosen)).await??;
        Self::of(&mut tx, &document, glance).await
    }

    async fn of(tx: &mut Tx, document: &Document, glance: Glance) -> Result<Self> {
        let Glance { root, title, definition, reasons, repairs, names, namespaces, item_paths } = glance;
        Ok(Self {
            id: Some(document.id),
            title: title.unwrap_or_else(|| document.address.clone()),
            root,
            definition,
            reasons,
            repairs,
            others: vec![],
            already: Feed::at(tx, &document.address).await?,
            bytes: document.bytes,
            fetched_at: document.fetched_at,
            names,
            namespaces,
            item_paths,
            address: document.address.clone(),
        })
    }

    fn choice(typed: &str, others: Vec<OtherFeed>, now: DateTime<Utc>) -> Self {
        Self {
            id: None,
            address: typed.trim().to_owned(),
            title: String::new(),
            root: String::new(),
            definition: None,
            reasons: vec![],
            repairs: vec![],
            others,
            already: None,
            bytes: 0,
            fetched_at: now,
            names: vec![],
            namespaces: vec![],
            item_paths: vec![],
        }
    }
}

fn look(fetched: Fetched) -> Result<(Packed, Glance), Trouble> {
    let glance = Glance::at(&fetched.open()?, None)?;
    Ok((fetched.pack()?, glance))
}

impl Glance {
    /// Reads with the definition that was chosen, else with the one that fits, if one does.
    fn at(document: &klaroen_feed::Document, chosen: Option<Definition>) -> Result<Self, Trouble> {
        let is_new = chosen.is_none();
        let detected = match chosen {
            Some(definition) => Some(Detected { definition, reasons: vec![] }),
            None => match detect(document) {
                Ok(detected) => Some(detected),
                Err(ReadError::UnknownKind { .. }) => None,
                Err(error) => return Err(error.into()),
            },
        };
        let outline = Outline::new(document, &Limits::default())?;
        let namespaces = document.namespaces().into_iter();
        let mut glance = Self {
            root: document.root().to_owned(),
            title: None,
            definition: None,
            reasons: vec![],
            repairs: vec![],
            names: outline.names(),
            namespaces: namespaces.map(|(prefix, uri)| Namespace { prefix, uri }).collect(),
            item_paths: outline.item_paths(),
        };
        if let Some(Detected { definition, reasons }) = detected {
            match read::parse(document, &definition, &[]) {
                Ok(parsed) => (glance.title, glance.repairs) = (parsed.title, parsed.repairs),
                Err(error @ ReadError::CutOff { .. }) if is_new => return Err(error.into()),
                // A definition in use that cannot read the document any more is shown too: it is there to be mended.
                Err(_) => {}
            }
            (glance.definition, glance.reasons) = (Some(definition), reasons);
        }
        Ok(glance)
    }
}
