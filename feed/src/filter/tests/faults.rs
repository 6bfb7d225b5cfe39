use super::*;
use crate::stopwatch::Stopwatch;

#[test]
fn what_is_wrong_is_named_by_its_place() {
    let rule = |test: Value| {
        json!({ "rules": [{ "when": { "of": "all", "tests": [] }, "action": "keep" },
        { "when": { "of": "all", "tests": [{ "test": "has-picture" }, test] }, "action": "drop" }] })
    };
    let group = json!({ "test": "group", "of": "any", "tests": [{ "test": "group", "of": "any", "tests": [] }] });
    let matches = |pattern: &str| json!({ "test": "matches", "field": "title", "pattern": pattern });
    let patterns: Vec<_> = (0..21).map(|number| matches(&format!("a{number}"))).collect();
    let expressions: Vec<_> =
        (0..21).map(|n| json!({ "test": "equals", "xpath": format!("a{n}"), "value": "x" })).collect();
    let whole = |tests: Value| json!({ "rules": [{ "when": { "of": "all", "tests": tests }, "action": "drop" }] });
    for (json, pointer, code) in [
        (rule(matches("(")), "/rules/1/when/tests/1/pattern", "filter.pattern"),
        (rule(matches("")), "/rules/1/when/tests/1/pattern", "filter.empty"),
        (
            rule(json!({ "test": "group", "of": "any", "tests": [matches("[")] })),
            "/rules/1/when/tests/1/tests/0/pattern",
            "filter.pattern",
        ),
        (rule(group), "/rules/1/when/tests/1/tests/0", "filter.nesting"),
        (rule(json!({ "test": "category-is", "value": " " })), "/rules/1/when/tests/1/value", "filter.empty"),
        (
            rule(json!({ "test": "category-is", "value": "x".repeat(201) })),
            "/rules/1/when/tests/1/value",
            "filter.too_long",
        ),
        (rule(json!({ "test": "sounds-good" })), "/rules/1", "filter.form"),
        (rule(json!({ "test": "older-than", "days": -1 })), "/rules/1", "filter.form"),
        (rule(json!({ "test": "contains-word", "field": "smell", "value": "x" })), "/rules/1", "filter.form"),
        (whole(json!(patterns)), "/rules", "filter.too_many"),
        (whole(json!(vec![json!({ "test": "is-short" }); 51])), "/rules/0/when/tests", "filter.too_many"),
        (
            json!({ "rules": [{ "when": { "of": "all", "tests": [] }, "action": { "set-topic": "" } }] }),
            "/rules/0/action/set-topic",
            "filter.empty",
        ),
        (
            json!({ "rules": [{ "when": { "of": "all", "tests": [] }, "action": { "set-audience": [] } }] }),
            "/rules/0/action/set-audience",
            "filter.empty",
        ),
        (
            json!({ "rules": [{ "when": { "of": "all", "tests": [] }, "action": { "set-audience": ["Sales", " "] } }] }),
            "/rules/0/action/set-audience/1",
            "filter.empty",
        ),
        (rule(json!({ "test": "equals", "value": "x" })), "/rules/1/when/tests/1", "filter.operand"),
        (
            rule(json!({ "test": "equals", "field": "title", "xpath": "t", "value": "x" })),
            "/rules/1/when/tests/1",
            "filter.operand",
        ),
        (
            rule(json!({ "test": "matches", "xpath": "//a[//b][//c]", "pattern": "x" })),
            "/rules/1/when/tests/1/xpath",
            "filter.xpath",
        ),
        (whole(json!(expressions)), "/rules", "filter.too_many"),
        (
            json!({ "rules": vec![json!({ "when": { "of": "all", "tests": [] }, "action": "keep" }); 51] }),
            "/rules",
            "filter.too_many",
        ),
        (json!({ "rules": {} }), "/rules", "filter.form"),
        (json!({ "stop_words": ["a", ""] }), "/stop_words/1", "filter.empty"),
        (json!({ "drop_same_title": "yes" }), "", "filter.form"),
        (json!({ "ruels": [] }), "", "filter.form"),
        (json!([]), "", "filter.form"),
    ] {
        let faults = Filter::from_json(&json).unwrap_err();
        let found: Vec<_> = faults.iter().map(|fault| (fault.pointer.as_str(), fault.code)).collect();
        assert_eq!(found, [(pointer, code)], "{json}");
    }
    let fault =
        Filter::from_json(&rule(json!({ "test": "equals", "xpath": "a[", "value": "x" }))).unwrap_err().remove(0);
    assert_eq!(
        (fault.column, fault.message.as_str()),
        (Some(3), "This expression cannot be used: a name is missing here, such as title or @href.")
    );
}

#[test]
fn f8_hostile_patterns_in_a_filter_are_quick_or_refused() {
    let long = Item { text: Some("aaaaaaaaab ".repeat(95_326)), ..Item::default() };
    let patterns = [
        "(a+)+$",
        "(.*a){20}$",
        "(?:a?){500}a{500}",
        "(a|a)*b!",
        "(a|aa)+$",
        "([a-z]+)*x",
        "(x+x+)+y",
        r"(\w+\s?)*!",
        r"^(([a-z])+.)+[A-Z]([a-z])+$",
        "(.*)(.*)(.*)(.*)c",
        "[a-z]{1000}{1000}",
        r"(\w{1,100}){1,100}",
        "((((((((((((((((((((((a))))))))))))))))))))))",
        r"\pL+\d",
        "(?i)AAAB$",
        "a*a*a*a*a*a*c",
        "(a{0,50}){0,50}z",
        r"[^\s]*[^a]*$",
        r"(?:\b\w+\b\s*){10}q",
        &"a".repeat(300),
    ];
    for pattern in patterns {
        let json = json!({ "rules": [{ "when": { "of": "all", "tests":
            [{ "test": "matches", "field": "text", "pattern": pattern }] }, "action": "drop" }] });
        // The best of a few runs on threads of their own, which have compiled nothing yet: other tests share the processor.
        let took = (0..5).map(|_| {
            std::thread::scope(|scope| {
                let run = scope.spawn(|| {
                    let stopwatch = Stopwatch::start();
                    let outcome = Filter::from_json(&json).map(|filter| verdict(&filter, &long).outcome);
                    if let Err(faults) = outcome {
                        assert_eq!(faults[0].code, "filter.pattern", "{pattern}");
                    }
                    stopwatch.elapsed().as_millis()
                });
                run.join().unwrap()
            })
        });
        assert!(took.min() <= Some(50), "{pattern}");
    }
}
