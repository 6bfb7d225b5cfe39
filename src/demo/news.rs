//! The demo's feeds: one read with a definition of the company's own and sifted by a filter, one whose pictures are gone,
//! one that waits for a yes, and a post that is for two teams only. The videos, and the vacancies in XML of no known kind,
//! are left for the marketer to add.

use anyhow::Context;
use klaroen_core::{
    App,
    db::Actor,
    definition::{self, Chosen},
    feed::{Definition, Feed, NewFeed, Publish, Reading},
    post::{Post, PostChange},
    sql,
    topic::Topic,
};
use klaroen_sandbox::Running;
use serde_json::{Value, json};

use super::begin::as_of;

const ACTOR: Actor = Actor::System("demo");

/// The company's own reading of its news.
const OWN: &str = "Nieuws in één zin";

/// A feed of the demo.
struct Follow {
    path: &'static str,
    topic: &'static str,
    publish: Publish,
    definition: Option<&'static str>,
    filter: Option<Value>,
    /// How many of its newest items are offered at once.
    offered: usize,
}

/// Follows the sample feeds. What is in them now is known, and is no news.
pub async fn follow(app: &App, world: &Running) -> anyhow::Result<()> {
    define(app).await?;
    let plain = |path, topic, publish, offered| {
        let (definition, filter) = (None, None);
        Follow { path, topic, publish, definition, filter, offered }
    };
    let news = plain("nieuws.xml", "Nieuws", Publish::Live, 5);
    for feed in [
        Follow { definition: Some(OWN), filter: Some(filter()), ..news },
        plain("insights.xml", "Product", Publish::Live, 4),
        plain("vacatures.xml", "Vacatures", Publish::Review, 3),
        plain("agenda.xml", "Evenementen", Publish::Live, 0),
    ] {
        follow_one(app, world, feed).await?;
    }
    let mut tx = as_of(app, app.clock.now()).await?;
    Topic::create(&mut tx, "Video").await?;
    tx.commit().await?;
    for_two_teams(app).await
}

/// Lets time do its work: the company brings out news, of which the filter keeps, holds and drops one each, and the site
/// with its agenda loses all pictures.
pub async fn go_on(app: &App, world: &Running) -> anyhow::Result<()> {
    for _ in 0..3 {
        world.publish("nieuws").context("the sandbox has news in reserve")?;
    }
    world.lose_pictures();
    let mut tx = as_of(app, app.clock.now()).await?;
    for feed in Feed::list(&mut tx).await? {
        Feed::poll_now(&mut tx, feed.id).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The shipped reading of WordPress, but of the text only the first sentence.
async fn define(app: &App) -> anyhow::Result<()> {
    let shipped = Chosen::find(&mut app.db.read(), "wordpress").await?.context("WordPress is shipped")?;
    let mut own = serde_json::to_value(shipped.definition)?;
    own["name"] = json!(OWN);
    own["fields"]["text"] = json!([{ "xpath": "description", "transforms": ["html-to-text", "first-sentence"] }]);
    let own: Definition = serde_json::from_value(own)?;
    let mut tx = as_of(app, app.clock.now()).await?;
    definition::create(&mut tx, own).await?;
    tx.commit().await?;
    Ok(())
}

fn filter() -> Value {
    let rule = |name: &str, test: Value, action: &str| json!({ "name": name, "when": { "of": "any", "tests": [test] }, "action": action });
    let grants = json!({ "test": "contains-word", "field": "title", "value": "subsidie" });
    let company = json!({ "test": "category-is", "value": "Bedrijf" });
    json!({
        "drop_same_title": true,
        "rules": [
            rule("Geen subsidieregelingen", grants, "drop"),
            rule("Bedrijfsnieuws eerst zelf bekijken", company, "hold"),
        ],
    })
}

async fn follow_one(app: &App, world: &Running, follow: Follow) -> anyhow::Result<()> {
    let mut tx = as_of(app, app.clock.now()).await?;
    let topic = Topic::create(&mut tx, follow.topic).await?;
    tx.commit().await?;
    let mut new = NewFeed {
        address: format!("{}/feeds/{}", world.base_url(), follow.path),
        document: None,
        definition: follow.definition.map(ToOwned::to_owned),
        title: None,
        topic_id: topic.id,
        publish: follow.publish,
        counting_link: true,
        cron: None,
        filter: follow.filter,
        audience: vec![],
        offer: vec![],
    };
    let reading = Reading::of(app, &new, ACTOR).await;
    let reading = reading.with_context(|| format!("the sample feed {}", new.address))?;
    new.offer = reading.keys().take(follow.offered).map(ToOwned::to_owned).collect();
    let mut tx = as_of(app, app.clock.now()).await?;
    Feed::create(&mut tx, &app.config, new, &reading, "Europe/Amsterdam").await?;
    tx.commit().await?;
    Ok(())
}

/// The oldest post about the product is for those who work in the field.
async fn for_two_teams(app: &App) -> anyhow::Result<()> {
    let mut tx = as_of(app, app.clock.now()).await?;
    let post: Post = sql!(
        tx,
        fetch_one,
        "select p.* from posts p join topics t on t.id = p.topic_id where t.name = 'Product' \
         order by p.published_at limit 1"
    )?;
    let teams = ["Engineering", "Field service"].map(ToOwned::to_owned).to_vec();
    Post::change(&mut tx, post.id, PostChange { audience: Some(teams), ..PostChange::default() }).await?;
    tx.commit().await?;
    Ok(())
}
