//! Settings: from the environment and flags only, validated once at start, printable without secrets.
#![expect(clippy::disallowed_methods, reason = "this is the one place that reads the environment")]
#![expect(clippy::doc_markdown, reason = "the comments on settings are the help texts of the command line")]
#![expect(rustdoc::bare_urls, reason = "the comments on settings are the help texts of the command line")]

use std::{net::SocketAddr, path::PathBuf, str::FromStr};

use anyhow::{Context, bail, ensure};
use clap::Args;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::{
    mail::MailConfig,
    network::{Network, linkedin::version::Versions},
};

/// What an operator may set. Every flag has an environment variable of the same meaning.
#[derive(Debug, Clone, Args)]
pub struct Config {
    /// Address to listen on; port 0 lets the system choose and the chosen one is printed
    #[arg(long, env = "KLAROEN_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDR:PORT")]
    pub listen: SocketAddr,
    /// Address people use in their browser, as https://klaroen.example.com [default: http://LISTEN]
    #[arg(long, env = "KLAROEN_BASE_URL", value_name = "URL")]
    pub base_url: Option<Url>,
    /// Folder of the embedded database and the key file
    #[arg(long, env = "KLAROEN_DATA_DIR", default_value = "data", value_name = "DIR")]
    pub data_dir: PathBuf,
    /// postgres://... or sqlite:FILE [default: sqlite:DATA_DIR/klaroen.db]
    #[arg(long, env = "KLAROEN_DATABASE_URL", hide_env_values = true, value_name = "URL")]
    pub database_url: Option<SecretString>,
    /// File with the secret that seals tokens; keep a copy, not beside the database's backup
    /// [default: DATA_DIR/secret.key, made at the first start]
    #[arg(long, env = "KLAROEN_SECRET_KEY_FILE", value_name = "FILE")]
    pub secret_key_file: Option<PathBuf>,
    /// Hosts in your own network that may be asked although they are not public (exact host:port, separated by commas)
    #[arg(long, env = "KLAROEN_ALLOW_HOSTS", value_delimiter = ',', value_name = "HOST:PORT")]
    pub allow_hosts: Vec<HostPort>,
    /// Proxies whose X-Forwarded-For is believed (addresses, separated by commas)
    #[arg(long, env = "KLAROEN_TRUSTED_PROXIES", value_delimiter = ',', value_name = "ADDR")]
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// Address of the Prometheus metrics; none: no metrics
    #[arg(long, env = "KLAROEN_METRICS_LISTEN", value_name = "ADDR:PORT")]
    pub metrics_listen: Option<SocketAddr>,
    /// Networks on which people may connect an account (linkedin, mastodon, bluesky; separated by commas)
    #[arg(
        long,
        env = "KLAROEN_NETWORKS",
        value_delimiter = ',',
        default_value = "linkedin,mastodon,bluesky",
        value_name = "NETWORK"
    )]
    pub networks: Vec<Network>,
    /// The server that accounts at Bluesky sign in at
    #[arg(long, env = "KLAROEN_BLUESKY_URL", default_value = "https://bsky.social", value_name = "URL")]
    pub bluesky_url: Url,
    /// Where people read posts of Bluesky; the sandbox in the demo
    #[arg(long, env = "KLAROEN_BLUESKY_SITE", default_value = "https://bsky.app", value_name = "URL")]
    pub bluesky_site: Url,
    /// LinkedIn application; without it nobody can connect an account
    #[command(flatten)]
    pub linkedin: LinkedInConfig,
    /// Mail server; without it reminders are shown in the app only
    #[command(flatten)]
    pub mail: MailConfig,
}

/// The LinkedIn application of this organisation.
#[derive(Debug, Clone, Args)]
pub struct LinkedInConfig {
    /// Client id of your LinkedIn application
    #[arg(long = "linkedin-client-id", env = "KLAROEN_LINKEDIN_CLIENT_ID", value_name = "ID")]
    pub client_id: Option<String>,
    /// File with the client secret of your LinkedIn application
    #[arg(long = "linkedin-client-secret-file", env = "KLAROEN_LINKEDIN_CLIENT_SECRET_FILE", value_name = "FILE")]
    pub client_secret_file: Option<PathBuf>,
    /// Versions of the LinkedIn API, as YYYYMM, newest first: the oldest is used until LinkedIn no longer serves it
    #[arg(
        long = "linkedin-version",
        env = "KLAROEN_LINKEDIN_VERSION",
        default_value = "202609",
        value_name = "YYYYMM"
    )]
    pub versions: Versions,
    /// Where members sign in; the sandbox in the demo
    #[arg(
        long = "linkedin-url",
        env = "KLAROEN_LINKEDIN_URL",
        default_value = "https://www.linkedin.com",
        value_name = "URL"
    )]
    pub url: Url,
    /// Where posts are sent; the sandbox in the demo
    #[arg(
        long = "linkedin-api-url",
        env = "KLAROEN_LINKEDIN_API_URL",
        default_value = "https://api.linkedin.com",
        value_name = "URL"
    )]
    pub api_url: Url,
    /// The client secret itself; only the demo and the tests set it here.
    #[arg(skip)]
    pub client_secret: Option<SecretString>,
}

