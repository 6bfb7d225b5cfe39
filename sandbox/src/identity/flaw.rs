//! The ways in which a sign-in can be wrong although it looks like one: each must be refused by whoever it reaches.

use serde::{Deserialize, Serialize};

use crate::Endpoint;

/// What is wrong with one sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flaw {
    /// The claims were changed after signing.
    BadSignature,
    /// `alg` is `none` and there is no signature.
    AlgNone,
    /// `alg` is `HS256`, with the public key as the secret.
    Hs256WithRsaKey,
    /// A good signature of a kind that nobody announced: `RS384`.
    OtherAlgorithm,
    /// A key of a stranger under the name of the provider's.
    ForeignKey,
    /// A key of a stranger under a name that the key set does not have.
    UnknownKid,
    /// A key of a stranger that the token brings along.
    OwnKeyInHeader,
    /// The token is for another application.
    OtherAudience,
    /// The token is for several applications, and another one asked for it.
    ManyAudiences,
    /// The token is from another provider.
    OtherIssuer,
    /// The issuer with a slash at its end.
    IssuerWithSlash,
    /// The token has ended an hour ago.
    Expired,
    /// The token begins in an hour.
    NotYetValid,
    /// The token was issued in the future.
    IssuedInFuture,
    /// There is no nonce.
    NonceMissing,
    /// The nonce of an earlier sign-in.
    NonceReplayed,
    /// There is no subject.
    SubjectMissing,
    /// A person of another company.
    OtherTenant,
    /// A new person with the address of somebody who is known.
    EmailOfAnother,
    /// The address was never verified.
    EmailUnverified,
    /// The answer has no `id_token`.
    TokenMissing,
    /// `userinfo` tells of another person than the token.
    UserInfoOfAnother,
    /// The state of another browser comes back.
    StateOther,
    /// No state comes back.
    StateMissing,
    /// A code comes back that was used already.
    CodeTwice,
}

impl Flaw {
    /// All of them, in the order of the page: those of the token, of `userinfo`, and of the way back.
    pub const ALL: [Self; 25] = [
        Self::BadSignature,
        Self::AlgNone,
        Self::Hs256WithRsaKey,
        Self::OtherAlgorithm,
        Self::ForeignKey,
        Self::UnknownKid,
        Self::OwnKeyInHeader,
        Self::OtherAudience,
        Self::ManyAudiences,
        Self::OtherIssuer,
        Self::IssuerWithSlash,
        Self::Expired,
        Self::NotYetValid,
        Self::IssuedInFuture,
        Self::NonceMissing,
        Self::NonceReplayed,
        Self::SubjectMissing,
        Self::OtherTenant,
        Self::EmailOfAnother,
        Self::EmailUnverified,
        Self::TokenMissing,
        Self::UserInfoOfAnother,
        Self::StateOther,
        Self::StateMissing,
        Self::CodeTwice,
    ];

    /// The name, as in JSON.
    pub(crate) fn name(self) -> Option<String> {
        serde_json::to_value(self).ok()?.as_str().map(String::from)
    }

    /// The flaw with a name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        serde_json::from_value(name.into()).ok()
    }

    /// The call at which it shows.
    pub(crate) fn endpoint(self) -> Endpoint {
        match self {
            Self::StateOther | Self::StateMissing | Self::CodeTwice => Endpoint::IdentityAuthorize,
            Self::UserInfoOfAnother => Endpoint::IdentityUserInfo,
            _ => Endpoint::IdentityToken,
        }
    }
}
