//! What hangs below the text of a post: the card, the pictures, the video or the poll.

use maud::{Markup, html};
use url::Url;

use crate::linkedin::post::Content;
use crate::questions::VideoLinks;
use crate::world::World;

/// Whether a link to a video opens a player instead of a card; nobody promises that.
pub(crate) fn plays(world: &World) -> bool {
    world.state().rules.questions.video_links == VideoLinks::Player
}

/// What a post carries, as a reader sees it.
pub(crate) fn attachment(content: &Content, plays: bool) -> Markup {
    match content {
        Content::Article { source, title, description, thumbnail } => {
            let domain = Url::parse(source).ok().and_then(|url| url.host_str().map(String::from)).unwrap_or_default();
            let plays = plays && matches!(domain.trim_start_matches("www."), "youtube.com" | "youtu.be");
            html! {
                @if plays { div.player { @if let Some(thumbnail) = thumbnail { img src=(address(thumbnail)) alt=""; } span.play aria-hidden="true" {} } }
                a.article href=(source) rel="nofollow noopener" {
                    @if let Some(thumbnail) = thumbnail.as_ref().filter(|_| !plays) { img src=(address(thumbnail)) alt="" width="1200" height="627"; }
                    span.words {
                        strong { (title) }
                        @if let Some(description) = description.as_ref().filter(|text| !text.is_empty()) { span.description { (description) } }
                        span.quiet { (domain.trim_start_matches("www.")) }
                    }
                }
            }
        }
        Content::Images(images) => html! {
            div.pictures data-count=(images.len()) {
                @for (urn, alt) in images { img src=(address(urn)) alt=(alt.as_deref().unwrap_or_default()); }
            }
        },
        Content::Video { title, .. } => html! {
            div.player { span.play aria-hidden="true" {} }
            @if let Some(title) = title { p.text { strong { (title) } } }
        },
        Content::Poll { question, options } => html! {
            div.poll { strong { (question) } @for option in options { span { (option) } } }
        },
    }
}

/// Where the bytes of a picture are; seeded posts carry an address already.
fn address(picture: &str) -> String {
    picture.strip_prefix("urn:li:image:").map_or_else(|| picture.to_owned(), |id| format!("/dms/{id}"))
}
