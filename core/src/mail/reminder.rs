//! The words of a reminder: a connection ends, or has ended. Pure.

use chrono::NaiveDate;

use super::{day::day, letter::Letter};
use crate::{consent::Text, network::Network, person::Language};

/// What there is to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// It ends on that day.
    Ends(NaiveDate),
    /// It ran out.
    Expired,
    /// The network no longer takes it.
    Revoked,
}

/// What a reminder is made of; days are those of the person's time zone.
#[derive(Debug, Clone)]
pub struct Facts<'a> {
    /// The person's.
    pub language: Language,
    /// The person's.
    pub name: &'a str,
    /// What there is to say.
    pub news: News,
    /// Where.
    pub network: Network,
    /// The name of the account there.
    pub account: &'a str,
    /// Shares that wait for it or are planned.
    pub waiting: i64,
    /// When the first of them is given up.
    pub kept_until: Option<NaiveDate>,
    /// Where it can be renewed, and until when the link works; no day: it always does.
    pub link: (String, Option<NaiveDate>),
    /// What the person said yes to, and when.
    pub consent: (Option<Text>, NaiveDate),
    /// Where the mails can be ended.
    pub stop: String,
}

/// Writes the reminder.
#[must_use]
pub fn write(facts: &Facts<'_>) -> Letter {
    match facts.language {
        Language::Nl => dutch(facts),
        Language::En => english(facts),
    }
}

fn dutch(facts: &Facts<'_>) -> Letter {
    let Facts { name, network, account, waiting, .. } = *facts;
    let (network, day) = (network.name(), |date| day(date, Language::Nl));
    let shares = if waiting == 1 { "1 bericht".to_owned() } else { format!("{waiting} berichten") };
    let (subject, what) = match facts.news {
        News::Ends(date) => (
            format!("Je koppeling met {network} eindigt op {}", day(date)),
            format!(
                "Je koppeling met {network} ({account}) eindigt op {}. Daarna plaatst Klaroen daar niets meer voor je, tot je haar vernieuwt.",
                day(date)
            ),
        ),
        News::Expired => (
            format!("Je koppeling met {network} is afgelopen"),
            format!(
                "Je koppeling met {network} ({account}) is afgelopen. Klaroen plaatst daar niets meer voor je, tot je haar vernieuwt."
            ),
        ),
        News::Revoked => (
            format!("Je koppeling met {network} werkt niet meer"),
            format!(
                "{network} accepteert je koppeling ({account}) niet meer. Misschien heb je haar daar beëindigd. Klaroen plaatst daar niets meer voor je, tot je haar vernieuwt."
            ),
        ),
    };
    let waits = match (waiting, facts.news, facts.kept_until) {
        (0, ..) => None,
        (_, News::Ends(_), _) => Some(format!("Je hebt daar nog {shares} gepland.")),
        (_, _, Some(until)) => Some(format!(
            "Er {} {shares}, bewaard tot en met {}. Vernieuw je op tijd, dan wordt alles vanzelf geplaatst.",
            if waiting == 1 { "wacht" } else { "wachten" },
            day(until)
        )),
        (_, _, None) => Some(format!("Er {} {shares}.", if waiting == 1 { "wacht" } else { "wachten" })),
    };
    let (said, on) = &facts.consent;
    let said = said.map(|text| format!(": “{}”", text.words)).unwrap_or_default();
    Letter {
        language: Language::Nl,
        subject,
        paragraphs: [Some(format!("Dag {name},")), Some(what), waits].into_iter().flatten().collect(),
        action: ("Vernieuw je koppeling".to_owned(), facts.link.0.clone()),
        after: facts
            .link
            .1
            .map(|until| format!("De link werkt tot en met {} en alleen voor dit account bij {network}.", day(until)))
            .into_iter()
            .collect(),
        reason: format!("Je krijgt deze mail omdat je op {} ja zei{said}", day(*on)),
        stop: ("Geen mails meer".to_owned(), facts.stop.clone()),
    }
}

