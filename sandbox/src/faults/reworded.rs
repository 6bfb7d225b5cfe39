//! What a network may change in its answers without a word to anybody: the wording of a refusal, and fields, headers and
//! values that are new.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::Response;
use serde_json::{Value, json};

use super::layer::WHOLE_BODY;
use crate::serve::DropConnection;

/// Texts for people; what a client may decide on has other names.
const WORDS: [&str; 3] = ["message", "description", "error_description"];
/// Fields with one of a few values.
const STATES: [&str; 6] = ["status", "lifecycleState", "feedDistribution", "visibility", "auth_type", "state"];

/// The same answer in other words; the names of posts in them stay.
pub(super) async fn other_words(response: Response) -> Response {
    changed(response, reword).await
}

/// The same answer with a header, fields and values that nobody knows yet.
pub(super) async fn news(response: Response) -> Response {
    let mut response = changed(response, renew).await;
    response.headers_mut().insert(HeaderName::from_static("x-li-novelty"), HeaderValue::from_static("1"));
    response
}

async fn changed(response: Response, change: fn(&mut Value)) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, WHOLE_BODY).await else { return DropConnection::Close.response() };
    let Ok(mut value) = serde_json::from_slice(&bytes) else { return Response::from_parts(parts, Body::from(bytes)) };
    change(&mut value);
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(value.to_string()))
}

fn reword(value: &mut Value) {
    each_object(value, &mut |map| {
        for (name, value) in map.iter_mut().filter(|(name, _)| WORDS.contains(&name.as_str())) {
            let words = value.as_str().unwrap_or_default();
            let kept = words.split(' ').find(|word| word.starts_with("urn:li:")).unwrap_or_default();
            *value = format!("New words for the {name} {kept}").into();
        }
    });
}

fn renew(value: &mut Value) {
    each_object(value, &mut |map| {
        for (_, value) in map.iter_mut().filter(|(name, value)| STATES.contains(&name.as_str()) && value.is_string()) {
            *value = "SOMETHING_NEW".into();
        }
        map.insert("$novelty".to_owned(), json!({ "since": 2027, "kinds": ["A", "B"] }));
    });
}

fn each_object(value: &mut Value, change: &mut impl FnMut(&mut serde_json::Map<String, Value>)) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(|value| each_object(value, change)),
        Value::Object(map) => {
            map.values_mut().for_each(|value| each_object(value, change));
            change(map);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn status_code_and_name_stay_whatever_the_words() {
        let urn = "urn:li:share:7000000000000000001";
        let mut refusal = json!({ "status": 422, "message": format!("Content is a duplicate of {urn}"),
            "errorDetails": { "inputErrors": [{ "code": "DUPLICATE_POST", "description": "Duplicate post is detected" }] } });
        reword(&mut refusal);
        assert_eq!((&refusal["status"], refusal["message"].as_str().unwrap().ends_with(urn)), (&json!(422), true));
        let input = &refusal["errorDetails"]["inputErrors"][0];
        assert_eq!(input["code"], "DUPLICATE_POST");
        assert!(!input["description"].as_str().unwrap().contains("Duplicate"));
    }

    #[test]
    fn what_is_new_comes_beside_what_is_known() {
        let mut asset = json!({ "id": "x", "status": "AVAILABLE", "inner": [{ "status": 201 }] });
        renew(&mut asset);
        assert_eq!((&asset["id"], &asset["status"]), (&json!("x"), &json!("SOMETHING_NEW")));
        assert_eq!(asset["inner"][0]["status"], 201, "a number is no state");
        assert!(asset["$novelty"].is_object() && asset["inner"][0]["$novelty"].is_object());
    }
}
