//! The headers that every call below `/rest` must carry.

use axum::http::{HeaderMap, header};

use crate::linkedin::refusal::Refusal;
use crate::versions;
use crate::world::World;

/// Refuses a missing, unknown or ended version and a wrong protocol; returns the version with its day, as LinkedIn
/// echoes it.
pub(crate) fn check_headers(world: &World, headers: &HeaderMap) -> Result<String, Refusal> {
    let asked = text(headers, "linkedin-version").ok_or_else(Refusal::version_missing)?;
    let today = world.now().date_naive();
    if !versions::is_active(asked, today, &world.state().rules.versions) {
        return Err(Refusal::version_gone(&format!("{asked}01")));
    }
    if text(headers, "x-restli-protocol-version") != Some("2.0.0") {
        return Err(Refusal::bad_request("The header X-Restli-Protocol-Version must be 2.0.0"));
    }
    Ok(format!("{asked}01"))
}

/// Reads a JSON body, refusing another type and broken JSON.
pub(crate) fn json(headers: &HeaderMap, body: &[u8]) -> Result<serde_json::Value, Refusal> {
    let kind = text(headers, header::CONTENT_TYPE.as_str()).unwrap_or_default();
    if !kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json") {
        return Err(Refusal::not_json());
    }
    serde_json::from_slice(body).map_err(|_| Refusal::bad_request("Cannot parse request entity"))
}

pub(crate) fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}
