//! What is composed is read back as LinkedIn reads it: nothing is cut, nothing is shown otherwise than it was written.

use proptest::prelude::*;
use serde::Deserialize;

use super::*;

/// A piece of a text that LinkedIn shows.
#[derive(Debug, PartialEq)]
enum Piece {
    Text(String),
    Hashtag(String),
    Mention(String, String),
}

/// What LinkedIn reads; `None` where it would cut.
fn parse(little: &str) -> Option<Vec<Piece>> {
    let (mut pieces, mut rest) = (vec![], little);
    while let Some(first) = rest.chars().next() {
        if let Some(template) = rest.strip_prefix(r"{hashtag|\#|") {
            let end = template.find('}')?;
            pieces.push(Piece::Hashtag(literal(&template[..end])?));
            rest = &template[end + 1..];
        } else if let Some(mention) = rest.strip_prefix("@[") {
            let (name, after) = mention.split_once("](")?;
            let (urn, after) = after.split_once(')')?;
            pieces.push(Piece::Mention(literal(name)?, urn.to_owned()));
            rest = after;
        } else {
            let length = if first == '\\' { 1 + rest[1..].chars().next()?.len_utf8() } else { first.len_utf8() };
            let text = literal(&rest[..length])?;
            match pieces.last_mut() {
                Some(Piece::Text(last)) => last.push_str(&text),
                _ => pieces.push(Piece::Text(text)),
            }
            rest = &rest[length..];
        }
    }
    Some(pieces)
}

/// Text without elements; `None` where a reserved character stands alone.
fn literal(little: &str) -> Option<String> {
    let (mut shown, mut chars) = (String::new(), little.chars());
    while let Some(c) = chars.next() {
        match c {
            '\\' => shown.push(chars.next().filter(|c| RESERVED.contains(c))?),
            c if RESERVED.contains(&c) => return None,
            c => shown.push(c),
        }
    }
    Some(shown)
}

fn render(pieces: &[Piece]) -> String {
    let shown = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Hashtag(word) => format!("#{word}"),
        Piece::Mention(name, _) => format!("@{name}"),
    };
    pieces.iter().map(shown).collect()
}

#[derive(Deserialize)]
struct Vector {
    text: String,
    page: Option<CompanyPage>,
    little: String,
    length: usize,
}

#[test]
fn the_vectors_that_the_web_app_counts_by_too() {
    let vectors: Vec<Vector> = serde_json::from_str(include_str!("../../tests-data/little_text.json")).unwrap();
    for Vector { text, page, little, length: count } in vectors {
        assert_eq!(compose(&text, page.as_ref()), little, "{text}");
        assert_eq!(length(&text) + extra(&text, page.as_ref()), count, "{text}");
    }
}

#[test]
fn every_reserved_character_is_escaped() {
    assert_eq!(compose(r"|{}@[]()<>#\*_~", None), r"\|\{\}\@\[\]\(\)\<\>\#\\\*\_\~");
    assert_eq!(compose("plain. - : / ? & = % + ' \"!\n", None), "plain. - : / ? & = % + ' \"!\n");
}

#[test]
fn a_hashtag_that_a_person_typed_is_an_element() {
    let pieces = parse(&compose("Wij zijn #trots_op (dit)", None)).unwrap();
    let text = |text: &str| Piece::Text(text.into());
    assert_eq!(pieces, [text("Wij zijn "), Piece::Hashtag("trots_op".into()), text(" (dit)")]);
}

#[test]
fn the_page_is_mentioned_where_its_whole_name_stands_alone() {
    let page = CompanyPage { name: "Acme BV".into(), urn: "urn:li:organization:7".into() };
    let urns = |text: &str| {
        let pieces = parse(&compose(text, Some(&page))).unwrap();
        pieces.iter().filter(|piece| matches!(piece, Piece::Mention(_, urn) if *urn == page.urn)).count()
    };
    for (text, mentions) in [
        ("Ik werk bij @Acme BV.", 1),
        ("@Acme BV @Acme BV", 2),
        ("(@Acme BV)", 1),
        ("@acme bv", 0),
        ("@Acme", 0),
        ("Acme BV", 0),
        ("mail@Acme BV", 0),
        ("@Acme BVs", 0),
    ] {
        assert_eq!(urns(text), mentions, "{text}");
    }
}

proptest! {
    #[test]
    fn a_composed_text_is_shown_as_written(text in r"(\PC|[|{}@\[\]()<>#\\*_~\n]| #[a-z_é0-9]{1,9}|#|@Acme \(NL\)| @Acme \(NL\) )*") {
        let pieces = parse(&compose(&text, None));
        prop_assert_eq!(pieces.as_deref().map(render), Some(text.clone()));
        let tags = pieces.unwrap().iter().filter(|piece| matches!(piece, Piece::Hashtag(_))).count();
        prop_assert_eq!(tags, hashtags(&text).len());
        let page = CompanyPage { name: "Acme (NL)".into(), urn: "urn:li:organization:1".into() };
        let mentioned = compose(&text, Some(&page));
        prop_assert_eq!(parse(&mentioned).as_deref().map(render), Some(text.clone()));
        prop_assert_eq!(mentioned.chars().count(), length(&text) + extra(&text, Some(&page)));
    }
}
