//! The rules of a program: how often, where, how well proven, and for what reward.
//! Their defaults are the model that the product began with.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::ToSchema;

use super::ProofClass;
use crate::{Error, Fault, Result, db::Tx, id::ProgramId, network::Network, sql};

/// What a missed week costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Strictness {
    /// Everything: every week that is not neutral must be met.
    EveryWeek,
    /// Nothing, up to a number of weeks.
    AllowedMisses,
    /// Its part of the reward.
    ProRata,
}

/// What earns the reward.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rules {
    /// Shares that meet a week.
    pub min_per_week: i32,
    /// Networks on which a share counts.
    pub counting_networks: Vec<Network>,
    /// Classes of proof with which a share counts.
    pub proof_classes: Vec<ProofClass>,
    /// Percent of the raise.
    pub reward_percent: i32,
    /// Cents; none: no cap.
    pub cap_cents: Option<i64>,
    /// What a missed week costs.
    pub strictness: Strictness,
    /// Weeks; only for `AllowedMisses`.
    pub allowed_misses: i32,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            min_per_week: 1,
            counting_networks: vec![Network::LinkedIn],
            proof_classes: vec![ProofClass::A, ProofClass::B],
            reward_percent: 25,
            cap_cents: None,
            strictness: Strictness::EveryWeek,
            allowed_misses: 0,
        }
    }
}

/// Rules as HR entered them; what is left out is as in the model.
#[derive(Debug, Default)]
pub struct NewRules {
    /// Shares that meet a week, 1 to 50.
    pub min_per_week: Option<i32>,
    /// Networks on which a share counts.
    pub counting_networks: Option<Vec<Network>>,
    /// Classes of proof with which a share counts.
    pub proof_classes: Option<Vec<ProofClass>>,
    /// Percent of the raise, 1 to 100.
    pub reward_percent: Option<i32>,
    /// Cents; none: no cap.
    pub cap_cents: Option<i64>,
    /// What a missed week costs.
    pub strictness: Option<Strictness>,
    /// Weeks, 0 to 53; only for `allowed_misses`.
    pub allowed_misses: Option<i32>,
}

impl NewRules {
    /// The rules; adds a fault for each field that is wrong.
    pub(super) fn check(self, faults: &mut Vec<Fault>) -> Rules {
        let model = Rules::default();
        let mut within = |value: Option<i32>, model: i32, range: RangeInclusive<i32>, pointer: &'static str| {
            let value = value.unwrap_or(model);
            if !range.contains(&value) {
                let detail = format!("Choose a number from {} to {}.", range.start(), range.end());
                faults.push(Fault::new(pointer, "number.range", detail));
            }
            value
        };
        let rules = Rules {
            min_per_week: within(self.min_per_week, model.min_per_week, 1..=50, "/min_per_week"),
            reward_percent: within(self.reward_percent, model.reward_percent, 1..=100, "/reward_percent"),
            allowed_misses: within(self.allowed_misses, model.allowed_misses, 0..=53, "/allowed_misses"),
            counting_networks: self
                .counting_networks
                .map_or(model.counting_networks, |networks| without_repetition(&networks)),
            proof_classes: self.proof_classes.unwrap_or(model.proof_classes),
            cap_cents: self.cap_cents,
            strictness: self.strictness.unwrap_or(model.strictness),
        };
        if rules.cap_cents.is_some_and(|cents| cents <= 0) {
            let detail = "Enter an amount above zero, or leave the cap out.";
            faults.push(Fault::new("/cap_cents", "number.range", detail));
        }
        if rules.counting_networks.is_empty() {
            let detail = "Choose at least one network.";
            faults.push(Fault::new("/counting_networks", "required", detail));
        }
        if rules.proof_classes.is_empty() {
            let detail = "Choose at least one class of proof.";
            faults.push(Fault::new("/proof_classes", "required", detail));
        }
        rules
    }
}

/// The networks in the order in which they are shown, each once.
fn without_repetition(networks: &[Network]) -> Vec<Network> {
    Network::ALL.into_iter().chain(Network::BY_HAND).filter(|network| networks.contains(network)).collect()
}