fn english(facts: &Facts<'_>) -> Letter {
    let Facts { name, network, account, waiting, .. } = *facts;
    let (network, day) = (network.name(), |date| day(date, Language::En));
    let shares = if waiting == 1 { "1 share".to_owned() } else { format!("{waiting} shares") };
    let (subject, what) = match facts.news {
        News::Ends(date) => (
            format!("Your {network} connection ends on {}", day(date)),
            format!(
                "Your {network} connection ({account}) ends on {}. After that Klaroen posts nothing there for you until you renew it.",
                day(date)
            ),
        ),
        News::Expired => (
            format!("Your {network} connection has ended"),
            format!(
                "Your {network} connection ({account}) has ended. Klaroen posts nothing there for you until you renew it."
            ),
        ),
        News::Revoked => (
            format!("Your {network} connection no longer works"),
            format!(
                "{network} no longer accepts your connection ({account}). You may have ended it there. Klaroen posts nothing there for you until you renew it."
            ),
        ),
    };
    let waits = match (waiting, facts.news, facts.kept_until) {
        (0, ..) => None,
        (_, News::Ends(_), _) => Some(format!("You have {shares} planned there.")),
        (_, _, Some(until)) => Some(format!(
            "{shares} {}, kept until {}. Renew in time and all of it goes out by itself.",
            if waiting == 1 { "waits" } else { "wait" },
            day(until)
        )),
        (_, _, None) => Some(format!("{shares} {}.", if waiting == 1 { "waits" } else { "wait" })),
    };
    let (said, on) = &facts.consent;
    let said = said.map(|text| format!(": “{}”", text.words)).unwrap_or_default();
    Letter {
        language: Language::En,
        subject,
        paragraphs: [Some(format!("Hello {name},")), Some(what), waits].into_iter().flatten().collect(),
        action: ("Renew your connection".to_owned(), facts.link.0.clone()),
        after: facts
            .link
            .1
            .map(|until| format!("The link works until {} and only for this account at {network}.", day(until)))
            .into_iter()
            .collect(),
        reason: format!("You get this mail because you said yes on {}{said}", day(*on)),
        stop: ("No more mails".to_owned(), facts.stop.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consent::Purpose;

    fn date(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 12, day).unwrap()
    }

    fn facts(language: Language, news: News, waiting: i64) -> Facts<'static> {
        Facts {
            language,
            name: "Person 001",
            news,
            network: Network::LinkedIn,
            account: "Member 007",
            waiting,
            kept_until: (waiting > 0).then(|| date(10)),
            link: ("https://k.example/renew#token".to_owned(), Some(date(17))),
            consent: (Some(Purpose::ConnectionReminders.text(language)), date(1)),
            stop: "https://k.example/unsubscribe/token".to_owned(),
        }
    }

    #[test]
    fn the_words_in_both_languages() {
        let letter = write(&facts(Language::Nl, News::Ends(date(3)), 0));
        assert_eq!(letter.subject, "Je koppeling met LinkedIn eindigt op donderdag 3 december 2026");
        assert_eq!(letter.paragraphs.len(), 2, "nothing is said of nothing");
        let letter = write(&facts(Language::Nl, News::Revoked, 2));
        assert_eq!(
            letter.paragraphs[2],
            "Er wachten 2 berichten, bewaard tot en met donderdag 10 december 2026. Vernieuw je op tijd, dan wordt alles vanzelf geplaatst."
        );
        let letter = write(&facts(Language::En, News::Expired, 1));
        assert_eq!(letter.subject, "Your LinkedIn connection has ended");
        assert_eq!(
            letter.paragraphs[2],
            "1 share waits, kept until Thursday 10 December 2026. Renew in time and all of it goes out by itself."
        );
        assert!(letter.reason.ends_with("once when it has ended.”"), "{}", letter.reason);
    }

    #[test]
    fn every_letter_leads_only_to_our_own_host() {
        for language in [Language::Nl, Language::En] {
            for news in [News::Ends(date(3)), News::Expired, News::Revoked] {
                for waiting in [0, 1, 2] {
                    let letter = write(&facts(language, news, waiting));
                    let (text, html) = (letter.text(), letter.html());
                    assert_eq!(text.matches("://").count(), text.matches("https://k.example/").count(), "{text}");
                    assert_eq!(html.matches("://").count(), 2, "{html}");
                    assert!(!html.contains("<img") && !html.contains("src="), "{html}");
                }
            }
        }
    }
}
