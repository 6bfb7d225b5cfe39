//! What each person does, from one end to the other.

mod by_hand;
mod equal_ways;
mod main_job;
