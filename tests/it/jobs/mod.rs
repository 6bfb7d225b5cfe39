//! What the worker does, job by job.

mod count_shares;
mod publish_shares;
