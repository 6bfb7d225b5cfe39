//! Faults on demand: what goes wrong with the next calls of an endpoint. The decision is data, taken once per call by
//! one layer in front of every handler, so that a fault before and a fault after the commit look alike to the caller.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

use crate::linkedin::bearer;
use crate::serve::DropConnection;
use crate::world::World;

/// A group of calls that faults can be switched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Endpoint {
    /// Exchanging the code for a token.
    Token,
    /// Asking whether a token is alive.
    Introspect,
    /// Giving a token back.
    Revoke,
    /// Who the member is.
    UserInfo,
    /// Asking for an upload address.
    ImageInitialize,
    /// Sending the bytes of a picture.
    ImageUpload,
    /// Creating a post.
    Posts,
    /// Reading, editing or deleting a post.
    Post,
    /// The sample and real feeds.
    Feeds,
    /// Generated pictures.
    Pictures,
}

impl Endpoint {
    fn of(method: &Method, path: &str) -> Option<Self> {
        Some(match path {
            "/oauth/v2/accessToken" => Self::Token,
            "/oauth/v2/introspectToken" => Self::Introspect,
            "/oauth/v2/revoke" => Self::Revoke,
            "/v2/userinfo" => Self::UserInfo,
            "/rest/images" if method == Method::POST => Self::ImageInitialize,
            "/rest/posts" if method == Method::POST => Self::Posts,
            _ if path.starts_with("/dms-uploads/") => Self::ImageUpload,
            _ if path.starts_with("/rest/posts/") => Self::Post,
            _ if path.starts_with("/feeds/") || path.starts_with("/real/") => Self::Feeds,
            _ if path.starts_with("/pictures/") || path.starts_with("/ytimg/") => Self::Pictures,
            _ => return None,
        })
    }
}

/// What goes wrong with one call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// Nothing is done; this is the answer.
    Answer {
        /// HTTP status.
        status: u16,
        /// The body; sent as JSON if it parses as such, else as HTML.
        body: String,
    },
    /// The call is carried out; this is the answer all the same.
    AnswerAfter {
        /// HTTP status.
        status: u16,
        /// The body; sent as JSON if it parses as such, else as HTML.
        body: String,
    },
    /// The connection ends without an answer, nothing was done.
    DropBefore,
    /// The call is carried out, then the connection ends without an answer.
    DropAfter,
    /// The connection ends without an answer; the call is carried out this many milliseconds later.
    CommitLate {
        /// Milliseconds between the end of the connection and the commit.
        ms: u64,
    },
    /// The call is carried out this many milliseconds late.
    Delay {
        /// Milliseconds before the call is carried out.
        ms: u64,
    },
    /// The call is carried out; the answer comes this many milliseconds late.
    DelayAfter {
        /// Milliseconds between the commit and the answer.
        ms: u64,
    },
    /// The answer lacks the header `x-restli-id`.
    WithoutId,
}

/// The faults that are switched on.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    rules: Vec<Rule>,
}

#[derive(Clone, Debug)]
struct Rule {
    endpoint: Endpoint,
    member: Option<u32>,
    fault: Fault,
    left: u32,
}

impl Faults {
    /// The next `times` calls of `endpoint` (by this member only, if one is given) meet `fault`.
    pub fn next(&mut self, endpoint: Endpoint, member: Option<u32>, times: u32, fault: Fault) {
        self.rules.push(Rule { endpoint, member, fault, left: times });
    }

    /// Switches every fault off.
    pub fn clear(&mut self) {
        self.rules.clear();
    }

    /// What is switched on, in words.
    #[must_use]
    pub fn describe(&self) -> Vec<String> {
        let who = |rule: &Rule| rule.member.map_or_else(|| "anyone".to_owned(), |number| format!("member {number}"));
        self.rules
            .iter()
            .map(|rule| format!("next {} x {:?} by {}: {:?}", rule.left, rule.endpoint, who(rule), rule.fault))
            .collect()
    }

    /// The first fault that fits is used up by one call.
    fn take(&mut self, endpoint: Endpoint, member: Option<u32>) -> Option<Fault> {
        let fits = |rule: &Rule| rule.endpoint == endpoint && (rule.member.is_none() || rule.member == member);
        let at = self.rules.iter().position(fits)?;
        let rule = &mut self.rules[at];
        let fault = rule.fault.clone();
        rule.left = rule.left.saturating_sub(1);
        if rule.left == 0 {
            self.rules.remove(at);
        }
        Some(fault)
    }
}

/// The layer in front of every handler.
pub(crate) async fn layer(State(world): State<World>, request: Request, next: Next) -> Response {
    let Some(endpoint) = Endpoint::of(request.method(), request.uri().path()) else { return next.run(request).await };
    let fault = {
        let mut state = world.state();
        let member =
            bearer::text(request.headers()).and_then(|token| state.tokens.get(token)).map(|token| token.member);
        state.faults.take(endpoint, member)
    };
    let Some(fault) = fault else { return next.run(request).await };
    let Ok(request) = with_whole_body(request).await else { return DropConnection::response() };
    match fault {
        Fault::Answer { status, body } => answer(status, body),
        Fault::AnswerAfter { status, body } => {
            next.run(request).await;
            answer(status, body)
        }
        Fault::DropBefore => DropConnection::response(),
        Fault::DropAfter => {
            next.run(request).await;
            DropConnection::response()
        }
        Fault::CommitLate { ms } => {
            tokio::spawn(async move {
                tokio::time::sleep(Duration::from_millis(ms)).await;
                next.run(request).await;
            });
            DropConnection::response()
        }
        Fault::Delay { ms } => {
            tokio::time::sleep(Duration::from_millis(ms)).await;
            next.run(request).await
        }
        Fault::DelayAfter { ms } => {
            let response = next.run(request).await;
            tokio::time::sleep(Duration::from_millis(ms)).await;
            response
        }
        Fault::WithoutId => {
            let mut response = next.run(request).await;
            response.headers_mut().remove("x-restli-id");
            response
        }
    }
}

/// A fault must not depend on how much of the request had arrived, so the request is read to its end first.
async fn with_whole_body(request: Request) -> Result<Request, axum::Error> {
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, 64 * 1024 * 1024).await?;
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

fn answer(status: u16, body: String) -> Response {
    let kind = if serde_json::from_str::<serde_json::Value>(&body).is_ok() {
        "application/json"
    } else {
        "text/html; charset=utf-8"
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(header::CONTENT_TYPE, kind)], body).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_used_up_by_the_calls_it_was_meant_for() {
        let mut faults = Faults::default();
        faults.next(Endpoint::Posts, Some(7), 2, Fault::DropAfter);
        assert_eq!(faults.take(Endpoint::Posts, Some(8)), None);
        assert_eq!(faults.take(Endpoint::Token, Some(7)), None);
        assert_eq!(faults.take(Endpoint::Posts, Some(7)), Some(Fault::DropAfter));
        assert_eq!(faults.take(Endpoint::Posts, Some(7)), Some(Fault::DropAfter));
        assert_eq!(faults.take(Endpoint::Posts, Some(7)), None);
    }
}
