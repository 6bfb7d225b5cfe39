//! What templates add, table by table, and what holds for every address.

use proptest::prelude::*;

use super::*;

const TAGS: Tags<'_> =
    Tags { network: "linkedin", topic: "Vacatures & stages", feed: "", title: "We zoeken jou!", post: "0199-id" };

fn apply(template: &str, address: &str) -> String {
    UtmTemplate::parse(template).unwrap().apply(address, &TAGS)
}

#[test]
fn parameters_are_added_and_own_ones_kept() {
    let usual = "utm_source={network}&utm_medium=social&utm_campaign={topic}&utm_content={post}";
    let added = "utm_source=linkedin&utm_medium=social&utm_campaign=vacatures-stages&utm_content=we-zoeken-jou";
    for (template, address, expected) in [
        (usual, "https://a.nl/x", format!("https://a.nl/x?{added}")),
        (usual, "https://a.nl/x?", format!("https://a.nl/x?{added}")),
        (usual, "https://a.nl/x?id=7#top", format!("https://a.nl/x?id=7&{added}#top")),
        (usual, "https://a.nl/x?q=a+b%20c&z", format!("https://a.nl/x?q=a+b%20c&z&{added}")),
        ("utm_source={network}", "https://a.nl/?utm_source=mail", "https://a.nl/?utm_source=mail".into()),
        ("utm_source={network}", "https://a.nl/?utm%5Fsource=mail", "https://a.nl/?utm%5Fsource=mail".into()),
        ("a=1&b=2", "https://a.nl/?b=own", "https://a.nl/?b=own&a=1".into()),
        ("f={feed}&n=x-{network}.y", "https://a.nl", "https://a.nl/?n=x-linkedin.y".into()),
        ("", "https://a.nl", "https://a.nl".into()),
        ("a=1", "not an address", "not an address".into()),
    ] {
        assert_eq!(apply(template, address), expected, "{template} {address}");
    }
}

#[test]
fn a_title_becomes_a_slug_and_else_the_id_stands_for_it() {
    let long = "lorem ipsum ".repeat(20);
    for (title, expected) in [
        ("We zoeken jou!", "we-zoeken-jou"),
        ("  50% méér: nu  ", "50-méér-nu"),
        ("🎉🎉", "0199-id"),
        ("", "0199-id"),
        (&long, "lorem-ipsum-lorem-ipsum-lorem-ipsum-lorem-ipsum-lorem-ipsum"),
    ] {
        assert_eq!(Place::Post.of(&Tags { title, ..TAGS }), expected);
    }
    assert_eq!(slug(&"x".repeat(100)).len(), SLUG);
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    for (template, code, column) in [
        ("utm_source={person}", "utm.placeholder", 12),
        ("a=1&utm_content={name}", "utm.placeholder", 17),
        ("a={network", "utm.brace", 3),
        ("a=network}", "utm.character", 10),
        ("a", "utm.parameter", 1),
        ("a=1&", "utm.parameter", 5),
        ("a=1&=2", "utm.parameter", 5),
        ("a=", "utm.parameter", 1),
        ("a=1&b=2&a=3", "utm.twice", 9),
        ("?a=1", "utm.character", 1),
        ("a=b c", "utm.character", 4),
        ("a=#", "utm.character", 3),
        ("a={post}%", "utm.character", 9),
    ] {
        let Err(Error::Invalid(faults)) = UtmTemplate::parse(template) else { panic!("{template}") };
        assert_eq!((faults[0].code, faults[0].column), (code, Some(column)), "{template}");
        assert_eq!(faults[0].pointer, "/utm_template");
    }
    assert!(UtmTemplate::parse(&format!("a={}", "x".repeat(499))).is_err());
}

proptest! {
    #[test]
    fn any_text_is_parsed_or_refused_and_reads_back(text in r"([a-z_]{0,4}[={}&?# ]{0,2}(\{(post|topic|feed|network|me)\})?){0,6}") {
        if let Ok(template) = UtmTemplate::parse(&text) {
            prop_assert_eq!(template.to_string(), text.trim());
            prop_assert_eq!(UtmTemplate::parse(&template.to_string()).unwrap(), template);
        }
    }

    #[test]
    fn where_an_address_leads_and_what_it_says_itself_never_changes(
        query in r"([a-z]{1,3}(=[a-z0-9%+]{0,4})?&){0,4}",
        fragment in r"(#[a-z/?=]{0,8})?",
        title in r"\PC{0,40}",
    ) {
        let address = format!("https://a.nl/p%20q?{query}{fragment}");
        let template = UtmTemplate::parse("a={post}&utm_source={network}").unwrap();
        let before = Url::parse(&address).unwrap();
        let after = Url::parse(&template.apply(&address, &Tags { title: &title, ..TAGS })).unwrap();
        prop_assert_eq!((before.origin(), before.path(), before.fragment()), (after.origin(), after.path(), after.fragment()));
        prop_assert!(after.query().unwrap_or_default().starts_with(before.query().unwrap_or_default()));
        let own: Vec<_> = before.query_pairs().collect();
        prop_assert_eq!(&after.query_pairs().collect::<Vec<_>>()[..own.len()], &own[..]);
        prop_assert_eq!(after.query_pairs().filter(|(name, _)| name == "utm_source").count(), 1);
    }
}
