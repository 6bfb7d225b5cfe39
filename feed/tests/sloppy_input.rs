//! What is wrong with feeds in the wild, and what is read nevertheless.

use klaroen_feed::{Definition, Document, Field, Item, Limits, Reading, detect, explain, read};
use url::Url;

fn reading(document: &str) -> Reading {
    let limits = Limits::default();
    let document = Document::new(document, None, Url::parse("https://example.com/feed").ok(), &limits).unwrap();
    read(&document, &detect(&document).unwrap().definition, &limits).unwrap()
}

fn rss(item: &str) -> Item {
    let reading = reading(&format!("<rss><channel><title>F</title>{item}</channel></rss>"));
    assert_eq!(reading.items.len(), 1, "{item}: {:?}", reading.repairs);
    reading.items.into_iter().next().unwrap()
}

#[test]
fn broken_markup_gives_the_title_that_was_meant() {
    for (item, title) in [
        ("<item><title>a < b & c</title></item>", "a < b & c"),
        ("<item><title>a &nbsp; b &unknown;</title></item>", "a b &unknown;"),
        ("<item><title><![CDATA[a & ]]>b<![CDATA[ <c>]]></title></item>", "a & b <c>"),
        ("<item><title>a</titel><link>https://example.com/1</link></item>", "a"),
        ("<item><description>a</p> b</description><title>t</title></item>", "t"),
        ("<item><description>d<br>e<hr></description><title>a</title></item>", "a"),
        ("<item><description><p>d<p>e</description><title>a</title></item>", "a"),
        ("<item><title>a</title><content:encoded>x</encoded></item>", "a"),
        ("<item><title lang=en disabled a='1'b='2'>a</title></item>", "a"),
        ("<item><title>a</title></item></b></item>", "a"),
        ("<item><title>&lt;b&gt;a&lt;/b&gt; &amp;amp; c</title></item>", "a & c"),
        ("<item><title>5 &gt; 3 &amp;lt; 4</title></item>", "5 > 3 < 4"),
        ("<item><title>one\n   line</title></item>", "one line"),
        ("<item><title>a<!-- note -->b</title></item>", "ab"),
    ] {
        assert_eq!(rss(item).title.as_deref(), Some(title), "{item}");
    }
}

#[test]
fn what_xml_allows_needs_no_repair() {
    for document in [
        "<rss ><channel\n><item ><title >a</title ><guid\t>1</guid\n></item ></channel ></rss >",
        "\u{feff}\u{feff}<rss>\u{feff}<channel><item>\u{feff}<title>\u{feff}a &amp;\u{feff}</title><x>&lt;\u{feff}</x></item></channel></rss>",
    ] {
        let reading = reading(document);
        let title = reading.items[0].title.as_deref().map(|title| title.trim_matches(['\u{feff}', '&', ' ']));
        assert_eq!((title, reading.repairs.as_slice()), (Some("a"), [].as_slice()), "{document}");
    }
}

#[test]
fn items_are_elements() {
    let limits = Limits::default();
    let document = Document::new("<a><b>x</b></a>", None, None, &limits).unwrap();
    for (path, expected) in [("/", 0), ("//text()", 0), ("//b", 1), ("/a/node()", 1)] {
        let mut definition = Definition::empty("test", path);
        definition.set(Field::Title, "concat(., (b | .)[1])");
        assert_eq!(read(&document, &definition, &limits).unwrap().items.len(), expected, "{path}");
    }
}

#[test]
fn a_forgotten_end_of_an_item_does_not_lose_the_next() {
    let items = reading("<rss><channel><item><title>1</title><item><title>2</title></item></channel></rss>").items;
    let titles: Vec<_> = items.iter().filter_map(|item| item.title.as_deref()).collect();
    assert_eq!(titles, ["1", "2"]);
}

#[test]
fn junk_around_the_document_is_reported_with_its_line() {
    let reading = reading(
        "\n<b>Warning</b>: x\n<?xml version='1.0'?><rss><channel><item><title>a</title></item></channel></rss>\nbye",
    );
    assert_eq!(reading.items.len(), 1);
    let repairs: Vec<_> = reading.repairs.iter().map(ToString::to_string).collect();
    assert_eq!(repairs[0], "line 1: text before the document was skipped (<b>Warning</b>: x)");
    assert_eq!(repairs[1], "line 4: text after the document was skipped (bye)");
}

#[test]
fn addresses_are_joined_to_the_nearest_base() {
    let item = rss("<link>https://site.example/blog/</link><item xml:base='/a/'><link>b</link></item>");
    assert_eq!(item.link.as_deref(), Some("https://example.com/a/b"));
    let item = rss("<link>https://site.example/blog/</link><item><link>b</link></item>");
    assert_eq!(item.link.as_deref(), Some("https://site.example/blog/b"));
    let item = rss("<item><link>b</link></item>");
    assert_eq!(item.link.as_deref(), Some("https://example.com/b"));
    assert_eq!(rss("<item><title>t</title><link>javascript:alert(1)</link></item>").link, None);
}

