//! Fetches the pictures that posts wait for, remakes them, and keeps them on our own origin.

use klaroen_core::{
    App, Result,
    db::Actor,
    media::{Media, Picture, WIDTH},
    post::WantedPicture,
};

use crate::Progress;

const ACTOR: Actor = Actor::System("fetch_pictures");

/// Fetches the next picture that is due.
///
/// # Errors
/// When the database does not accept it. Trouble with the picture is noted on the post.
pub async fn fetch_picture(app: &App) -> Result<Progress> {
    if !WantedPicture::is_due(&app.db).await? {
        return Ok(Progress::Idle);
    }
    let mut tx = app.db.write(ACTOR).await?;
    let wanted = WantedPicture::claim_due(&mut tx).await?;
    tx.commit().await?;
    let Some(wanted) = wanted else { return Ok(Progress::Idle) };
    let picture = Picture::fetch(&app.http, &wanted.picture, WIDTH).await;
    let mut tx = app.db.write(ACTOR).await?;
    match picture {
        Ok(picture) => {
            let media = Media::store(&mut tx, &picture, &wanted.picture).await?;
            wanted.found(&mut tx, media).await?;
        }
        Err(error) => wanted.failed(&mut tx, &error.to_string(), error.is_passing()).await?,
    }
    tx.commit().await?;
    Ok(Progress::Done)
}
