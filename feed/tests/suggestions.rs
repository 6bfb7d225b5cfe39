//! Every suggestion is admitted, and read as the definition of a feed it gives what was clicked: in generated documents
//! and in the real feeds of `../shared/feeds`, which are read in place and may be missing.

use std::path::PathBuf;
use std::time::Duration;

use klaroen_feed::outline::{OutlineKind, OutlineNode};
use klaroen_feed::suggest::{Click, Suggestion, suggest_field, suggest_items};
use klaroen_feed::{Definition, Document, Field, Limits, Outline, RepairKind, detect, read, read_with};
use proptest::prelude::*;

/// A click and the text that it is about.
struct Clicked {
    click: Click,
    text: String,
    what: String,
}

/// All clicks on leaves, attributes and texts below a node.
fn clicks(outline: &Outline, node: &OutlineNode, into: &mut Vec<Clicked>) {
    let mut add = |attribute: Option<String>, text: &str| {
        let what = format!("line {}: {} {attribute:?}", node.line, node.name);
        into.push(Clicked { click: Click { node: node.id, attribute }, text: text.to_owned(), what });
    };
    for attribute in &node.attributes {
        add(Some(attribute.name.clone()), &attribute.value);
    }
    if let Some(text) = &node.text {
        add(None, text);
    }
    let mut after = 0;
    loop {
        let page = outline.children(Some(node.id), after, 100);
        page.nodes.iter().for_each(|child| clicks(outline, child, into));
        match page.next {
            Some(next) => after = next,
            None => return,
        }
    }
}

/// The nodes with these ids.
fn nodes(outline: &Outline, parent: Option<u32>, into: &mut Vec<OutlineNode>) {
    let mut after = 0;
    loop {
        let page = outline.children(parent, after, 1_000);
        for node in page.nodes {
            let (id, is_element) = (node.id, node.kind == OutlineKind::Element);
            into.push(node);
            if is_element {
                nodes(outline, Some(id), into);
            }
        }
        match page.next {
            Some(next) => after = next,
            None => return,
        }
    }
}

/// Production caps, but for the time: other tests share the processor.
fn patient() -> Limits {
    Limits { expression_time: Duration::from_mins(1), ..Limits::default() }
}

