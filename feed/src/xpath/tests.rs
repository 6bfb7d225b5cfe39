//! What expressions mean, which are refused and where, and that the native evaluator agrees with sxd-xpath.

mod properties;

use super::*;
use crate::document::Document;
use crate::reader::{self, Sink};
use crate::repair::Repairs;

struct Nothing;

impl Sink for Nothing {
    fn item(&mut self, _: &Tree, _: NodeId, _: &mut Repairs) -> Result<(), ReadError> {
        Ok(())
    }

    fn headers(&mut self, _: &Tree) {}
}

/// Evaluates from the element with `id='here'`, or else from the root element: natively if it can, and by the engine.
fn both(xml: &str, xpath: &str) -> Result<(Option<Vec<String>>, Vec<String>), SyntaxError> {
    let limits = Limits::default();
    let document = Document::new(xml, None, None, &limits).unwrap();
    let head = document.head();
    let bindings = Bindings::new(&head.default, &head.declared, document.text());
    let (mut namespaces, mut engine) = (Namespaces::default(), Engine::new());
    let mut expression = Expression::new(xpath, &bindings, &mut namespaces, &mut engine)?;
    let tree = Tree::with(namespaces, false);
    let tree = reader::read(&document, tree, None, &limits, &mut Repairs::default(), &mut Nothing).unwrap().tree;
    let here = tree.descendants(0).find(|&node| tree.attribute_value(node, "id") == Some("here"));
    let item = Item::new(&tree, here.or_else(|| tree.children(0).next()).unwrap());
    engine.set_base(url::Url::parse("https://example.com/a/").ok());
    let texts = |found: Vec<Found>| found.into_iter().map(|found| found.text.into_owned()).collect::<Vec<_>>();
    let answer =
        |expression: &Expression| texts(expression.evaluate(&item, &engine, Want::default(), &limits).unwrap());
    let native = expression.native.is_some().then(|| answer(&expression));
    expression.native = None;
    Ok((native, answer(&expression)))
}

fn answers(xml: &str, xpath: &str) -> Vec<String> {
    let (native, engine) = both(xml, xpath).unwrap();
    if let Some(native) = native {
        assert_eq!(native, engine, "{xpath}");
    }
    engine
}

const FEED: &str = "<rss xmlns:media='http://search.yahoo.com/mrss/' xmlns:x='urn:x'><channel><title>Feed</title>\
    <item id='here'><title>A &amp; B</title><link rel='alternate'>1</link><link rel='self'>2</link><empty/>\
    <media:group><media:content url='s' width='10'/><media:content url='l' width='20'/></media:group>\
    <x:own>mine</x:own><tags>a, b,c</tags><price>12.50</price><text>one <b>two</b> three</text></item></channel></rss>";

#[test]
fn expressions_mean_what_xpath_says() {
    for (xpath, expected) in [
        ("title", vec!["A & B"]),
        ("title/text()", vec!["A & B"]),
        ("link", vec!["1", "2"]),
        ("link[2]", vec!["2"]),
        ("link[last()]", vec!["2"]),
        ("link[@rel='self']", vec!["2"]),
        ("link[not(@rel='self')]", vec!["1"]),
        ("link[@rel != 'self']/@rel", vec!["alternate"]),
        ("link[starts-with(@rel, 'alt') or contains(@rel, 'x')]", vec!["1"]),
        ("link[@rel and . = '2']", vec!["2"]),
        ("*[1]", vec!["A & B"]),
        ("empty", vec![""]),
        ("text", vec!["one two three"]),
        (".//b", vec!["two"]),
        ("text//text()", vec!["one ", "two", " three"]),
        ("media:group/media:content/@url", vec!["s", "l"]),
        ("media:*/*[@width='20']/@url", vec!["l"]),
        ("x:own", vec!["mine"]),
        ("../title", vec!["Feed"]),
        ("/rss/channel/title", vec!["Feed"]),
        ("//title", vec!["Feed", "A & B"]),
        ("title | link", vec!["A & B", "1", "2"]),
        ("self::item/title", vec!["A & B"]),
        ("self::channel", vec![]),
        ("missing", vec![]),
        ("string(link)", vec!["1"]),
        ("concat('<', title, '>')", vec!["<A & B>"]),
        ("count(link)", vec!["2"]),
        ("price * 2", vec!["25"]),
        ("number(title)", vec![""]),
        ("boolean(title)", vec!["true"]),
        ("substring-after(price, '.')", vec!["50"]),
        ("link[position() = last()]", vec!["2"]),
        ("link[. > 1]", vec!["2"]),
        ("boolean(link < 2)", vec!["true"]),
        ("boolean(link > 2)", vec!["false"]),
        ("boolean(missing != 'x')", vec!["false"]),
        ("boolean(link != 1)", vec!["true"]),
        ("boolean(link != link)", vec!["true"]),
        ("boolean(title != title)", vec!["false"]),
        ("(title | link)[2]", vec!["1"]),
        ("*[name() = 'media:group']/*[2]/@url", vec!["l"]),
        ("*[local-name() = 'own']", vec!["mine"]),
        ("lower-case(title)", vec!["a & b"]),
        ("upper-case('é')", vec!["É"]),
        ("replace(price, '(\\d+)\\.(\\d+)', '$2,$1')", vec!["50,12"]),
        ("matches(price, '^\\d')", vec!["true"]),
        ("tokenize(tags, ',')", vec!["a", "b", "c"]),
        ("tokenize(tags, ',')[2]", vec!["b"]),
        ("count(tokenize(tags, ','))", vec!["3"]),
        ("string-join(link, '+')", vec!["1+2"]),
        ("html-to-text('<p>x</p>')", vec!["x"]),
        ("resolve-url('b')", vec!["https://example.com/a/b"]),
        ("following-sibling::*", vec![]),
        ("ancestor::channel/title", vec!["Feed"]),
    ] {
        assert_eq!(answers(FEED, xpath), expected, "{xpath}");
    }
}

