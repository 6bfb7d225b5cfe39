//! The native evaluator and sxd-xpath give the same answers, and no expression makes either panic.

use proptest::prelude::*;

use super::{FEED, both};

fn element(depth: u32) -> BoxedStrategy<String> {
    let name = prop_oneof!["a", "b", "c", "p:a", "p:b"];
    let attributes = prop_oneof![
        Just(String::new()),
        "[xy]".prop_map(|value| format!(" r='{value}'")),
        "[xy]".prop_map(|value| format!(" r='{value}' p:r='y'")),
    ];
    let inside = if depth == 0 {
        "[xy]{0,2}".boxed()
    } else {
        prop::collection::vec(prop_oneof![2 => element(depth - 1), 1 => "[xy]".boxed()], 0..5)
            .prop_map(|parts| parts.concat())
            .boxed()
    };
    (name, attributes, inside)
        .prop_map(|(name, attributes, inside)| format!("<{name}{attributes}>{inside}</{name}>"))
        .boxed()
}

fn document() -> impl Strategy<Value = String> {
    let id = prop::bool::ANY;
    (element(3), element(2), id, prop::bool::ANY).prop_map(|(one, two, here, default)| {
        let default = if default { " xmlns='urn:d'" } else { "" };
        let two = if here { format!("<c id='here'>{two}{one}</c>") } else { two };
        format!("<root{default} xmlns:p='urn:p'>{one}{two}</root>")
    })
}

fn native_form() -> impl Strategy<Value = String> {
    let name = || prop_oneof!["a", "b", "c", "\\*", "p:a", "p:\\*"];
    let attribute = || prop_oneof!["@r", "@p:r", "@q"];
    let operand = || {
        prop_oneof![
            attribute(),
            name(),
            (name(), attribute()).prop_map(|(n, a)| format!("{n}/{a}")),
            Just(".".to_owned())
        ]
    };
    let condition = || {
        let simple = prop_oneof![
            operand(),
            (operand(), "!?=", "[xy]{0,2}").prop_map(|(path, sign, text)| format!("{path}{sign}'{text}'")),
            (prop_oneof!["starts-with", "contains"], operand(), "[xy]")
                .prop_map(|(f, path, text)| format!("{f}({path},'{text}')")),
        ];
        let simple = simple.boxed();
        prop_oneof![
            simple.clone(),
            simple.clone().prop_map(|inner| format!("not({inner})")),
            (simple.clone(), prop_oneof!["and", "or"], simple).prop_map(|(a, word, b)| format!("{a} {word} {b}")),
        ]
    };
    let predicate = prop_oneof![
        4 => Just(String::new()),
        2 => condition().prop_map(|inner| format!("[{inner}]")),
        1 => "\\[[1-3]\\]",
        1 => Just("[last()]".to_owned()),
    ];
    let step = prop_oneof![
        6 => (name(), predicate).prop_map(|(name, predicate)| format!("{name}{predicate}")),
        1 => Just("..".to_owned()),
        1 => Just(".".to_owned()),
        1 => Just("text()".to_owned()),
        1 => name().prop_map(|name| format!("self::{name}")),
    ];
    let path = || {
        let step = step.clone().boxed();
        (
            prop_oneof![4 => Just(""), 1 => Just("/"), 1 => Just(".//"), 1 => Just("//")],
            step.clone(),
            prop::option::of((prop_oneof![4 => Just("/"), 1 => Just("//")], step)),
            prop::option::of(attribute()),
        )
            .prop_map(|(start, first, second, attribute)| {
                let second = second.map(|(sign, step)| format!("{sign}{step}")).unwrap_or_default();
                let attribute = attribute.map(|attribute| format!("/{attribute}")).unwrap_or_default();
                format!("{start}{first}{second}{attribute}")
            })
    };
    prop_oneof![4 => path(), 1 => (path(), path()).prop_map(|(a, b)| format!("{a} | {b}"))]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn the_native_evaluator_agrees_with_the_engine(xml in document(), xpath in native_form()) {
        if let Ok((Some(native), engine)) = both(&xml, &xpath) {
            prop_assert_eq!(native, engine);
        }
    }

    #[test]
    fn f6_no_expression_panics(xpath in "[a-c@/.*\\[\\]()|='1 :+-]{0,24}") {
        let _ = both(FEED, &xpath);
    }

}
