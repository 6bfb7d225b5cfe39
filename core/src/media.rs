//! Pictures of posts: fetched once, re-encoded here so that nothing but pixels survives, served from our own origin.

mod fetch;
mod picture;

use sha2::{Digest, Sha256};

pub use self::{
    fetch::NoPicture,
    picture::{Picture, Problem, THUMBNAIL, WIDTH},
};
use crate::{Result, db::Tx, id::MediaId, sql};

/// A stored picture.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Media {
    /// Opaque id.
    pub id: MediaId,
    /// `image/jpeg` or `image/png`.
    pub content_type: String,
    /// Pixels.
    pub width: i32,
    /// Pixels.
    pub height: i32,
    /// The file.
    pub bytes: Vec<u8>,
}

impl Media {
    /// Keeps a picture that was fetched from `source`; the same pixels are kept once.
    ///
    /// # Errors
    /// When the database does not accept it.
    pub async fn store(tx: &mut Tx, picture: &Picture, source: &str) -> Result<MediaId> {
        let hash = Sha256::digest(&picture.bytes).to_vec();
        sql!(
            tx,
            execute,
            "insert into media (id, source, sha256, content_type, width, height, bytes, created_at) \
             values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (sha256) do nothing",
            MediaId::new(),
            source,
            &hash,
            picture.content_type,
            i32::try_from(picture.width).unwrap_or(i32::MAX),
            i32::try_from(picture.height).unwrap_or(i32::MAX),
            &picture.bytes,
            tx.now
        )?;
        let (id,) = sql!(tx, fetch_one, "select id from media where sha256 = $1", &hash)?;
        Ok(id)
    }

    /// The picture with this id.
    ///
    /// # Errors
    /// When there is none.
    pub async fn get(tx: &mut Tx, id: MediaId) -> Result<Self> {
        Ok(sql!(tx, fetch_one, "select id, content_type, width, height, bytes from media where id = $1", id)?)
    }
}

/// Where a picture is served.
#[must_use]
pub fn path(id: MediaId) -> String {
    format!("/media/{id}")
}
