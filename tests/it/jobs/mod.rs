//! What the worker does, job by job.

mod count_shares;
mod ends;
mod feeds;
mod mails;
mod networks;
mod pauses;
mod pictures;
mod probe;
mod publish_shares;
mod readings;
mod shapes;
mod stuck;
mod tokens;
mod versions;
