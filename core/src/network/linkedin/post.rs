//! Publishing: the picture first (repeatable), then one request whose exact bytes were stored before.

use reqwest::{
    Method, RequestBuilder,
    header::{CONTENT_TYPE, HeaderMap, LOCATION},
};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use super::{LinkedIn, address, answer, is_of, version::Choice};
use crate::{
    failpoint::reached,
    http::transport::NoAnswer,
    network::{
        Draft, Obstacle, Outcome, Picture,
        call::{read, words},
        limit::BEFORE_LINK,
        little_text,
        text::shortened,
    },
};

/// Characters of a card's headline and text; LinkedIn documents no limit and shows about this much.
const TITLE: usize = 200;
const SUMMARY: usize = 300;
/// Characters of what is read aloud in the place of a picture; LinkedIn takes this many.
const ALT_TEXT: usize = 4_086;

#[derive(Deserialize)]
struct Initialized {
    value: Upload,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Upload {
    upload_url: Url,
    image: String,
}

impl LinkedIn {
    /// Uploads the picture and answers the exact bytes to send; `sent` are those of an earlier send, taken again
    /// when they are by the same member.
    ///
    /// # Errors
    /// What stands in the way.
    pub async fn prepare(
        &self,
        token: &SecretString,
        subject: &str,
        draft: &Draft,
        sent: Option<&str>,
        retired: &[String],
    ) -> Result<String, Obstacle> {
        if let Some(sent) = sent.filter(|sent| is_of(subject, sent)) {
            return Ok(sent.to_owned());
        }
        let author = format!("urn:li:person:{subject}");
        let picture = match &draft.picture {
            Some(picture) => Some(self.upload(token, &author, picture, &self.versions.choose(retired)).await?),
            None => None,
        };
        Ok(body(&author, draft, &draft.address(&self.origin), picture.as_deref()).to_string())
    }

    async fn upload(
        &self,
        token: &SecretString,
        owner: &str,
        picture: &Picture,
        choice: &Choice,
    ) -> Result<String, Obstacle> {
        let start = self.rest(Method::POST, "/rest/images?action=initializeUpload", token, choice);
        let start = start.json(&json!({ "initializeUploadRequest": { "owner": owner } }));
        let body = self.expect(start, &[200], choice).await?;
        let Initialized { value } =
            serde_json::from_slice(&body).map_err(|_| again("LinkedIn gave no upload address"))?;
        if !self.is_own(&value.upload_url) {
            return Err(again("LinkedIn gave an upload address that is not its own"));
        }
        reached("upload.begun");
        let put = self.http.put(value.upload_url).bearer_auth(token.expose_secret());
        let put = put.header(CONTENT_TYPE, &picture.content_type).body(picture.bytes.clone());
        self.expect(put, &[200, 201], choice).await?;
        reached("upload.done");
        Ok(value.image)
    }

    /// For calls that may be repeated, whatever happened to them.
    pub(super) async fn expect(
        &self,
        request: RequestBuilder,
        good: &[u16],
        choice: &Choice,
    ) -> Result<Vec<u8>, Obstacle> {
        let response = self.transport.send(request).await.map_err(|no_answer| again(no_answer.words()))?;
        let status = response.status().as_u16();
        let body = read(response).await.map_err(|error| again(words(&error)))?;
        if good.contains(&status) { Ok(body) } else { Err(answer::of_upload(status, &body, choice)) }
    }

    /// The token goes along with the picture, so the address must be LinkedIn's.
    fn is_own(&self, url: &Url) -> bool {
        let known = [&self.site, &self.api].into_iter().any(|own| own.origin() == url.origin());
        let host = url.host_str().unwrap_or_default();
        known || (url.scheme() == "https" && (host.ends_with(".linkedin.com") || host.ends_with(".licdn.com")))
    }

