//! The tree that is shown, what is found in it, and what it takes for items.

use super::*;
use crate::error::Excess;

fn with<R>(xml: &str, look: impl FnOnce(&Outline) -> R) -> R {
    let limits = Limits::default();
    let document = Document::new(xml, None, None, &limits).unwrap();
    look(&Outline::new(&document, &limits).unwrap())
}

const FEED: &str = "<?xml version='1.0'?>
<rss xmlns:media='http://search.yahoo.com/mrss/'>
 <channel>
  <title>News</title>
  <item><title>One &amp; only</title><media:thumbnail url='https://e.example/1.jpg' width='90'/></item>
  <item><title>Two</title><body>Read <b>this</b> now</body></item>
 </channel>
</rss>";

#[test]
fn the_tree_is_handed_out_by_pages_and_without_blank_texts() {
    with(FEED, |outline| {
        let root = &outline.children(None, 0, 10).nodes[0];
        assert_eq!((root.name.as_str(), root.line, root.parent, root.children), ("rss", 2, None, 1));
        let channel = &outline.children(Some(root.id), 0, 10).nodes[0];
        assert_eq!((channel.parent, channel.text.clone()), (Some(root.id), None));

        let page = outline.children(Some(channel.id), 0, 2);
        let shape = |node: &OutlineNode| (node.name.clone(), node.line, node.place, node.of, node.children);
        let shapes: Vec<_> = page.nodes.iter().map(shape).collect();
        assert_eq!(shapes, [("title".into(), 4, 1, 1, 0), ("item".into(), 5, 1, 2, 2)]);
        assert_eq!((page.nodes[0].text.as_deref(), page.next), (Some("News"), Some(2)));
        let last = outline.children(Some(channel.id), 2, 2);
        assert_eq!(shape(&last.nodes[0]), ("item".into(), 6, 2, 2, 2));
        assert_eq!(last.next, None);

        let thumbnail = &outline.children(Some(page.nodes[1].id), 1, 1).nodes[0];
        assert_eq!(thumbnail.namespace, "http://search.yahoo.com/mrss/");
        assert_eq!(thumbnail.attributes[0].value, "https://e.example/1.jpg");
        assert_eq!(thumbnail.text.as_deref(), Some(""));

        let body = &outline.children(Some(last.nodes[0].id), 1, 1).nodes[0];
        let mixed: Vec<_> =
            outline.children(Some(body.id), 0, 9).nodes.into_iter().map(|n| (n.kind, n.text.unwrap(), n.of)).collect();
        assert_eq!(
            mixed,
            [
                (OutlineKind::Text, "Read".into(), 2),
                (OutlineKind::Element, "this".into(), 1),
                (OutlineKind::Text, "now".into(), 2)
            ]
        );
        for nothing in [outline.children(Some(9_999), 0, 9), outline.children(Some(channel.id), 9_999, 9)] {
            assert_eq!(nothing, OutlinePage { nodes: vec![], next: None });
        }
    });
}

#[test]
fn long_texts_are_cut_where_they_are_shown() {
    let xml = format!("<a long='{}'>{}</a>", "v".repeat(3_000), "é".repeat(300));
    with(&xml, |outline| {
        let node = &outline.children(None, 0, 1).nodes[0];
        assert_eq!(node.text.as_ref().map(|text| (text.chars().count(), text.ends_with("é…"))), Some((200, true)));
        assert_eq!(node.attributes[0].value.chars().count(), 2_000);
    });
}

