//! The organisation's own rules for what goes out: the line below every text, what is added to links, and the hosts
//! they may lead to. One row; whoever changes it is in the audit log.

pub mod disclosure;
mod hosts;
pub(crate) mod page;
pub mod utm;

use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

pub use self::{
    disclosure::{Disclosure, OwnLine},
    hosts::LinkHosts,
    page::CompanyPage,
    utm::UtmTemplate,
};
use crate::{Error, Result, audit, db::Tx, sql};

/// The rules as a client writes and reads them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OrganisationRules {
    /// Stands below the text of every share; null: nothing does.
    pub disclosure: Option<Disclosure>,
    /// Added to the target of a new counting link, as in `utm_source={network}&utm_campaign={topic}`; empty: nothing is.
    pub utm_template: String,
    /// Hosts that links may lead to, as in `example.com` or `*.example.com`; none: every host.
    pub link_hosts: Vec<String>,
    /// The own page at LinkedIn, to which `@` and its name lead in a text; null: none.
    pub page: Option<CompanyPage>,
    /// The version that was read. A change of one that does not hold any more is refused; null is the one of
    /// this moment.
    #[serde(default)]
    pub version: Option<i64>,
}

/// The organisation's rules; parsed, so they can be applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    disclosure: Option<Disclosure>,
    utm_template: UtmTemplate,
    link_hosts: LinkHosts,
    page: Option<CompanyPage>,
    version: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    disclosure: disclosure::Stored,
    utm_template: String,
    link_hosts: String,
    #[sqlx(flatten)]
    page: page::Stored,
    version: i64,
}

impl OrganisationRules {
    /// Checks what an admin wrote.
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn check(self) -> Result<Organisation> {
        let disclosure = self.disclosure.map(Disclosure::checked).transpose();
        let (utm_template, link_hosts) = (UtmTemplate::parse(&self.utm_template), LinkHosts::parse(&self.link_hosts));
        let page = self.page.map(CompanyPage::checked).transpose();
        match (disclosure, utm_template, link_hosts, page) {
            (Ok(disclosure), Ok(utm_template), Ok(link_hosts), Ok(page)) => {
                Ok(Organisation { disclosure, utm_template, link_hosts, page, version: self.version })
            }
            (disclosure, utm_template, link_hosts, page) => {
                Err(Error::all([disclosure.err(), page.err(), utm_template.err(), link_hosts.err()]))
            }
        }
    }
}

impl From<Organisation> for OrganisationRules {
    fn from(organisation: Organisation) -> Self {
        Self {
            disclosure: organisation.disclosure,
            utm_template: organisation.utm_template.to_string(),
            link_hosts: organisation.link_hosts.into(),
            page: organisation.page,
            version: organisation.version,
        }
    }
}

impl Organisation {
    /// The rules of today.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn get(tx: &mut Tx) -> Result<Self> {
        let row: Row = sql!(
            tx,
            fetch_one,
            "select disclosure_nl, disclosure_en, utm_template, link_hosts, page_name, page_urn, version \
             from organisation where id = 1"
        )?;
        Ok(Self {
            disclosure: row.disclosure.into(),
            utm_template: UtmTemplate::parse(&row.utm_template)?,
            link_hosts: LinkHosts::from_stored(&row.link_hosts)?,
            page: row.page.into(),
            version: Some(row.version),
        })
    }

    /// The own page at `LinkedIn`.
    #[must_use]
    pub fn page(self) -> Option<CompanyPage> {
        self.page
    }

    /// Puts these rules in the place of those before; needs a durable transaction.
    ///
    /// # Errors
    /// `organisation.changed_meanwhile` when somebody else did so since they were read.
    pub async fn replace(self, tx: &mut Tx) -> Result<Self> {
        let before = Self::get(tx).await?;
        let version = self.version.or(before.version);
        let mut new = Self { version, ..self };
        if new == before {
            return Ok(new);
        }
        let (page_name, page_urn) = new.page.as_ref().map(|page| (page.name.as_str(), page.urn.as_str())).unzip();
        let (nl, en) = new.disclosure.as_ref().map(|lines| (lines.nl.as_str(), lines.en.as_str())).unzip();
        let next: Option<(i64,)> = sql!(
            tx,
            fetch_optional,
            "update organisation set disclosure_nl = $1, disclosure_en = $2, utm_template = $3, link_hosts = $4, \
             page_name = $5, page_urn = $6, version = version + 1 where id = 1 and version = $7 returning version",
            nl,
            en,
            new.utm_template.to_string(),
            new.link_hosts.to_stored(),
            page_name,
            page_urn,
            version
        )?;
        let Some((next,)) = next else {
            let words = "Somebody else changed these rules meanwhile. Look at what holds now, then change it again.";
            return Err(Error::conflict("organisation.changed_meanwhile", words));
        };
        new.version = Some(next);
        let detail = json!({
            "disclosure": (new.disclosure != before.disclosure).then_some(&new.disclosure),
            "utm_template": (new.utm_template != before.utm_template).then(|| new.utm_template.to_string()),
            "page": (new.page != before.page).then_some(&new.page),
            "link_hosts": (new.link_hosts != before.link_hosts).then(|| Vec::from(new.link_hosts.clone())),
        });
        audit::record(tx, "organisation.changed", None, &detail).await?;
        Ok(new)
    }
}