/// An exact host and port.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct HostPort(pub String, pub u16);

impl FromStr for HostPort {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> anyhow::Result<Self> {
        let url = Url::parse(&format!("http://{text}/")).with_context(|| format!("{text:?} is not HOST:PORT"))?;
        let host = url.host_str().context("a host is missing")?;
        ensure!(text.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok()), "{text:?} has no port");
        Ok(Self(host.to_owned(), url.port_or_known_default().unwrap_or(80)))
    }
}

impl std::fmt::Display for HostPort {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.0, self.1)
    }
}

impl Config {
    /// Settings that no environment touches, for the demo and the tests: any free port on this machine, data in `dir`.
    ///
    /// # Panics
    /// Never: the literals in it are valid.
    #[must_use]
    pub fn practice(dir: PathBuf) -> Self {
        let url = |text| Url::parse(text).expect("a valid literal");
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            base_url: None,
            data_dir: dir,
            database_url: None,
            secret_key_file: None,
            allow_hosts: vec![],
            trusted_proxies: vec![],
            metrics_listen: None,
            networks: Network::ALL.to_vec(),
            bluesky_url: url("https://bsky.social"),
            bluesky_site: url("https://bsky.app"),
            linkedin: LinkedInConfig {
                client_id: None,
                client_secret_file: None,
                versions: "202609".parse().expect("a valid literal"),
                url: url("https://www.linkedin.com"),
                api_url: url("https://api.linkedin.com"),
                client_secret: None,
            },
            mail: MailConfig::default(),
        }
    }

    /// Makes practice networks at `origin` the outside world: `LinkedIn`'s application, and the permission to ask that host.
    ///
    /// # Errors
    /// When `origin` is not an address with a port.
    pub fn practise_at(&mut self, origin: &str, client_id: &str, client_secret: &str) -> anyhow::Result<()> {
        let url = Url::parse(origin)?;
        self.allow_hosts.push(origin.trim_start_matches("http://").parse()?);
        self.linkedin.client_id = Some(client_id.to_owned());
        self.linkedin.client_secret = Some(client_secret.to_owned().into());
        self.bluesky_site = url.join("/bluesky")?;
        self.bluesky_url = url.clone();
        self.linkedin.url = url.clone();
        self.linkedin.api_url = url;
        Ok(())
    }

    /// Checks what clap cannot: values that only make sense together. Fills in the defaults that depend on others
    /// and reads the client secret's file.
    ///
    /// # Errors
    /// One sentence that names the setting and says what it should be.
    pub fn validated(mut self) -> anyhow::Result<Self> {
        let base = match self.base_url.take() {
            Some(url) => url,
            None => Url::parse(&format!("http://{}", self.listen))?,
        };
        ensure!(
            base.path() == "/" && base.query().is_none() && base.fragment().is_none(),
            "KLAROEN_BASE_URL must be a bare origin such as https://klaroen.example.com, without a path"
        );
        let loopback = matches!(base.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
        if base.scheme() != "https" && !loopback {
            bail!("KLAROEN_BASE_URL must begin with https:// (http is only for this machine itself); it is {base}");
        }
        self.base_url = Some(base);
        if let Some(file) = &self.linkedin.client_secret_file {
            let secret = std::fs::read_to_string(file)
                .with_context(|| format!("KLAROEN_LINKEDIN_CLIENT_SECRET_FILE: cannot read {}", file.display()))?;
            self.linkedin.client_secret = Some(secret.trim().to_owned().into());
        }
        ensure!(
            self.linkedin.client_id.is_some() == self.linkedin.client_secret.is_some(),
            "LinkedIn needs both KLAROEN_LINKEDIN_CLIENT_ID and KLAROEN_LINKEDIN_CLIENT_SECRET_FILE, or neither"
        );
        self.mail = self.mail.validated()?;
        Ok(self)
    }

    /// The origin that people use, without a slash at its end.
    #[must_use]
    pub fn origin(&self) -> String {
        self.base_url
            .as_ref()
            .map_or_else(|| format!("http://{}", self.listen), |url| url.origin().ascii_serialization())
    }

    /// Address of the database; SQLite's file is in the data folder unless told otherwise.
    #[must_use]
    pub fn database(&self) -> String {
        let in_folder = || format!("sqlite:{}", self.data_dir.join("klaroen.db").display());
        self.database_url.as_ref().map_or_else(in_folder, |url| url.expose_secret().to_owned())
    }

    /// The file with the secret that seals tokens.
    #[must_use]
    pub fn key_file(&self) -> PathBuf {
        self.secret_key_file.clone().unwrap_or_else(|| self.data_dir.join("secret.key"))
    }

    /// True when `url` leads to a host that the operator allowed by name.
    #[must_use]
    pub fn allows(&self, url: &Url) -> bool {
        let at = (url.host_str(), url.port_or_known_default());
        self.allow_hosts.iter().any(|HostPort(host, port)| at == (Some(host), Some(*port)))
    }
}