impl Rules {
    /// Weeks that may be missed without losing the reward.
    #[must_use]
    pub fn allowance(&self) -> usize {
        let misses = if self.strictness == Strictness::AllowedMisses { self.allowed_misses } else { 0 };
        usize::try_from(misses).unwrap_or(0)
    }

    pub(super) async fn store(&self, tx: &mut Tx, program: ProgramId, version: i32) -> Result<()> {
        sql!(
            tx,
            execute,
            "insert into program_versions (program_id, version, min_per_week, counting_networks, proof_classes, \
             reward_percent, cap_cents, strictness, allowed_misses, created_at) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            program,
            version,
            self.min_per_week,
            to_words(&self.counting_networks)?,
            to_words(&self.proof_classes)?,
            self.reward_percent,
            self.cap_cents,
            self.strictness,
            self.allowed_misses,
            tx.now
        )?;
        Ok(())
    }
}

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    min_per_week: i32,
    counting_networks: String,
    proof_classes: String,
    reward_percent: i32,
    cap_cents: Option<i64>,
    strictness: Strictness,
    allowed_misses: i32,
}

impl TryFrom<Row> for Rules {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            min_per_week: row.min_per_week,
            counting_networks: from_words(&row.counting_networks)?,
            proof_classes: from_words(&row.proof_classes)?,
            reward_percent: row.reward_percent,
            cap_cents: row.cap_cents,
            strictness: row.strictness,
            allowed_misses: row.allowed_misses,
        })
    }
}

/// A list as it is stored: the words of the API, separated by spaces.
fn to_words<T: Serialize>(list: &[T]) -> Result<String> {
    let word = |value: &T| match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        Ok(other) => Err(Error::internal(anyhow::anyhow!("{other} is not a word"))),
        Err(error) => Err(Error::internal(error)),
    };
    Ok(list.iter().map(word).collect::<Result<Vec<_>>>()?.join(" "))
}

fn from_words<T: DeserializeOwned>(words: &str) -> Result<Vec<T>> {
    let value = |word: &str| serde_json::from_value(word.into()).map_err(Error::internal);
    words.split_whitespace().map(value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_stored_as_the_words_of_the_api() {
        let words = to_words(&[ProofClass::A, ProofClass::B]).unwrap();
        assert_eq!(words, "A B");
        assert_eq!(from_words::<ProofClass>(&words).unwrap(), [ProofClass::A, ProofClass::B]);
        assert_eq!(to_words(&[Network::LinkedIn]).unwrap(), "linkedin");
        assert!(from_words::<Network>("linkedin nowhere").is_err());
    }

    #[test]
    fn what_hr_leaves_out_is_as_in_the_model() {
        let mut faults = vec![];
        assert_eq!(NewRules::default().check(&mut faults), Rules::default());
        assert_eq!(faults, []);
    }

    #[test]
    fn every_wrong_number_is_named() {
        let mut faults = vec![];
        let wrong = NewRules {
            min_per_week: Some(0),
            counting_networks: Some(vec![]),
            proof_classes: Some(vec![]),
            reward_percent: Some(101),
            cap_cents: Some(0),
            strictness: None,
            allowed_misses: Some(-1),
        };
        wrong.check(&mut faults);
        let pointers: Vec<_> = faults.iter().map(|fault| &*fault.pointer).collect();
        let fields = ["/min_per_week", "/reward_percent", "/allowed_misses", "/cap_cents"];
        assert_eq!(pointers, [&fields[..], &["/counting_networks", "/proof_classes"]].concat());
    }

    #[test]
    fn networks_are_kept_once_and_in_order() {
        use Network::{Bluesky, LinkedIn, X};
        let chosen = Some(vec![X, Bluesky, LinkedIn, X]);
        let rules = NewRules { counting_networks: chosen, ..NewRules::default() }.check(&mut vec![]);
        assert_eq!(rules.counting_networks, [LinkedIn, Bluesky, X]);
    }
}