/// A result is a list of texts: one for each node, in the order of the document, or one for any other value.
#[test]
fn a_result_is_text_whatever_its_type() {
    for (xpath, expected) in [
        // Nodes: elements with all text inside, attributes, texts, and what has none of its own.
        ("link", vec!["1", "2"]),
        ("link[2] | title | link[1]", vec!["A & B", "1", "2"]),
        ("text", vec!["one two three"]),
        ("text/text()", vec!["one ", " three"]),
        ("link/@rel", vec!["alternate", "self"]),
        ("@*", vec!["here"]),
        ("empty", vec![""]),
        ("empty/@none", vec![]),
        ("string-length(/)", vec!["39"]),
        ("comment()", vec![]),
        ("processing-instruction()", vec![]),
        // Truth values.
        ("true()", vec!["true"]),
        ("link = 3", vec!["false"]),
        ("not(missing)", vec!["true"]),
        // Numbers.
        ("1", vec!["1"]),
        ("price", vec!["12.50"]),
        ("number(price)", vec!["12.5"]),
        ("0.1 + 0.2", vec!["0.30000000000000004"]),
        ("-1 div 3", vec!["-0.3333333333333333"]),
        ("1000000 * 1000000 * 1000000 * 1000000", vec!["1000000000000000000000000"]),
        ("0 * -1", vec!["0"]),
        ("1 div 0", vec!["Infinity"]),
        ("-1 div 0", vec!["-Infinity"]),
        ("number('x')", vec![""]),
        ("sum(link)", vec!["3"]),
        ("round(2.5)", vec!["3"]),
        // Texts.
        ("'a'", vec!["a"]),
        ("''", vec![""]),
        ("string(missing)", vec![""]),
        ("string(1 div 0)", vec!["Infinity"]),
        ("concat(1 = 1, ' ', 2)", vec!["true 2"]),
        ("name(media:group/*)", vec!["media:content"]),
        ("local-name(media:group/*)", vec!["content"]),
    ] {
        assert_eq!(answers(FEED, xpath), expected, "{xpath}");
    }
}

#[test]
fn the_functions_beyond_xpath_1_mind_their_edges() {
    for (xpath, expected) in [
        ("replace(title, '', '-')", vec!["-A- -&- -B-"]),
        ("replace('aXbX', 'x', '')", vec!["aXbX"]),
        ("replace('aXbX', '(?i)x', '')", vec!["ab"]),
        ("replace('2026', '(\\d\\d)(\\d\\d)', '$2$1$9')", vec!["2620"]),
        ("replace(missing, 'a', 'b')", vec![""]),
        ("matches(missing, 'a')", vec!["false"]),
        ("matches(title, '')", vec!["true"]),
        ("link[matches(., '2')]", vec!["2"]),
        ("tokenize(missing, ',')", vec![]),
        ("tokenize('', ',')", vec![]),
        ("tokenize(' a  b ', '\\s+')", vec!["a", "b"]),
        ("tokenize('a,,b,', ',')", vec!["a", "b"]),
        ("tokenize('abc', '')", vec!["a", "b", "c"]),
        ("string-join(tokenize(tags, ','), ' | ')", vec!["a | b | c"]),
        ("string-join(link)", vec!["12"]),
        ("string-join(missing, ',')", vec![""]),
        ("string-join('one', ',')", vec!["one"]),
        ("lower-case()", vec!["a & b12minea, b,c12.50one two three"]),
        ("link[lower-case(@rel) = 'self']", vec!["2"]),
        ("lower-case(@none)", vec![""]),
        ("upper-case('straße')", vec!["STRASSE"]),
        ("html-to-text('&lt;p&gt;a&lt;/p&gt; &amp;amp; b')", vec!["a\n\n& b"]),
        ("html-to-text(missing)", vec![""]),
        ("resolve-url('https://x.example/')", vec!["https://x.example/"]),
        ("resolve-url('../b')", vec!["https://example.com/b"]),
        ("resolve-url(missing)", vec![""]),
        ("resolve-url('http://[')", vec!["http://["]),
    ] {
        assert_eq!(answers(FEED, xpath), expected, "{xpath}");
    }
    for (xpath, reason) in [
        ("replace('a', 'a')", "takes 3 arguments, not 2"),
        ("tokenize('a')", "takes 2 arguments, not 1"),
        ("lower-case('a', 'b')", "takes 0 to 1 arguments, not 2"),
        ("replace(title, '[', '')", "the pattern [ is not valid"),
    ] {
        let error = both(FEED, xpath).unwrap_err();
        assert!(error.reason.contains(reason), "{xpath}: {error:?}");
    }
}

