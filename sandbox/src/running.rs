//! The handle on a running sandbox: what a test or the demo may see and switch without going through HTTP.

use std::net::SocketAddr;

use chrono::{DateTime, Utc};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::feeds;
use crate::linkedin::post::{Content, Post, render};
use crate::state::{Scopes, Token};
use crate::world::World;
use crate::{BlueskyAccount, Endpoint, Fault, HubCall, Mail, Record, Rules, Status, When, bluesky, hub};

/// A sandbox that serves until this handle is dropped or [`Running::shutdown`] is called.
pub struct Running {
    pub(crate) world: World,
    smtp: SocketAddr,
    stop: CancellationToken,
    task: JoinHandle<()>,
}

/// A post of the past, put into the stream without a call.
#[derive(Clone, Debug)]
pub struct Seed {
    /// Who posted, by number.
    pub member: u32,
    /// The text, in the little format.
    pub commentary: String,
    /// The card or pictures; a thumbnail may be an address of the sandbox instead of an image URN.
    pub content: Option<Content>,
    /// When it was posted.
    pub at: DateTime<Utc>,
}

impl Running {
    pub(crate) fn new(world: World, smtp: SocketAddr, stop: CancellationToken, task: JoinHandle<()>) -> Self {
        Self { world, smtp, stop, task }
    }

