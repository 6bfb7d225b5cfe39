//! Making a share. The database decides what is once: one per click (the form's key), one live per post and network.

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use super::{Origin, Share, State, UNDO};
use crate::{
    Error, Result,
    config::Config,
    db::{Tx, expect_rows},
    id::{PersonId, PostId, ShareId},
    link::{self, Link},
    network::{
        Network, address,
        connection::{Connection, ConnectionState},
        little_text,
    },
    organisation::{LinkHosts, Organisation, OwnLine, disclosure::below},
    post::{Post, PostState},
    sql,
};

const FARTHEST: Duration = Duration::days(366);

/// A share that a person asks for; parsed, so its text can be shown.
pub struct NewShare {
    post: PostId,
    network: Network,
    text: String,
    run_at: Option<DateTime<Utc>>,
    as_picture: bool,
    key: Uuid,
}

impl NewShare {
    /// Checks what can be checked without looking anything up. `key` was made by the form: the same click twice is
    /// one share. No `run_at`: now, after the undo window.
    ///
    /// # Errors
    /// When the text is empty or holds what cannot be shown.
    pub fn new(post: PostId, network: Network, text: &str, run_at: Option<DateTime<Utc>>, key: Uuid) -> Result<Self> {
        let text = text.trim().replace("\r\n", "\n");
        if text.is_empty() {
            return Err(Error::invalid("/text", "required", "Write a sentence, or choose a suggested text."));
        }
        if text.contains(|c: char| c.is_control() && c != '\n' && c != '\t') {
            return Err(Error::invalid("/text", "text.invalid", "The text has characters that cannot be shown."));
        }
        Ok(Self { post, network, text, run_at, as_picture: false, key })
    }

    /// The same with the post's picture itself, and its link below the text, instead of a card. Other networks than
    /// `LinkedIn` show a post in one way only.
    ///
    /// # Errors
    /// `picture.elsewhere`.
    pub fn as_picture(self, as_picture: bool) -> Result<Self> {
        if as_picture && self.network != Network::LinkedIn {
            return Err(Error::invalid("/as_picture", "picture.elsewhere", "Only LinkedIn shows a post as a picture."));
        }
        Ok(Self { as_picture, ..self })
    }
}

impl Share {
    /// Makes a share, or answers the one that the same click made before.
    ///
    /// # Errors
    /// `post.not_live`, `post.no_picture`, `connection.missing`, `share.already_shared`, `link.host_not_approved`; or the
    /// text with the line of the organisation is longer than the network takes, or `run_at` is too far away.
    pub async fn create(tx: &mut Tx, config: &Config, person: PersonId, new: NewShare) -> Result<Self> {
        let post = Post::get(tx, new.post).await?;
        if !Post::is_for(tx, new.post, person).await? {
            return Err(Error::NotFound);
        }
        let own = OwnLine::of(tx, person).await?;
        let disclosure = own.missing(post.language, &new.text);
        let mut limit = new.network.text_limit_of(tx, person).await?;
        if new.as_picture {
            if post.media_id.is_none() {
                return Err(Error::invalid("/as_picture", "post.no_picture", "This post has no picture."));
            }
            let counted = post.counting_link.then(|| link::sample_address(&config.origin()));
            limit.reserved += new.network.length_of_link(&address(counted, &post.link));
        }
        let whole = below(&new.text, disclosure);
        let page = if new.network == Network::LinkedIn { Organisation::get(tx).await?.page() } else { None };
        limit.reserved += little_text::extra(&whole, page.as_ref());
        new.network.check_length(&whole, &limit)?;
        let (page_name, page_urn) = page.map(|page| (page.name, page.urn)).unzip();
        let (origin, state, run_at) = plan(new.run_at, tx.now)?;
        let id = ShareId::new();
        let made = sql!(
            tx,
            execute,
            "insert into shares (id, person_id, post_id, network, origin, state, text, run_at, due_at, idempotency_key, \
             time_zone, proof_class, attempt, fence, created_at, disclosure, as_picture, page_name, page_urn) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, (select time_zone from people where id = $2), 'A', 0, 0, \
             $10, $11, $12, $13, $14) \
             on conflict do nothing",
            id,
            person,
            new.post,
            new.network,
            origin,
            state,
            new.text,
            run_at,
            new.key,
            tx.now,
            disclosure,
            new.as_picture,
            page_name,
            page_urn
        )?;
        if made == 0 {
            return Self::of_click(tx, person, new.post, new.key).await;
        }
        if post.state != PostState::Live {
            return Err(Error::conflict("post.not_live", "This post can no longer be shared."));
        }
        insist_on_connection(tx, person, new.network).await?;
        if post.counting_link {
            let link = Link::of_post(tx, config, &post, new.network).await?;
            let touched = sql!(tx, execute, "update shares set link_code = $1 where id = $2", link.code, id)?;
            expect_rows(touched, 1, "share.gone", "This share is gone.")?;
        } else {
            LinkHosts::get(tx).await?.insist(&address(None, &post.link))?;
        }
        Self::get(tx, person, id).await
    }

    /// The share that the same click made; another one of the same post is a conflict.
    pub(super) async fn of_click(tx: &mut Tx, person: PersonId, post: PostId, key: Uuid) -> Result<Self> {
        let known: Option<(ShareId, PostId)> = sql!(
            tx,
            fetch_optional,
            "select id, post_id from shares where person_id = $1 and idempotency_key = $2",
            person,
            key
        )?;
        match known {
            Some((id, of)) if of == post => Self::get(tx, person, id).await,
            _ => Err(Error::conflict("share.already_shared", "You have shared this post already.")),
        }
    }
}

/// Now means after the undo window; a time within it means now.
fn plan(run_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Result<(Origin, State, DateTime<Utc>)> {
    match run_at {
        Some(at) if at > now + FARTHEST => {
            Err(Error::invalid("/run_at", "time.too_late", "Choose a time within the next year."))
        }
        Some(at) if at > now + UNDO => Ok((Origin::Planned, State::Planned, at)),
        _ => Ok((Origin::Manual, State::Queued, now + UNDO)),
    }
}

async fn insist_on_connection(tx: &mut Tx, person: PersonId, network: Network) -> Result<()> {
    let now = tx.now;
    let works =
        |connection: &Connection| connection.network == network && connection.state(now) == ConnectionState::Works;
    if Connection::of(tx, person).await?.iter().any(works) {
        return Ok(());
    }
    Err(Error::conflict("connection.missing", "Connect your account first, or renew its connection."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(text: &str) -> Result<NewShare> {
        NewShare::new(PostId::new(), Network::LinkedIn, text, None, Uuid::new_v4())
    }

    #[test]
    fn a_text_can_be_shown() {
        assert!(new(" \n ").is_err());
        assert!(new("a\u{0}b").is_err());
        assert_eq!(new(" a\r\nb ").unwrap().text, "a\nb");
    }

    #[test]
    fn now_waits_for_the_undo_window() {
        let now = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let at = |seconds| Some(now + Duration::seconds(seconds));
        assert_eq!(plan(None, now).unwrap(), (Origin::Manual, State::Queued, now + UNDO));
        assert_eq!(plan(at(-60), now).unwrap(), (Origin::Manual, State::Queued, now + UNDO));
        assert_eq!(plan(at(10), now).unwrap(), (Origin::Manual, State::Queued, now + UNDO));
        assert_eq!(plan(at(11), now).unwrap().1, State::Planned);
        assert!(plan(Some(now + FARTHEST + UNDO), now).is_err());
    }
}
