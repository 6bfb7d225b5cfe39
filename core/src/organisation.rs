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
use crate::{Result, audit, db::Tx, sql};

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
}

/// The organisation's rules; parsed, so they can be applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    disclosure: Option<Disclosure>,
    utm_template: UtmTemplate,
    link_hosts: LinkHosts,
    page: Option<CompanyPage>,
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    disclosure: disclosure::Stored,
    utm_template: String,
    link_hosts: String,
    #[sqlx(flatten)]
    page: page::Stored,
}

impl OrganisationRules {
    /// Checks what an admin wrote.
    ///
    /// # Errors
    /// The field that is wrong.
    pub fn check(self) -> Result<Organisation> {
        Ok(Organisation {
            disclosure: self.disclosure.map(Disclosure::checked).transpose()?,
            utm_template: UtmTemplate::parse(&self.utm_template)?,
            link_hosts: LinkHosts::parse(&self.link_hosts)?,
            page: self.page.map(CompanyPage::checked).transpose()?,
        })
    }
}

impl From<Organisation> for OrganisationRules {
    fn from(organisation: Organisation) -> Self {
        Self {
            disclosure: organisation.disclosure,
            utm_template: organisation.utm_template.to_string(),
            link_hosts: organisation.link_hosts.into(),
            page: organisation.page,
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
            "select disclosure_nl, disclosure_en, utm_template, link_hosts, page_name, page_urn from organisation where id = 1"
        )?;
        Ok(Self {
            disclosure: row.disclosure.into(),
            utm_template: UtmTemplate::parse(&row.utm_template)?,
            link_hosts: LinkHosts::from_stored(&row.link_hosts)?,
            page: row.page.into(),
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
    /// When the database does not accept it.
    pub async fn replace(self, tx: &mut Tx) -> Result<Self> {
        let before = Self::get(tx).await?;
        if self == before {
            return Ok(self);
        }
        let (page_name, page_urn) = self.page.as_ref().map(|page| (page.name.as_str(), page.urn.as_str())).unzip();
        let (nl, en) = self.disclosure.as_ref().map(|lines| (lines.nl.as_str(), lines.en.as_str())).unzip();
        sql!(
            tx,
            execute,
            "update organisation set disclosure_nl = $1, disclosure_en = $2, utm_template = $3, link_hosts = $4, \
             page_name = $5, page_urn = $6 where id = 1",
            nl,
            en,
            self.utm_template.to_string(),
            self.link_hosts.to_stored(),
            page_name,
            page_urn
        )?;
        let detail = json!({
            "disclosure": (self.disclosure != before.disclosure).then_some(&self.disclosure),
            "utm_template": (self.utm_template != before.utm_template).then(|| self.utm_template.to_string()),
            "page": (self.page != before.page).then_some(&self.page),
            "link_hosts": (self.link_hosts != before.link_hosts).then(|| Vec::from(self.link_hosts.clone())),
        });
        audit::record(tx, "organisation.changed", None, &detail).await?;
        Ok(self)
    }
}
