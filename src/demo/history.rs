//! The demo's past half-year: a program that most joined, and their shares week by week, so that the years live.
//! The same every time, counted back from the week of the start.

use anyhow::Context;
use chrono::{DateTime, Datelike, Days, Duration, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Europe::Amsterdam;
use klaroen_core::{
    App,
    bonus::{
        new_program::Draft,
        program::{Program, WorksCouncil},
    },
    db::Tx,
    id::{PersonId, PostId, ShareId, TopicId},
    sql,
    topic::Topic,
};
use klaroen_sandbox::{Content, Running, Seed};
use rand::{Rng, SeedableRng, rngs::StdRng};
use uuid::Uuid;

use super::begin::as_of;

/// How far the past goes back.
const WEEKS: i64 = 26;

/// Posts of older weeks have expired; newer ones are still live.
const LIVE_WEEKS: i64 = 2;

/// Kinds of pictures that the sandbox draws.
const PICTURES: [&str; 4] = ["wind-3", "sun-5", "city-8", "people-2"];

const TITLES: [&str; 13] = [
    "Onze nieuwe warmtepomp is de stilste in zijn klasse",
    "How we cut planning time by a third",
    "Kom kennismaken op de open dag",
    "A look behind the scenes of our service desk",
    "Tien jaar Voorbeeld Energie in tien beelden",
    "What our apprentices learned this spring",
    "Samen de straat van het gas af",
    "Field notes: a heat pump in a monument",
    "Wij zoeken monteurs die vooruit willen",
    "Our first neighbourhood battery is running",
    "Zo besparen wij zelf op kantoor",
    "Three questions to our head of safety",
    "Veilig werken begint bij elkaar",
];

/// Fills the past; what is recent can be seen in the sandbox's stream too.
pub async fn fill(app: &App, world: &Running) -> anyhow::Result<()> {
    let now = app.clock.now();
    let today = now.with_timezone(&Amsterdam).date_naive();
    let monday = today - Days::new(today.weekday().num_days_from_monday().into());
    let start = monday - Duration::weeks(WEEKS);
    let mut rng = StdRng::seed_from_u64(2026);
    let members = join_program(app, start, today).await?;
    let mut tx = as_of(app, now).await?;
    let topics = Topic::list(&mut tx).await?;
    let topic = topics.iter().find(|topic| topic.name == "Nieuws").context("the news has a topic")?.id;
    for week in 0..WEEKS {
        let monday = start + Duration::weeks(week);
        let is_live = week >= WEEKS - LIVE_WEEKS;
        let mut posts = vec![];
        for nth in 0..2 {
            let number = usize::try_from(week * 2 + nth)?;
            let post = News {
                id: PostId(uuid_at(at(monday, 9))),
                title: TITLES[number % TITLES.len()],
                link: format!("{}/company", world.base_url()),
                picture: is_live
                    .then(|| format!("{}/pictures/{}/1200x627.jpg", world.base_url(), PICTURES[number % 4])),
            };
            post.add(&mut tx, topic, at(monday, 9)).await?;
            posts.push(post);
        }
        for (number, (person, habit)) in (1..).zip(&members) {
            let happens = rng.random_bool(*habit);
            let (day, hour, minute) = (rng.random_range(0..5), rng.random_range(9..18), rng.random_range(0..60));
            let post = &posts[rng.random_range(0..posts.len())];
            let clicks = rng.random_range(0..12);
            if happens {
                let sent = at(monday + Days::new(day), hour) + Duration::minutes(minute);
                let urn = post.in_stream(world, number, sent);
                let sent = Sent { at: sent, urn, author: world.sub(number) };
                add_share(&mut tx, *person, post, &sent, clicks).await?;
            }
        }
    }
    tx.commit().await?;
    Ok(())
}

fn at(day: NaiveDate, hour: u32) -> DateTime<Utc> {
    let local = day.and_time(NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default());
    Amsterdam.from_local_datetime(&local).earliest().map_or_else(|| local.and_utc(), |local| local.to_utc())
}

/// The program of this year, from the first week of the past on, and how likely each member is to share in a week.
/// One in eight did not join: they appear in no figure of HR.
async fn join_program(app: &App, start: NaiveDate, today: NaiveDate) -> anyhow::Result<Vec<(PersonId, f64)>> {
    let mut tx = as_of(app, at(start, 8)).await?;
    let decided_on = start - Days::new(20);
    let year = today.iso_week().year();
    let first = NaiveDate::from_isoywd_opt(year, 1, chrono::Weekday::Mon).unwrap_or(start);
    let draft = Draft {
        name: format!("Bonus {year}"),
        year,
        starts_on: Some(start.max(first)),
        works_council: Some(WorksCouncil { decided_on, reference: "Instemming OR, besluit 14".to_owned() }),
        ..Draft::default()
    };
    let program = Program::create(&mut tx, draft.check(start)?).await?;
    let people: Vec<(PersonId, String)> =
        sql!(tx, fetch_all, "select id, email from people where roles = 'employee' order by name")?;
    let mut members = vec![];
    for (number, (person, email)) in people.into_iter().enumerate() {
        let is_guest = email == "employee@demo.test";
        if number % 8 == 7 && !is_guest {
            continue;
        }
        Program::join(&mut tx, program.id, person).await?;
        members.push((person, if is_guest { 1.0 } else { [1.0, 1.0, 0.98, 0.95, 0.85][number % 5] }));
    }
    tx.commit().await?;
    Ok(members)
}

/// A post of the past.
struct News {
    id: PostId,
    title: &'static str,
    link: String,
    /// Only what is still live has one.
    picture: Option<String>,
}

impl News {
    async fn add(&self, tx: &mut Tx, topic: TopicId, at: DateTime<Utc>) -> anyhow::Result<()> {
        sql!(
            tx,
            execute,
            "insert into posts (id, topic_id, state, title, link, counting_link, picture, picture_at, published_at, \
             live_at, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $8, $8)",
            self.id,
            topic,
            if self.picture.is_some() { "live" } else { "expired" },
            self.title,
            &self.link,
            true,
            self.picture.as_deref(),
            at
        )?;
        sql!(
            tx,
            execute,
            "insert into captions (id, post_id, position, text) values ($1, $2, 0, $3)",
            Uuid::now_v7(),
            self.id,
            self.title
        )?;
        Ok(())
    }

    /// Shows a recent share in the stream of the practice LinkedIn; older ones only have a name.
    fn in_stream(&self, world: &Running, member: u32, at: DateTime<Utc>) -> String {
        if self.picture.is_none() {
            return format!("urn:li:share:{}", 7_000_000_000_000_000_000 + at.timestamp_millis() + i64::from(member));
        }
        let card = Content::Article {
            source: self.link.clone(),
            title: self.title.to_owned(),
            description: None,
            thumbnail: self.picture.clone(),
        };
        world.seed_post(Seed { member, commentary: self.title.to_owned(), content: Some(card), at })
    }
}

/// What the practice LinkedIn knows of a share.
struct Sent {
    at: DateTime<Utc>,
    urn: String,
    author: String,
}

async fn add_share(tx: &mut Tx, person: PersonId, post: &News, sent: &Sent, clicks: i64) -> anyhow::Result<()> {
    let id = ShareId(uuid_at(sent.at));
    let code = id.0.simple().to_string()[20..].to_owned();
    sql!(
        tx,
        execute,
        "insert into links (code, post_id, target, created_at) values ($1, $2, $3, $4)",
        &code,
        post.id,
        &post.link,
        sent.at
    )?;
    sql!(
        tx,
        execute,
        "insert into link_days (code, day, clicks) values ($1, $2, $3)",
        &code,
        sent.at.date_naive(),
        clicks
    )?;
    sql!(
        tx,
        execute,
        "insert into shares (id, person_id, post_id, network, origin, state, text, link_code, run_at, idempotency_key, \
         fence, attempt, body, body_since, sent_at, time_zone, published_at, urn, proof_class, created_at) \
         select $1, $2, id, 'linkedin', 'manual', 'published', title, $3, $4, $5, 1, 1, $8, $4, $4, 'Europe/Amsterdam', \
         $4, $6, 'A', $4 from posts where id = $7",
        id,
        person,
        &code,
        sent.at,
        Uuid::now_v7(),
        &sent.urn,
        post.id,
        serde_json::json!({ "author": format!("urn:li:person:{}", sent.author) }).to_string()
    )?;
    Ok(())
}

/// Ids sort by time, so those of the past get the past's.
fn uuid_at(at: DateTime<Utc>) -> Uuid {
    let seconds = u64::try_from(at.timestamp()).unwrap_or_default();
    Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, seconds, at.timestamp_subsec_nanos()))
}
