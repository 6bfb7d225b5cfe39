//! The demo's colleague whose connection ends in three days: the mail about it lies in the sandbox, one share is planned
//! before the end and one after it.

use anyhow::Context;
use chrono::Duration;
use klaroen_core::{
    App,
    consent::{self, Place, Purpose},
    id::PostId,
    network::{End, Grant, Network, connection},
    person::Person,
    share::{NewShare, Share},
    sql,
};
use klaroen_sandbox::Running;
use uuid::Uuid;

use super::begin::as_of;

/// Who it is.
pub const EMAIL: &str = "employee014@demo.test";
/// The member of the sandbox that is this person.
const MEMBER: u32 = 14;

/// Connects the account 57 days ago, with a yes to reminders, and plans two shares.
pub async fn fill(app: &App, world: &Running) -> anyhow::Result<()> {
    let now = app.clock.now();
    let scopes = ["openid", "profile", "w_member_social"];
    let mut tx = as_of(app, now - Duration::days(57)).await?;
    let person = Person::by_email(&mut tx, EMAIL).await?.context("the demo has this person")?;
    let grant = Grant {
        subject: world.sub(MEMBER),
        display_name: format!("Member {MEMBER:03}"),
        handle: None,
        instance: None,
        scopes: scopes.join(" "),
        token: world.grant(MEMBER, &scopes).into(),
        end: End::At(now + Duration::days(3)),
    };
    connection::connect(&mut tx, &app.key, person.id, Network::LinkedIn, &grant).await?;
    let purpose = Purpose::ConnectionReminders;
    let text = purpose.text(person.language).id;
    consent::give(&mut tx, &app.key, person.id, purpose, text, Place::Connect).await?;
    tx.commit().await?;
    let mut tx = as_of(app, now).await?;
    let posts: Vec<(PostId, String)> = sql!(
        tx,
        fetch_all,
        "select p.id, p.title from posts p where p.state = 'live' \
         and not exists (select 1 from post_teams t where t.post_id = p.id) \
         and not exists (select 1 from shares s where s.post_id = p.id and s.person_id = $1) \
         order by p.live_at desc, p.id limit 2",
        person.id
    )?;
    for ((post, title), days) in posts.iter().zip([1, 5]) {
        let at = Some(now + Duration::days(days));
        let new = NewShare::new(*post, Network::LinkedIn, title, at, Uuid::now_v7())?;
        Share::create(&mut tx, &app.config, person.id, new).await.context("a planned share")?;
    }
    tx.commit().await?;
    Ok(())
}
