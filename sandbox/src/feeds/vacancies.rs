//! Vacancies as recruiting systems export them: plain RSS 2.0 with an enclosure and elements of their own making.

use std::fmt::Write as _;

use super::story::{Item, Shelf};
use super::xml::{each, escape};
use crate::world::World;

pub(super) fn feed(world: &World, items: &[Item]) -> String {
    let built = items.first().map(|item| item.published.to_rfc2822()).unwrap_or_default();
    let mut xml = format!(
        r#"<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
  <channel>
    <title>{title}</title>
    <link>{site}</link>
    <description>Alle openstaande vacatures</description>
    <language>nl</language>
    <ttl>60</ttl>
    <pubDate>{built}</pubDate>
    <atom:link href="{own}" rel="self" type="application/rss+xml"/>
"#,
        title = Shelf::Vacatures.title(),
        site = world.link("/company"),
        own = world.link(&Shelf::Vacatures.path()),
    );
    for item in items {
        entry(&mut xml, world, item);
    }
    xml.push_str("  </channel>\n</rss>\n");
    xml
}

fn entry(xml: &mut String, world: &World, item: &Item) {
    let story = item.story;
    let link = world.link(&item.path());
    let text = each(&story.text, |text| format!("<p>{}</p>", escape(text)));
    let categories = each(&story.tags, |tag| format!("      <category>{}</category>\n", escape(tag)));
    // Writing to a string cannot fail.
    let _ = write!(
        xml,
        r#"    <item>
      <title>{title}</title>
      <link>{link}</link>
      <guid isPermaLink="false">vacature-{number}</guid>
      <description><![CDATA[<p>{summary}</p>{text}]]></description>
      <pubDate>{date}</pubDate>
{categories}      <enclosure url="{picture}" length="0" type="image/jpeg"/>
      <vacancyNumber>{number}</vacancyNumber>
      <company>Voorbeeld Energie</company>
      <location>{location}</location>
    </item>
"#,
        title = escape(&item.title),
        number = 2_600 + item.number,
        summary = escape(&story.summary),
        date = item.published.to_rfc2822(),
        picture = world.link(&item.picture()),
        location = escape(story.tags.last().map_or("", String::as_str)),
    );
}
