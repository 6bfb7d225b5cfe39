//! Subscribing and unsubscribing: what is wrong is said at once, what is right is verified later, or at once if the
//! subscriber asks for that in the old way.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use url::{Host, Url};

use crate::fields::Fields;
use crate::hub::work::verify;
use crate::hub::{Job, Waiting, Wish};
use crate::world::World;

/// A secret must be shorter.
const SECRET: usize = 200;

type Answer = (StatusCode, String);

pub(super) async fn subscribe(State(world): State<World>, headers: HeaderMap, body: Bytes) -> Answer {
    let fields = Fields::read(&headers, &body);
    let wish = match wish(&fields) {
        Ok(wish) => wish,
        Err(reason) => return (StatusCode::BAD_REQUEST, reason),
    };
    if fields.get("hub.verify") == Some("sync") {
        if verify(&world, wish).await {
            return (StatusCode::NO_CONTENT, String::new());
        }
        return (StatusCode::CONFLICT, "The subscriber did not confirm".into());
    }
    let now = world.now();
    let mut state = world.state();
    let due = now + state.rules.hub_verification_after;
    state.hub.waiting.push(Waiting { due, job: Job::Verify(wish) });
    (StatusCode::ACCEPTED, String::new())
}

fn wish(fields: &Fields) -> Result<Wish, String> {
    let subscribe = match fields.text("hub.mode") {
        "subscribe" => true,
        "unsubscribe" => false,
        other => return Err(format!("Invalid value for hub.mode: {other}")),
    };
    let callback = Url::parse(fields.text("hub.callback")).ok().filter(is_near);
    let callback =
        callback.ok_or("Invalid parameter: hub.callback; the sandbox calls http on loopback addresses only")?;
    let topic = Url::parse(fields.text("hub.topic")).map_err(|_| "Invalid parameter: hub.topic")?;
    let secret = fields.get("hub.secret").map(String::from);
    if secret.as_ref().is_some_and(|secret| secret.len() >= SECRET) {
        return Err("Invalid parameter: hub.secret; it must be shorter than 200 bytes".into());
    }
    let lease = fields.get("hub.lease_seconds").map(str::parse).transpose();
    let lease = lease.map_err(|_| "Invalid parameter: hub.lease_seconds")?;
    Ok(Wish { subscribe, topic: topic.into(), callback, secret, lease })
}

/// Only this machine is called.
fn is_near(url: &Url) -> bool {
    let loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    };
    url.scheme() == "http" && loopback
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_called() {
        for near in ["http://127.0.0.1:1/x?y=1", "http://localhost/x", "http://[::1]:8/x"] {
            assert!(is_near(&Url::parse(near).unwrap()), "{near}");
        }
        for far in ["https://127.0.0.1/x", "http://192.0.2.1/x", "http://localhost.example/x", "file:///x"] {
            assert!(!is_near(&Url::parse(far).unwrap()), "{far}");
        }
    }
}
