//! Publishes due shares: each goes out once, and if nobody knows whether it did, it says so.

use klaroen_core::{
    App, Result,
    share::publish::{Rows, publish},
};

use crate::Progress;

/// Publishes the next due share.
///
/// # Errors
/// When the database does not accept it. Whatever was being sent then becomes `unknown` when its lease runs out.
pub async fn publish_share(app: &App) -> Result<Progress> {
    let published = publish(&Rows::Database(app.db.clone()), &app.networks).await?;
    Ok(if published { Progress::Done } else { Progress::Idle })
}
