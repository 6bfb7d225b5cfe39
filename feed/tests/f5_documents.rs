//! Gate F5: hostile documents at a cap, over it and a hundred times over it end quickly, in the right way, on a small stack.

#[path = "../src/stopwatch.rs"]
mod stopwatch;

use std::time::Duration;

use klaroen_feed::{Document, Limits, ReadError, Reading, detect, read};
use stopwatch::Stopwatch;

const SMALL_STACK: usize = 2 * 1024 * 1024;
const LONGEST: Duration = Duration::from_secs(2);

/// Reads on a thread with a small stack, as the product does.
fn outcome(document: String) -> (Result<Reading, ReadError>, Duration) {
    let reading = move || {
        let stopwatch = Stopwatch::start();
        let limits = Limits::default();
        let reading = Document::new(document, Some("utf-8"), None, &limits)
            .and_then(|document| read(&document, &detect(&document)?.definition, &limits));
        (reading, stopwatch.elapsed())
    };
    std::thread::Builder::new().stack_size(SMALL_STACK).spawn(reading).unwrap().join().expect("no panic")
}

/// The best of a few readings, because other tests share the processor.
fn best(document: impl Into<String>) -> (Result<Reading, ReadError>, Duration) {
    let document = document.into();
    let mut best = outcome(document.clone());
    for _ in 0..3 {
        if best.1 > LONGEST {
            best = outcome(document.clone());
        }
    }
    best
}

fn item(inside: &str) -> String {
    format!("<rss><channel><item><guid>1</guid><title>kept</title>{inside}</item></channel></rss>")
}

fn check(name: &str, document: String, expected: Result<usize, &str>) {
    let (reading, took) = best(document);
    let answer = reading.as_ref().map(|reading| reading.items.len()).map_err(ReadError::code);
    assert_eq!(answer, expected, "{name}");
    assert!(took <= LONGEST, "{name}: {took:?}");
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
        let kib: u64 = peak.trim().trim_end_matches(" kB").parse().unwrap_or_default();
        assert!(kib <= 256 * 1024, "{name}: {kib} KiB");
    }
}

/// At the cap, over it, and as far over it as fits.
fn thrice(name: &str, cap: usize, far: usize, code: &str, document: impl Fn(usize) -> String) {
    check(&format!("{name} at the cap"), document(cap), Ok(1));
    check(&format!("{name} over the cap"), document(cap + 1), Err(code));
    check(&format!("{name} far over the cap"), document(far), Err(code));
}

#[test]
fn f5_deep_nesting_is_refused() {
    // Root, channel and item stand around the nested elements.
    let document = |depth: usize| item(&("<a>".repeat(depth - 3) + &"</a>".repeat(depth - 3)));
    thrice("depth", 100, 10_000, "feed-too-deep", document);
    check("depth without ends", "<rss><channel><item>".to_owned() + &"<a>".repeat(1_000_000), Err("feed-too-deep"));
}

#[test]
fn f5_many_attributes_are_refused() {
    let document = |count: usize| {
        let attributes: Vec<_> = (0..count).map(|n| format!("a{n}='{n}'")).collect();
        item(&format!("<a {}/>", attributes.join(" ")))
    };
    thrice("attributes", 64, 80_000, "feed-too-many-attributes", document);
}

#[test]
fn f5_many_namespaces_are_refused() {
    let document = |count: usize| {
        let declarations: Vec<_> = (0..count).map(|n| format!("xmlns:n{n}='urn:{n}'")).collect();
        item(&format!("<a {}/>", declarations.join(" ")))
    };
    thrice("namespaces", 32, 3_200, "feed-too-many-namespaces", document);
    let declarations: Vec<_> = (0..30).map(|n| format!("xmlns:n{n}='u'")).collect();
    let nested = format!("<a {}>", declarations.join(" ")).repeat(90);
    check("namespaces in scope", item(&nested), Err("feed-too-many-namespaces"));
}

