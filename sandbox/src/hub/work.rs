//! What the hub does by itself: asking whether a subscriber meant it, delivering, trying again, denying.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{Method, Request, header};
use chrono::{DateTime, TimeDelta, Utc};
use ring::hmac;
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::hub::{HubCall, Job, News, Subscription, Waiting, Wish, call};
use crate::questions::SignatureMethod;
use crate::world::World;
use crate::{Endpoint, Fault, Rules, feeds, switches};

/// How often the hub looks for work.
const PACE: Duration = Duration::from_millis(250);
/// A delivery that fails is tried again so often, each time after a longer pause.
const ATTEMPTS: u32 = 4;

/// Does what is due until told to stop.
pub(crate) async fn serve(world: World, stop: CancellationToken) {
    while stop.run_until_cancelled(tokio::time::sleep(PACE)).await.is_some() {
        work(&world).await;
    }
}

/// Does everything that is due now.
pub(crate) async fn work(world: &World) {
    let turn = Arc::clone(&world.state().hub.turn);
    let _turn = turn.lock().await;
    while let Some(job) = next(world) {
        match job {
            Job::Verify(wish) => {
                verify(world, wish).await;
            }
            Job::Deny { topic, callback } => denial(world, &topic, &callback).await,
            Job::Deliver { callback, news, attempt } => delivery(world, callback, news, attempt).await,
        }
    }
}

fn next(world: &World) -> Option<Job> {
    let now = world.now();
    let waiting = &mut world.state().hub.waiting;
    let due = (0..waiting.len()).filter(|at| waiting[*at].due <= now).min_by_key(|at| waiting[*at].due)?;
    Some(waiting.remove(due).job)
}

/// Queues something new for every subscriber of a topic; the topic is a path on the sandbox's own origin.
pub(crate) fn deliver(world: &World, path: &str, body: String, content_type: &'static str, due: DateTime<Utc>) {
    let news = Arc::new(News { topic: world.link(path), content_type, body });
    let mut state = world.state();
    let callbacks: Vec<Url> =
        state.hub.subscriptions.iter().filter(|sub| sub.topic == news.topic).map(|sub| sub.callback.clone()).collect();
    state.hub.waiting.extend(callbacks.into_iter().map(|callback| {
        let job = Job::Deliver { callback, news: Arc::clone(&news), attempt: 1 };
        Waiting { due, job }
    }));
}

/// Ends the subscriptions to a topic (of one subscriber, if it is named) and tells them.
pub(crate) fn deny(world: &World, topic: &str, callback: Option<&str>) {
    let due = world.now();
    let hub = &mut world.state().hub;
    let meant = |sub: &mut Subscription| {
        sub.topic == topic && callback.is_none_or(|callback| sub.callback.as_str() == callback)
    };
    for Subscription { topic, callback, .. } in hub.subscriptions.extract_if(.., meant) {
        hub.waiting.push(Waiting { due, job: Job::Deny { topic, callback } });
    }
}

/// Asks a subscriber whether it meant it; a topic that is not here is denied. Says whether the wish came true.
pub(super) async fn verify(world: &World, wish: Wish) -> bool {
    let now = world.now();
    let (fault, longest, challenge) = {
        let mut state = world.state();
        let fault = state.faults.take(Endpoint::HubVerification, None);
        let longest = rules(&state.rules, fault.as_ref()).hub_longest_lease;
        (fault, longest, state.urn_number(now).to_string())
    };
    let here = wish.topic.strip_prefix(world.base_url()).is_some_and(feeds::is_topic);
    match fault {
        _ if !here => return denied(world, &wish).await,
        Some(Fault::Denied) => return denied(world, &wish).await,
        Some(Fault::DropBefore) => return false,
        Some(Fault::Delay { ms }) => tokio::time::sleep(Duration::from_millis(ms)).await,
        _ => {}
    }
    let lease = wish.lease.map_or(longest, |seconds| longest.min(TimeDelta::seconds(seconds.into())));
    let mode = if wish.subscribe { "subscribe" } else { "unsubscribe" };
    let mut address = wish.callback.clone();
    address.query_pairs_mut().extend_pairs([
        ("hub.topic", wish.topic.as_str()),
        ("hub.challenge", &challenge),
        ("hub.mode", mode),
        ("hub.lease_seconds", &lease.num_seconds().to_string()),
    ]);
    let answer = ask(world, "verification", &address, Request::new(Body::empty())).await;
    let confirmed = answer.is_some_and(|(status, body)| (200..300).contains(&status) && body == challenge.as_bytes());
    if confirmed {
        let subscriptions = &mut world.state().hub.subscriptions;
        subscriptions.retain(|sub| sub.topic != wish.topic || sub.callback != wish.callback);
        if wish.subscribe {
            let Wish { topic, callback, secret, .. } = wish;
            subscriptions.push(Subscription { topic, callback, secret, until: now + lease });
        }
    }
    confirmed
}

