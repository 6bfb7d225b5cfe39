//! Teams: groups of colleagues as the admin names them. A post may be for some of them only; that is its audience.

use std::collections::BTreeSet;

use crate::{Error, Result, db::Tx, sql};

/// Most teams of one audience.
const MOST: usize = 100;

/// The teams that somebody with an account is in, by name.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(tx: &mut Tx) -> Result<Vec<String>> {
    let teams: Vec<(String,)> =
        sql!(tx, fetch_all, "select distinct team from people where team is not null and active = $1", true)?;
    let teams: BTreeSet<String> = teams.into_iter().map(|(team,)| team).collect();
    Ok(teams.into_iter().collect())
}

/// An audience as a request names it, each team once; `pointer` is where it stands there.
///
/// # Errors
/// `team.unknown` at the first team that nobody is in.
pub async fn parse_audience(tx: &mut Tx, pointer: &str, teams: &[String]) -> Result<Vec<String>> {
    let mut audience = vec![];
    if teams.is_empty() {
        return Ok(audience);
    }
    let known = list(tx).await?;
    for (place, team) in teams.iter().enumerate() {
        if place >= MOST || !known.contains(team) {
            let pointer = format!("{pointer}/{place}");
            return Err(Error::invalid(pointer, "team.unknown", "Choose a team from the list."));
        }
        if !audience.contains(team) {
            audience.push(team.clone());
        }
    }
    Ok(audience)
}
