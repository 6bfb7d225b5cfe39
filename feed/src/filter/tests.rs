use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::*;
use crate::item::Item;

mod faults;

fn item() -> Item {
    Item {
        guid: Some("urn:1".to_owned()),
        title: Some("Vacature: monteur in Zwolle".to_owned()),
        link: Some("https://news.example/jobs/1".to_owned()),
        text: Some("Wij zoeken een monteur voor ons team, met of zonder ervaring.".to_owned()),
        image: Some("https://news.example/1.jpg".to_owned()),
        published: Some(now() - chrono::Duration::days(3)),
        author: Some("Employee 012".to_owned()),
        categories: vec!["Werken bij".to_owned(), "Techniek".to_owned()],
        ..Item::default()
    }
}

fn now() -> DateTime<Utc> {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

fn filter(json: &Value) -> Filter {
    Filter::from_json(json).unwrap()
}

fn one(of: &str, tests: &Value, action: &str) -> Filter {
    filter(&json!({ "rules": [{ "when": { "of": of, "tests": tests }, "action": action }] }))
}

fn verdict(filter: &Filter, item: &Item) -> Verdict {
    decide(filter, item, Context { now: now(), titles: &BTreeSet::new() })
}

#[test]
fn every_test_says_yes_and_no() {
    let text = |test: &str, field: &str, value: &str| json!({ "test": test, "field": field, "value": value });
    for (test, holds) in [
        (text("contains-word", "title", "MONTEUR"), true),
        (text("contains-word", "title", "monte"), false),
        (text("contains-word", "title", "in zwolle"), true),
        (text("contains-word", "categories", "techniek"), true),
        (text("contains-phrase", "text", "met of  zonder"), true),
        (text("contains-phrase", "text", "zonder of met"), false),
        (text("contains-phrase", "author", "employee"), true),
        (text("equals", "guid", "URN:1"), true),
        (text("equals", "title", "Vacature"), false),
        (text("equals", "categories", "techniek"), true),
        (text("starts-with", "link", "https://news.example/jobs/"), true),
        (text("starts-with", "title", "monteur"), false),
        (text("starts-with", "published", "2026-11-20"), true),
        (json!({ "test": "matches", "field": "title", "pattern": "^Vacature:" }), true),
        (json!({ "test": "matches", "field": "title", "pattern": "^vacature:" }), false),
        (json!({ "test": "matches", "field": "image", "pattern": "(?i)\\.JPG$" }), true),
        (json!({ "test": "older-than", "days": 2 }), true),
        (json!({ "test": "older-than", "days": 3 }), false),
        (json!({ "test": "newer-than", "days": 4 }), true),
        (json!({ "test": "newer-than", "days": 3 }), false),
        (json!({ "test": "has-picture" }), true),
        (json!({ "test": "category-is", "value": "werken bij" }), true),
        (json!({ "test": "category-is", "value": "werken" }), false),
        (json!({ "test": "language-is", "language": "nl" }), true),
        (json!({ "test": "language-is", "language": "de" }), false),
        (json!({ "test": "is-short" }), false),
    ] {
        let expected = if holds { Outcome::Drop } else { Outcome::Keep };
        assert_eq!(verdict(&one("all", &json!([test]), "drop"), &item()).outcome, expected, "{test}");
    }
}

#[test]
fn an_item_with_nothing_in_it_passes_no_test() {
    let all = Field::ALL.map(|field| json!({ "test": "contains-phrase", "field": field.name(), "value": "a" }));
    for test in all.into_iter().chain([
        json!({ "test": "older-than", "days": 0 }),
        json!({ "test": "newer-than", "days": 9 }),
        json!({ "test": "has-picture" }),
        json!({ "test": "is-short" }),
    ]) {
        let filter = one("all", &json!([test]), "drop");
        assert_eq!(verdict(&filter, &Item::default()).outcome, Outcome::Keep, "{test}");
    }
}

#[test]
fn a_short_is_known_by_its_address_or_its_title() {
    for (link, title, is_short) in [
        ("https://www.youtube.com/shorts/abc", "A", true),
        ("https://m.youtube.com/shorts/abc", "A", true),
        ("https://www.youtube.com/watch?v=abc", "A", false),
        ("https://www.youtube.com/watch?v=abc", "Look #Shorts", true),
        ("https://notyoutube.com/shorts/abc", "A", false),
        ("https://news.example/shorts/abc", "Shorts for summer", false),
    ] {
        let item = Item { link: Some(link.to_owned()), title: Some(title.to_owned()), ..Item::default() };
        let outcome = verdict(&one("all", &json!([{ "test": "is-short" }]), "hold"), &item).outcome;
        assert_eq!(outcome == Outcome::Hold, is_short, "{link} {title}");
    }
}

#[test]
fn tests_combine_and_nest_once() {
    let (yes, no) = (json!({ "test": "has-picture" }), json!({ "test": "is-short" }));
    let group = |of: &str, tests: &[&Value]| json!({ "test": "group", "of": of, "tests": tests });
    for (of, tests, holds) in [
        ("all", json!([yes, yes]), true),
        ("all", json!([yes, no]), false),
        ("all", json!([]), true),
        ("any", json!([no, yes]), true),
        ("any", json!([no, no]), false),
        ("any", json!([]), false),
        ("none", json!([no, no]), true),
        ("none", json!([no, yes]), false),
        ("none", json!([]), true),
        ("all", json!([yes, group("any", &[&no, &yes])]), true),
        ("all", json!([yes, group("none", &[&no, &yes])]), false),
        ("none", json!([group("all", &[&yes, &no])]), true),
        ("any", json!([no, group("all", &[&yes, &yes])]), true),
    ] {
        let outcome = verdict(&one(of, &tests, "drop"), &item()).outcome;
        assert_eq!(outcome == Outcome::Drop, holds, "{of} {tests}");
    }
}

#[test]
fn an_expression_is_asked_as_a_field_is() {
    let with = |texts: &[&str]| Item {
        extras: [("g:price".to_owned(), texts.iter().map(|text| (*text).to_owned()).collect())].into(),
        ..item()
    };
    let test = |test: &str, value: &str| json!({ "test": test, "xpath": "g:price", "value": value });
    for (test, texts, holds) in [
        (test("equals", "10 EUR"), vec!["10 eur"], true),
        (test("equals", "10 EUR"), vec!["9 EUR", "10 EUR"], true),
        (test("contains-word", "EUR"), vec!["10 eur"], true),
        (test("starts-with", "10"), vec!["9"], false),
        (test("contains-phrase", "1"), vec![], false),
        (json!({ "test": "matches", "xpath": "g:price", "pattern": "^\\d+$" }), vec!["10"], true),
    ] {
        let filter = one("all", &json!([test]), "drop");
        assert_eq!(filter.expressions(), ["g:price"]);
        let outcome = if holds { Outcome::Drop } else { Outcome::Keep };
        assert_eq!(verdict(&filter, &with(&texts)).outcome, outcome, "{test} of {texts:?}");
        assert_eq!(verdict(&filter, &item()).outcome, Outcome::Keep, "not evaluated");
    }
    let dropped = verdict(&one("all", &json!([test("equals", "{field}")]), "drop"), &with(&["{FIELD}"]));
    assert_eq!(dropped.because[0].words, "It was dropped by rule 1: the value of g:price is “{field}”.");
    let fact = json!({ "test": "equals", "field": null, "xpath": "g:price", "value": "{field}", "not": false });
    assert_eq!(serde_json::to_value(&dropped.because[0].facts).unwrap(), json!([fact]));

    let group = json!({ "test": "group", "of": "any", "tests": [test("equals", "1"), { "test": "equals", "xpath": "b", "value": "2" }] });
    let filter = one("all", &json!([test("equals", "3"), group]), "drop");
    assert_eq!(filter.expressions(), ["g:price", "b"]);
    assert_eq!(filter.pointer_to("b").as_deref(), Some("/rules/0/when/tests/1/tests/1/xpath"));
    assert_eq!(filter.pointer_to("c"), None);
}

#[test]
fn what_a_filter_asks_is_read_with_the_items() {
    use crate::{Definition, Document, Limits, ReadError, read_with};

    let limits = Limits::default();
    let xml = "<jobs xmlns:g='urn:g'><city>Zwolle</city>\
        <job><t>a</t><g:price> 10 </g:price><g:price/><g:price>11</g:price></job><job><t>b</t></job></jobs>";
    let document = Document::new(xml, None, None, &limits).unwrap();
    let mut definition = Definition::empty("jobs", "/jobs/job");
    definition.set(Field::Title, "t");
    let read = |expressions: &[&str]| read_with(&document, &definition, expressions, &limits);
    let items = read(&["g:price", "../city", "count(g:price)", "t = 'a'"]).unwrap().items;
    let of = |item: &Item| item.extras.values().map(|texts| texts.join("|")).collect::<Vec<_>>();
    assert_eq!(of(&items[0]), ["Zwolle", "3", "10|11", "true"]);
    assert_eq!(of(&items[1]), ["Zwolle", "0", "", "false"]);
    assert!(!serde_json::to_string(&items[0]).unwrap().contains("Zwolle"));
    match read(&["x:unknown"]) {
        Err(error @ ReadError::Expression { .. }) => {
            assert_eq!((error.pointer(), error.to_string().split(':').next()), (None, Some("Filter, column 1")));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_first_rule_that_decides_decides_and_settings_add_up() {
    let always = json!({ "of": "all", "tests": [] });
    let never = json!({ "of": "any", "tests": [] });
    let filter = filter(&json!({ "rules": [
        { "when": always, "action": { "set-topic": "jobs" } },
        { "when": never, "action": "drop" },
        { "when": always, "action": { "set-language": "nl" } },
        { "when": always, "action": { "set-topic": "work" } },
        { "when": always, "action": { "set-audience": ["Sales", "HR"] } },
        { "name": "Ask first", "when": always, "action": "hold" },
        { "when": always, "action": "drop" },
        { "when": always, "action": { "set-topic": "late" } },
    ] }));
    let verdict = verdict(&filter, &item());
    assert_eq!(verdict.outcome, Outcome::Hold);
    assert_eq!((verdict.topic.as_deref(), verdict.language.as_deref()), (Some("work"), Some("nl")));
    let rules: Vec<_> = verdict.because.iter().map(|because| because.rule).collect();
    assert_eq!(verdict.audience, Some(vec!["Sales".to_owned(), "HR".to_owned()]));
    assert_eq!(rules, [Some(0), Some(2), Some(3), Some(4), Some(5)]);
    assert_eq!(verdict.because[3].words, "It was meant for some teams only by rule 5: it is about every item.");
    assert_eq!(verdict.because[4].words, "It was held for approval by rule 6 “Ask first”: it is about every item.");
}

#[test]
fn the_reasons_are_said_in_words_and_in_facts() {
    let word = json!({ "test": "contains-word", "field": "title", "value": "vacature" });
    let short = json!({ "test": "is-short" });
    let dropped = verdict(&one("any", &json!([short, word]), "drop"), &item());
    assert_eq!(dropped.because[0].words, "It was dropped by rule 1: the title has the word “vacature”.");
    let fact = json!({ "test": "contains-word", "field": "title", "value": "vacature", "not": false });
    assert_eq!(serde_json::to_value(&dropped.because[0].facts).unwrap(), json!([fact]));
    let kept = verdict(&one("none", &json!([short, { "test": "older-than", "days": 30 }]), "keep"), &item());
    assert_eq!(kept.because[0].words, "It was kept by rule 1: it is no Short and it is not older than 30 days.");
    assert!(verdict(&Filter::default(), &item()).because.is_empty());
    // What the trail stores can be read again.
    let stored = serde_json::to_string(&kept.because).unwrap();
    assert_eq!(serde_json::from_str::<Vec<Because>>(&stored).unwrap(), kept.because);
}

#[test]
fn stop_words_hold_what_would_be_kept() {
    let mut filter = filter(&json!({ "stop_words": ["ontslag", "in Zwolle"] }));
    let held = verdict(&filter, &item());
    assert_eq!((held.outcome, held.because[0].code), (Outcome::Hold, Reason::StopWord));
    assert_eq!(
        held.because[0].words,
        "It was held for approval by the list of stop words: the title has the stop word “in Zwolle”."
    );
    let always = |action| Rule { name: None, when: Condition { of: Of::All, tests: vec![] }, action };
    filter.rules = vec![always(Action::Keep)];
    assert_eq!(verdict(&filter, &item()).outcome, Outcome::Hold, "a rule cannot overrule the list");
    filter.rules = vec![always(Action::Drop)];
    assert_eq!(verdict(&filter, &item()).outcome, Outcome::Drop);
    filter = Filter { stop_words: vec!["zwol".to_owned()], ..Filter::default() };
    assert_eq!(verdict(&filter, &item()).outcome, Outcome::Keep, "a part of a word is no word");
}

#[test]
fn the_same_title_twice_is_dropped_unless_the_first_was() {
    let called = |title: &str, link: &str| Item {
        title: Some(title.to_owned()),
        link: Some(link.to_owned()),
        ..Item::default()
    };
    let items = [
        called("Open day", "https://news.example/old/1"),
        called("Open day!", "https://news.example/2"),
        called("  OPEN  day", "https://news.example/3"),
        called("Known already", "https://news.example/4"),
        called("", "https://news.example/5"),
        called("", "https://news.example/6"),
    ];
    let filter = filter(&json!({
        "drop_same_title": true,
        "rules": [{ "when": { "of": "all", "tests": [{ "test": "contains-phrase", "field": "link", "value": "/old/" }] },
                    "action": "drop" }],
    }));
    let known = BTreeSet::from([normal_title("KNOWN, already")]);
    let verdicts = decide_all(&filter, &items, now(), known);
    let outcomes: Vec<_> = verdicts.iter().map(|verdict| verdict.outcome).collect();
    let (drop, keep) = (Outcome::Drop, Outcome::Keep);
    assert_eq!(outcomes, [drop, keep, drop, drop, keep, keep]);
    assert_eq!(verdicts[2].because[0].code, Reason::SameTitle);
    assert_eq!(
        verdicts[3].because[0].words,
        "It was dropped by the rule against the same title twice: an earlier item has the same title."
    );
}
