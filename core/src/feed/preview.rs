//! What an address would become, in one question: until the web app asks `/documents` instead.

use klaroen_feed::detect;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Feed, Trouble,
    card::{Card, FilterCounts, sift},
    filter,
    find::{self, Finding, OtherFeed},
    read::{self, Repair, in_turn},
};
use crate::{App, Result, id::FeedId};

/// Cards of a preview; a feed may have more items.
const CARDS: usize = 100;

/// What an address would become.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct Preview {
    /// Of the feed that was found.
    pub address: String,
    /// As the feed calls itself.
    pub title: String,
    /// Name of the definition that reads it; empty while there is a choice in `others`.
    pub definition: String,
    /// Why that definition.
    pub reasons: Vec<String>,
    /// What had to be mended to read it.
    pub repairs: Vec<Repair>,
    /// Its items, as in the feed; at most 100.
    pub items: Vec<Card>,
    /// What the filter does to all items of the feed.
    pub counts: FilterCounts,
    /// Feeds that a web page names, when there is more than one.
    pub others: Vec<OtherFeed>,
    /// The feed that polls this address already.
    pub already: Option<FeedId>,
}

/// Reads what somebody pasted: the address of a feed, or of a page that names one or more.
///
/// # Errors
/// A sentence that says what to do.
pub async fn preview(app: &App, typed: &str, filter: Option<&Value>) -> Result<Preview> {
    let filter = filter.map_or_else(|| Ok(filter::Filter::default()), filter::parse)?;
    let fetched = match find::find(app, typed).await? {
        Finding::Document(fetched) => fetched,
        Finding::Choice(others) => {
            return Ok(Preview { address: typed.trim().to_owned(), others, ..Preview::default() });
        }
    };
    let mut tx = app.db.snapshot().await?;
    let already = Feed::at(&mut tx, &fetched.address).await?;
    let titles = filter::recent_titles(&mut tx, already.unwrap_or(FeedId(Uuid::nil())), false).await?;
    let now = tx.now;
    drop(tx);
    in_turn(move || {
        let text = fetched.open().map_err(Trouble::from)?;
        let detected = detect(&text).map_err(Trouble::from)?;
        let parsed = read::parse(&text, &detected.definition, &filter.expressions()).map_err(Trouble::from)?;
        let verdicts = sift(&filter, &parsed.entries, now, titles);
        let counts = FilterCounts::of(&verdicts);
        let cards = parsed.entries.into_iter().zip(verdicts).take(CARDS);
        Ok(Preview {
            title: parsed.title.unwrap_or_else(|| fetched.address.clone()),
            address: fetched.address,
            definition: detected.definition.name,
            reasons: detected.reasons,
            repairs: parsed.repairs,
            items: cards.map(|(entry, verdict)| Card::new(entry, 0, verdict)).collect(),
            counts,
            others: vec![],
            already,
        })
    })
    .await?
}
