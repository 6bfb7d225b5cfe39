//! Authority is an argument: a handler takes `Employee`, `Marketer`, `Hr` or `Admin`, and cannot forget to ask.
//! `SignedIn` is for what everybody with an account may do with their own.

use std::ops::Deref;

use axum::{extract::FromRequestParts, http::request::Parts};
use axum_extra::extract::{
    CookieJar,
    cookie::{Cookie, SameSite},
};
use klaroen_core::{
    App, Error, audit,
    db::Actor,
    role::Role,
    session::{self, Login},
};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use crate::problem::Problem;

/// `__Host-`: bound to this origin, only ever sent over HTTPS (or on this machine itself).
pub const COOKIE: &str = "__Host-klaroen";

/// Anybody with an account.
pub struct SignedIn(pub Login);

impl FromRequestParts<App> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let jar = CookieJar::from_headers(&parts.headers);
        let nobody = Error::Unauthenticated { code: "session.none", message: "Sign in first." };
        let Some(cookie) = jar.get(COOKIE) else { return Err(nobody.into()) };
        let Some(login) = session::find(&mut app.db.read(), cookie.value()).await? else { return Err(nobody.into()) };
        if login.is_stale(app.clock.now()) {
            let mut tx = app.db.write(login.id).await?;
            session::touch(&mut tx, login.session).await?;
            tx.commit().await?;
        }
        Ok(Self(login))
    }
}

impl Deref for SignedIn {
    type Target = Login;

    fn deref(&self) -> &Login {
        &self.0
    }
}

impl From<&SignedIn> for Actor {
    fn from(who: &SignedIn) -> Self {
        Self::Person(who.id)
    }
}

macro_rules! role {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        pub struct $name(pub Login);

        impl FromRequestParts<App> for $name {
            type Rejection = Problem;

            async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
                let SignedIn(login) = SignedIn::from_request_parts(parts, app).await?;
                if login.roles.has(Role::$name) {
                    return Ok(Self(login));
                }
                let mut tx = app.db.write(login.id).await?;
                audit::record(&mut tx, "access.refused", None, &json!({ "needs": Role::$name })).await?;
                tx.commit().await?;
                Err(Error::Forbidden.into())
            }
        }

        impl Deref for $name {
            type Target = Login;

            fn deref(&self) -> &Login {
                &self.0
            }
        }

        impl From<&$name> for Actor {
            fn from(who: &$name) -> Self {
                Self::Person(who.id)
            }
        }
    )+};
}

role! {
    /// Somebody who shares.
    Employee,
    /// Somebody who keeps feeds and posts.
    Marketer,
    /// Somebody who keeps programs.
    Hr,
    /// Somebody who keeps accounts.
    Admin,
}

/// The cookie that binds the way to a network and back to one browser, for who renews from a mail. It signs in to nothing.
pub const RENEWAL: &str = "__Host-klaroen-renewal";

/// The cookie of a renewal, for as long as the way there and back may take.
#[must_use]
pub fn renewal_cookie(token: &SecretString) -> Cookie<'static> {
    let mut cookie = host_only(RENEWAL, token.expose_secret().to_owned());
    cookie.set_max_age(time::Duration::minutes(10));
    cookie
}

/// The cookie that removes it.
#[must_use]
pub fn no_renewal_cookie() -> Cookie<'static> {
    removal(RENEWAL)
}

/// The session cookie; `stay` gives it an age, otherwise it goes with the browser.
#[must_use]
pub fn cookie(token: &SecretString, stay: bool) -> Cookie<'static> {
    let mut cookie = host_only(COOKIE, token.expose_secret().to_owned());
    if stay {
        cookie.set_max_age(time::Duration::days(30));
    }
    cookie
}

/// The cookie that removes the session cookie.
#[must_use]
pub fn no_cookie() -> Cookie<'static> {
    removal(COOKIE)
}

fn host_only(name: &'static str, value: String) -> Cookie<'static> {
    Cookie::build((name, value)).path("/").secure(true).http_only(true).same_site(SameSite::Lax).build()
}

fn removal(name: &'static str) -> Cookie<'static> {
    let mut cookie = host_only(name, String::new());
    cookie.make_removal();
    cookie
}
