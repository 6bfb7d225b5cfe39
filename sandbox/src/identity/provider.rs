//! The three imitated providers: where each is, and in which claims it tells who a person is.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::identity::{CLIENT, code::Grant};
use crate::questions::Overage;
use crate::world::World;

/// The company at Entra.
pub(super) const TENANT: &str = "7b1f8a52-0c1d-4c53-9a3e-5d2f0e6a4b10";
/// The company at Google.
pub(super) const DOMAIN: &str = "voorbeeldenergie.example";

/// Which provider is imitated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Provider {
    Entra,
    Google,
    Okta,
}

impl Provider {
    pub(super) const ALL: [Self; 3] = [Self::Entra, Self::Google, Self::Okta];

    /// The path of the issuer.
    pub(super) fn path(self) -> String {
        match self {
            Self::Entra => format!("/idp/entra/{TENANT}/v2.0"),
            Self::Google => "/idp/google".into(),
            Self::Okta => "/idp/okta/oauth2/default".into(),
        }
    }

    pub(super) fn issuer(self, world: &World) -> String {
        world.link(&self.path())
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Entra => "Entra ID",
            Self::Google => "Google Workspace",
            Self::Okta => "Okta",
        }
    }

    /// The lasting name of a member: pairwise at Entra, a number at Google.
    pub(super) fn subject(self, member: u32) -> String {
        let digest = Sha256::digest(format!("{self:?} {CLIENT} {member}"));
        match self {
            Self::Entra => URL_SAFE_NO_PAD.encode(digest),
            Self::Google => format!("1{:020}", u128::from(member) * 1_000_003 + 7_000_000_000),
            Self::Okta => format!("00u{}", hex::encode(&digest[..9]).get(..17).unwrap_or_default()),
        }
    }

    /// Who a person is, without what every token has.
    pub(super) fn person(self, world: &World, grant: &Grant) -> Value {
        let Some(member) = world.member(grant.member) else { return json!({}) };
        let (name, email) = (&member.name, &member.email);
        let mut person = json!({ "sub": self.subject(grant.member) });
        if grant.scopes.contains("profile") {
            person["name"] = name.as_str().into();
        }
        match self {
            Self::Entra => {
                person["oid"] = object_id(grant.member).into();
                person["tid"] = TENANT.into();
                person["preferred_username"] = email.as_str().into();
                if grant.scopes.contains("email") {
                    person["email"] = email.as_str().into();
                }
            }
            Self::Google => {
                person["hd"] = DOMAIN.into();
                if grant.scopes.contains("profile") {
                    person["given_name"] = member.given_name.as_str().into();
                    person["family_name"] = member.family_name.as_str().into();
                }
                if grant.scopes.contains("email") {
                    (person["email"], person["email_verified"]) = (email.as_str().into(), true.into());
                }
            }
            Self::Okta => {
                person["preferred_username"] = email.as_str().into();
                if grant.scopes.contains("email") {
                    (person["email"], person["email_verified"]) = (email.as_str().into(), true.into());
                }
            }
        }
        person
    }

    /// The groups of a person, in the form of the provider: none at Google.
    pub(super) fn add_groups(self, world: &World, grant: &Grant, claims: &mut Value) {
        let names = groups(grant.member);
        match self {
            Self::Google => {}
            Self::Okta if !grant.scopes.contains("groups") => {}
            Self::Okta => claims["groups"] = json!(names),
            Self::Entra => {
                let (most, overage) = {
                    let rules = &world.state().rules;
                    (rules.identity_groups, rules.questions.identity_overage)
                };
                if names.len() <= most {
                    claims["groups"] = json!(group_ids(grant.member));
                } else if overage == Overage::Hasgroups {
                    claims["hasgroups"] = true.into();
                } else {
                    let oid = object_id(grant.member);
                    let endpoint = world.link(&format!("/idp/entra/graph/users/{oid}/getMemberObjects"));
                    claims["_claim_names"] = json!({ "groups": "src1" });
                    claims["_claim_sources"] = json!({ "src1": { "endpoint": endpoint } });
                }
            }
        }
    }
}

/// What a person belongs to.
fn groups(member: u32) -> Vec<String> {
    vec![
        "Iedereen".into(),
        format!("Team {}", member % 6 + 1),
        if member.is_multiple_of(10) { "HR" } else { "Klaroen" }.into(),
    ]
}

/// The same as ids of objects.
pub(super) fn group_ids(member: u32) -> Vec<String> {
    groups(member).iter().map(|name| uuid(&format!("group {name}"))).collect()
}

/// The id of a person that is the same for every application of the company.
pub(super) fn object_id(member: u32) -> String {
    uuid(&format!("person {member}"))
}

fn uuid(name: &str) -> String {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&Sha256::digest(name)[..16]);
    uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
}
