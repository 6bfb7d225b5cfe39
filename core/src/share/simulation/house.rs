//! What is the same in all runs: the key of the tokens, the settings of the clients, and how a share looks.

use std::sync::{Arc, Weak};

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::shelf::Kept;
use crate::{
    config::Config,
    http::{Http, transport::Simulated},
    id::{PersonId, ShareId},
    network::{Account, Draft, Network, Networks, Picture, connection::ConnectionState, practice::INSTANCE},
    post::PostState,
    secret::Key,
    share::{row::Row, wake::Around},
};

pub(super) struct House {
    key: Arc<Key>,
    config: Config,
    http: Http,
}

pub(super) fn start() -> DateTime<Utc> {
    "2026-11-23T08:00:00Z".parse().expect("a valid instant")
}

impl House {
    pub(super) fn new() -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let key = Key::open(&dir.path().join("secret.key"), true).expect("a key");
        let mut config = Config::practice(dir.path().to_owned());
        config.practise_at("http://linkedin:80", "id", "secret").expect("an address");
        config.bluesky_url = "http://bluesky:80".parse().expect("an address");
        config.allow_hosts.push(INSTANCE.parse().expect("a host"));
        let http = Http::new(&config).expect("a client");
        Self { key: Arc::new(key), config, http }
    }

    pub(super) fn networks(&self, carry: Simulated) -> Networks {
        Networks::simulated(&self.config, &self.http, self.key.clone(), carry)
    }

    pub(super) fn account(&self, network: Network, person: PersonId, name: &str) -> Account {
        Account::practice(&self.key, network, person, name)
    }

    /// The connection of person `number`.
    pub(super) fn member(&self, number: u128, network: Network) -> Account {
        self.account(network, PersonId(Uuid::from_u128(1 + number)), &format!("member{number}"))
    }

    /// A share through a connection; at `LinkedIn` every other one may be probed, elsewhere nobody said so.
    pub(super) fn share(number: u128, account: &Account, run_at: DateTime<Utc>) -> Kept {
        let network = account.network;
        let row = Row::practice(ShareId(Uuid::from_u128(1 + number)), network, account.person_id, run_at);
        let picture =
            number.is_multiple_of(3).then(|| Picture { content_type: "image/png".to_owned(), bytes: vec![1, 2, 3] });
        let draft = Draft {
            text: row.text.clone(),
            title: "A title".to_owned(),
            summary: None,
            link: "https://example.com/".to_owned(),
            link_code: None,
            picture,
            as_picture: false,
            page: None,
            at: run_at,
        };
        let around = Around {
            active: true,
            may_probe: network == Network::LinkedIn && number.is_multiple_of(2),
            post_state: PostState::Live,
            is_approved: true,
            is_sender: true,
            picture_pending: false,
            connection: Some(ConnectionState::Works),
            expires_at: Some(start() + TimeDelta::days(60)),
            member_paused_until: None,
            network_paused_until: None,
            free_at: None,
        };
        Kept { row, draft, around, met: vec![], lock: Weak::new() }
    }
}
