//! The document with which a feed is about to be followed, read: what is in it is the baseline.

use klaroen_feed::{Detected, ReadError, detect};

use super::{
    NewFeed, Trouble,
    entry::Entry,
    find::{self, Finding},
    read::{self, Parsed, in_turn},
};
use crate::{
    App, Error, Result,
    db::{Actor, Tx},
    definition::Chosen,
    document::{Document, Fetched, Packed},
    id::{DocumentId, FeedId},
};

/// A document that was just read, to be followed.
#[derive(Debug)]
pub struct Reading {
    /// What to poll.
    pub address: String,
    pub(super) title: String,
    pub(super) chosen: Chosen,
    pub(super) entries: Vec<Entry>,
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
    pub(super) body_hash: Vec<u8>,
    source: Source,
}

/// Where the document is.
#[derive(Debug)]
enum Source {
    Fetched(Box<Packed>),
    Copy(DocumentId),
}

impl Reading {
    /// Reads what a new feed is to be followed with: the copy that the marketer saw, or what stands at the address now.
    ///
    /// # Errors
    /// A sentence that says what to do; `feed.several` when there is a choice of feeds.
    pub async fn of(app: &App, new: &NewFeed, who: impl Into<Actor>) -> Result<Self> {
        let mut tx = app.db.snapshot().await?;
        let chosen = match &new.definition {
            Some(name) => Some(Chosen::named(&mut tx, name).await?),
            None => None,
        };
        if let Some(id) = new.document {
            let document = Document::get(&mut tx, id, who).await?;
            drop(tx);
            if document.address != new.address.trim() {
                return Err(Error::invalid("/address", "feed.address", "This is not the address of the document."));
            }
            return in_turn(move || Self::of_copy(document, chosen)).await?;
        }
        drop(tx);
        match find::find(app, &new.address).await? {
            Finding::Document(fetched) => in_turn(move || Self::of_fetched(fetched, chosen)).await?,
            Finding::Choice(_) => {
                Err(Error::refused("feed.several", "This address names several feeds. Choose one of them."))
            }
        }
    }

    /// Keys of its items, as in the document.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.identity.as_str())
    }

    /// Keeps the document as the last one of the feed.
    pub(super) async fn keep(&self, tx: &mut Tx, feed: FeedId) -> Result<()> {
        match &self.source {
            Source::Fetched(packed) => Document::keep_last(tx, feed, packed).await,
            Source::Copy(id) => Document::give(tx, *id, feed).await,
        }
    }

    fn of_copy(document: Document, chosen: Option<Chosen>) -> Result<Self> {
        let (chosen, Parsed { title, entries, .. }) = read(&document.open()?, chosen)?;
        let Document { id, address, etag, last_modified, hash: body_hash, .. } = document;
        let (title, source) = (title.unwrap_or_else(|| address.clone()), Source::Copy(id));
        Ok(Self { address, title, chosen, entries, etag, last_modified, body_hash, source })
    }

    fn of_fetched(fetched: Fetched, chosen: Option<Chosen>) -> Result<Self> {
        let (chosen, Parsed { title, entries, .. }) = read(&fetched.open().map_err(Trouble::from)?, chosen)?;
        let packed = fetched.pack()?;
        let (address, etag, last_modified) =
            (packed.address.clone(), packed.etag.clone(), packed.last_modified.clone());
        let (title, body_hash) = (title.unwrap_or_else(|| address.clone()), packed.hash.clone());
        Ok(Self {
            address,
            title,
            chosen,
            entries,
            etag,
            last_modified,
            body_hash,
            source: Source::Fetched(Box::new(packed)),
        })
    }
}

fn read(document: &klaroen_feed::Document, chosen: Option<Chosen>) -> Result<(Chosen, Parsed)> {
    let chosen = match chosen.map_or_else(|| fitting(document), Ok) {
        Err(ReadError::UnknownKind { .. }) => {
            let words =
                "No definition fits this document. Say which elements are its items, and save that as a definition.";
            return Err(Error::invalid("/definition", "definition.none_fits", words));
        }
        chosen => chosen.map_err(Trouble::from)?,
    };
    let parsed = read::parse(document, &chosen.definition, &[]).map_err(Trouble::from)?;
    Ok((chosen, parsed))
}

/// The shipped definition that fits.
pub(super) fn fitting(document: &klaroen_feed::Document) -> Result<Chosen, ReadError> {
    let Detected { definition, .. } = detect(document)?;
    Ok(Chosen::shipped(definition))
}
