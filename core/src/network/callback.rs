//! What comes back from a network's consent page, read strictly: a parameter that appears twice, or an answer that is
//! both yes and no, is nobody's honest browser. Other parameters have no effect.

use url::form_urlencoded;

use crate::{Error, Result};

/// The way back from the consent page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callback {
    /// Must be one that we gave out; check it before believing anything else.
    pub state: String,
    /// The member's answer.
    pub answer: Consent,
    issuer: Option<String>,
}

/// The member's answer on the consent page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Consent {
    /// Yes; the code can be traded for a token.
    Code(String),
    /// No.
    Cancelled,
    /// The network did not even ask.
    Refused,
}

impl Callback {
    /// Reads the query of a callback.
    ///
    /// # Errors
    /// `state.invalid`.
    pub fn parse(query: &str) -> Result<Self> {
        let [mut state, mut code, mut error, mut iss] = [const { None }; 4];
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let slot = match &*name {
                "state" => &mut state,
                "code" => &mut code,
                "error" => &mut error,
                "iss" => &mut iss,
                _ => continue,
            };
            if slot.replace(value.into_owned()).is_some() {
                return Err(invalid());
            }
        }
        let state = state.filter(|state| !state.is_empty() && state.len() <= 200).ok_or_else(invalid)?;
        let answer = match (code, error.as_deref()) {
            (Some(code), None) if !code.is_empty() && code.len() <= 4096 => Consent::Code(code),
            (None, Some("user_cancelled_login" | "user_cancelled_authorize" | "access_denied")) => Consent::Cancelled,
            (None, Some(_)) => Consent::Refused,
            _ => return Err(invalid()),
        };
        Ok(Self { state, answer, issuer: iss })
    }

    /// Insists that the one who sent the browser back is the one it was sent to, if it says who it is.
    ///
    /// # Errors
    /// `state.invalid`.
    pub fn insist_on(&self, issuer: &str) -> Result<()> {
        if self.issuer.as_deref().is_none_or(|named| named == issuer) { Ok(()) } else { Err(invalid()) }
    }
}

fn invalid() -> Error {
    Error::refused("state.invalid", "This way back is not valid. Start again.")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ISSUER: &str = "https://www.linkedin.com/oauth";

    fn read(query: &str) -> Result<Callback> {
        let callback = Callback::parse(query)?;
        callback.insist_on(ISSUER).map(|()| callback)
    }

    #[test]
    fn the_honest_ways_back() {
        let answer = |query| read(query).unwrap().answer;
        assert_eq!(answer("code=abc&state=s"), Consent::Code("abc".into()));
        assert_eq!(
            answer("state=s&code=abc&iss=https%3A%2F%2Fwww.linkedin.com%2Foauth&new=1"),
            Consent::Code("abc".into())
        );
        assert_eq!(answer("error=user_cancelled_login&error_description=x&state=s"), Consent::Cancelled);
        assert_eq!(answer("error=user_cancelled_authorize&state=s"), Consent::Cancelled);
        assert_eq!(answer("error=unauthorized_scope_error&state=s"), Consent::Refused);
    }

    #[test]
    fn o1_crooked_ways_back_are_refused() {
        let long = format!("state=s&code={}", "x".repeat(5000));
        for query in [
            "",
            "code=abc",
            "state=s",
            "state=&code=abc",
            "state=s&code=",
            "state=s&state=t&code=abc",
            "state=s&code=abc&code=def",
            "state=s&code=abc&error=access_denied",
            "state=s&code=abc&iss=https%3A%2F%2Fevil.example",
            "state=s&code=abc&iss=",
            &long,
        ] {
            assert!(read(query).is_err(), "{query}");
        }
    }
}
