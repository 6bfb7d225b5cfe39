//! A news feed as WordPress writes it: `content:encoded` beside a shortened description, `media:content`, creators in
//! CDATA and guids that are no links.

use std::fmt::Write as _;

use super::story::{Item, Shelf};
use super::xml::{each, escape, texturize};
use crate::world::World;

pub(super) fn feed(world: &World, items: &[Item]) -> String {
    let (own, site) = (world.link(&Shelf::Nieuws.path()), world.link("/company"));
    let built = items.first().map(|item| item.published.to_rfc2822()).unwrap_or_default();
    let title = texturize(Shelf::Nieuws.title());
    let logo = world.link("/pictures/wind-logo/144x144.jpg");
    let mut xml = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
	xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:wfw="http://wellformedweb.org/CommentAPI/"
	xmlns:dc="http://purl.org/dc/elements/1.1/"
	xmlns:atom="http://www.w3.org/2005/Atom"
	xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
	xmlns:slash="http://purl.org/rss/1.0/modules/slash/"
	xmlns:media="http://search.yahoo.com/mrss/"
	>

<channel>
	<title>{title}</title>
	<atom:link href="{own}" rel="self" type="application/rss+xml" />
	<link>{site}</link>
	<description>Energie van hier</description>
	<lastBuildDate>{built}</lastBuildDate>
	<language>nl-NL</language>
	<sy:updatePeriod>
	hourly	</sy:updatePeriod>
	<sy:updateFrequency>
	1	</sy:updateFrequency>
	<generator>https://wordpress.org/?v=6.8.1</generator>
<image>
	<url>{logo}</url>
	<title>{title}</title>
	<link>{site}</link>
	<width>32</width>
	<height>32</height>
</image>
"#
    );
    for item in items {
        entry(&mut xml, world, item);
    }
    xml.push_str("	</channel>\n</rss>\n");
    xml
}

fn entry(xml: &mut String, world: &World, item: &Item) {
    let story = item.story;
    let (link, picture) = (world.link(&item.path()), world.link(&item.picture()));
    let (title, summary) = (texturize(&item.title), texturize(&story.summary));
    let (author, date, post) = (&story.author, item.published.to_rfc2822(), 4_000 + item.number * 17);
    let categories = each(&story.tags, |tag| format!("		<category><![CDATA[{tag}]]></category>\n"));
    let paragraphs = each(&story.text, |text| format!("<p>{}</p>\n\n\n\n", texturize(text)));
    // Writing to a string cannot fail.
    let _ = write!(
        xml,
        r#"	<item>
		<title>{title}</title>
		<link>{link}</link>
					<comments>{link}#respond</comments>
		<dc:creator><![CDATA[{author}]]></dc:creator>
		<pubDate>{date}</pubDate>
{categories}		<guid isPermaLink="false">https://voorbeeldenergie.example/?p={post}</guid>
					<description><![CDATA[<p>{summary} [&#8230;]</p>
<p>Het bericht <a href="{link}">{title}</a> verscheen eerst op <a href="{site}">Voorbeeld Energie</a>.</p>
]]></description>
										<content:encoded><![CDATA[
<figure class="wp-block-image size-large"><img decoding="async" width="1200" height="627" src="{picture}" alt=""/></figure>



<p><strong>{summary}</strong></p>



{paragraphs}]]></content:encoded>
					<wfw:commentRss>{link}/feed</wfw:commentRss>
			<slash:comments>{comments}</slash:comments>
		<media:content url="{picture}" medium="image" type="image/jpeg" width="1200" height="627">
			<media:title type="html">{alt}</media:title>
		</media:content>
	</item>
"#,
        site = world.link("/company"),
        comments = item.number % 4,
        alt = escape(&item.title),
    );
}
