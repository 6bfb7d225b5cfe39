//! A channel feed as YouTube writes it: fifteen entries, Shorts told only by their link, a feed-level id without `UC`,
//! and `updated` and view counts that move although nothing was edited.

use std::fmt::Write as _;

use chrono::{DateTime, Duration, DurationRound as _, SecondsFormat, TimeDelta, Utc};

use super::CHANNEL;
use super::playlist::List;
use super::story::{Item, Shelf};
use super::xml::escape;
use crate::questions::FeedIds;
use crate::world::World;

pub(super) fn feed(world: &World, items: &[Item], now: DateTime<Utc>) -> String {
    let id = match world.state().rules.questions.youtube_ids {
        FeedIds::WithoutUc => CHANNEL.trim_start_matches("UC"),
        FeedIds::Empty => "",
        FeedIds::WithUc => CHANNEL,
    };
    let (title, channel) = (Shelf::Videos.title(), world.link(&format!("/channel/{CHANNEL}")));
    let head = format!(
        r#" <id>yt:channel:{id}</id>
 <yt:channelId>{id}</yt:channelId>
 <title>{title}</title>
 <link rel="alternate" href="{channel}"/>
"#
    );
    whole(world, &Shelf::Videos.path(), &head, "2014-03-11T09:21:45+00:00", items, now)
}

/// A playlist: no address of its own page, its own date of creation, its own order.
pub(super) fn playlist(world: &World, list: List, items: &[Item], now: DateTime<Utc>) -> String {
    let (id, title) = (list.id(), list.title());
    let channel = CHANNEL.trim_start_matches("UC");
    let head = format!(
        r" <id>yt:playlist:{id}</id>
 <yt:playlistId>{id}</yt:playlistId>
 <yt:channelId>{channel}</yt:channelId>
 <title>{title}</title>
"
    );
    whole(world, &list.path(), &head, "2019-06-02T14:00:09+00:00", items, now)
}

fn whole(world: &World, path: &str, head: &str, made: &str, items: &[Item], now: DateTime<Utc>) -> String {
    let own = escape(&world.link(path));
    let author = author(world);
    let mut xml = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/" xmlns="http://www.w3.org/2005/Atom">
 <link rel="self" href="{own}"/>
{head} {author}
 <published>{made}</published>
"#
    );
    for item in items {
        entry(&mut xml, world, item, &author, now);
    }
    xml.push_str("</feed>\n");
    xml
}

fn author(world: &World) -> String {
    let (title, channel) = (Shelf::Videos.title(), world.link(&format!("/channel/{CHANNEL}")));
    format!("<author>\n  <name>{title}</name>\n  <uri>{channel}</uri>\n </author>")
}

fn entry(xml: &mut String, world: &World, item: &Item, author: &str, now: DateTime<Utc>) {
    let id = &item.story.slug;
    let (title, description) = (escape(&item.title), escape(&item.story.summary));
    let (link, thumbnail) = (escape(&world.link(&item.path())), world.link(&item.picture()));
    let player = world.link(&format!("/v/{id}?version=3"));
    let hours = (now - item.published).num_hours().max(0);
    let views = 90 + hours * 13 % 9_000 + hours * 3;
    let likes = views / 31;
    let (published, updated) = (stamp(item.published), stamp(updated(item.published, now).max(item.changed)));
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

/// What the hub sends of a video: no picture and no words, and the time to the nanosecond.
pub(super) fn news(world: &World, item: &Item, at: DateTime<Utc>) -> String {
    let (id, title, author) = (&item.story.slug, escape(&item.title), author(world));
    let (own, hub) = (escape(&world.link(&format!("/xml{}", Shelf::Videos.path()))), world.link("/hub"));
    let (link, published, updated) = (escape(&world.link(&item.path())), stamp(item.published), exact(at));
    format!(
        r#"<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns="http://www.w3.org/2005/Atom"><link rel="hub" href="{hub}"/><link rel="self" href="{own}"/><title>YouTube video feed</title><updated>{updated}</updated><entry>
  <id>yt:video:{id}</id>
  <yt:videoId>{id}</yt:videoId>
  <yt:channelId>{CHANNEL}</yt:channelId>
  <title>{title}</title>
  <link rel="alternate" href="{link}"/>
  {author}
  <published>{published}</published>
  <updated>{updated}</updated>
 </entry></feed>
"#
    )
}

/// What the hub sends of a video that is gone: the channel stands in the author's address alone.
pub(super) fn tombstone(world: &World, item: &Item, at: DateTime<Utc>) -> String {
    let (id, when, title) = (&item.story.slug, exact(at), Shelf::Videos.title());
    let (link, channel) = (escape(&world.link(&item.path())), world.link(&format!("/channel/{CHANNEL}")));
    format!(
        r#"<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:at="http://purl.org/atompub/tombstones/1.0" xmlns="http://www.w3.org/2005/Atom"><at:deleted-entry ref="yt:video:{id}" when="{when}">
  <link href="{link}"/>
  <at:by>
   <name>{title}</name>
   <uri>{channel}</uri>
  </at:by>
 </at:deleted-entry></feed>
"#
    )
}

fn exact(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Nanos, false)
}