/// One line per setting, for the log at start; no secret among them.
impl std::fmt::Display for Config {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let database = Url::parse(&self.database()).map_or_else(
            |_| self.database(),
            |mut url| {
                let _ = url.set_password(None);
                url.to_string()
            },
        );
        writeln!(f, "  address    {}", self.origin())?;
        writeln!(f, "  database   {database}")?;
        writeln!(f, "  key file   {}", self.key_file().display())?;
        writeln!(f, "  LinkedIn   {} version {}", self.linkedin.api_url, self.linkedin.versions)?;
        write!(
            f,
            "  client     {}",
            self.linkedin.client_id.as_deref().unwrap_or("none: nobody can connect an account")
        )?;
        let networks = self.networks.iter().map(|network| network.word()).collect::<Vec<_>>().join(", ");
        write!(f, "\n  networks   {networks}; Bluesky signs in at {}", self.bluesky_url)?;
        write!(f, "\n  mail       {}", self.mail)?;
        for host in &self.allow_hosts {
            write!(f, "\n  allowed    {host} (not public, asked all the same)")?;
        }
        Ok(())
    }
}

/// The variable that points the log filter at what to show, as in `info,klaroen=debug`.
#[must_use]
pub fn log_filter() -> String {
    std::env::var("RUST_LOG").unwrap_or_else(|_| "info,sqlx=warn,hyper=warn".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(change: impl FnOnce(&mut Config)) -> Result<Config, String> {
        let mut config = Config::practice("data".into());
        change(&mut config);
        config.validated().map_err(|error| format!("{error:#}"))
    }

    #[test]
    fn wrong_settings_are_refused_in_words() {
        let url = |text: &str| Some(Url::parse(text).unwrap());
        let cases: [(Result<Config, String>, &str); 4] = [
            (
                with(|config| config.base_url = url("http://klaroen.example.com")),
                "KLAROEN_BASE_URL must begin with https://",
            ),
            (with(|config| config.base_url = url("https://example.com/klaroen")), "bare origin"),
            (with(|config| config.linkedin.client_id = Some("id".into())), "needs both"),
            (
                with(|config| config.linkedin.client_secret_file = Some("no/such/file".into())),
                "cannot read no/such/file",
            ),
        ];
        for (result, words) in cases {
            let message = result.err().unwrap_or_default();
            assert!(message.contains(words), "{message:?} should contain {words:?}");
        }
    }

    #[test]
    fn the_settings_print_without_secrets() {
        let config = with(|config| {
            config.database_url = Some("postgres://klaroen:hunter2@db.example.com/klaroen".to_owned().into());
            config.practise_at("http://127.0.0.1:8090", "id", "the client secret").unwrap();
        });
        let config = config.unwrap();
        let printed = format!("{config}\n{config:?}");
        assert!(printed.contains("db.example.com") && printed.contains("127.0.0.1:8090"));
        assert!(!printed.contains("the client secret"), "{printed}");
        assert!(!printed.contains("hunter2"), "{printed}");
    }

    #[test]
    fn only_the_exact_host_and_port_is_allowed() {
        let mut config = Config::practice("data".into());
        config.practise_at("http://127.0.0.1:8090", "id", "secret").unwrap();
        let allows = |text: &str| config.allows(&Url::parse(text).unwrap());
        assert!(allows("http://127.0.0.1:8090/feeds/nieuws.xml"));
        assert!(!allows("http://127.0.0.1:8091/") && !allows("http://localhost:8090/") && !allows("http://127.0.0.1/"));
        config.allow_hosts = vec!["feeds.example:8000".parse().unwrap()];
        config.practise_at("http://127.0.0.1:8090", "id", "secret").unwrap();
        let allows = |text: &str| config.allows(&Url::parse(text).unwrap());
        assert!(allows("http://127.0.0.1:8090/") && allows("http://feeds.example:8000/own.xml"));
        assert!("localhost".parse::<HostPort>().is_err() && "a:b:c".parse::<HostPort>().is_err());
    }
}
