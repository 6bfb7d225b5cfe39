//! The only mail there is: one that its recipient said yes to.

use std::time::SystemTime;

use chrono::{DateTime, Utc};
use lettre::{
    Address, Message,
    message::{
        Mailbox, MultiPart, MultiPartKind, SinglePart,
        header::{HeaderName, HeaderValue},
    },
};

use super::{Failure, Sender, letter::Letter};
use crate::{consent::LiveConsent, id::MailId, person::Person};

/// Between the two forms of a letter; fixed, so that two people's mails do not differ in it.
const BOUNDARY: &str = "klaroen-uYx3vQ8nE2sJ6tWz-alternative";

/// A mail that may be sent. Its field is private, and there is no way to one without a live consent:
///
/// ```compile_fail,E0451
/// let forged = klaroen_core::mail::ConsentedMail { message: todo!() };
/// ```
pub struct ConsentedMail {
    message: Message,
}

impl ConsentedMail {
    /// Writes the letter to the one whose consent it is.
    ///
    /// # Errors
    /// `Failure::Field` when a header would hold what is no single line, or the consent is somebody else's.
    pub(super) fn write(
        consent: &LiveConsent,
        recipient: &Person,
        letter: &Letter,
        (sender, host): (&Sender, &str),
        id: MailId,
        at: DateTime<Utc>,
    ) -> Result<Self, Failure> {
        if consent.person() != recipient.id {
            return Err(Failure::Field);
        }
        let address: Address = one_line(&recipient.email)?.parse().map_err(|_| Failure::Field)?;
        let to = Mailbox::new(Some(one_line(&recipient.name)?.to_owned()), address);
        let stop = format!("<{}>", one_line(&letter.stop.1)?);
        let builder = Message::builder()
            .from(sender.0.clone())
            .to(to)
            .subject(one_line(&letter.subject)?)
            .date(SystemTime::from(at))
            .message_id(Some(format!("<{id}@{host}>")))
            .raw_header(as_it_is("List-Unsubscribe", stop)?)
            .raw_header(as_it_is("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned())?)
            .raw_header(as_it_is("Auto-Submitted", "auto-generated".to_owned())?);
        let both = MultiPart::builder()
            .kind(MultiPartKind::Alternative)
            .boundary(BOUNDARY)
            .singlepart(SinglePart::plain(letter.text()))
            .singlepart(SinglePart::html(letter.html()));
        let message = builder.multipart(both).map_err(|_| Failure::Field)?;
        Ok(Self { message })
    }

    pub(super) fn into_message(self) -> Message {
        self.message
    }
}

/// What stands in a header is one line and holds no other control character.
fn one_line(text: &str) -> Result<&str, Failure> {
    if text.contains(char::is_control) { Err(Failure::Field) } else { Ok(text) }
}

/// A header of ours whose value must not be wrapped or encoded, such as an address.
fn as_it_is(name: &'static str, value: String) -> Result<HeaderValue, Failure> {
    let is_plain = value.len() < 900 && value.bytes().all(|byte| byte.is_ascii_graphic());
    let name = HeaderName::new_from_ascii_str(name);
    if is_plain { Ok(HeaderValue::dangerous_new_pre_encoded(name, value.clone(), value)) } else { Err(Failure::Field) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f12_a_header_field_is_one_line() {
        for bad in ["a\r\nBcc: b@example.com", "a\nb", "a\rb", "a\0b", "a\u{85}b"] {
            assert_eq!(one_line(bad), Err(Failure::Field), "{bad:?}");
            assert!(as_it_is("List-Unsubscribe", bad.to_owned()).is_err(), "{bad:?}");
        }
        assert!(one_line("Zoë van der Berg").is_ok());
        assert!(as_it_is("List-Unsubscribe", "<https://k.example/unsubscribe/x>".to_owned()).is_ok());
    }
}
