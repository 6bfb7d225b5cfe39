//! What is wrong with feeds in the wild, and what is read nevertheless.

use klaroen_feed::{Definition, Document, Field, Item, Limits, Outline, ReadError, Reading, detect, explain, read};
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
fn the_whole_document_is_mended_as_its_items_are() {
    let limits = Limits::default();
    let xml = "<rss><channel><item><title>1</title><b><item><title>2</title></item></channel></rss>";
    let document = Document::new(xml, None, None, &limits).unwrap();
    let outline = Outline::new(&document, &limits).unwrap();
    assert_eq!(outline.item_paths()[0].count, 2);
    for item_path in ["/rss/channel/item", "/rss/channel/item | /rss/nothing"] {
        let mut definition = Definition::empty("rss", item_path);
        definition.set(Field::Title, "title");
        let titles: Vec<_> =
            read(&document, &definition, &limits).unwrap().items.into_iter().map(|item| item.title).collect();
        assert_eq!(titles, [Some("1".to_owned()), Some("2".to_owned())], "{item_path}");
    }
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

/// Each entry of what is wrong in the wild: read nevertheless, and told with its line.
#[test]
fn every_recovery_is_reported_with_its_line() {
    let item = |inside: &str| {
        format!("<rss><channel>\n<item><title>t</title>\n{inside}</item>\n</channel></rss>").into_bytes()
    };
    let description = |inside: &str| item(&format!("<description>{inside}</description>"));
    for (document, repair) in [
        (
            [&b"<rss><channel><item><title>caf\xe9</title></item></channel></rss>"[..]].concat(),
            "line 1: the charset is not told, or not rightly, and was guessed (windows-1252)",
        ),
        (item("<author>ééééé \u{0}</author>"), "line 3: control characters were removed"),
        (
            "<rss><item><title>éééééé".bytes().chain(*b"\xff</title></item></rss>").collect(),
            "line 1: bytes that are no text in this charset were replaced",
        ),
        (
            b"\n\nPHP Notice\n<?xml version='1.0'?><rss/>".to_vec(),
            "line 1: text before the document was skipped (PHP Notice)",
        ),
        (b"<rss/>\n<!-- x -->\n<p>bye</p>".to_vec(), "line 3: text after the document was skipped (p)"),
        (
            b"<!DOCTYPE rss [<!ENTITY x 'y'>]>\n<rss/>".to_vec(),
            "line 1: the DOCTYPE was skipped, its entities are not expanded",
        ),
        (description("a&nbsp;b"), "line 3: an entity that only HTML knows was read as HTML does"),
        (description("a &unknown; b"), "line 3: an undefined entity stayed as text (unknown)"),
        (description("Tom & Jerry"), "line 3: an ampersand that was not escaped was taken as text"),
        (
            item("<link>https://e.example/?a=1&b=2</link>"),
            "line 3: an ampersand that was not escaped was taken as text",
        ),
        (
            item("<enclosure url='https://e.example/?a=1&b=2'/>"),
            "line 3: an ampersand that was not escaped was taken as text",
        ),
        (description("1 < 2"), "line 3: a broken tag was read as text"),
        (description("a <![CDATA[b"), "line 3: a broken tag was read as text (<![CDATA[b</description></item>"),
        (description("a<br>b"), "line 3: an element that was not closed was closed (br)"),
        (description("<p>a"), "line 3: an element that was not closed was closed (p)"),
        (item("<b>bold"), "line 3: an element that was not closed was closed (b)"),
        (description("a</p>"), "line 3: an end tag without a start was ignored (p)"),
        (item("<author>a</autor>"), "line 3: an end tag without a start was ignored (autor)"),
        (
            item("<enclosure url=https://e.example/a.png type='image/png'/>"),
            "line 3: a broken attribute was mended (url)",
        ),
        (item("<enclosure url='a' url='b'/>"), "line 3: a broken attribute was mended (url)"),
        (item("<media:title>m</media:title>"), "line 3: a prefix was not declared (media)"),
        (
            b"<feed><entry><title>t</title></entry></feed>".to_vec(),
            "line 1: the namespace was missing and was added (feed)",
        ),
        (item("<pubDate>soon</pubDate>"), "line 2: a date could not be read (soon)"),
        (item("<link>javascript:alert(1)</link>"), "line 2: what should be an address is none (javascript:alert(1))"),
        (b"<rss><channel>\n<item><title>t".to_vec(), "line 2: the document ends inside an item, which was left out"),
        (
            b"<rss><channel>\n<item><title>t</title></item>\n".to_vec(),
            "line 3: the document ends before it is closed (channel)",
        ),
        (
            b"{\"items\": [{\"id\": \"1\"},\n{\"id\" 2}]}".to_vec(),
            "line 2: the JSON is broken here, the rest was left out (2}]})",
        ),
    ] {
        let limits = Limits::default();
        let shown = String::from_utf8_lossy(&document).into_owned();
        let document = Document::new(document, None, None, &limits).unwrap();
        let reading = read(&document, &detect(&document).unwrap().definition, &limits).unwrap();
        let repairs: Vec<_> = reading.repairs.iter().map(ToString::to_string).collect();
        assert!(repairs.iter().any(|known| known.starts_with(repair)), "{shown}: {repairs:#?}");
    }
}

#[test]
fn a_tidy_feed_needs_no_repair() {
    for document in [
        "<?xml version='1.0'?>\n<rss xmlns:media='http://search.yahoo.com/mrss/'><channel><item><title>a &amp; b &#233;</title>\
         <link>https://e.example/?a=1&amp;b=2</link><guid isPermaLink='false'>1</guid><description><![CDATA[<p>a<br>b &nbsp; & c</p>]]></description>\
         <pubDate>Mon, 01 Jun 2026 10:00:00 GMT</pubDate><media:content url='https://e.example/a.png' medium='image'/></item></channel></rss>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>tag:x,1</id><title type='html'>&lt;b&gt;t&lt;/b&gt;</title><content type='xhtml'>\
         <div xmlns='http://www.w3.org/1999/xhtml'>a<br/>b<br></br></div></content></entry></feed>",
        "{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [{\"id\": \"1\", \"content_html\": \"<p>a & b</p>\"}]}",
    ] {
        assert_eq!(reading(document).repairs, [], "{document}");
    }
}

#[test]
fn what_an_item_lacks_is_found_elsewhere_or_stays_empty() {
    for (item, link, title) in [
        ("<title>t</title><guid>https://e.example/1</guid>", Some("https://e.example/1"), Some("t")),
        ("<title>t</title><guid isPermaLink='false'>https://e.example/1</guid>", None, Some("t")),
        ("<title>t</title><guid>17</guid>", None, Some("t")),
        ("<media:title>m</media:title><link href='https://e.example/1'/>", Some("https://e.example/1"), Some("m")),
        ("<description>only this</description>", None, None),
    ] {
        let item = rss(&format!("<item>{item}</item>"));
        assert_eq!((item.link.as_deref(), item.title.as_deref()), (link, title), "{item:?}");
        assert!(!item.identity.key.is_empty(), "{item:?}");
    }
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
    assert_eq!(field(Field::Link).xpath.as_deref(), Some("guid[not(@isPermaLink='false') and contains(., '://')]"));
    assert_eq!((field(Field::Text).source, field(Field::Text).found.as_deref()), (None, None));
}

#[test]
fn a_document_that_ends_in_its_only_item_has_nothing_to_give() {
    let whole = "<item><title>a</title></item>";
    for (items, cut_off) in [
        ("<item><title>a</ti", Some(2)),
        ("<item><title>a</title>", Some(2)),
        ("<item><title>a</title></item><item><title>b", None),
        (whole, None),
        ("", None),
    ] {
        let outcome = reading(&format!("<rss><channel>\n{items}")).whole().map(|_| ());
        let expected = cut_off.map_or(Ok(()), |line| Err(ReadError::CutOff { line }));
        assert_eq!(outcome, expected, "{items}");
    }
    assert_eq!(ReadError::CutOff { line: 2 }.code(), "feed-cut-off");
}
