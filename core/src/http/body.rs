//! Reads a body under its caps. Bytes are counted after unpacking and while they stream in:
//! a header says nothing about them, and a megabyte of gzip can hold a gigabyte.

use std::time::Duration;

use reqwest::Response;
use tokio::time::{Instant, timeout};

use super::Failure;

/// A body has this long to get going before its pace counts.
const GRACE: Duration = Duration::from_secs(5);
/// Slowest pace, in bytes per second.
const PACE: f64 = 1024.0;

pub(super) async fn read(mut response: Response, cap: usize) -> Result<Vec<u8>, Failure> {
    let started = Instant::now();
    let mut bytes = Vec::new();
    loop {
        let chunk = timeout(GRACE, response.chunk()).await.map_err(|_| Failure::TooSlow)??;
        let Some(chunk) = chunk else { return Ok(bytes) };
        if bytes.len() + chunk.len() > cap {
            return Err(Failure::TooLarge(cap));
        }
        bytes.extend_from_slice(&chunk);
        if is_too_slow(bytes.len(), started.elapsed()) {
            return Err(Failure::TooSlow);
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a pace needs no 53 bits")]
fn is_too_slow(bytes: usize, elapsed: Duration) -> bool {
    elapsed > GRACE && (bytes as f64) < PACE * elapsed.as_secs_f64()
}
