//! Captions: suggested texts for a post, several per post and language, in the marketer's order.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Error, Result,
    db::Tx,
    id::{CaptionId, PostId},
    line,
    person::Language,
    sql,
};

/// Most characters that a network takes.
const LONGEST: usize = 3000;
/// Most captions of a post.
const MOST: usize = 20;

/// A suggested text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, sqlx::FromRow, ToSchema)]
pub struct Caption {
    /// Opaque id.
    pub id: CaptionId,
    /// Null when it is not known.
    pub language: Option<Language>,
    /// As it would be shared.
    pub text: String,
}

/// A caption as a marketer writes it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
pub struct NewCaption {
    /// Null when it does not matter.
    pub language: Option<Language>,
    /// Up to 3,000 characters.
    pub text: String,
}

/// Checks captions.
///
/// # Errors
/// When one is empty or too long, with its place, or there are too many.
pub fn parse(captions: Vec<NewCaption>) -> Result<Vec<NewCaption>> {
    if captions.len() > MOST {
        return Err(Error::invalid("/captions", "captions.too_many", format!("A post has {MOST} captions at most.")));
    }
    let checked = captions.into_iter().enumerate().map(|(nth, caption)| {
        let text = line::parse_text("/text", &caption.text, LONGEST);
        Ok(NewCaption { text: text.map_err(|error| error.at(format!("/captions/{nth}")))?, language: caption.language })
    });
    checked.collect()
}

/// Gives the post these captions instead of those it had.
///
/// # Errors
/// When the database does not accept it.
pub async fn replace(tx: &mut Tx, post: PostId, captions: &[NewCaption]) -> Result<()> {
    sql!(tx, execute, "delete from captions where post_id = $1", post)?;
    for (position, caption) in (0_i32..).zip(captions) {
        sql!(
            tx,
            execute,
            "insert into captions (id, post_id, position, language, text) values ($1, $2, $3, $4, $5)",
            CaptionId::new(),
            post,
            position,
            caption.language,
            &caption.text
        )?;
    }
    Ok(())
}

/// Rewrites a caption that is still word for word what it was made from.
///
/// # Errors
/// When the database does not accept it.
pub async fn follow(tx: &mut Tx, post: PostId, old: &str, new: &str) -> Result<()> {
    sql!(tx, execute, "update captions set text = $1 where post_id = $2 and text = $3", new, post, old)?;
    Ok(())
}
