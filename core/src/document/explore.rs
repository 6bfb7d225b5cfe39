//! Clicking in a document: its tree a page at a time, words in it, and the expressions that a click means. Nothing is kept
//! between two questions: the same bytes give the same ids.

use klaroen_feed::{
    Document as Text, Limits, Outline, ReadError,
    outline::{OutlineNode, OutlinePage},
    suggest::{self, Click, Suggestion},
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::Document;
use crate::{
    App, Result,
    definition::fault_of_item_path,
    feed::{Trouble, read::in_turn},
    id::{DocumentId, PersonId},
};

/// Nodes of a page.
const PAGE: usize = 100;
/// Nodes that a search finds at most.
const FINDINGS: usize = 50;

/// A click in the tree.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Clicked {
    /// Id of the node.
    pub node: u32,
    /// Name of the attribute that was clicked; null: the node itself.
    pub attribute: Option<String>,
    /// The path of the items; null: suggest paths on which the node, or one around it, is an item.
    pub item_path: Option<String>,
}

impl Document {
    /// A page of the nodes below one; `None` stands for the document itself. `after` is how many to skip.
    ///
    /// # Errors
    /// When this person may not look at such a document.
    pub async fn nodes(
        app: &App,
        person: PersonId,
        id: DocumentId,
        parent: Option<u32>,
        after: u32,
    ) -> Result<OutlinePage> {
        explore(app, person, id, move |_, outline| Ok(outline.children(parent, after, PAGE))).await
    }

    /// The first nodes whose name, attribute or text has the words.
    ///
    /// # Errors
    /// As `nodes`.
    pub async fn search(app: &App, person: PersonId, id: DocumentId, words: String) -> Result<Vec<OutlineNode>> {
        explore(app, person, id, move |_, outline| Ok(outline.search(&words, FINDINGS))).await
    }

    /// Expressions that a click may mean, best first.
    ///
    /// # Errors
    /// As `nodes`; the column when the item path is wrong.
    pub async fn suggest(app: &App, person: PersonId, id: DocumentId, clicked: Clicked) -> Result<Vec<Suggestion>> {
        let Clicked { node, attribute, item_path } = clicked;
        explore(app, person, id, move |text, outline| {
            let Some(path) = item_path else { return Ok(suggest::suggest_items(outline, node)) };
            suggest::suggest_field(text, outline, &Click { node, attribute }, &path, &Limits::default())
        })
        .await
    }
}

async fn explore<T: Send + 'static>(
    app: &App,
    person: PersonId,
    id: DocumentId,
    ask: impl FnOnce(&Text, &Outline) -> Result<T, ReadError> + Send + 'static,
) -> Result<T> {
    let document = Document::get(&mut app.db.read(), id, person).await?;
    in_turn(move || {
        let text = document.open()?;
        let outline = Outline::new(&text, &Limits::default()).map_err(Trouble::from)?;
        ask(&text, &outline).map_err(|error| fault_of_item_path(&error))
    })
    .await?
}
