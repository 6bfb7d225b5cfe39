//! Who sees a post: the people of its teams, or everybody when it has none.

use super::Post;
use crate::{
    Result,
    db::Tx,
    id::{PersonId, PostId},
    sql,
};

/// A team that sees a post.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct Audience {
    pub(super) post_id: PostId,
    pub(super) team: String,
}

/// The condition that a person sees a post; a literal, so that queries can be put together at compile time.
macro_rules! sees {
    ($post:literal, $person:literal) => {
        concat!(
            "(not exists (select 1 from post_teams a where a.post_id = ",
            $post,
            ") or exists (select 1 from post_teams a join people me on me.team = a.team where a.post_id = ",
            $post,
            " and me.id = ",
            $person,
            "))"
        )
    };
}
pub(super) use sees;

impl Post {
    /// Whether a person sees a post, whatever its state.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn is_for(tx: &mut Tx, id: PostId, person: PersonId) -> Result<bool> {
        let seen: Option<(PostId,)> = sql!(
            tx,
            fetch_optional,
            concat!("select id from posts where id = $1 and ", sees!("posts.id", "$2")),
            id,
            person
        )?;
        Ok(seen.is_some())
    }
}

/// Adds teams to a new post; one that is named twice counts once.
pub(super) async fn add(tx: &mut Tx, post: PostId, teams: &[String]) -> Result<()> {
    for team in teams {
        sql!(tx, execute, "insert into post_teams (post_id, team) values ($1, $2) on conflict do nothing", post, team)?;
    }
    Ok(())
}

/// Gives a post other teams.
pub(super) async fn replace(tx: &mut Tx, post: PostId, teams: &[String]) -> Result<()> {
    sql!(tx, execute, "delete from post_teams where post_id = $1", post)?;
    add(tx, post, teams).await
}
