//! The layer in front of every handler that carries faults out.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::stream;

use crate::faults::{Endpoint, Fault, member, reworded, web, wire};
use crate::linkedin::video;
use crate::serve::DropConnection;
use crate::switches;
use crate::world::World;

/// No request of the outside world is larger.
pub(super) const WHOLE_BODY: usize = 64 * 1024 * 1024;

pub(crate) async fn layer(State(world): State<World>, request: Request, next: Next) -> Response {
    let endpoint = Endpoint::of(request.method(), request.uri());
    let Some(endpoint) = endpoint.filter(|endpoint| world.state().faults.concern(*endpoint)) else {
        return next.run(request).await;
    };
    let Ok((request, body)) = with_whole_body(request).await else { return DropConnection::Close.response() };
    let fault = {
        let mut state = world.state();
        let uploader = || video::uploader(&state, request.uri().path());
        let member = member::of(&world, &state, endpoint, request.headers(), &body).or_else(uploader);
        state.faults.take(endpoint, member)
    };
    match fault {
        Some(fault) => carry_out(&world, fault, request, next).await,
        None => next.run(request).await,
    }
}

async fn carry_out(world: &World, fault: Fault, request: Request, next: Next) -> Response {
    let pause = |ms| tokio::time::sleep(Duration::from_millis(ms));
    match fault {
        Fault::Answer { status, body } => answer(status, body),
        Fault::AnswerAfter { status, body } => {
            next.run(request).await;
            answer(status, body)
        }
        Fault::DropBefore => DropConnection::Close.response(),
        Fault::ResetBefore => DropConnection::Reset.response(),
        Fault::DropAfter => {
            next.run(request).await;
            DropConnection::Close.response()
        }
        Fault::ResetAfter => {
            next.run(request).await;
            DropConnection::Reset.response()
        }
        Fault::CommitLate { ms } => {
            tokio::spawn(async move {
                pause(ms).await;
                next.run(request).await;
            });
            DropConnection::Close.response()
        }
        // The plan has drawn the length of a random delay already.
        Fault::Delay { ms } | Fault::DelayUpTo { ms } => {
            pause(ms).await;
            next.run(request).await
        }
        Fault::DelayAfter { ms } => {
            let response = next.run(request).await;
            pause(ms).await;
            response
        }
        Fault::HangBefore { ms } => {
            pause(ms).await;
            DropConnection::Close.response()
        }
        Fault::HalfCloseBefore => DropConnection::HalfClose.response(),
        Fault::HalfCloseAfter => {
            next.run(request).await;
            DropConnection::HalfClose.response()
        }
        Fault::SlowHead { ms } => wire::slow_head(next.run(request).await, Duration::from_millis(ms)).await,
        Fault::Cut => wire::cut(next.run(request).await).await,
        Fault::OtherWords => reworded::other_words(next.run(request).await).await,
        Fault::News => reworded::news(next.run(request).await).await,
        Fault::Drip { ms } => drip(next.run(request).await, Duration::from_millis(ms)).await,
        Fault::WithoutId => {
            let mut response = next.run(request).await;
            response.headers_mut().remove("x-restli-id");
            response
        }
        Fault::AsIf { name, value } => {
            let rules = switches::with(&world.state().rules, &name, &value);
            match rules {
                Some(rules) => world.as_if(rules, next.run(request)).await,
                None => answer(500, format!("The sandbox knows no rule {name} that could be {value}")),
            }
        }
        other => web::carry_out(other, request, next).await,
    }
}

/// A fault must not depend on how much of the request had arrived, so the request is read to its end first.
async fn with_whole_body(request: Request) -> Result<(Request, Bytes), axum::Error> {
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, WHOLE_BODY).await?;
    Ok((Request::from_parts(parts, Body::from(bytes.clone())), bytes))
}

/// The same answer, one byte at a time.
async fn drip(response: Response, pause: Duration) -> Response {
    let (parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, WHOLE_BODY).await else { return DropConnection::Close.response() };
    let drops = stream::unfold(bytes, move |mut rest| async move {
        if rest.is_empty() {
            return None;
        }
        tokio::time::sleep(pause).await;
        let drop = rest.split_to(1);
        Some((Ok::<Bytes, Infallible>(drop), rest))
    });
    Response::from_parts(parts, Body::from_stream(drops))
}

pub(super) fn answer(status: u16, body: String) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let kind = match body.trim_start().chars().next() {
        None => return status.into_response(),
        Some('{' | '[') => "application/json",
        Some(_) => "text/html; charset=utf-8",
    };
    (status, [(header::CONTENT_TYPE, kind)], body).into_response()
}
