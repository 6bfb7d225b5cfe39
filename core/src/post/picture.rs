//! The picture that a post still waits for: claimed with a lease, tried again a few times, given up in words.

use chrono::Duration;

use super::Post;
use crate::{
    Result,
    db::{Db, Tx},
    id::{MediaId, PostId},
    sql,
};

const LEASE: Duration = Duration::minutes(2);
/// A server that is down for an hour still gives its picture.
const TRIES: i32 = 5;

/// A post that waits for its picture.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct WantedPicture {
    /// Which post.
    pub id: PostId,
    /// Where the picture is.
    pub picture: String,
    /// This try included.
    pub picture_tries: i32,
}

impl WantedPicture {
    /// True when a picture is due; a read, so that idle workers leave the database alone.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn is_due(db: &Db) -> Result<bool> {
        let mut tx = db.read();
        let due: Option<(PostId,)> = sql!(
            tx,
            fetch_optional,
            "select id from posts where picture is not null and picture_at <= $1 limit 1",
            tx.now
        )?;
        Ok(due.is_some())
    }

    /// Claims the next one for two minutes.
    ///
    /// # Errors
    /// When the database does not accept it.
    pub async fn claim_due(tx: &mut Tx) -> Result<Option<Self>> {
        let query = format!(
            "update posts set picture_at = $1, picture_tries = picture_tries + 1 where id = \
             (select id from posts where picture is not null and picture_at <= $2 order by picture_at limit 1 {}) \
             returning id, picture, picture_tries",
            tx.skip_locked()
        );
        Ok(sql!(tx, fetch_optional, sqlx::AssertSqlSafe(query), tx.now + LEASE, tx.now)?)
    }

    /// Gives the post its picture, unless another address was set meanwhile.
    ///
    /// # Errors
    /// When the database does not accept it.
    pub async fn found(&self, tx: &mut Tx, media: MediaId) -> Result<()> {
        sql!(
            tx,
            execute,
            "update posts set media_id = $1, picture = null, picture_error = null where id = $2 and picture = $3",
            media,
            self.id,
            &self.picture
        )?;
        Ok(())
    }

    /// Notes why there is none: tried again later if `passing`, otherwise given up.
    ///
    /// # Errors
    /// When the database does not accept it.
    pub async fn failed(&self, tx: &mut Tx, message: &str, passing: bool) -> Result<()> {
        let again = passing && self.picture_tries < TRIES;
        sql!(
            tx,
            execute,
            "update posts set picture = $1, picture_at = $2, picture_error = $3 where id = $4 and picture = $5",
            again.then_some(&self.picture),
            tx.now + Duration::minutes(5) * self.picture_tries,
            message,
            self.id,
            &self.picture
        )?;
        Ok(())
    }
}

impl Post {
    /// Fetches another picture for a post.
    ///
    /// # Errors
    /// When the database does not accept it.
    pub(crate) async fn want_picture(tx: &mut Tx, id: PostId, address: Option<&str>) -> Result<()> {
        sql!(
            tx,
            execute,
            "update posts set picture = $1, picture_at = $2, picture_tries = 0, picture_error = null where id = $3",
            address,
            tx.now,
            id
        )?;
        Ok(())
    }
}