    /// The origin under which both hosts of LinkedIn, the feeds and the pages are served, without a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.world.base_url()
    }

    /// Every post that was accepted, in order, deleted ones included.
    #[must_use]
    pub fn posts(&self) -> Vec<Post> {
        self.world.state().posts.clone()
    }

    /// The base URL of the practice Mastodon, without a slash at the end; its host alone leads there as well.
    #[must_use]
    pub fn mastodon_url(&self) -> String {
        self.world.link("/mastodon")
    }

    /// Every status that the practice Mastodon accepted, in order, deleted ones included.
    #[must_use]
    pub fn statuses(&self) -> Vec<Status> {
        self.world.state().mastodon.statuses.clone()
    }

    /// Hands out a Mastodon token as if the member had just allowed these scopes.
    #[must_use]
    pub fn grant_mastodon(&self, member: u32, scopes: &[&str]) -> String {
        self.world.state().grant_mastodon(member, scopes.iter().map(|scope| (*scope).to_owned()).collect())
    }

    /// The base URL of the practice Bluesky server, without a slash at the end; its host alone leads there as well.
    #[must_use]
    pub fn bluesky_url(&self) -> String {
        self.world.link("/bluesky")
    }

    /// Every record that the practice Bluesky accepted, in order, deleted ones included.
    #[must_use]
    pub fn records(&self) -> Vec<Record> {
        self.world.state().bluesky.records.clone()
    }

    /// The handle, id and app password of a member at the practice Bluesky; the password changes with
    /// [`Running::revoke_tokens`].
    #[must_use]
    pub fn bluesky_account(&self, member: u32) -> BlueskyAccount {
        bluesky::account(&self.world.state(), member)
    }

    /// Where the mail catcher listens: plain SMTP, no TLS, no password.
    #[must_use]
    pub fn smtp_address(&self) -> SocketAddr {
        self.smtp
    }

    /// Every mail that was caught, oldest first.
    #[must_use]
    pub fn mails(&self) -> Vec<Mail> {
        self.world.state().mails.all().cloned().collect()
    }

    /// The id under which the registered application knows a member.
    #[must_use]
    pub fn sub(&self, member: u32) -> String {
        World::sub(&self.world.client().id, member)
    }

    /// Hands out an access token as if the member had just allowed these scopes.
    #[must_use]
    pub fn grant(&self, member: u32, scopes: &[&str]) -> String {
        let scopes: Scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
        let client_id = &self.world.client().id;
        self.world.state().issue_token(client_id, member, scopes, self.world.now())
    }

    /// Makes a token of an earlier sandbox valid again, for a demo whose database outlives the sandbox's memory.
    pub fn adopt(&self, token: &str, member: u32, scopes: &[&str]) {
        let (now, client_id) = (self.world.now(), self.world.client().id.clone());
        let mut state = self.world.state();
        let expires = now + state.rules.token_lifetime;
        let scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
        state.tokens.insert(token.into(), Token { client_id, member, scopes, issued: now, expires, revoked: false });
    }

    /// The member withdraws the permission at every network: every token of theirs answers 401 from now on.
    pub fn revoke_tokens(&self, member: u32) {
        self.world.state().revoke_tokens(member);
    }

    /// Every token of the member ends now, at LinkedIn and at Bluesky (refresh tokens too); Mastodon's have no end.
    pub fn expire_tokens(&self, member: u32) {
        let now = self.world.now();
        self.world.state().expire_tokens(member, now);
    }

    /// The next `times` calls of an endpoint (by this member only, if one is given) meet a fault.
    pub fn fault(&self, endpoint: Endpoint, member: Option<u32>, times: u32, fault: Fault) {
        self.world.state().faults.next(endpoint, member, times, fault);
    }

    /// Calls of an endpoint (by this member only, if one is given) meet a fault as `when` says.
    pub fn fault_when(&self, endpoint: Endpoint, member: Option<u32>, when: When, fault: Fault) {
        self.world.state().faults.add(endpoint, member, when, fault);
    }

    /// Switches every fault off.
    pub fn clear_faults(&self) {
        self.world.state().faults.clear();
    }

    /// Changes figures and switches of the practice LinkedIn while it runs.
    pub fn rules(&self, change: impl FnOnce(&mut Rules)) {
        change(&mut self.world.state().rules);
    }

    /// Puts a post of the past into the stream and returns its URN.
    #[expect(clippy::must_use_candidate, reason = "most callers only want the post to be there")]
    pub fn seed_post(&self, seed: Seed) -> String {
        let mut state = self.world.state();
        let kind = Content::urn_kind(seed.content.as_ref());
        let urn = format!("urn:li:{kind}:{}", state.urn_number(seed.at));
        let text = render(&self.world, &seed.commentary, &state.rules);
        state.posts.push(Post {
            urn: urn.clone(),
            member: seed.member,
            author: self.world.author(seed.member),
            commentary: seed.commentary,
            text,
            visibility: "PUBLIC".into(),
            content: seed.content,
            parent: None,
            created_at: seed.at,
            edited: false,
            deleted: false,
        });
        urn
    }

    /// LinkedIn takes a post down later; says whether there was one.
    #[expect(clippy::must_use_candidate, reason = "most callers know that the post is there")]
    pub fn remove_post(&self, urn: &str) -> bool {
        let mut state = self.world.state();
        let post = state.posts.iter_mut().find(|post| post.urn == urn && !post.deleted);
        post.map(|post| post.deleted = true).is_some()
    }

    /// Brings out the next story that a sample feed holds in reserve (`videos`, `nieuws`, `insights`, `vacatures`,
    /// `agenda`) and returns its title, or nothing when the reserve is empty.
    #[must_use]
    pub fn publish(&self, feed: &str) -> Option<String> {
        feeds::publish(&self.world, feed)
    }

    /// Changes the title of the newest item of a sample feed and returns the new one.
    #[expect(clippy::must_use_candidate, reason = "most callers only want the title to be another")]
    pub fn edit(&self, feed: &str) -> Option<String> {
        feeds::edit(&self.world, feed)
    }

    /// Takes the newest item of a sample feed back and returns its title.
    #[expect(clippy::must_use_candidate, reason = "most callers only want the item to be gone")]
    pub fn withdraw(&self, feed: &str) -> Option<String> {
        feeds::withdraw(&self.world, feed)
    }

    /// The pictures of the sample feed `agenda` go from all of its items, as when a site gets a new look.
    pub fn lose_pictures(&self) {
        self.world.state().pictures_lost = true;
    }

    /// Lets the hub do everything that is due at the sandbox's present time; it does so by itself as well, a little later.
    pub async fn hub_works(&self) {
        hub::work(&self.world).await;
    }

    /// Every call that the hub made, in order.
    #[must_use]
    pub fn hub_calls(&self) -> Vec<HubCall> {
        self.world.state().hub.calls.clone()
    }

    /// The hub ends every subscription to a topic and tells the subscribers.
    pub fn hub_denies(&self, topic: &str) {
        hub::deny(&self.world, topic, None);
    }

    /// The identity provider signs with another key from now on; the key before stays in its list.
    pub fn rotate_identity_keys(&self) {
        self.world.state().identity.rotate();
    }

    /// Waits until the sandbox has ended.
    pub async fn stopped(&mut self) {
        // A panic in the accept loop is an end as well.
        let _ = (&mut self.task).await;
    }

    /// Ends the sandbox and every connection to it.
    pub async fn shutdown(mut self) {
        self.stop.cancel();
        self.stopped().await;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}
