//! Looks at how publishing is: figures for Prometheus, and alarms for what an admin should look at.

use chrono::Duration;
use klaroen_core::{
    App, Result,
    alarm::{self, Alarm},
    clock::Doubt,
    db::Actor,
    network::{Network, linkedin::version, notice},
    share::health,
};

use crate::Progress;

/// An end of a version is news this long before.
const NOTICE: i64 = 30;

/// Looks once.
///
/// # Errors
/// When the database does not accept it.
pub async fn watch_publishing(app: &App) -> Result<Progress> {
    watch_clock(app).await?;
    watch_shares(app).await?;
    let pauses = notice::pauses(&mut app.db.read()).await?;
    for network in Network::ALL {
        let is_paused = pauses.iter().any(|pause| pause.network == network);
        metrics::gauge!("klaroen_network_paused", "network" => network.word()).set(f64::from(u8::from(is_paused)));
        watch_version(app, network).await?;
    }
    Ok(Progress::Idle)
}

async fn watch_clock(app: &App) -> Result<()> {
    let doubt = app.db.doubt_clock().await?;
    metrics::gauge!("klaroen_clock_wrong").set(f64::from(u8::from(doubt.is_some())));
    let detail = match doubt {
        None => return Ok(()),
        Some(Doubt::Apart(by)) => format!("{} s apart from the database's", by.num_seconds()),
        Some(Doubt::Back(by)) => format!("set back by {} s", by.num_seconds()),
    };
    say(app, Alarm::ClockWrong, Duration::minutes(1), &detail).await
}

async fn watch_shares(app: &App) -> Result<()> {
    let stuck = health::stuck(&mut app.db.read()).await?;
    let shares: i64 = stuck.iter().map(|stuck| stuck.shares).sum();
    #[expect(clippy::cast_precision_loss, reason = "a figure for a graph")]
    metrics::gauge!("klaroen_shares_stuck").set(shares as f64);
    let Some(since) = stuck.iter().map(|stuck| stuck.since).min() else { return Ok(()) };
    let detail = format!("{shares} shares, the first since {since}");
    say(app, Alarm::ShareStuck, Duration::hours(1), &detail).await
}

/// Only the version in use matters: the newer ones are there to take its place.
async fn watch_version(app: &App, network: Network) -> Result<()> {
    let tx = &mut app.db.read();
    let retired: Vec<_> = notice::retired(tx, network).await?.into_iter().map(|(version, _)| version).collect();
    let Some(versions) = app.networks.versions(network) else { return Ok(()) };
    let version = versions.choose(&retired).version;
    let Some((end, _)) = version::end_of(&version) else { return Ok(()) };
    let days_left = (end - tx.now.date_naive()).num_days();
    #[expect(clippy::cast_precision_loss, reason = "a figure for a graph")]
    metrics::gauge!("klaroen_network_version_days_left", "network" => network.word()).set(days_left as f64);
    if days_left > NOTICE {
        return Ok(());
    }
    let detail = format!("{version} may end on {end}");
    say(app, Alarm::NetworkVersionEnds, Duration::days(1), &detail).await
}

/// Raises an alarm, unless some worker did so not long ago.
async fn say(app: &App, alarm: Alarm, every: Duration, detail: &str) -> Result<()> {
    if alarm::is_fresh(&mut app.db.read(), alarm, every).await? {
        return Ok(());
    }
    let mut tx = app.db.write(Actor::System("watch_publishing")).await?;
    alarm::raise(&mut tx, alarm, detail).await?;
    tx.commit().await
}