/// What is the same however a text was cut or joined.
fn plain(text: &str) -> String {
    text.trim_end_matches('…').split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Reads the document with the suggestion as a field; `Err` says what is not as promised.
fn check(document: &Document, item_path: &str, clicked: &Clicked, suggestion: &Suggestion) -> Result<(), String> {
    let limits = patient();
    let Suggestion { xpath, filled, items, .. } = suggestion;
    let mut definition = Definition::empty("suggested", item_path);
    definition.set(Field::Title, xpath);
    definition.check().map_err(|error| format!("{}: {error}", clicked.what))?;
    let read =
        read_with(document, &definition, &[xpath], &limits).map_err(|error| format!("{}: {error}", clicked.what))?;
    let found: Vec<&Vec<String>> = read.items.iter().map(|item| &item.extras[xpath]).collect();
    let full = found.iter().filter(|texts| !texts.is_empty()).count();
    if (full, found.len()) != (*filled as usize, *items as usize) {
        return Err(format!("{}: {xpath} fills {full} of {}, not {filled} of {items}", clicked.what, found.len()));
    }
    let wanted = plain(&clicked.text);
    if found.iter().copied().flatten().any(|text| plain(text).contains(&wanted)) || wanted.is_empty() {
        return Ok(());
    }
    Err(format!("{}: {xpath} does not give {wanted}", clicked.what))
}

/// Clicks on everything in the first items; answers how many clicks there were and how many had no suggestion.
fn check_document(document: &Document, item_path: &str, most_items: usize) -> Result<(usize, Vec<String>), String> {
    let limits = patient();
    let outline = Outline::new(document, &limits).map_err(|error| error.to_string())?;
    let mut all = Vec::new();
    nodes(&outline, None, &mut all);
    // The items of the path, found by the name that it ends in.
    let name = item_path.rsplit('/').next().unwrap_or_default().trim_end_matches("[*]");
    let full = item_path.ends_with("[*]");
    let is_item =
        |node: &&OutlineNode| node.name.rsplit(':').next() == name.rsplit(':').next() && (!full || node.children > 0);
    let items = all.iter().filter(is_item).take(most_items);
    let (mut number, mut without) = (0, Vec::new());
    for item in items {
        let mut clicked = Vec::new();
        clicks(&outline, item, &mut clicked);
        for clicked in clicked {
            number += 1;
            let suggestions = suggest_field(document, &outline, &clicked.click, item_path, &limits)
                .map_err(|error| format!("{}: {error}", clicked.what))?;
            if suggestions.is_empty() {
                without.push(clicked.what.clone());
            }
            suggestions.iter().try_for_each(|suggestion| check(document, item_path, &clicked, suggestion))?;
        }
    }
    Ok((number, without))
}

fn element(depth: u32) -> BoxedStrategy<String> {
    let name = prop_oneof![
        "[a-c]",
        Just("p:a".to_owned()),
        Just("q:b".to_owned()),
        Just("x-1".to_owned()),
        Just("o$d".to_owned())
    ];
    let attributes = prop_oneof![
        3 => Just(String::new()),
        1 => "[vw]{1,2}".prop_map(|value| format!(" rel='{value}'")),
        1 => "[vw]{1,2}".prop_map(|value| format!(" name='{value}' p:n=\"it's\"")),
        1 => "[0-9]{1,2}".prop_map(|value| format!(" width='{value}' u:z='1'")),
        1 => Just(" xmlns='urn:inner' lang='nl'".to_owned()),
    ];
    let inside = if depth == 0 {
        "[a-z]{0,3} ?".boxed()
    } else {
        prop::collection::vec(
            prop_oneof![3 => element(depth - 1), 1 => "[a-z]{1,3}".boxed(), 1 => Just(" ".to_owned()).boxed()],
            0..5,
        )
        .prop_map(|parts| parts.concat())
        .boxed()
    };
    (name, attributes, inside)
        .prop_map(|(name, attributes, inside)| format!("<{name}{attributes}>{inside}</{name}>"))
        .boxed()
}

fn document() -> impl Strategy<Value = String> {
    let item = (prop::collection::vec(element(3), 0..4), "[a-z]{0,2}")
        .prop_map(|(parts, id)| format!("<item id='{id}'>{}</item>", parts.concat()));
    let default = prop_oneof![Just(""), Just(" xmlns='urn:d'")];
    (default, element(1), prop::collection::vec(item, 1..5), element(1)).prop_map(|(default, before, items, after)| {
        format!("<root{default} xmlns:p='urn:p'><list>{before}{}{after}</list></root>", items.concat())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn suggestions_give_what_was_clicked(xml in document()) {
        let document = Document::new(xml, None, None, &Limits::default()).unwrap();
        for item_path in ["/root/list/item", "//item[@id]"] {
            let (_, without) = check_document(&document, item_path, 9).map_err(TestCaseError::fail)?;
            prop_assert_eq!(without, Vec::<String>::new());
        }
    }

    #[test]
    fn item_paths_find_what_was_clicked(xml in document()) {
        let limits = patient();
        let document = Document::new(xml, None, None, &limits).unwrap();
        let outline = Outline::new(&document, &limits).unwrap();
        let mut all = Vec::new();
        nodes(&outline, None, &mut all);
        for node in all {
            let suggestions = suggest_items(&outline, node.id);
            prop_assert!(!suggestions.is_empty(), "{}", node.name);
            for Suggestion { xpath, items, .. } in suggestions {
                let read = read_with(&document, &Definition::empty("suggested", &xpath), &[], &limits);
                prop_assert_eq!(read.map(|read| read.items.len()), Ok(items as usize), "{}", xpath);
            }
        }
        for proposal in outline.item_paths() {
            let read = read_with(&document, &Definition::empty("proposed", &proposal.xpath), &[], &limits);
            prop_assert_eq!(read.map(|read| read.items.len()), Ok(proposal.count as usize), "{}", proposal.xpath);
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "a setting of the tests, not of the product")]
fn folder() -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/feeds");
    let folder = std::env::var_os("KLAROEN_REAL_FEEDS").map_or_else(|| beside.into(), PathBuf::from);
    let found = folder.is_dir();
    if !found {
        eprintln!("skipped: there are no real feeds in {}", folder.display());
    }
    found.then_some(folder)
}

/// Items of each real feed in which everything is clicked.
const ITEMS: usize = 2;

#[test]
fn everything_in_real_feeds_can_be_clicked() {
    let Some(folder) = folder() else { return };
    let (mut number, mut without) = (0, Vec::new());
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let Ok(document) = Document::new(std::fs::read(&path).unwrap(), None, None, &Limits::default()) else {
            continue;
        };
        // In those that cannot be read, or not to the end of an item, nothing can be promised.
        let Ok(detected) = detect(&document) else { continue };
        let Ok(reading) = read(&document, &detected.definition, &Limits::default()) else { continue };
        if reading.repairs.iter().any(|repair| repair.kind == RepairKind::TruncatedItem) {
            continue;
        }
        let (clicks, none) = check_document(&document, &detected.definition.item_path, ITEMS)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        number += clicks;
        without.extend(none.into_iter().map(|what| format!("{}: {what}", path.display())));
    }
    assert!(number > 1_000, "{number} clicks");
    assert_eq!(without, Vec::<String>::new(), "of {number} clicks");
}