#[test]
fn f5_long_names_and_values_are_refused() {
    thrice("name", 256, 25_600, "feed-name-too-long", |length| item(&format!("<{}/>", "a".repeat(length))));
    thrice("attribute name", 256, 25_600, "feed-name-too-long", |length| {
        item(&format!("<a {}='1'/>", "a".repeat(length)))
    });
    let cap = 64 * 1024;
    thrice("value", cap, 100 * cap, "feed-value-too-long", |length| item(&format!("<a b='{}'/>", "x".repeat(length))));
}

#[test]
fn f5_long_texts_are_cut_and_reported() {
    for length in [64 * 1024, 64 * 1024 + 1, 100 * 64 * 1024] {
        let (reading, took) = best(item(&format!("<description>{}</description>", "x".repeat(length))));
        let reading = reading.unwrap();
        assert_eq!(reading.items[0].text.as_ref().map(String::len), Some(64 * 1024));
        assert_eq!(reading.repairs.len(), usize::from(length > 64 * 1024));
        assert!(took <= LONGEST, "{took:?}");
    }
}

#[test]
fn f5_many_nodes_are_refused() {
    // Root, channel, item, guid, title and their texts are 7 nodes.
    let far = 8 * 1024 * 1024 / 4 - 100;
    thrice("nodes", 200_000, far, "feed-too-many-nodes", |count| item(&"<a/>".repeat(count - 7)));
}

#[test]
fn f5_a_large_item_is_cut_and_reported() {
    for count in [1_990, 2_001, 190_000] {
        let (reading, took) = best(item(&"<a/>".repeat(count)));
        let reading = reading.unwrap();
        assert_eq!(reading.items[0].title.as_deref(), Some("kept"));
        assert_eq!(reading.repairs.len(), usize::from(count > 2_000), "{:?}", reading.repairs);
        assert!(took <= LONGEST, "{took:?}");
    }
}

#[test]
fn f5_a_large_document_is_refused() {
    let cap = 8 * 1024 * 1024;
    let document = |size: usize| item(&format!("<!--{}-->", "x".repeat(size - item("<!---->").len())));
    check("bytes at the cap", document(cap), Ok(1));
    check("bytes over the cap", document(cap + 1), Err("feed-too-large"));
    check("bytes far over the cap", document(12 * cap), Err("feed-too-large"));
}

#[test]
fn f5_entities_are_never_expanded() {
    let laugh = |n: usize| format!("<!ENTITY e{n} '{}'>", format!("&e{};", n - 1).repeat(10));
    let laughs = (1..20).map(laugh).collect::<Vec<_>>().concat();
    let document = format!(
        "<!DOCTYPE rss [<!ENTITY e0 'ha'>{laughs}<!ENTITY x SYSTEM 'file:///etc/passwd'>]>{}",
        item("<description>&e19;&x;</description>")
    );
    let (reading, took) = best(document);
    let reading = reading.unwrap();
    assert_eq!(reading.items[0].text.as_deref(), Some("&e19;&x;"));
    assert!(reading.repairs.iter().any(|repair| repair.to_string().contains("DOCTYPE")), "{:?}", reading.repairs);
    assert!(took <= LONGEST, "{took:?}");
    let references = format!("<!DOCTYPE rss [<!ENTITY a '{}'>]>{}", "x".repeat(50_000), item(&"&a;".repeat(100_000)));
    check("quadratic", references, Ok(1));
}

#[test]
fn f5_broken_markup_ends_quickly() {
    for (name, piece) in [
        ("starts", "<"),
        ("empty tags", "<>"),
        ("comments", "<!--"),
        ("data", "<![CDATA["),
        ("quotes", "<a b='"),
        ("ends", "</a>"),
        ("references", "&a"),
        ("declarations", "<?xml"),
        ("equals", "<a ="),
        ("items", "<item>"),
        ("prefixes", "xmlns:"),
        ("void tags", "<br "),
        ("tags in tags", "<a <a>"),
        ("ends in ends", "</a "),
        ("entities", "<!ENTITY"),
        ("doctypes", "<!DOCTYPE ["),
        ("instructions", "<?a"),
    ] {
        let (reading, took) = best(item(&piece.repeat(1024 * 1024 / piece.len())));
        assert!(took <= LONGEST, "{name}: {took:?} {:?}", reading.map(|reading| reading.items.len()));
    }
}
