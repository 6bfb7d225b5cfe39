//! Where mails go out, as the operator set it; without it no mail is sent.
#![expect(clippy::doc_markdown, reason = "the comments on settings are the help texts of the command line")]
#![expect(rustdoc::bare_urls, reason = "the comments on settings are the help texts of the command line")]

use std::{fmt, path::PathBuf, str::FromStr};

use anyhow::{Context, ensure};
use clap::Args;
use lettre::message::Mailbox;
use secrecy::SecretString;
use url::Url;

/// The organisation's mail server.
#[derive(Debug, Clone, Default, Args)]
pub struct MailConfig {
    /// Mail server: smtps://user@mail.example.com, or smtp:// for STARTTLS; without it no mail is sent
    #[arg(id = "smtp_url", long = "smtp-url", env = "KLAROEN_SMTP_URL", value_name = "URL")]
    pub url: Option<Url>,
    /// File with the password of the mail server's user
    #[arg(
        id = "smtp_password_file",
        long = "smtp-password-file",
        env = "KLAROEN_SMTP_PASSWORD_FILE",
        value_name = "FILE"
    )]
    pub password_file: Option<PathBuf>,
    /// Sender of mails, as in "Klaroen <klaroen@example.com>"
    #[arg(id = "mail_from", long = "mail-from", env = "KLAROEN_MAIL_FROM", value_name = "ADDRESS")]
    pub from: Option<Sender>,
    /// The password itself; only the tests set it here.
    #[arg(skip)]
    pub password: Option<SecretString>,
}

/// A sender that has been read; one line, with an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender(pub(super) Mailbox);

impl FromStr for Sender {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> anyhow::Result<Self> {
        ensure!(!text.contains(char::is_control), "a sender is one line");
        Ok(Self(text.trim().parse().context("write Name <address> or an address alone")?))
    }
}

impl MailConfig {
    /// Checks what clap cannot, and reads the password's file.
    ///
    /// # Errors
    /// One sentence that names the setting and says what it should be.
    pub fn validated(mut self) -> anyhow::Result<Self> {
        ensure!(
            self.url.is_some() == self.from.is_some(),
            "mail needs both KLAROEN_SMTP_URL and KLAROEN_MAIL_FROM, or neither"
        );
        if let Some(file) = &self.password_file {
            let secret = std::fs::read_to_string(file)
                .with_context(|| format!("KLAROEN_SMTP_PASSWORD_FILE: cannot read {}", file.display()))?;
            self.password = Some(secret.trim().to_owned().into());
        }
        let Some(url) = &self.url else {
            ensure!(self.password.is_none(), "KLAROEN_SMTP_PASSWORD_FILE needs KLAROEN_SMTP_URL");
            return Ok(self);
        };
        ensure!(
            matches!(url.scheme(), "smtp" | "smtps") && url.host_str().is_some_and(|host| !host.is_empty()),
            "KLAROEN_SMTP_URL must be smtps://user@HOST:PORT, or smtp:// for STARTTLS"
        );
        ensure!(
            url.password().is_none(),
            "the password of KLAROEN_SMTP_URL belongs into a file; name it in KLAROEN_SMTP_PASSWORD_FILE"
        );
        ensure!(
            url.username().is_empty() == self.password.is_none(),
            "KLAROEN_SMTP_URL names a user and KLAROEN_SMTP_PASSWORD_FILE their password, or neither does"
        );
        Ok(self)
    }

    /// Makes a practice mail server on this machine the way out.
    ///
    /// # Errors
    /// When `server` is not an address with a port.
    pub fn practise_at(&mut self, server: std::net::SocketAddr) -> anyhow::Result<()> {
        self.url = Some(Url::parse(&format!("smtp://{server}"))?);
        self.from = Some("Klaroen <klaroen@klaroen.example>".parse()?);
        Ok(())
    }
}

/// One line for the log at start; no secret in it.
impl fmt::Display for MailConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.url, &self.from) {
            (Some(url), Some(Sender(from))) => write!(f, "{url} as {from}"),
            _ => f.write_str("off: reminders are shown in the app only"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, from: Option<&str>, password: Option<&str>) -> Result<MailConfig, String> {
        let config = MailConfig {
            url: Some(Url::parse(url).unwrap()),
            from: from.map(|from| from.parse().unwrap()),
            password: password.map(|password| password.to_owned().into()),
            ..MailConfig::default()
        };
        config.validated().map_err(|error| format!("{error:#}"))
    }

    #[test]
    fn wrong_settings_are_refused_in_words() {
        let from = Some("Klaroen <k@example.com>");
        for (result, words) in [
            (check("smtps://mail.example.com", None, None), "needs both"),
            (check("https://mail.example.com", from, None), "must be smtps://"),
            (check("smtps://user:secret@mail.example.com", from, None), "belongs into a file"),
            (check("smtps://user@mail.example.com", from, None), "or neither does"),
            (check("smtps://mail.example.com", from, Some("x")), "or neither does"),
        ] {
            let message = result.err().unwrap_or_default();
            assert!(message.contains(words), "{message:?} should contain {words:?}");
        }
        let good = check("smtps://user@mail.example.com", from, Some("hunter2")).unwrap();
        let printed = format!("{good} {good:?}");
        assert!(printed.contains("user@mail.example.com") && !printed.contains("hunter2"), "{printed}");
        assert!(MailConfig::default().validated().is_ok());
    }

    #[test]
    fn f12_a_sender_is_one_line() {
        for bad in ["a@example.com\r\nBcc: b@example.com", "K\n <a@example.com>", "Klaroen", ""] {
            assert!(bad.parse::<Sender>().is_err(), "{bad:?}");
        }
    }
}
