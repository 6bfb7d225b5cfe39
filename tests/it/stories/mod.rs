//! What each person does, from one end to the other.

mod main_job;
