//! A channel feed as YouTube writes it: fifteen entries, Shorts told only by their link, a feed-level id without `UC`,
//! and `updated` and view counts that move although nothing was edited.

use std::fmt::Write as _;

use chrono::{DateTime, Duration, DurationRound as _, SecondsFormat, TimeDelta, Utc};

use super::CHANNEL;
use super::story::{Item, Shelf};
use super::xml::escape;
use crate::world::World;

pub(super) fn feed(world: &World, items: &[Item], now: DateTime<Utc>) -> String {
    let bare = CHANNEL.trim_start_matches("UC");
    let title = Shelf::Videos.title();
    let (own, channel) = (escape(&world.link(&Shelf::Videos.path())), world.link(&format!("/channel/{CHANNEL}")));
    let author = format!("<author>\n  <name>{title}</name>\n  <uri>{channel}</uri>\n </author>");
    let mut xml = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/" xmlns="http://www.w3.org/2005/Atom">
 <link rel="self" href="{own}"/>
 <id>yt:channel:{bare}</id>
 <yt:channelId>{bare}</yt:channelId>
 <title>{title}</title>
 <link rel="alternate" href="{channel}"/>
 {author}
 <published>2014-03-11T09:21:45+00:00</published>
"#
    );
    for item in items {
        entry(&mut xml, world, item, &author, now);
    }
    xml.push_str("</feed>\n");
    xml
}

fn entry(xml: &mut String, world: &World, item: &Item, author: &str, now: DateTime<Utc>) {
    let id = &item.story.slug;
    let (title, description) = (escape(&item.story.title), escape(&item.story.summary));
    let (link, thumbnail) = (escape(&world.link(&item.path())), world.link(&item.picture()));
    let player = world.link(&format!("/v/{id}?version=3"));
    let hours = (now - item.published).num_hours().max(0);
    let views = 90 + hours * 13 % 9_000 + hours * 3;
    let likes = views / 31;
    let (published, updated) = (stamp(item.published), stamp(updated(item.published, now)));
    let description = if description.is_empty() {
        "<media:description/>".to_owned()
    } else {
        format!("<media:description>{description}</media:description>")
    };
    // Writing to a string cannot fail.
    let _ = write!(
        xml,
        r#" <entry>
  <id>yt:video:{id}</id>
  <yt:videoId>{id}</yt:videoId>
  <yt:channelId>{CHANNEL}</yt:channelId>
  <title>{title}</title>
  <link rel="alternate" href="{link}"/>
  {author}
  <published>{published}</published>
  <updated>{updated}</updated>
  <media:group>
   <media:title>{title}</media:title>
   <media:content url="{player}" type="application/x-shockwave-flash" width="640" height="390"/>
   <media:thumbnail url="{thumbnail}" width="480" height="360"/>
   {description}
   <media:community>
    <media:starRating count="{likes}" average="5.00" min="1" max="5"/>
    <media:statistics views="{views}"/>
   </media:community>
  </media:group>
 </entry>
"#
    );
}

/// Statistics touch an entry every hour while it is young and every day later.
fn updated(published: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    let step = if now - published < Duration::days(3) { TimeDelta::hours(1) } else { TimeDelta::days(1) };
    now.duration_trunc(step).unwrap_or(published).max(published)
}

fn stamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, false)
}
