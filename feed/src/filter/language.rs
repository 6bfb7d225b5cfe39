//! Which language a text is in, told by its most common words. Enough to keep German news out of a Dutch feed;
//! no more than that, so a text with too few of them is in no language.

use std::collections::HashSet;

use super::Language;
use crate::item::Item;

/// Words that are common in one language and rare in the others.
const COMMON: [(Language, &[&str]); 4] = [
    (
        Language::Nl,
        &[
            "het", "een", "van", "voor", "niet", "zijn", "aan", "ook", "wordt", "bij", "naar", "maar", "deze", "meer",
            "ons", "onze", "wij", "jij", "jouw", "hoe", "waarom", "nieuwe", "en", "met", "op", "dat", "dit", "door",
            "uit", "kunnen", "heeft", "hebben", "te", "je",
        ],
    ),
    (
        Language::En,
        &[
            "the", "and", "of", "to", "for", "with", "that", "this", "are", "you", "your", "our", "how", "why", "from",
            "have", "has", "can", "will", "new", "what", "not", "it", "by", "be", "at",
        ],
    ),
    (
        Language::De,
        &[
            "der", "und", "das", "ist", "nicht", "ein", "eine", "einen", "für", "mit", "von", "auf", "dem", "den",
            "im", "zu", "wie", "sich", "auch", "wir", "uns", "unsere", "werden", "wird", "bei", "oder", "neue", "zum",
            "zur",
        ],
    ),
    (
        Language::Fr,
        &[
            "le", "la", "les", "et", "un", "une", "du", "est", "pour", "pas", "que", "qui", "dans", "sur", "avec",
            "au", "aux", "nous", "vous", "votre", "notre", "plus", "sont", "ce", "cette", "comment", "ses",
        ],
    ),
];
/// Bytes that are looked at; a language shows early.
const ENOUGH: usize = 4096;
/// Fewest different common words that tell a language.
const FEWEST: usize = 2;

impl Language {
    /// The code in ISO 639-1.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Nl => "nl",
            Self::En => "en",
            Self::De => "de",
            Self::Fr => "fr",
        }
    }
}

pub(super) fn of_item(item: &Item) -> Option<Language> {
    let text = [item.title.as_deref(), item.text.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    of(&text)
}

/// The language with clearly the most different common words.
fn of(text: &str) -> Option<Language> {
    let text = text[..text.floor_char_boundary(ENOUGH)].to_lowercase();
    let words: HashSet<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
    let mut found =
        COMMON.map(|(language, common)| (common.iter().filter(|word| words.contains(*word)).count(), language));
    found.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let [(most, language), (second, _), ..] = found;
    (most >= FEWEST && most > second).then_some(language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_tell_the_language_and_too_few_tell_none() {
        for (text, language) in [
            ("Waarom wij kiezen voor een warmtepomp in deze wijk", Some(Language::Nl)),
            ("Hoe je met zonnepanelen op het dak geld bespaart", Some(Language::Nl)),
            ("How to save energy with the new solar panels on your roof", Some(Language::En)),
            ("Our plan for 2026 and what it means", Some(Language::En)),
            ("Wie wir mit einer neuen Anlage Energie für das Dorf erzeugen", Some(Language::De)),
            ("Die neue Anlage ist fertig und wird im Mai eröffnet", Some(Language::De)),
            ("Comment nous avons installé les panneaux sur le toit", Some(Language::Fr)),
            ("Un nouveau projet pour la ville et ses habitants", Some(Language::Fr)),
            ("Energy 2026", None),
            ("Vacature: monteur", None),
            ("", None),
            ("12345 !!! …", None),
        ] {
            assert_eq!(of(text), language, "{text}");
        }
    }
}
