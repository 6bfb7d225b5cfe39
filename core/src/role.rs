//! Roles: what a person may do. Several can be held at once; admin grants no view on data.

use serde::{Deserialize, Serialize};
use sqlx::{Database, Decode, Encode, Type, encode::IsNull, error::BoxDynError};
use utoipa::ToSchema;

/// What a person may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Shares posts and sees their own weeks.
    Employee,
    /// Keeps feeds and posts; sees totals, never who.
    Marketer,
    /// Keeps programs; sees weeks and bonus of those who joined.
    Hr,
    /// Keeps accounts; sees no other personal data.
    Admin,
}

const WORDS: [(Role, &str); 4] =
    [(Role::Employee, "employee"), (Role::Marketer, "marketer"), (Role::Hr, "hr"), (Role::Admin, "admin")];

/// The roles of one person, sorted and without repetition; stored as words.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(from = "Vec<Role>")]
pub struct Roles(Vec<Role>);

impl From<Vec<Role>> for Roles {
    fn from(mut roles: Vec<Role>) -> Self {
        roles.sort_unstable();
        roles.dedup();
        Self(roles)
    }
}

impl Roles {
    /// True when `role` is among them.
    #[must_use]
    pub fn has(&self, role: Role) -> bool {
        self.0.contains(&role)
    }

    /// True for somebody who is an employee and nothing else: their sessions may last longer.
    #[must_use]
    pub fn is_only_employee(&self) -> bool {
        self.0 == [Role::Employee]
    }
}

impl<DB: Database> Type<DB> for Roles
where
    String: Type<DB>,
{
    fn type_info() -> DB::TypeInfo {
        String::type_info()
    }

    fn compatible(ty: &DB::TypeInfo) -> bool {
        String::compatible(ty)
    }
}

impl<'q, DB: Database> Encode<'q, DB> for Roles
where
    String: Encode<'q, DB>,
{
    fn encode_by_ref(&self, buffer: &mut <DB as Database>::ArgumentBuffer) -> Result<IsNull, BoxDynError> {
        let words: Vec<_> = WORDS.iter().filter(|(role, _)| self.has(*role)).map(|(_, word)| *word).collect();
        words.join(" ").encode_by_ref(buffer)
    }
}

impl<'r, DB: Database> Decode<'r, DB> for Roles
where
    &'r str: Decode<'r, DB>,
{
    fn decode(value: <DB as Database>::ValueRef<'r>) -> Result<Self, BoxDynError> {
        let words = <&str>::decode(value)?.split_whitespace();
        let role = |word| WORDS.iter().find(|(_, known)| *known == word).map(|(role, _)| *role);
        words
            .map(|word| role(word).ok_or_else(|| format!("unknown role {word:?}").into()))
            .collect::<Result<Vec<_>, BoxDynError>>()
            .map(Self::from)
    }
}
