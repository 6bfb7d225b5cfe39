//! The words that people say yes to. An edition is never changed once somebody could have seen it: a new one is added,
//! and the old one stays, so that what was said can be shown for ever.

use sha2::{Digest, Sha256};

use super::Purpose;
use crate::person::Language;

/// One edition of the words, in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    /// Purpose, edition and language, as in `connection_reminders.1.nl`.
    pub id: &'static str,
    /// Of the words.
    pub language: Language,
    /// To the letter.
    pub words: &'static str,
}

/// Every edition, the newest of a purpose and language first.
const TEXTS: [(Purpose, Text); 2] = [
    (
        Purpose::ConnectionReminders,
        Text {
            id: "connection_reminders.1.nl",
            language: Language::Nl,
            words: "Mail mij 14, 7, 3 en 1 dag voordat een koppeling met een netwerk eindigt, en één keer als zij geëindigd is.",
        },
    ),
    (
        Purpose::ConnectionReminders,
        Text {
            id: "connection_reminders.1.en",
            language: Language::En,
            words: "Mail me 14, 7, 3 and 1 days before a connection to a network ends, and once when it has ended.",
        },
    ),
];

impl Text {
    /// What proves the words later.
    #[must_use]
    pub fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.words).to_vec()
    }
}

impl Purpose {
    /// The words of today.
    ///
    /// # Panics
    /// Never: every purpose has its words in every language.
    #[must_use]
    pub fn text(self, language: Language) -> Text {
        let of = |(purpose, text): &(Self, Text)| *purpose == self && text.language == language;
        TEXTS.into_iter().find(of).expect("every purpose has its words in every language").1
    }

    /// The words with this id.
    pub(super) fn text_by_id(self, id: &str) -> Option<Text> {
        TEXTS.into_iter().find(|(purpose, text)| *purpose == self && text.id == id).map(|(_, text)| text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_purpose_has_its_words_in_every_language_under_ids_of_their_own() {
        for purpose in Purpose::ALL {
            for language in [Language::Nl, Language::En] {
                let text = purpose.text(language);
                assert_eq!(purpose.text_by_id(text.id), Some(text));
            }
        }
        let mut ids = TEXTS.map(|(_, text)| text.id).to_vec();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), TEXTS.len());
    }

    /// These hashes stand in databases: words that change need an edition of their own.
    #[test]
    fn g2_words_that_were_shown_stay_to_the_letter() {
        let hash = |text: Text| hex::encode(text.hash())[..16].to_owned();
        let hashes = TEXTS.map(|(_, text)| (text.id, hash(text)));
        assert_eq!(
            hashes,
            [
                ("connection_reminders.1.nl", "b97e48679f296dd1".to_owned()),
                ("connection_reminders.1.en", "b44c3ad259a6eda4".to_owned()),
            ]
        );
    }
}
