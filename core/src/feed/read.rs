//! From a document to entries, outside the async threads: reading a feed is all processor time.

use klaroen_feed::{Definition, Document, Limits, ReadError, RepairKind};
use serde::Serialize;
use tokio::{sync::Semaphore, task::spawn_blocking};
use utoipa::ToSchema;

use super::{Stage, Trouble, entry::Entry};

/// Documents that are read at the same time: reading more would only take memory.
static READING: Semaphore = Semaphore::const_new(2);

/// A document as a definition reads it.
#[derive(Debug)]
pub(crate) struct Parsed {
    pub(crate) title: Option<String>,
    pub(crate) entries: Vec<Entry>,
    pub(crate) repairs: Vec<Repair>,
    /// The document goes on to its end.
    pub(crate) is_whole: bool,
}

/// Something that had to be mended to read a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Repair {
    line: Option<u32>,
    /// A sentence.
    what: String,
    /// Items of the document are missing because of it.
    loses_items: bool,
}

/// Does work that only takes processor time when its turn comes, on a thread that may block. The turn goes along with the
/// work, so that it stays taken when nobody waits for the answer any more.
pub(crate) async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Trouble> {
    let turn = READING.acquire().await;
    let broken = |_| Trouble::new(Stage::Read, "feed.broken", "This document cannot be read. It was logged.");
    let work = move || {
        let _turn = turn;
        work()
    };
    spawn_blocking(work).await.map_err(broken)
}

/// Reads the items of a document, and what the expressions of a filter find in them.
pub(crate) fn parse(document: &Document, definition: &Definition, expressions: &[&str]) -> Result<Parsed, ReadError> {
    let reading = klaroen_feed::read_with(document, definition, expressions, &Limits::default())?.whole()?;
    let is_cut =
        |repair: &klaroen_feed::Repair| repair.kind.loses_items() || repair.kind == RepairKind::TruncatedDocument;
    Ok(Parsed {
        is_whole: !reading.repairs.iter().any(is_cut),
        title: reading.feed_title.filter(|title| !title.trim().is_empty()),
        repairs: reading.repairs.iter().map(Into::into).collect(),
        entries: reading.items.into_iter().map(Into::into).collect(),
    })
}

impl From<&klaroen_feed::Repair> for Repair {
    fn from(repair: &klaroen_feed::Repair) -> Self {
        let what = repair.to_string();
        let what = what.split_once(": ").map_or(what.clone(), |(_, what)| what.to_owned());
        Self { line: Some(repair.line), what, loses_items: repair.kind.loses_items() }
    }
}
