//! The disclosure line: that somebody works here, below the text of every share. The person cannot leave it out.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Error, Result, db::Tx, id::PersonId, line, person::Language, sql};

/// Most characters of a line.
const LONGEST: usize = 200;
/// What stands between the person's text and the line.
const BETWEEN: &str = "\n\n";

/// The line in each language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Disclosure {
    /// In Dutch; one line of up to 200 characters.
    pub nl: String,
    /// In English; one line of up to 200 characters.
    pub en: String,
}

/// The two columns.
#[derive(sqlx::FromRow)]
pub(super) struct Stored {
    disclosure_nl: Option<String>,
    disclosure_en: Option<String>,
}

impl From<Stored> for Option<Disclosure> {
    fn from(stored: Stored) -> Self {
        let (nl, en) = stored.disclosure_nl.zip(stored.disclosure_en)?;
        Some(Disclosure { nl, en })
    }
}

impl Disclosure {
    /// Checks what an admin wrote: a line in both languages.
    pub(super) fn checked(self) -> Result<Self> {
        let parse = |pointer, text: &str| line::parse(pointer, text, LONGEST);
        match (parse("/disclosure/nl", &self.nl), parse("/disclosure/en", &self.en)) {
            (Ok(nl), Ok(en)) => Ok(Self { nl, en }),
            (nl, en) => Err(Error::all([nl.err(), en.err()])),
        }
    }

    fn line(&self, language: Language) -> &str {
        match language {
            Language::Nl => &self.nl,
            Language::En => &self.en,
        }
    }
}

/// The line as it stands below the texts of one person.
#[derive(Debug)]
pub struct OwnLine {
    disclosure: Option<Disclosure>,
    language: Language,
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    disclosure: Stored,
    language: Language,
}

impl OwnLine {
    /// Of this person, today.
    ///
    /// # Errors
    /// When there is no such person.
    pub async fn of(tx: &mut Tx, person: PersonId) -> Result<Self> {
        let row: Row = sql!(
            tx,
            fetch_one,
            "select o.disclosure_nl, o.disclosure_en, p.language from people p cross join organisation o where p.id = $1",
            person
        )?;
        Ok(Self { disclosure: row.disclosure.into(), language: row.language })
    }

    /// In the language of the post, else of the person; none: the organisation adds nothing.
    #[must_use]
    pub fn of_post(&self, language: Option<Language>) -> Option<&str> {
        self.disclosure.as_ref().map(|disclosure| disclosure.line(language.unwrap_or(self.language)))
    }

    /// What still has to be added to a text; none also when it ends with the line already.
    #[must_use]
    pub fn missing(&self, language: Option<Language>, text: &str) -> Option<&str> {
        self.of_post(language).filter(|line| !ends_with(text, line))
    }
}

/// True when the last words of a text are this line.
fn ends_with(text: &str, line: &str) -> bool {
    let before = text.trim_end().strip_suffix(line);
    before.is_some_and(|before| !before.ends_with(char::is_alphanumeric))
}

/// A text as it goes out: with what the organisation adds below it.
#[must_use]
pub fn below(text: &str, line: Option<&str>) -> String {
    match line {
        Some(line) if text.is_empty() => line.to_owned(),
        Some(line) => format!("{text}{BETWEEN}{line}"),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(nl: &str, en: &str) -> Disclosure {
        Disclosure { nl: nl.to_owned(), en: en.to_owned() }
    }

    fn own(language: Language) -> OwnLine {
        OwnLine { disclosure: Some(lines("Ik werk bij Acme.", "I work at Acme.")), language }
    }

    #[test]
    fn the_line_is_in_the_language_of_the_post_or_else_of_the_person() {
        use Language::{En, Nl};
        for (person, post, line) in [
            (Nl, None, "Ik werk bij Acme."),
            (En, None, "I work at Acme."),
            (Nl, Some(En), "I work at Acme."),
            (En, Some(Nl), "Ik werk bij Acme."),
        ] {
            assert_eq!(own(person).of_post(post), Some(line), "{person:?} {post:?}");
        }
        assert_eq!(OwnLine { disclosure: None, language: Nl }.of_post(None), None);
    }

    #[test]
    fn a_text_that_ends_with_the_line_does_not_get_it_twice() {
        let own = own(Language::En);
        let whole = |text: &str| below(text, own.missing(None, text));
        for (text, goes_out) in [
            ("Look", "Look\n\nI work at Acme."),
            ("Look\n\nI work at Acme.", "Look\n\nI work at Acme."),
            ("Look. I work at Acme.", "Look. I work at Acme."),
            ("I work at Acme.", "I work at Acme."),
            ("I work at Acme. Look", "I work at Acme. Look\n\nI work at Acme."),
            ("HAI work at Acme.", "HAI work at Acme.\n\nI work at Acme."),
        ] {
            assert_eq!(whole(text), goes_out);
            assert_eq!(whole(goes_out), goes_out, "twice");
        }
    }

    #[test]
    fn both_languages_have_a_short_line() {
        assert!(
            lines(" Ik werk bij Acme. ", "I work at Acme.").checked().is_ok_and(|lines| lines.nl.starts_with("Ik"))
        );
        let long = "é".repeat(201);
        for (bad, at) in [
            (lines("", "I work at Acme."), "/disclosure/nl"),
            (lines("Ik werk bij Acme.", " "), "/disclosure/en"),
            (lines("Ik werk\nbij Acme.", "I work at Acme."), "/disclosure/nl"),
            (lines("Ik werk bij Acme.", &long), "/disclosure/en"),
            (lines("", " "), "/disclosure/nl /disclosure/en"),
        ] {
            let Err(Error::Invalid(faults)) = bad.checked() else { panic!("{at}") };
            assert_eq!(faults.iter().map(|fault| &*fault.pointer).collect::<Vec<_>>().join(" "), at);
        }
    }
}
