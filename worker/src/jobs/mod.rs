//! One file per job, named after what it does.

pub mod count_shares;
pub mod publish_shares;
