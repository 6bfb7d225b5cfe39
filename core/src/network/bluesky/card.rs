//! What a post is made of: links and hashtags by their bytes, the card, a picture that is small enough, and a key.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::{
    media,
    network::{
        Draft, Picture,
        text::{hashtags, links, shortened},
    },
};

/// Largest picture of a card, in bytes.
const BYTES: usize = 1_000_000;
/// Widths that are tried one after the other, in pixels.
const WIDTHS: [u32; 3] = [1000, 700, 480];
/// Characters of a card's headline and text; longer ones are shown cut anyway.
const TITLE: usize = 200;
const SUMMARY: usize = 300;
/// The letters of a record key, in their order.
const LETTERS: &[u8; 32] = b"234567abcdefghijklmnopqrstuvwxyz";

/// The links and hashtags of a text. Offsets count bytes, the end is not included.
pub(super) fn facets(text: &str) -> Vec<Value> {
    let links = links(text);
    let tags = hashtags(text).into_iter().filter(|tag| !links.iter().any(|link| link.contains(&tag.start)));
    let facet = |range: &std::ops::Range<usize>, feature: Value| json!({ "index": { "byteStart": range.start, "byteEnd": range.end }, "features": [feature] });
    let of_tag = |range: std::ops::Range<usize>| {
        facet(&range, json!({ "$type": "app.bsky.richtext.facet#tag", "tag": text[range.start + 1..range.end] }))
    };
    let of_link = |range: &std::ops::Range<usize>| {
        facet(range, json!({ "$type": "app.bsky.richtext.facet#link", "uri": text[range.clone()] }))
    };
    links.iter().map(of_link).chain(tags.map(of_tag)).collect()
}

/// The card: nothing of it is looked up by the network.
pub(super) fn card(draft: &Draft, address: &str, thumbnail: Option<Value>) -> Value {
    let summary = draft.summary.as_deref().unwrap_or_default();
    let mut external = json!({
        "uri": address,
        "title": shortened(&draft.title, TITLE),
        "description": shortened(summary, SUMMARY),
    });
    if let Some(thumbnail) = thumbnail {
        external["thumb"] = thumbnail;
    }
    json!({ "$type": "app.bsky.embed.external", "external": external })
}

/// The picture, made smaller if it must be; none: it does not get small enough.
pub(super) async fn fit(picture: &Picture) -> Option<Picture> {
    let picture = picture.clone();
    if picture.bytes.len() <= BYTES {
        return Some(picture);
    }
    tokio::task::spawn_blocking(move || shrink(&picture)).await.ok()?
}

fn shrink(picture: &Picture) -> Option<Picture> {
    WIDTHS.into_iter().find_map(|width| {
        let media::Picture { content_type, bytes, .. } = media::Picture::remake(&picture.bytes, width).ok()?;
        (bytes.len() <= BYTES).then(|| Picture { content_type: content_type.to_owned(), bytes })
    })
}

/// A key that sorts as time does: 53 bits of microseconds and 10 of chance, 13 letters.
pub(super) fn tid(at: DateTime<Utc>, chance: u16) -> String {
    let micros = u64::try_from(at.timestamp_micros()).unwrap_or_default() & ((1 << 53) - 1);
    let number = micros << 10 | u64::from(chance & 1023);
    let letter = |place: u32| usize::try_from(number >> (5 * place) & 31).map_or('2', |at| char::from(LETTERS[at]));
    (0..13).rev().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use image::{DynamicImage, ImageFormat, RgbImage, RgbaImage};

    use super::*;

    fn noise(side: u32, alpha: bool) -> Picture {
        let mut seed = 1_u32;
        let mut byte = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            seed.to_be_bytes()[0]
        };
        let image: DynamicImage = if alpha {
            RgbaImage::from_fn(side, side, |_, _| image::Rgba([byte(), byte(), byte(), byte()])).into()
        } else {
            RgbImage::from_fn(side, side, |_, _| image::Rgb([byte(), byte(), byte()])).into()
        };
        let mut bytes = std::io::Cursor::new(vec![]);
        image.write_to(&mut bytes, ImageFormat::Png).unwrap();
        Picture { content_type: "image/png".into(), bytes: bytes.into_inner() }
    }

    #[test]
    fn facets_count_bytes_and_not_characters() {
        let text = "é 👩‍👩‍👧‍👦 https://x.nl/a#b #trots";
        let facets = facets(text);
        let cut = |facet: &Value, name: &str| usize::try_from(facet["index"][name].as_u64().unwrap()).unwrap();
        let shown: Vec<_> = facets.iter().map(|facet| &text[cut(facet, "byteStart")..cut(facet, "byteEnd")]).collect();
        assert_eq!(shown, ["https://x.nl/a#b", "#trots"]);
        assert_eq!(facets[0]["features"][0]["uri"], "https://x.nl/a#b");
        assert_eq!(facets[1]["features"][0]["tag"], "trots");
    }

    #[tokio::test]
    async fn a_large_picture_is_made_smaller_and_one_that_cannot_be_is_left_out() {
        let small = noise(10, false);
        assert_eq!(fit(&small).await.unwrap().bytes, small.bytes);
        let large = noise(900, false);
        assert!(large.bytes.len() > BYTES);
        assert!(fit(&large).await.unwrap().bytes.len() <= BYTES);
        assert!(fit(&Picture { content_type: "image/png".into(), bytes: vec![0; BYTES + 1] }).await.is_none());
        assert!(fit(&noise(600, true)).await.is_some_and(|picture| picture.content_type == "image/png"));
    }

    #[test]
    fn keys_sort_as_time_does() {
        let at = |micros| DateTime::from_timestamp_micros(micros).unwrap();
        let keys = [tid(at(1), 0), tid(at(1), 1), tid(at(2), 0), tid(at(1_790_000_000_000_000), 1023)];
        assert!(keys.is_sorted() && keys.iter().all(|key| key.len() == 13));
        assert_eq!(tid(at(0), 0), "2222222222222");
    }
}