#[test]
fn the_largest_picture_wins_and_pixels_do_not() {
    for (item, image) in [
        (
            "<media:content url='https://e.example/s.jpg' medium='image' width='100'/><media:content url='https://e.example/l.jpg' medium='image' width='900'/>",
            "https://e.example/l.jpg",
        ),
        (
            "<enclosure url='https://e.example/a.mp3' type='audio/mpeg'/><enclosure url='/p.png' type='image/png'/>",
            "https://example.com/p.png",
        ),
        (
            "<description>&lt;img width=1 height=1 src='https://t.example/'&gt;&lt;img src='https://e.example/d.jpg'&gt;</description>",
            "https://e.example/d.jpg",
        ),
        ("<itunes:image href='https://e.example/i.jpg'/>", "https://e.example/i.jpg"),
    ] {
        let item = format!("<item><title>t</title>{item}</item>");
        assert_eq!(rss(&item).image.as_deref(), Some(image), "{item}");
    }
}

#[test]
fn an_unreadable_date_falls_back_and_is_reported() {
    let reading =
        reading("<rss><channel><item><pubDate>soon</pubDate><dc:date>2026-06-01</dc:date></item></channel></rss>");
    assert_eq!(reading.items[0].published.unwrap().to_rfc3339(), "2026-06-01T00:00:00+00:00");
    let repairs: Vec<_> = reading.repairs.iter().map(ToString::to_string).collect();
    assert!(repairs.contains(&"line 1: a date could not be read (soon)".to_owned()), "{repairs:?}");
}

#[test]
fn headers_are_seen_from_items_wherever_they_stand() {
    let limits = Limits::default();
    for document in [
        "<jobs><company>C</company><job><name>1</name></job><job><name>2</name></job></jobs>",
        "<jobs><job><name>1</name></job><job><name>2</name></job><company>C</company></jobs>",
    ] {
        let document = Document::new(document, None, None, &limits).unwrap();
        for item_path in [
            "/jobs/job",
            "//job",
            "job",
            "//job[name]",
            "//job[name != '']",
            "/jobs/job[position() < 9]",
            "//job[count(name) = 1]",
        ] {
            let mut definition = Definition::empty("jobs", item_path);
            definition.set(Field::Title, "name");
            definition.set(Field::Author, "../company");
            definition.set(Field::Text, "/jobs/company");
            let Ok(reading) = read(&document, &definition, &limits) else {
                assert!(item_path.contains("position()"), "{item_path}");
                continue;
            };
            let seen: Vec<_> = reading
                .items
                .iter()
                .map(|item| (item.title.as_deref(), item.author.as_deref(), item.text.as_deref()))
                .collect();
            assert_eq!(seen, [(Some("1"), Some("C"), Some("C")), (Some("2"), Some("C"), Some("C"))], "{item_path}");
        }
    }
}

#[test]
fn item_paths_find_what_xpath_says() {
    let limits = Limits::default();
    let document = "<jobs><dept n='a'><job s='open'>1</job><job s='shut'>2</job></dept><dept n='b'><job s='open'>3</job></dept><job>4</job></jobs>";
    let document = Document::new(document, None, None, &limits).unwrap();
    for (item_path, expected) in [
        ("//job", "1234"),
        ("/jobs/job", "4"),
        ("/jobs/*/job", "123"),
        ("//job[@s='open']", "13"),
        ("//dept[@n='b']/job", "3"),
        ("//job[not(@s)]", "4"),
        ("//job[. > 2]", "34"),
        ("//job[contains(., '2')]", "2"),
        ("//dept/job[1]", "13"),
        ("//dept/job[last()]", "23"),
        ("/jobs/job | //dept/job", "1234"),
        ("//dept[job = '3']/job", "3"),
        ("job", "1234"),
        ("//nothing", ""),
    ] {
        let mut definition = Definition::empty("jobs", item_path);
        definition.set(Field::Title, ".");
        let items = read(&document, &definition, &limits).unwrap().items;
        let found: String = items.into_iter().filter_map(|item| item.title).collect();
        assert_eq!(found, expected, "{item_path}");
    }
}

#[test]
fn an_explanation_names_the_source_of_each_field() {
    let limits = Limits::default();
    let document =
        "<rss><channel>\n<item><media:title>T</media:title><guid>https://example.com/g</guid></item></channel></rss>";
    let document = Document::new(document, None, None, &limits).unwrap();
    let (_, explanations) = explain(&document, &detect(&document).unwrap().definition, &limits).unwrap();
    let field = |field| explanations[0].fields.iter().find(|explained| explained.field == field).unwrap();
    assert_eq!(explanations[0].line, 2);
    assert_eq!((field(Field::Title).source, field(Field::Title).xpath.as_deref()), (Some(2), Some("media:title")));
    assert_eq!(field(Field::Link).xpath.as_deref(), Some("guid[not(@isPermaLink='false')]"));
    assert_eq!((field(Field::Text).source, field(Field::Text).found.as_deref()), (None, None));
}
