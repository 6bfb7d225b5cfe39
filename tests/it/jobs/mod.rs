//! What the worker does, job by job.

mod count_shares;
mod feeds;
mod pictures;
mod probe;
mod publish_shares;
mod readings;
mod shapes;
