//! What is composed is read back as LinkedIn reads it: nothing is cut, nothing is shown otherwise than it was written.

use proptest::prelude::*;
use serde::Deserialize;

use super::*;

/// A piece of a text that LinkedIn shows.
#[derive(Debug, PartialEq)]
enum Piece {
    Text(String),
    Hashtag(String),
}

/// What LinkedIn reads; `None` where it would cut.
fn parse(little: &str) -> Option<Vec<Piece>> {
    let (mut pieces, mut rest) = (vec![], little);
    while let Some(first) = rest.chars().next() {
        if let Some(template) = rest.strip_prefix(r"{hashtag|\#|") {
            let end = template.find('}')?;
            pieces.push(Piece::Hashtag(literal(&template[..end])?));
            rest = &template[end + 1..];
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
    };
    pieces.iter().map(shown).collect()
}

#[derive(Deserialize)]
struct Vector {
    text: String,
    little: String,
    length: usize,
}

#[test]
fn the_vectors_that_the_web_app_counts_by_too() {
    let vectors: Vec<Vector> = serde_json::from_str(include_str!("../../tests-data/little_text.json")).unwrap();
    for Vector { text, little, length: count } in vectors {
        assert_eq!(compose(&text), little, "{text}");
        assert_eq!(length(&text), count, "{text}");
    }
}

#[test]
fn every_reserved_character_is_escaped() {
    assert_eq!(compose(r"|{}@[]()<>#\*_~"), r"\|\{\}\@\[\]\(\)\<\>\#\\\*\_\~");
    assert_eq!(compose("plain. - : / ? & = % + ' \"!\n"), "plain. - : / ? & = % + ' \"!\n");
}

#[test]
fn a_hashtag_that_a_person_typed_is_an_element() {
    let pieces = parse(&compose("Wij zijn #trots_op (dit)")).unwrap();
    let text = |text: &str| Piece::Text(text.into());
    assert_eq!(pieces, [text("Wij zijn "), Piece::Hashtag("trots_op".into()), text(" (dit)")]);
}

proptest! {
    #[test]
    fn a_composed_text_is_shown_as_written(text in r"(\PC|[|{}@\[\]()<>#\\*_~\n]| #[a-z_é0-9]{1,9}|#)*") {
        let pieces = parse(&compose(&text));
        prop_assert_eq!(pieces.as_deref().map(render), Some(text.clone()));
        let tags = pieces.unwrap().iter().filter(|piece| matches!(piece, Piece::Hashtag(_))).count();
        prop_assert_eq!(tags, hashtags(&text).len());
        prop_assert_eq!(compose(&text).chars().count(), length(&text));
    }
}
