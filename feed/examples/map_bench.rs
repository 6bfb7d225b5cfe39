//! Maps RSS of any size and says what it took: the measured side of `make bench`.
//!
//! `map_bench generate ITEMS FILE` writes a deterministic feed (1,000 items are 2.25 MB). The others print, for each run,
//! the milliseconds of processor time and a count: `map_bench time FILE RUNS` maps it with 8 expressions,
//! `map_bench product FILE RUNS` reads it as the product does, and `map_bench tokens FILE RUNS` only cuts it into tags, the
//! least that any reader must do. `map_bench memory FILE` maps it once and prints the most memory that took, in KiB.

#[path = "../src/stopwatch.rs"]
mod stopwatch;

use std::fmt::Write;
use std::time::Duration;

use klaroen_feed::{Definition, Document, Field, Limits, detect, read};
use stopwatch::Stopwatch;

/// The expressions that the other side of the comparison evaluates too.
const FIELDS: [(Field, &str); 8] = [
    (Field::Guid, "guid"),
    (Field::Title, "title"),
    (Field::Link, "link"),
    (Field::Text, "description"),
    (Field::Image, "media:content[@medium='image']/@url"),
    (Field::Published, "pubDate"),
    (Field::Author, "dc:creator"),
    (Field::Categories, "category"),
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["generate", items, file] => {
            std::fs::write(file, feed(items.parse().expect("a number of items"))).expect("a file that can be written");
        }
        ["time", file, runs] => repeat(runs, || map(file)),
        ["product", file, runs] => repeat(runs, || product(file)),
        ["tokens", file, runs] => repeat(runs, || tokens(file)),
        ["memory", file] => {
            map(file);
            println!("{}", most_memory());
        }
        _ => panic!("map_bench generate ITEMS FILE | time, product or tokens FILE RUNS | memory FILE"),
    }
}

fn repeat(runs: &str, mut run: impl FnMut() -> (Duration, usize)) {
    for _ in 0..runs.parse().expect("a number of runs") {
        let (took, count) = run();
        println!("{:.3} {count}", took.as_secs_f64() * 1000.0);
    }
}

/// Bytes to items; what `fs::read` takes is left out, as on the other side.
fn map(file: &str) -> (Duration, usize) {
    let bytes = std::fs::read(file).expect("a generated file");
    let limits = Limits::lifted();
    let mut definition = Definition::empty("bench", "/rss/channel/item");
    for (field, xpath) in FIELDS {
        definition.set(field, xpath);
        definition.fields.get_mut(&field).expect("just set")[0].transforms = Some(Vec::new());
    }
    let stopwatch = Stopwatch::start();
    let document = Document::new(bytes, Some("utf-8"), None, &limits).expect("a feed");
    let reading = read(&document, &definition, &limits).expect("a readable feed");
    let took = stopwatch.elapsed();
    let full = reading.items.iter().filter(|item| item.image.is_some() && item.author.is_some());
    (took, full.count())
}

/// With the built-in definition and all its transforms, within the limits that production has.
fn product(file: &str) -> (Duration, usize) {
    let bytes = std::fs::read(file).expect("a generated file");
    let limits = Limits::default();
    let stopwatch = Stopwatch::start();
    let document = Document::new(bytes, None, None, &limits).expect("a feed");
    let detected = detect(&document).expect("a known kind");
    let reading = read(&document, &detected.definition, &limits).expect("a readable feed");
    (stopwatch.elapsed(), reading.items.len())
}

fn most_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
    peak.trim().trim_end_matches(" kB").parse().expect("a number of KiB")
}

fn tokens(file: &str) -> (Duration, usize) {
    let text = std::fs::read_to_string(file).expect("a generated file");
    let stopwatch = Stopwatch::start();
    let mut reader = quick_xml::Reader::from_str(&text);
    let mut count = 0;
    while reader.read_event().expect("well-formed") != quick_xml::events::Event::Eof {
        count += 1;
    }
    (stopwatch.elapsed(), count)
}

/// An RSS feed as WordPress writes it, about 2.25 kB for each item.
fn feed(items: usize) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:media=\"http://search.yahoo.com/mrss/\">\n<channel>\n\
         <title>Bench</title>\n<link>https://example.com/</link>\n<description>Generated</description>\n",
    );
    for n in 0..items {
        let (day, hour, minute) = (n % 28 + 1, n % 24, n % 60);
        let _ = write!(
            out,
            "<item>\n<title>Story {n}: caf\u{e9} &amp; more</title>\n<link>https://example.com/stories/{n}?from=feed&amp;n={n}</link>\n\
             <guid isPermaLink=\"false\">https://example.com/?p={n}</guid>\n<pubDate>Mon, {day:02} Jun 2026 {hour:02}:{minute:02}:00 +0000</pubDate>\n\
             <dc:creator><![CDATA[Employee {n}]]></dc:creator>\n<category><![CDATA[Work]]></category>\n<category>Topic {}</category>\n\
             <media:content url=\"https://example.com/pictures/{n}.mp4\" medium=\"video\"/>\n\
             <media:content url=\"https://example.com/pictures/{n}.jpg\" medium=\"image\" width=\"1200\" height=\"630\"/>\n",
            n % 10,
        );
        out.push_str("<description>");
        for sentence in 0..5 {
            let _ =
                write!(out, "&lt;p&gt;Sentence {sentence} of story {n} says something &amp;amp; means it.&lt;/p&gt;");
        }
        out.push_str("</description>\n<content:encoded><![CDATA[");
        for paragraph in 0..11 {
            let _ = writeln!(
                out,
                "<p>Paragraph {paragraph} of story {n}: words that a reader reads, <a href=\"https://example.com/{n}\">a link</a> and more.</p>"
            );
        }
        out.push_str("]]></content:encoded>\n</item>\n");
    }
    out.push_str("</channel>\n</rss>\n");
    out
}
