//! One file per job, named after what it does.

pub mod check_connections;
pub mod count_shares;
pub mod fetch_pictures;
pub mod forget_expired;
pub mod poll_feeds;
pub mod publish_shares;
pub mod remind_of_ends;
pub mod remove_shares;
pub mod revoke_tokens;
pub mod send_mails;
pub mod watch_publishing;
