//! The way to the organisation's mail server: TLS always, but for a server on this machine itself.

use std::{net::IpAddr, time::Duration};

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    transport::smtp::{
        authentication::Credentials,
        client::{Tls, TlsParameters},
        extension::ClientId,
    },
};
use secrecy::ExposeSecret;
use url::Host;

use super::{ConsentedMail, Failure, MailConfig, Sender};
use crate::config::Config;

/// Each step of the conversation.
const STEP: Duration = Duration::from_secs(20);
/// The whole of it; shorter than a lease.
const WHOLE: Duration = Duration::from_mins(1);

/// Sends mails. Cheap to clone.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    pub(super) sender: Sender,
    /// Where links lead.
    pub(super) origin: String,
    /// The name behind the `@` of a `Message-ID`.
    pub(super) host: String,
}

impl Mailer {
    /// A way out as configured; none: no mail is sent.
    ///
    /// # Errors
    /// When no secure connection can be made from this machine.
    pub fn new(config: &Config) -> anyhow::Result<Option<Self>> {
        let MailConfig { url: Some(url), from: Some(sender), password, .. } = &config.mail else { return Ok(None) };
        // `url` knows no addresses in the schemes of mail, only names.
        let name = url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        let is_here = name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
        let is_wrapped = url.scheme() == "smtps";
        let tls = match (is_wrapped, is_here) {
            (true, _) => Tls::Wrapper(TlsParameters::new_rustls(name.clone())?),
            (false, true) => Tls::None,
            (false, false) => Tls::Required(TlsParameters::new_rustls(name.clone())?),
        };
        let port = url.port().unwrap_or(if is_wrapped { 465 } else { 587 });
        let mut transport =
            AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(name).port(port).tls(tls).timeout(Some(STEP));
        let base = config.base_url.as_ref();
        if let Some(Host::Domain(own)) = base.and_then(url::Url::host) {
            transport = transport.hello_name(ClientId::Domain(own.to_owned()));
        }
        if let Some(password) = password {
            let password = password.expose_secret().to_owned();
            transport = transport.credentials(Credentials::new(url.username().to_owned(), password));
        }
        let host = base.and_then(url::Url::host_str).unwrap_or("localhost").trim_matches(['[', ']']).to_owned();
        Ok(Some(Self { transport: transport.build(), sender: sender.clone(), origin: config.origin(), host }))
    }

    /// Hands a mail to the server.
    ///
    /// # Errors
    /// Why the server did not take it.
    pub async fn send(&self, mail: ConsentedMail) -> Result<(), Failure> {
        match tokio::time::timeout(WHOLE, self.transport.send(mail.into_message())).await {
            Ok(Ok(_)) => Ok(()),
            Err(_) => Err(Failure::Slow),
            Ok(Err(error)) => Err(match error.status() {
                Some(code) => Failure::Answered(code.into()),
                None if error.is_timeout() => Failure::Slow,
                None if error.is_tls() => Failure::Tls,
                None => Failure::Unreachable,
            }),
        }
    }
}
