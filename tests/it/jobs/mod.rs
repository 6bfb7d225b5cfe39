//! What the worker does, job by job.

mod alternatives;
mod count_shares;
mod ends;
mod feeds;
mod looks;
mod mails;
mod networks;
mod networks_texts;
mod odd_feeds;
mod pauses;
mod pictures;
mod probe;
mod publish_later;
mod publish_shares;
mod readings;
mod removals;
mod repeats;
mod reused_tokens;
mod shapes;
mod stuck;
mod tokens;
mod turns;
mod unreachable;
mod versions;
