//! How the practice LinkedIn says no: one constructor for each row of its error tables.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::state::Limit;

/// A refused call: its status and its JSON body.
#[derive(Debug, PartialEq)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    pub(crate) body: Value,
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status, Json(self.body)).into_response()
    }
}

impl Refusal {
    fn service(status: StatusCode, number: Option<u32>, code: &str, message: &str) -> Self {
        let mut body = json!({ "status": status.as_u16(), "code": code, "message": message });
        if let Some(number) = number {
            body["serviceErrorCode"] = number.into();
        }
        Self { status, body }
    }

    /// 401: no token was sent.
    pub(crate) fn empty_token() -> Self {
        Self::service(StatusCode::UNAUTHORIZED, Some(65_604), "EMPTY_ACCESS_TOKEN", "Empty oauth2 access token")
    }

    /// 401: a token that nobody handed out.
    pub(crate) fn invalid_token() -> Self {
        Self::service(StatusCode::UNAUTHORIZED, Some(65_600), "INVALID_ACCESS_TOKEN", "Invalid access token")
    }

    /// 401: the member, the application or a new grant ended it.
    pub(crate) fn revoked_token() -> Self {
        let message = "The token used in the request has been revoked by the user";
        Self::service(StatusCode::UNAUTHORIZED, Some(65_601), "REVOKED_ACCESS_TOKEN", message)
    }

    /// 401: sixty days are over.
    pub(crate) fn expired_token() -> Self {
        let message = "The token used in the request has expired";
        Self::service(StatusCode::UNAUTHORIZED, Some(65_602), "EXPIRED_ACCESS_TOKEN", message)
    }

    /// 403: the token lacks the scope for this method of this resource.
    pub(crate) fn not_permitted(resource: &str) -> Self {
        Self::access_denied(&format!("Not enough permissions to access: {resource}"))
    }

    /// 403 with LinkedIn's general code.
    pub(crate) fn access_denied(message: &str) -> Self {
        Self::service(StatusCode::FORBIDDEN, Some(100), "ACCESS_DENIED", message)
    }

    /// 403: the value of a field is one that this token may not use.
    pub(crate) fn field_value(field: &str) -> Self {
        Self::access_denied(&format!(
            "Field Value validation failed in REQUEST_BODY: Data Processing Exception while processing fields [/{field}]"
        ))
    }

    /// 403: a field that the resource does not know.
    pub(crate) fn unpermitted_field(field: &str) -> Self {
        Self::access_denied(&format!(
            "Unpermitted fields present in REQUEST_BODY: Data Processing Exception while processing fields [/{field}]"
        ))
    }

    /// 403: members' pictures cannot be read with `w_member_social`.
    pub(crate) fn image_read() -> Self {
        Self::access_denied(
            "Accessing this image resource is forbidden. Please check your permissions for this resource",
        )
    }

    /// 400: the header `LinkedIn-Version` is missing.
    pub(crate) fn version_missing() -> Self {
        let message = "A version must be present. Please specify a version by adding the Linkedin-Version header.";
        Self::service(StatusCode::BAD_REQUEST, None, "VERSION_MISSING", message)
    }

    /// 426: the version does not exist, or not any more; `version` as echoed, with its day.
    pub(crate) fn version_gone(version: &str) -> Self {
        let message = format!("Requested version {version} is not active");
        Self::service(StatusCode::UPGRADE_REQUIRED, None, "NONEXISTENT_VERSION", &message)
    }

    /// 400 without a finer code: a header or an address that the framework itself refuses.
    pub(crate) fn bad_request(message: &str) -> Self {
        Self::service(StatusCode::BAD_REQUEST, None, "ILLEGAL_ARGUMENT", message)
    }

    /// 415: the body is not declared as JSON.
    pub(crate) fn not_json() -> Self {
        let message = "The Content-Type of the request must be application/json";
        Self::service(StatusCode::UNSUPPORTED_MEDIA_TYPE, None, "UNSUPPORTED_MEDIA_TYPE", message)
    }

    /// 404: no such entity.
    pub(crate) fn not_found() -> Self {
        Self::service(StatusCode::NOT_FOUND, None, "NOT_FOUND", "Could not find entity")
    }