#[test]
fn names_without_a_prefix_are_in_the_default_namespace() {
    let atom = "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:media='http://search.yahoo.com/mrss/'>\
        <entry id='here'><title>T</title><link href='h'/><media:title>M</media:title></entry></feed>";
    for (xpath, expected) in [
        ("title", vec!["T"]),
        ("atom:title", vec!["T"]),
        ("_:title", vec!["T"]),
        ("link/@href", vec!["h"]),
        ("media:title", vec!["M"]),
        ("string(child::title)", vec!["T"]),
        ("*[self::title]", vec!["T"]),
        ("count(*)", vec!["3"]),
        ("/feed/entry/title", vec!["T"]),
    ] {
        assert_eq!(answers(atom, xpath), expected, "{xpath}");
    }
}

#[test]
fn prefixes_declared_deep_in_the_document_are_known() {
    let xml = "<jobs><job id='here'><d:name xmlns:d='urn:deep'>N</d:name><odd:x>1</odd:x></job></jobs>";
    assert_eq!(answers(xml, "d:name"), ["N"]);
    assert_eq!(answers(xml, "odd:x"), ["1"]);
}

#[test]
fn mistakes_have_columns_and_advice() {
    for (xpath, column, reason) in [
        ("", 1, "empty"),
        ("title[", 7, "a name is missing"),
        ("title]", 6, "should end here"),
        ("title text", 7, "should end here"),
        ("a/", 3, "a name is missing"),
        ("'open", 1, "has no end"),
        ("link[@rel='self'", 17, "\"]\" is missing"),
        ("$x", 1, "variables"),
        ("concat('a')", 1, "takes 2 to 50 arguments, not 1"),
        ("lang('en')", 1, "there is no function lang()"),
        ("title/ends-with(., 'x')", 16, "should end here"),
        ("nonsense::a", 1, "no axis"),
        ("a | foo:bar", 5, "the prefix \"foo\""),
        ("Q{urn:x}a", 2, "braces"),
        ("é/ü/[1]", 5, "a name is missing"),
        ("matches(title, '(')", 1, "the pattern ( is not valid"),
        ("namespace::x", 1, "namespace-uri()"),
    ] {
        let error = both(FEED, xpath).unwrap_err();
        assert!(error.column == column && error.reason.contains(reason), "{xpath}: {error:?}");
    }
}

#[test]
fn f6_expressions_that_could_cost_too_much_are_refused() {
    for (xpath, reason) in [
        ("//*[.//*[.//*]]", "too expensive"),
        ("//*[../*[../*]]", "too expensive"),
        ("count(//item[following::item[following::item]])", "too expensive"),
        ("//a[//b][//c]", "second search"),
        ("//a//b//c", "third search"),
        ("a[b[c[d]]]", "inside each other"),
        ("a/a/a/a/a/a/a/a/a/a/a/a/a", "more than 12 steps"),
        ("((((((((((((((((((((((((((((((((((((a))))))))))))))))))))))))))))))))))))", "inside each other"),
        (&format!("'{}'", "x".repeat(600)), "longer than 512 bytes"),
    ] {
        let error = both(FEED, xpath).unwrap_err();
        assert!(error.reason.contains(reason), "{xpath}: {error:?}");
    }
    for item_path in ["//item[following::item]", "//item[../item]", "//item[//x]", "count(//item)", "'x'"] {
        let bindings = Bindings::new("", &[], "");
        let selector = ItemSelector::new(item_path, &bindings, &mut Namespaces::default(), &mut Engine::new());
        assert!(selector.is_err(), "{item_path}");
    }
}
