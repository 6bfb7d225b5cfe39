//! The demo's colleague who is on Mastodon and Bluesky: both accounts are connected as a person would connect them, and
//! the newest posts go out there.

use anyhow::Context;
use chrono::Duration;
use klaroen_core::{
    App,
    id::{PersonId, PostId},
    network::{End, Grant, Network, connection},
    share::{NewShare, Share},
    sql,
};
use klaroen_sandbox::Running;
use uuid::Uuid;

use super::begin::as_of;

/// Who it is.
pub const EMAIL: &str = "employee001@demo.test";

/// The member of the sandbox that is this person.
const MEMBER: u32 = 1;

/// Connects both accounts and shares the two newest posts on each.
pub async fn share(app: &App, world: &Running) -> anyhow::Result<()> {
    let instance = world.base_url().trim_start_matches("http://").to_owned();
    let (person,): (PersonId,) = sql!(app.db.read(), fetch_one, "select id from people where email = $1", EMAIL)?;
    let account = world.bluesky_account(MEMBER);
    let bluesky = app.networks.sign_in(Network::Bluesky, &account.handle, &account.app_password.into()).await?;
    let scopes = ["profile", "write:statuses", "write:media"];
    let mastodon = Grant {
        subject: format!("115000000000000001@{instance}"),
        display_name: "Employee 001".to_owned(),
        handle: Some(format!("@member001@{instance}")),
        instance: Some(instance),
        scopes: scopes.join(" "),
        token: world.grant_mastodon(MEMBER, &scopes).into(),
        end: End::Never,
    };
    let now = app.clock.now();
    let mut tx = as_of(app, now - Duration::minutes(1)).await?;
    for (network, grant) in [(Network::Mastodon, mastodon), (Network::Bluesky, bluesky)] {
        connection::connect(&mut tx, &app.key, person, network, &grant).await?;
    }
    let posts: Vec<(PostId, String)> = sql!(
        tx,
        fetch_all,
        "select p.id, p.title from posts p where p.state = 'live' and p.media_id is not null \
         and not exists (select 1 from post_teams t where t.post_id = p.id) order by p.live_at desc, p.id limit 2"
    )?;
    anyhow::ensure!(!posts.is_empty(), "there is something to share");
    for (post, title) in &posts {
        for network in [Network::Mastodon, Network::Bluesky] {
            let text = format!("{title} #trots");
            let new = NewShare::new(*post, network, &text, None, Uuid::now_v7())?;
            Share::create(&mut tx, &app.config, person, new).await.context("a share elsewhere")?;
        }
    }
    tx.commit().await?;
    Ok(())
}