/// The rules that a call of the hub follows.
fn rules(usual: &Rules, fault: Option<&Fault>) -> Rules {
    let other = match fault {
        Some(Fault::AsIf { name, value }) => switches::with(usual, name, value),
        _ => None,
    };
    other.unwrap_or_else(|| usual.clone())
}

async fn denied(world: &World, wish: &Wish) -> bool {
    denial(world, &wish.topic, &wish.callback).await;
    false
}

async fn denial(world: &World, topic: &str, callback: &Url) {
    let mut address = callback.clone();
    let reason = "the publisher does not want this";
    address.query_pairs_mut().extend_pairs([("hub.mode", "denied"), ("hub.topic", topic), ("hub.reason", reason)]);
    ask(world, "denial", &address, Request::new(Body::empty())).await;
}

/// Posts to a subscriber that is still one.
async fn delivery(world: &World, callback: Url, news: Arc<News>, attempt: u32) {
    let now = world.now();
    let (subscription, fault, rules) = {
        let mut state = world.state();
        state.hub.subscriptions.retain(|sub| sub.until > now);
        let is_meant = |sub: &&Subscription| sub.topic == news.topic && sub.callback == callback;
        let Some(subscription) = state.hub.subscriptions.iter().find(is_meant).cloned() else { return };
        let fault = state.faults.take(Endpoint::HubDelivery, None);
        let rules = rules(&state.rules, fault.as_ref());
        (subscription, fault, rules)
    };
    match fault {
        Some(Fault::DropBefore) => return,
        Some(Fault::Delay { ms }) => tokio::time::sleep(Duration::from_millis(ms)).await,
        _ => {}
    }
    let signature = subscription.secret.as_deref().and_then(|secret| match fault {
        Some(Fault::WithoutSignature) => None,
        Some(Fault::WrongSignature) => Some(sign(&rules, &format!("{secret}?"), &news.body)),
        _ => Some(sign(&rules, secret, &news.body)),
    });
    let times = if fault == Some(Fault::Twice) { 2 } else { 1 };
    let mut status = None;
    for _ in 0..times {
        let request = request(world, &news, signature.as_deref());
        status = ask(world, "delivery", &callback, request).await.map(|(status, _)| status);
    }
    match status {
        Some(200..300) => {}
        Some(410) => {
            let gone = |sub: &Subscription| sub.topic == news.topic && sub.callback == callback;
            world.state().hub.subscriptions.retain(|sub| !gone(sub));
        }
        _ if attempt < ATTEMPTS => {
            let due = now + TimeDelta::minutes(5_i64.pow(attempt - 1));
            let job = Job::Deliver { callback, news, attempt: attempt + 1 };
            world.state().hub.waiting.push(Waiting { due, job });
        }
        _ => tracing::info!(%callback, "the practice hub gave a delivery up"),
    }
}

fn request(world: &World, news: &News, signature: Option<&str>) -> Request<Body> {
    let mut request = Request::new(Body::from(news.body.clone()));
    *request.method_mut() = Method::POST;
    let links = [(world.link("/hub"), "hub"), (news.topic.clone(), "self")];
    let links = links.map(|(address, relation)| (header::LINK, format!("<{address}>; rel={relation}")));
    let kind = (header::CONTENT_TYPE, news.content_type.to_owned());
    let signature = signature.map(|text| (header::HeaderName::from_static("x-hub-signature"), text.to_owned()));
    for (name, value) in links.into_iter().chain([kind]).chain(signature) {
        if let Ok(value) = value.parse() {
            request.headers_mut().append(name, value);
        }
    }
    request
}

fn sign(rules: &Rules, secret: &str, body: &str) -> String {
    let (name, algorithm) = match rules.questions.hub_signature {
        SignatureMethod::Sha1 => ("sha1", hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY),
        SignatureMethod::Sha256 => ("sha256", hmac::HMAC_SHA256),
        SignatureMethod::Sha384 => ("sha384", hmac::HMAC_SHA384),
        SignatureMethod::Sha512 => ("sha512", hmac::HMAC_SHA512),
    };
    let key = hmac::Key::new(algorithm, secret.as_bytes());
    format!("{name}={}", hex::encode(hmac::sign(&key, body.as_bytes())))
}

/// Calls a subscriber and notes it.
async fn ask(world: &World, kind: &'static str, address: &Url, request: Request<Body>) -> Option<(u16, Bytes)> {
    let answer = call::send(address, request).await;
    let (status, at) = (answer.as_ref().map(|(status, _)| *status), world.now());
    world.state().hub.calls.push(HubCall { kind, address: address.to_string(), status, at });
    answer
}
