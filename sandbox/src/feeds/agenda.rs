//! Events as a small plug-in of a website writes them. When the site gets a new look, the pictures may be gone from all of
//! them at once: what a reader of feeds should notice.

use std::fmt::Write as _;

use super::story::{Item, Shelf};
use super::xml::{each, escape};
use crate::world::World;

pub(super) fn feed(world: &World, items: &[Item], pictures: bool) -> String {
    let mut xml = format!(
        r#"<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0">
  <channel>
    <title>{title}</title>
    <link>{site}</link>
    <description>Kom langs</description>
"#,
        title = Shelf::Agenda.title(),
        site = world.link("/company"),
    );
    for item in items {
        entry(&mut xml, world, item, pictures);
    }
    xml.push_str("  </channel>\n</rss>\n");
    xml
}

fn entry(xml: &mut String, world: &World, item: &Item, pictures: bool) {
    let story = item.story;
    let link = world.link(&item.path());
    let places = each(&story.tags, |tag| format!("      <category>{}</category>\n", escape(tag)));
    let picture = world.link(&item.picture());
    let picture = if pictures {
        format!("      <enclosure url=\"{picture}\" length=\"0\" type=\"image/jpeg\"/>\n")
    } else {
        String::new()
    };
    // Writing to a string cannot fail.
    let _ = write!(
        xml,
        r"    <item>
      <title>{title}</title>
      <link>{link}</link>
      <guid>{link}</guid>
      <description>{summary}</description>
      <pubDate>{date}</pubDate>
{places}{picture}    </item>
",
        title = escape(&item.title),
        summary = escape(&story.summary),
        date = item.published.to_rfc2822(),
    );
}
