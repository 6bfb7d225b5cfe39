//! The rows of LinkedIn's own tables, as faults with names.

use serde_json::json;

use crate::Fault;
use crate::linkedin::refusal::Refusal;
use crate::state::Limit;

/// The names, in the order of the page, with words for people.
pub(super) const NAMES: [(&str, &str); 32] = [
    ("invalid_token", "401 the token is unknown (65600)"),
    ("revoked_token", "401 the member withdrew the permission (65601)"),
    ("expired_token", "401 the permission ran out (65602)"),
    ("empty_token", "401 no token was sent (65604)"),
    ("denied", "403 not enough permissions"),
    ("author", "403 wrong author"),
    ("field", "403 unpermitted field"),
    ("image_forbidden", "403 pictures may not be read"),
    ("version_missing", "400 VERSION_MISSING"),
    ("missing_field", "400 MISSING_FIELD"),
    ("urn_type", "400 INVALID_URN_TYPE"),
    ("urn_id", "400 INVALID_URN_ID"),
    ("wrong_value", "400 INVALID_VALUE_FOR_FIELD"),
    ("blank", "400 INVALID_VALUE_BLANK_FIELD"),
    ("too_long", "400 FIELD_LENGTH_TOO_LONG"),
    ("image_id", "400 INVALID_IMAGE_ID"),
    ("waiting_upload", "400 MEDIA_ASSET_WAITING_UPLOAD"),
    ("processing_failed", "400 MEDIA_ASSET_PROCESSING_FAILED"),
    ("upload_expired", "400 EXPIRED_UPLOAD_URL"),
    ("not_owned", "400 INVALID_CONTENT_OWNERSHIP"),
    ("not_found", "404 NOT_FOUND"),
    ("conflict", "409 CONFLICT"),
    ("duplicate", "422 duplicate of another post"),
    ("duplicate_unnamed", "422 duplicate without a URN"),
    ("version", "426 this version is gone"),
    ("throttled", "429 the member's day is full"),
    ("app_throttled", "429 the application's day is full"),
    ("bad_grant", "OAuth 400 invalid grant"),
    ("code_unknown", "OAuth 400 code not found"),
    ("redirect_mismatch", "OAuth 400 redirect address does not match"),
    ("parameter_missing", "OAuth 400 a parameter is missing"),
    ("client_refused", "OAuth 401 client authentication failed"),
];

/// The fault behind a name.
pub(super) fn fault(name: &str) -> Option<Fault> {
    oauth(name).or_else(|| row(name).map(|refusal| answer(refusal.status.as_u16(), refusal.body.to_string())))
}

fn answer(status: u16, body: String) -> Fault {
    Fault::Answer { status, body }
}

/// The table of the token endpoint.
fn oauth(name: &str) -> Option<Fault> {
    let (status, error, text) = match name {
        "bad_grant" => {
            (400, "invalid_request", "The provided authorization grant or refresh token is invalid, expired or revoked")
        }
        "code_unknown" => (400, "invalid_request", "Unable to retrieve access token: authorization code not found"),
        "redirect_mismatch" => (
            400,
            "invalid_redirect_uri",
            "Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. Or \
             authorization code expired. Or external member binding exists",
        ),
        "parameter_missing" => (400, "invalid_request", "A required parameter \"redirect_uri\" is missing"),
        "client_refused" => (401, "invalid_client", "Client authentication failed"),
        _ => return None,
    };
    Some(answer(status, json!({ "error": error, "error_description": text }).to_string()))
}

/// The table of the API.
fn row(name: &str) -> Option<Refusal> {
    let media = "content/media/id";
    Some(match name {
        "invalid_token" => Refusal::invalid_token(),
        "revoked_token" => Refusal::revoked_token(),
        "expired_token" => Refusal::expired_token(),
        "empty_token" => Refusal::empty_token(),
        "denied" => Refusal::not_permitted("partnerApiPostsExternal.CREATE"),
        "author" => Refusal::field_value("author"),
        "field" => Refusal::unpermitted_field("distribution"),
        "image_forbidden" => Refusal::image_read(),
        "version_missing" => Refusal::version_missing(),
        "missing_field" => Refusal::missing("commentary"),
        "urn_type" => Refusal::input("INVALID_URN_TYPE", "author", "author must be one of the types person"),
        "urn_id" => Refusal::input("INVALID_URN_ID", "author", "author has no valid id"),
        "wrong_value" => Refusal::value("visibility", "visibility is not one of PUBLIC, CONNECTIONS"),
        "blank" => Refusal::input("INVALID_VALUE_BLANK_FIELD", "commentary", "commentary cannot be blank"),
        "too_long" => Refusal::too_long("commentary", 3_001, 3_000),
        "image_id" => Refusal::invalid_image(media, "urn:li:image:C4"),
        "waiting_upload" => Refusal::waiting_upload(media, "urn:li:image:C4"),
        "processing_failed" => Refusal::processing_failed(media, "urn:li:image:C4"),
        "upload_expired" => Refusal::upload_expired(),
        "not_owned" => Refusal::not_owned(media),
        "not_found" => Refusal::not_found(),
        "conflict" => Refusal::conflict(),
        "duplicate" => Refusal::duplicate(Some("urn:li:share:7000000000000000001")),
        "duplicate_unnamed" => Refusal::duplicate(None),
        "version" => Refusal::version_gone("20250101"),
        "throttled" => Refusal::throttled(Limit::Member),
        "app_throttled" => Refusal::throttled(Limit::App),
        _ => return None,
    })
}