#[test]
fn names_attributes_and_texts_are_found_with_the_way_to_them() {
    with(FEED, |outline| {
        let names = |query: &str| outline.search(query, 9).into_iter().map(|node| node.name).collect::<Vec<_>>();
        for (query, found) in [
            ("THUMB", vec!["media:thumbnail"]),
            ("@width", vec!["media:thumbnail"]),
            ("1.jpg", vec!["media:thumbnail"]),
            ("one & only", vec!["title"]),
            ("read", vec![""]),
            ("item", vec!["item", "item"]),
            ("nothing", vec![]),
            (" ", vec![]),
        ] {
            assert_eq!(names(query), found, "{query}");
        }
        let found = outline.search("two", 9).remove(0);
        let around: Vec<_> = found.path.iter().map(|&id| outline.search("", 0).len() + id as usize).collect();
        assert_eq!((around.len(), found.path.last()), (3, found.parent.as_ref()));
        assert_eq!(outline.search("i", 1).len(), 1);
    });
    with(&format!("<a><b>{} needle</b></a>", "hay ".repeat(200)), |outline| {
        let text = outline.search("Needle", 1).remove(0).text.unwrap();
        assert!(text.starts_with('…') && text.ends_with("needle"), "{text}");
    });
}

#[test]
fn all_names_are_known_by_how_often_they_occur() {
    with(FEED, |outline| {
        let names: Vec<_> = outline.names().into_iter().map(|known| (known.name, known.count)).collect();
        assert_eq!(names[..2], [("title".to_owned(), 3), ("item".to_owned(), 2)]);
        assert!(names.contains(&("media:thumbnail".to_owned(), 1)) && names.contains(&("@url".to_owned(), 1)));
    });
}

#[test]
fn elements_that_look_like_items_are_proposed() {
    let jobs = |job: &str| format!("<jobs><total>2</total>{job}{job}</jobs>");
    for (xml, expected) in [
        (FEED.to_owned(), "/rss/channel/item"),
        (
            jobs(
                "<job><title>a</title><url>u</url><skills><skill>a</skill><skill>b</skill><skill>c</skill></skills></job>",
            ),
            "/jobs/job",
        ),
        (jobs("<job id='1' title='a' url='u'/>"), "/jobs/job"),
        (
            jobs(
                "<dept id='1'><name>d</name><job><title>a</title><ref>1</ref></job><job><title>b</title><ref>2</ref></job></dept>",
            ),
            "/jobs/dept/job",
        ),
        (
            "<rows><row><f n='a'>1</f><f n='b'>2</f></row><row><f n='a'>1</f><f n='b'>2</f></row></rows>".to_owned(),
            "/rows/row",
        ),
        ("<urls><u>1</u><u>2</u></urls>".to_owned(), "/urls/u"),
        ("<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>t</title></entry></feed>".to_owned(), "/feed/entry"),
        (
            "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:title/></a:entry><a:entry/></a:feed>".to_owned(),
            "/a:feed/a:entry",
        ),
        (
            "<r xmlns='urn:x'><list xmlns=''><v><t>1</t></v><v><t>2</t></v></list></r>".to_owned(),
            "/r/*/*[local-name()='v']",
        ),
    ] {
        with(&xml, |outline| {
            let proposals = outline.item_paths();
            assert_eq!(proposals.first().map(|proposal| proposal.xpath.as_str()), Some(expected), "{proposals:?}");
        });
    }
    with(FEED, |outline| {
        let first = outline.item_paths().remove(0);
        assert_eq!(
            (first.count, first.why.as_str()),
            (2, "There are 2 <item>, with title, media:thumbnail and body inside.")
        );
    });
    with("<note>hello</note>", |outline| assert_eq!(outline.item_paths(), []));
}

#[test]
fn an_outline_keeps_the_caps_of_every_document() {
    let limits = Limits::default();
    let deep = "<a>".repeat(limits.depth + 1);
    let many = format!("<a>{}</a>", "<b/>".repeat(limits.nodes));
    for (xml, expected) in [(deep, Excess::Depth), (many, Excess::Nodes)] {
        let document = Document::new(xml, None, None, &limits).unwrap();
        match Outline::new(&document, &limits).map(|_| ()) {
            Err(ReadError::TooLarge { what, .. }) => assert_eq!(what, expected),
            other => panic!("{other:?}"),
        }
    }
}
