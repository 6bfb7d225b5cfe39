//! A document as a definition maps it: all its items as cards, and how many of them have each field.

use klaroen_feed::{Definition, Explanation, Field, Limits, filter::Filter};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::Document;
use crate::{
    App, Result,
    definition::{self, check},
    feed::{
        Feed,
        card::{Card, FilterCounts, sift},
        entry::Entry,
        filter,
        read::{Repair, in_turn},
    },
    id::{DocumentId, FeedId, PersonId},
};

/// Cards of a document; it may have more items.
const CARDS: usize = 500;

/// A document as a definition maps it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Mapped {
    /// How many items there are.
    pub items: usize,
    /// As the feed calls itself.
    pub title: Option<String>,
    /// How many items have each field.
    pub rates: Vec<FieldRate>,
    /// The items as cards, as in the document; at most 500.
    pub cards: Vec<Card>,
    /// What the filter does to all items of the document.
    pub counts: FilterCounts,
    /// What had to be mended to read it.
    pub repairs: Vec<Repair>,
}

/// How many items have a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldRate {
    /// The field.
    pub field: Field,
    /// Items that have it.
    pub filled: usize,
    /// To how many items each source of the definition gave it, in order.
    pub from: Vec<usize>,
}

impl Mapped {
    /// Maps a document that this person may look at; nothing is saved.
    ///
    /// # Errors
    /// When there is no such document, or the place of the definition or filter that is wrong.
    pub async fn map(
        app: &App,
        person: PersonId,
        id: DocumentId,
        definition: Definition,
        filter: Option<&Value>,
    ) -> Result<Self> {
        check(&definition)?;
        let filter = filter.map_or_else(|| Ok(Filter::default()), filter::parse)?;
        let mut tx = app.db.snapshot().await?;
        let document = Document::get(&mut tx, id, person).await?;
        let followed = document.feed_id.or(Feed::at(&mut tx, &document.address).await?);
        // What this feed has already is what the cards are about.
        let titles = filter::recent_titles(&mut tx, followed.unwrap_or(FeedId(Uuid::nil())), false).await?;
        let now = tx.now;
        drop(tx);
        in_turn(move || {
            let text = document.open()?;
            let (reading, explanations) =
                klaroen_feed::explain_with(&text, &definition, &filter.expressions(), &Limits::default())
                    .and_then(|(reading, explanations)| Ok((reading.whole()?, explanations)))
                    .map_err(|error| filter::fault(&filter, &error).unwrap_or_else(|| definition::fault(&error)))?;
            let entries: Vec<Entry> = reading.items.into_iter().map(Into::into).collect();
            let verdicts = sift(&filter, &entries, now, titles);
            Ok(Self {
                items: entries.len(),
                title: reading.feed_title,
                rates: rates(&definition, &entries, &explanations),
                counts: FilterCounts::of(&verdicts),
                repairs: reading.repairs.iter().map(Into::into).collect(),
                cards: entries
                    .into_iter()
                    .zip(explanations)
                    .zip(verdicts)
                    .take(CARDS)
                    .map(|((entry, explanation), verdict)| Card::new(entry, explanation.line, verdict))
                    .collect(),
            })
        })
        .await?
    }
}

fn rates(definition: &Definition, entries: &[Entry], explanations: &[Explanation]) -> Vec<FieldRate> {
    let rate = |field: Field| {
        let mut from = vec![0; definition.fields.get(&field).map_or(0, Vec::len)];
        let gave = explanations.iter().flat_map(|explanation| &explanation.fields);
        for source in gave.filter(|gave| gave.field == field).filter_map(|gave| gave.source) {
            from[source] += 1;
        }
        FieldRate { field, filled: entries.iter().filter(|entry| entry.value(field).is_some()).count(), from }
    };
    Field::ALL.into_iter().map(rate).collect()
}
