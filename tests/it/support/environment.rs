//! What the environment tells the tests.
#![expect(clippy::disallowed_methods, reason = "the settings of the tests come from the environment")]

use std::path::{Path, PathBuf};

/// The server on which databases may be made; none: SQLite.
pub fn postgres() -> Option<String> {
    std::env::var("KLAROEN_TEST_POSTGRES").ok()
}

/// How often the server is killed while people click: more in the long run.
pub fn deaths() -> usize {
    std::env::var("KLAROEN_DEATHS").ok().and_then(|deaths| deaths.parse().ok()).unwrap_or(4)
}

/// How many shares are due at once: ten thousand in the long run.
pub fn shares() -> u32 {
    std::env::var("KLAROEN_SHARES").ok().and_then(|shares| shares.parse().ok()).unwrap_or(500)
}

/// How many tokens are stored when the key changes: ten thousand in the long run.
pub fn tokens() -> u32 {
    std::env::var("KLAROEN_TOKENS").ok().and_then(|tokens| tokens.parse().ok()).unwrap_or(400)
}

/// How many seconds a worker is stopped: three hundred in the long run.
pub fn pause() -> f64 {
    std::env::var("KLAROEN_PAUSE").ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(1.5)
}

/// How often the worker is killed at a random moment: more in the long run.
#[cfg(feature = "failpoints")]
pub fn kills_at_random() -> usize {
    std::env::var("KLAROEN_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(13)
}

/// The folder of real feeds beside the checkout, or where `KLAROEN_REAL_FEEDS` says; it is not there everywhere.
pub fn real_feeds() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/feeds");
    let folder = std::env::var("KLAROEN_REAL_FEEDS").map_or_else(|_| beside(), PathBuf::from);
    folder.is_dir().then_some(folder)
}
