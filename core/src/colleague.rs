//! Colleagues: whom a person can ask to look at a share. Only names and teams, and only those that were searched for.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{Result, db::Tx, id::PersonId, person, sql};

/// Fewer letters than this find nobody: nobody leafs through the whole house.
const LETTERS: usize = 2;
/// Whoever is not among these is found with another letter.
const MOST: i64 = 8;

/// Somebody to ask.
#[derive(Serialize, sqlx::FromRow, ToSchema)]
pub struct Colleague {
    /// Opaque id.
    pub id: PersonId,
    /// As they want to be called.
    pub name: String,
    /// Where they work.
    pub team: Option<String>,
}

impl Colleague {
    /// The other active employees whose name contains `search`, by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn find(tx: &mut Tx, person: PersonId, search: &str) -> Result<Vec<Self>> {
        if search.trim().chars().count() < LETTERS {
            return Ok(vec![]);
        }
        Ok(sql!(
            tx,
            fetch_all,
            "select id, name, team from people where lower(name) like $1 escape '!' and id <> $2 and active = $3 \
             and ' ' || roles || ' ' like '% employee %' order by lower(name), id limit $4",
            person::contains(search),
            person,
            true,
            MOST
        )?)
    }

    /// True when this person can be asked by `by`: another one, active, an employee.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn can_be_asked(tx: &mut Tx, by: PersonId, colleague: PersonId) -> Result<bool> {
        let found: Option<(PersonId,)> = sql!(
            tx,
            fetch_optional,
            "select id from people where id = $1 and id <> $2 and active = $3 \
             and ' ' || roles || ' ' like '% employee %'",
            colleague,
            by,
            true
        )?;
        Ok(found.is_some())
    }
}
