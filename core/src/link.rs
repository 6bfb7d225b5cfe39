//! Short links: `/s/{code}` counts a click and leads on. All that is kept of a click is that it happened on that day;
//! who clicked, from where and with what is never stored.

mod follow;
mod recent;
mod tally;
mod visitor;

use std::{collections::BTreeMap, fmt::Write};

use chrono::NaiveDate;
use url::Url;

pub use self::{follow::Links, visitor::Visitor};
use crate::{
    Error, Result,
    config::Config,
    db::Tx,
    id::PostId,
    network::Network,
    organisation::{LinkHosts, UtmTemplate, utm::Tags},
    post::Post,
    secret, sql,
};

const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const LENGTH: usize = 8;

/// A short link: the public part of its address and where it leads.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Link {
    /// Eight letters and digits.
    pub code: String,
    /// Fixed when the link was made.
    pub target: String,
}

/// Where a link with this code is; the code is as long as any other.
#[must_use]
pub fn address(origin: &str, code: &str) -> String {
    format!("{origin}/s/{code}")
}

/// An address of the length that every counting link has.
#[must_use]
pub fn sample_address(origin: &str) -> String {
    address(origin, &"x".repeat(LENGTH))
}

impl Link {
    /// Makes a link for one share of a post on a network: it leads to where the post leads, with what the organisation
    /// adds there.
    ///
    /// # Errors
    /// As `create`.
    pub async fn of_post(tx: &mut Tx, config: &Config, post: &Post, network: Network) -> Result<Self> {
        let (template, topic, feed): (String, String, String) = sql!(
            tx,
            fetch_one,
            "select o.utm_template, t.name, coalesce((select f.title from feeds f where f.id = $2), '') \
             from organisation o cross join topics t where t.id = $1",
            post.topic_id,
            post.feed_id
        )?;
        let tags = Tags {
            network: network.word(),
            topic: &topic,
            feed: &feed,
            title: &post.title,
            post: &post.id.to_string(),
        };
        Self::create(tx, config, post.id, &UtmTemplate::parse(&template)?.apply(&post.link, &tags)).await
    }

    /// Makes a link to an address.
    ///
    /// # Errors
    /// `link.not_https` when the target is neither https nor a host that the operator allowed by name,
    /// `link.host_not_approved` when its host is not on the organisation's list.
    pub async fn create(tx: &mut Tx, config: &Config, post: PostId, target: &str) -> Result<Self> {
        if !is_allowed_target(config, target) {
            return Err(Error::refused(
                "link.not_https",
                "A counting link leads to addresses that begin with https:// only.",
            ));
        }
        LinkHosts::get(tx).await?.insist(target)?;
        loop {
            let link = Self { code: new_code(), target: target.to_owned() };
            let made = sql!(
                tx,
                execute,
                "insert into links (code, post_id, target, created_at) values ($1, $2, $3, $4) on conflict (code) do nothing",
                &link.code,
                post,
                &link.target,
                tx.now
            )?;
            if made == 1 {
                return Ok(link);
            }
        }
    }

    /// Where a code leads, as long as its host is approved.
    ///
    /// # Errors
    /// When there is no such link, or it leads to where links may not lead any more.
    pub async fn get(tx: &mut Tx, code: &str) -> Result<Self> {
        let link: Self = sql!(tx, fetch_one, "select code, target from links where code = $1", code)?;
        if LinkHosts::get(tx).await?.allow(&link.target) { Ok(link) } else { Err(Error::NotFound) }
    }

    /// Counts clicks of this day; a link that is gone has none. One statement takes any number of links: each is a line of
    /// sixteen characters, its code and its clicks. Their order keeps two processes from waiting for each other.
    async fn count(tx: &mut Tx, clicks: BTreeMap<&str, u32>) -> Result<()> {
        let lines = i64::try_from(clicks.len()).unwrap_or(i64::MAX);
        let text = clicks.iter().fold(String::new(), |mut text, (code, clicks)| {
            let _ = write!(text, "{code}{clicks:08}"); // text takes all
            text
        });
        sql!(
            tx,
            execute_alone,
            "with recursive line (n) as (select 1 union all select n + 1 from line where n < $3) \
             insert into link_days (code, day, clicks) \
             select links.code, $1, cast(substr($2, n * 16 - 7, 8) as bigint) \
             from line join links on links.code = substr($2, n * 16 - 15, 8) where true order by links.code \
             on conflict (code, day) do update set clicks = link_days.clicks + excluded.clicks",
            tx.now.date_naive(),
            text,
            lines
        )?;
        Ok(())
    }

    /// Clicks per day (UTC), oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn days(tx: &mut Tx, code: &str) -> Result<Vec<(NaiveDate, i64)>> {
        Ok(sql!(tx, fetch_all, "select day, clicks from link_days where code = $1 order by day", code)?)
    }
}

/// True for https, and for hosts that the operator allowed by name.
#[must_use]
pub fn is_allowed_target(config: &Config, target: &str) -> bool {
    Url::parse(target).is_ok_and(|url| {
        let named = url.host_str().is_some() && url.username().is_empty() && url.password().is_none();
        named && (url.scheme() == "https" || (url.scheme() == "http" && config.allows(&url)))
    })
}

/// Every code is equally likely: bytes that would favour some letters are drawn again.
fn new_code() -> String {
    let mut code = String::with_capacity(LENGTH);
    while code.len() < LENGTH {
        for byte in secret::random::<16>() {
            if code.len() < LENGTH && byte < 248 {
                code.push(char::from(ALPHABET[usize::from(byte % 62)]));
            }
        }
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_eight_letters_and_digits_and_do_not_repeat() {
        let codes: std::collections::HashSet<String> = (0..10_000).map(|_| new_code()).collect();
        assert_eq!(codes.len(), 10_000);
        assert!(codes.iter().all(|code| code.len() == 8 && code.bytes().all(|b| b.is_ascii_alphanumeric())));
        let seen: std::collections::HashSet<char> = codes.iter().flat_map(|code| code.chars()).collect();
        assert_eq!(seen.len(), 62);
    }
}