    /// 429: a daily limit was met.
    pub(crate) fn throttled(limit: Limit) -> Self {
        let which = match limit {
            Limit::App => "APPLICATION DAY",
            Limit::Member => "APPLICATION_AND_MEMBER DAY",
        };
        let message = format!("Resource level throttle {which} limit for calls to this resource is reached.");
        Self::service(StatusCode::TOO_MANY_REQUESTS, Some(101), "TOO_MANY_REQUESTS", &message)
    }

    /// 409: somebody else wrote at the same time.
    pub(crate) fn conflict() -> Self {
        let message = "A write conflict occurred. Retry the request.";
        Self::service(StatusCode::CONFLICT, None, "CONFLICT", message)
    }

    /// 422: the author posted the same within the window; the answer names the earlier post or keeps it to itself.
    pub(crate) fn duplicate(urn: Option<&str>) -> Self {
        let what = urn.map_or_else(|| "a duplicate".to_owned(), |urn| format!("a duplicate of {urn}"));
        let message = format!("com.linkedin.content.common.exception.BadRequestResponseException: Content is {what}");
        let inputs = json!([{ "description": "Duplicate post is detected", "input": {}, "code": "DUPLICATE_POST" }]);
        Self::validation(StatusCode::UNPROCESSABLE_ENTITY, &message, &inputs)
    }

    /// 400: one field of the body is wrong.
    pub(crate) fn input(code: &str, field: &str, description: &str) -> Self {
        let path = json!({ "inputPath": { "fieldPath": field } });
        let inputs = json!([{ "description": description, "input": path, "code": code }]);
        Self::validation(StatusCode::BAD_REQUEST, description, &inputs)
    }

    /// 400: a field that must be there is not.
    pub(crate) fn missing(field: &str) -> Self {
        Self::input("MISSING_FIELD", field, &format!("{field} is required but is missing"))
    }

    /// 400: a value that the field cannot take.
    pub(crate) fn value(field: &str, description: &str) -> Self {
        Self::input("INVALID_VALUE_FOR_FIELD", field, description)
    }

    /// 400: a text longer than the field takes, lengths in characters.
    pub(crate) fn too_long(field: &str, length: usize, maximum: usize) -> Self {
        let description = format!("{field} length {length} can't exceeded maximum {maximum} length");
        Self::input("FIELD_LENGTH_TOO_LONG", field, &description)
    }

    /// 400: a picture or video of somebody else.
    pub(crate) fn not_owned(field: &str) -> Self {
        let text = "One or more of the contents is not owned by the author";
        Self::input("INVALID_CONTENT_OWNERSHIP", field, text)
    }

    /// 400: a picture or video whose bytes have not come yet.
    pub(crate) fn waiting_upload(field: &str, urn: &str) -> Self {
        Self::input("MEDIA_ASSET_WAITING_UPLOAD", field, &format!("Media asset {urn} is waiting upload"))
    }

    /// 400: a picture or video that is none, or is too large.
    pub(crate) fn processing_failed(field: &str, urn: &str) -> Self {
        Self::input("MEDIA_ASSET_PROCESSING_FAILED", field, &format!("Media asset {urn} failed processing"))
    }

    /// 400: no such picture.
    pub(crate) fn invalid_image(field: &str, urn: &str) -> Self {
        Self::input("INVALID_IMAGE_ID", field, &format!("{urn} is not a valid image id"))
    }

    /// 400: the day of an upload address is over.
    pub(crate) fn upload_expired() -> Self {
        Self::input("EXPIRED_UPLOAD_URL", "uploadUrl", "The upload URL has expired")
    }

    fn validation(status: StatusCode, message: &str, inputs: &Value) -> Self {
        let body = json!({
            "errorDetailType": "com.linkedin.common.error.BadRequest",
            "message": message,
            "errorDetails": { "inputErrors": inputs },
            "status": status.as_u16(),
        });
        Self { status, body }
    }

    /// The code that a client decides on.
    #[cfg(test)]
    pub(crate) fn code(&self) -> &str {
        self.body["code"].as_str().or(self.body["errorDetails"]["inputErrors"][0]["code"].as_str()).unwrap_or_default()
    }
}
