//! An Atom blog: permanent `tag:` ids, HTML content with its picture inside, categories as terms.

use std::fmt::Write as _;

use chrono::{DateTime, SecondsFormat, Utc};

use super::story::{Item, Shelf};
use super::xml::{each, escape};
use crate::world::World;

pub(super) fn feed(world: &World, items: &[Item]) -> String {
    let title = Shelf::Insights.title();
    let (own, site, hub) = (world.link(&Shelf::Insights.path()), world.link("/company"), world.link("/hub"));
    let updated = items.iter().map(|item| item.changed).max().map(stamp).unwrap_or_default();
    let mut xml = format!(
        r#"<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" xml:lang="en">
  <title>{title}</title>
  <subtitle type="html">What we measure, build and learn</subtitle>
  <link href="{own}" rel="self" type="application/atom+xml"/>
  <link href="{site}" rel="alternate" type="text/html"/>
  <link href="{hub}" rel="hub"/>
  <id>tag:voorbeeldenergie.example,2019:insights</id>
  <updated>{updated}</updated>
  <generator uri="https://jekyllrb.com/" version="4.4.1">Jekyll</generator>
"#
    );
    for item in items {
        entry(&mut xml, world, item);
    }
    xml.push_str("</feed>\n");
    xml
}

fn entry(xml: &mut String, world: &World, item: &Item) {
    let story = item.story;
    let (link, picture) = (world.link(&item.path()), world.link(&item.picture()));
    let (published, updated) = (stamp(item.published), stamp(item.changed));
    let paragraphs = each(&story.text, |text| format!("<p>{}</p>", escape(text)));
    let content = escape(&format!("<p><img src=\"{picture}\" alt=\"\"/></p>{paragraphs}"));
    let terms = each(&story.tags, |tag| format!("    <category term=\"{}\"/>\n", escape(tag)));
    // Writing to a string cannot fail.
    let _ = write!(
        xml,
        r#"  <entry>
    <title type="html">{title}</title>
    <link href="{link}" rel="alternate" type="text/html" title="{attribute}"/>
    <published>{published}</published>
    <updated>{updated}</updated>
    <id>tag:voorbeeldenergie.example,2019:insights/{slug}</id>
    <author>
      <name>{author}</name>
    </author>
{terms}    <summary type="html">{summary}</summary>
    <content type="html" xml:base="{link}">{content}</content>
    <media:thumbnail url="{picture}"/>
  </entry>
"#,
        // An HTML title is escaped twice: once as HTML, once as XML.
        title = escape(&escape(&item.title)),
        attribute = escape(&item.title),
        slug = story.slug,
        author = escape(&story.author),
        summary = escape(&escape(&story.summary)),
    );
}

fn stamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
