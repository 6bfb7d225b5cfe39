//! The demo's people who share by hand: one who always did, and whose newest share waits for a colleague's look.

use anyhow::Context;
use chrono_tz::Europe::Amsterdam;
use klaroen_core::{
    App,
    confirmation::{Confirmation, Proof},
    db::Tx,
    id::{PersonId, PostId, ShareId},
    network::Network,
    person::Person,
    share::{Declaration, Share},
    sql,
};
use klaroen_sandbox::{Running, Seed};
use uuid::Uuid;

use super::begin::as_of;

/// Never connected an account.
const BY_HAND: &str = "employee013@demo.test";
/// Is asked to look.
const COLLEAGUE: &str = "employee@demo.test";
/// Member of the practice LinkedIn with the same number.
const MEMBER: u32 = 13;

/// Makes the past of one employee a past by hand, and asks the guest of the demo to look at the newest share.
pub async fn fill(app: &App, world: &Running) -> anyhow::Result<()> {
    let mut tx = as_of(app, app.clock.now()).await?;
    let author = person(&mut tx, BY_HAND).await?;
    let colleague = person(&mut tx, COLLEAGUE).await?;
    confirm_past(app, &mut tx, author, colleague).await?;
    ask(app, world, &mut tx, author, colleague).await?;
    tx.commit().await?;
    Ok(())
}

async fn person(tx: &mut Tx, email: &str) -> anyhow::Result<PersonId> {
    Ok(Person::by_email(tx, email).await?.context("the demo has this person")?.id)
}

async fn confirm_past(app: &App, tx: &mut Tx, author: PersonId, colleague: PersonId) -> anyhow::Result<()> {
    let shares: Vec<(ShareId, String)> =
        sql!(tx, fetch_all, "select id, urn from shares where person_id = $1 and urn is not null", author)?;
    for (share, urn) in shares {
        sql!(
            tx,
            execute,
            "update shares set origin = 'declared', proof_class = 'B', confirmed_by = 'colleague', text = '', body = null, \
             body_since = null, sent_at = null, attempt = 0, fence = 0 where id = $1",
            share
        )?;
        sql!(
            tx,
            execute,
            "insert into confirmations (id, share_id, confirmer_id, address, state, asked_at, answered_at) \
             select $1, id, $2, $3, 'confirmed', published_at, published_at from shares where id = $4",
            Uuid::now_v7(),
            colleague,
            app.networks.address_of(Network::LinkedIn, &urn),
            share
        )?;
    }
    Ok(())
}

async fn ask(app: &App, world: &Running, tx: &mut Tx, author: PersonId, colleague: PersonId) -> anyhow::Result<()> {
    let (post, title): (PostId, String) = sql!(
        tx,
        fetch_one,
        "select id, title from posts where state = 'live' \
         and not exists (select 1 from post_teams a where a.post_id = posts.id) \
         and not exists (select 1 from shares s where s.post_id = posts.id and s.person_id = $1) \
         order by live_at desc, id desc limit 1",
        author
    )?;
    let commentary = format!("Mooi werk van mijn collega's: {title}");
    let urn = world.seed_post(Seed { member: MEMBER, commentary, content: None, at: tx.now });
    let shared_on = tx.now.with_timezone(&Amsterdam).date_naive();
    let new = Declaration { post, network: Network::LinkedIn, shared_on, link_code: None, key: Uuid::now_v7() };
    let share = Share::declare(tx, author, new).await?;
    let proof = Proof { address: app.networks.address_of(Network::LinkedIn, &urn), urn };
    Confirmation::ask(tx, author, share.id, colleague, &proof).await?;
    Ok(())
}