    /// Sends once. Everything after the connection was made and before an answer is `Lost`.
    pub async fn send(&self, token: &SecretString, body: &str, retired: &[String]) -> Outcome {
        let choice = self.versions.choose(retired);
        let request = self.rest(Method::POST, "/rest/posts", token, &choice).header(CONTENT_TYPE, "application/json");
        let response = match self.transport.send(request.body(body.to_owned())).await {
            Ok(response) => response,
            Err(NoAnswer::Unsent(words)) => return Outcome::NotTaken(again(words)),
            Err(NoAnswer::Lost(words)) => return Outcome::Lost { detail: words.to_owned() },
        };
        reached("answer.begun");
        let status = response.status().as_u16();
        let named = urn_of(response.headers());
        // A body that breaks off changes nothing: status and name are what counts.
        let body = read(response).await.unwrap_or_default();
        reached("answer.done");
        let named =
            named.or_else(|| serde_json::from_slice::<Value>(&body).ok()?["id"].as_str().and_then(address::find_urn));
        answer::of_post(status, named, &body, &choice)
    }
}

fn again(detail: &str) -> Obstacle {
    Obstacle::Unreachable { detail: detail.to_owned() }
}

/// The post: a card that leads to `source`, or the picture with `source` below the text.
fn body(author: &str, draft: &Draft, source: &str, picture: Option<&str>) -> Value {
    let mut commentary = little_text::compose(&draft.text, draft.page.as_ref());
    let content = match picture.filter(|_| draft.as_picture) {
        Some(picture) => {
            let media = json!({ "id": picture, "altText": shortened(&draft.title, ALT_TEXT) });
            commentary.push_str(BEFORE_LINK);
            commentary.push_str(&little_text::compose(source, None)); // it mentions nobody
            json!({ "media": media })
        }
        None => json!({ "article": article(draft, source, picture) }),
    };
    json!({
        "author": author,
        "commentary": commentary,
        "visibility": "PUBLIC",
        "distribution": { "feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": [] },
        "content": content,
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": false,
    })
}

fn article(draft: &Draft, source: &str, thumbnail: Option<&str>) -> Value {
    let mut article = json!({ "source": source, "title": shortened(&draft.title, TITLE) });
    if let Some(summary) = draft.summary.as_deref().map(str::trim).filter(|summary| !summary.is_empty()) {
        article["description"] = shortened(summary, SUMMARY).into();
    }
    if let Some(thumbnail) = thumbnail {
        article["thumbnail"] = thumbnail.into();
    }
    article
}

/// The name of the new post; LinkedIn has moved it between headers before.
fn urn_of(headers: &HeaderMap) -> Option<String> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let location = text(LOCATION.as_str()).map(|path| path.replace("%3A", ":").replace("%3a", ":"));
    let named = ["x-restli-id", "x-linkedin-id"].into_iter().find_map(|name| address::find_urn(text(name)?));
    named.or_else(|| address::find_urn(&location?))
}

#[cfg(test)]
mod tests {
    use reqwest::header::{HeaderName, HeaderValue};

    use super::*;
    use crate::organisation::CompanyPage;

    fn draft() -> Draft {
        Draft {
            text: "We're hiring (really) #jobs".into(),
            title: "A title (as it is)".into(),
            summary: Some("Text\nof  it".into()),
            link: "https://example.com/a".into(),
            link_code: None,
            picture: None,
            as_picture: false,
            page: None,
            at: chrono::DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn the_body_is_a_card_with_escaped_text_and_plain_card() {
        let body = body("urn:li:person:a1", &draft(), "https://example.com/a", Some("urn:li:image:C4"));
        assert_eq!(body["commentary"], r"We're hiring \(really\) {hashtag|\#|jobs}");
        assert_eq!(
            body["content"],
            json!({ "article": {
                "source": "https://example.com/a",
                "title": "A title (as it is)",
                "description": "Text of it",
                "thumbnail": "urn:li:image:C4",
            }})
        );
        assert_eq!((&body["author"], &body["lifecycleState"]), (&json!("urn:li:person:a1"), &json!("PUBLISHED")));
    }

    #[test]
    fn a_picture_goes_out_with_its_link_below_the_text() {
        let draft = Draft { as_picture: true, ..draft() };
        let body = |picture| body("urn:li:person:a1", &draft, "https://example.com/s/a_b", picture);
        let sent = body(Some("urn:li:image:C4"));
        assert_eq!(sent["commentary"], "We're hiring \\(really\\) {hashtag|\\#|jobs}\n\nhttps://example.com/s/a\\_b");
        let media = json!({ "media": { "id": "urn:li:image:C4", "altText": "A title (as it is)" } });
        assert_eq!(sent["content"], media);
        assert!(body(None)["content"]["article"].is_object(), "without its picture it is a card");
    }

    #[test]
    fn the_link_of_a_picture_stays_whole_whatever_the_page_is_called() {
        let page = CompanyPage { name: "Acme".into(), urn: "urn:li:organization:7".into() };
        let draft = Draft { text: "Bij @Acme".into(), as_picture: true, page: Some(page), ..draft() };
        let sent = body("urn:li:person:a1", &draft, "https://a.nl/(@Acme", Some("urn:li:image:C4"));
        assert_eq!(sent["commentary"], "Bij @[Acme](urn:li:organization:7)\n\nhttps://a.nl/\\(\\@Acme");
    }

    #[test]
    fn an_empty_summary_is_left_out() {
        let body =
            body("urn:li:person:a1", &Draft { summary: Some(" ".into()), ..draft() }, "https://example.com", None);
        assert_eq!(body["content"]["article"].as_object().unwrap().len(), 2);
    }

    #[test]
    fn the_name_is_found_in_any_of_the_headers() {
        let urn = "urn:li:share:7000000000000000001";
        for (name, value) in [
            ("x-restli-id", urn),
            ("x-linkedin-id", urn),
            ("location", "/posts/urn%3Ali%3Ashare%3A7000000000000000001"),
        ] {
            let headers = HeaderMap::from_iter([(HeaderName::from_static(name), HeaderValue::from_static(value))]);
            assert_eq!(urn_of(&headers).as_deref(), Some(urn), "{name}");
        }
        assert_eq!(urn_of(&HeaderMap::new()), None);
    }
}
