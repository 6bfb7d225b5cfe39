//! The organisation's own page at LinkedIn: where `@` and its name leads in a text. LinkedIn makes a mention of it only
//! when the name is spelled as on the page.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Error, Result, line};

/// Most characters of a name.
const LONGEST: usize = 100;
const URN: &str = "urn:li:organization:";

/// The organisation's own page at LinkedIn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CompanyPage {
    /// As LinkedIn spells it, to the letter.
    pub name: String,
    /// Its number, or all of its name as in `urn:li:organization:2414183`.
    pub urn: String,
}

/// The two columns.
#[derive(Debug, Default, Clone, sqlx::FromRow)]
pub(crate) struct Stored {
    page_name: Option<String>,
    page_urn: Option<String>,
}

impl From<Stored> for Option<CompanyPage> {
    fn from(stored: Stored) -> Self {
        let (name, urn) = stored.page_name.zip(stored.page_urn)?;
        Some(CompanyPage { name, urn })
    }
}

impl CompanyPage {
    /// Checks what an admin wrote.
    pub(super) fn checked(self) -> Result<Self> {
        let name = line::parse("/page/name", self.name.trim().trim_start_matches('@'), LONGEST);
        match (name, urn(self.urn.trim())) {
            (Ok(name), Ok(urn)) => Ok(Self { name, urn }),
            (name, urn) => Err(Error::all([name.err(), urn.err()])),
        }
    }
}

fn urn(text: &str) -> Result<String> {
    let number = text.strip_prefix(URN).unwrap_or(text);
    if (1..=19).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(format!("{URN}{number}"));
    }
    Err(Error::invalid("/page/urn", "page.urn", "Enter the number of the page, as in 2414183."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_a_name_and_a_number() {
        let checked = |name: &str, urn: &str| CompanyPage { name: name.into(), urn: urn.into() }.checked();
        let page = CompanyPage { name: "Acme BV".into(), urn: "urn:li:organization:2414183".into() };
        for (name, urn) in [("Acme BV", "2414183"), (" @Acme BV ", " urn:li:organization:2414183 ")] {
            assert_eq!(checked(name, urn).unwrap(), page);
        }
        let long = "1".repeat(20);
        for urn in ["", "acme", "urn:li:person:1", "urn:li:organization:", "-1", &long] {
            assert!(checked("Acme BV", urn).is_err(), "{urn}");
        }
        assert!(checked("", "1").is_err() && checked("a\nb", "1").is_err());
    }
}
