//! The bonus: rules of a period, the weeks of those who joined, and the ledger that proves every figure.
//! Nothing here runs while a share is sent: counting reads what is already published.

pub mod count;
pub mod kept;
pub mod ledger;
pub mod member;
pub mod new_program;
pub mod overview;
pub mod program;
pub mod rules;
pub mod tally;
pub mod week;
pub mod year;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How well it is known that a share happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[sqlx(type_name = "text")]
pub enum ProofClass {
    /// Published through the network's API; its name there is stored.
    A,
    /// The employee pasted the link of the own post and a second person confirmed it.
    B,
    /// The employee says so.
    C,
}
