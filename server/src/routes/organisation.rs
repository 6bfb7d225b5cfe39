//! The organisation's own rules for what goes out. Everybody with an account may read them, an admin changes them.

use axum::extract::State;
use klaroen_core::{
    App,
    organisation::{Organisation, OrganisationRules, UtmTemplate, utm::Tags},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    auth::{Admin, SignedIn},
    extract::Json,
    problem::Problem,
};

/// Where the example leads before anything is added.
const EXAMPLE: &str = "https://www.example.com/news/we-are-hiring?lang=en#team";
/// What the example is about.
const TAGS: Tags<'_> =
    Tags { network: "linkedin", topic: "Vacancies", feed: "News", title: "We are hiring", post: "1" };

/// Routes of this resource.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show_organisation, change_organisation)).routes(routes!(show_example))
}

/// A template to try.
#[derive(Deserialize, ToSchema)]
pub struct TemplateToTry {
    utm_template: String,
}

/// An address before and after.
#[derive(Serialize, ToSchema)]
pub struct TemplateExample {
    /// Where a post leads.
    link: String,
    /// Where its counting link would lead on LinkedIn.
    target: String,
}

/// Shows the organisation's rules.
#[utoipa::path(get, path = "/organisation", tag = "organisation", responses((status = 200, body = OrganisationRules)))]
async fn show_organisation(State(app): State<App>, _: SignedIn) -> Result<Json<OrganisationRules>, Problem> {
    Ok(Json(Organisation::get(&mut app.db.read()).await?.into()))
}

/// Changes the organisation's rules. What is planned already keeps the line that it was made with; links to a host that is
/// not approved any more lead nowhere within a minute.
#[utoipa::path(put, path = "/organisation", tag = "organisation", request_body = OrganisationRules,
    responses((status = 200, body = OrganisationRules)))]
async fn change_organisation(
    State(app): State<App>,
    admin: Admin,
    Json(rules): Json<OrganisationRules>,
) -> Result<Json<OrganisationRules>, Problem> {
    let organisation = rules.check()?;
    let mut tx = app.db.write_durable(&admin).await?;
    let organisation = organisation.replace(&mut tx).await?;
    tx.commit().await?;
    app.links.forget();
    Ok(Json(organisation.into()))
}

/// Shows what a template would add to an address; nothing is saved.
#[utoipa::path(post, path = "/organisation/example", tag = "organisation", request_body = TemplateToTry,
    responses((status = 200, body = TemplateExample)))]
async fn show_example(_: Admin, Json(wanted): Json<TemplateToTry>) -> Result<Json<TemplateExample>, Problem> {
    let target = UtmTemplate::parse(&wanted.utm_template)?.apply(EXAMPLE, &TAGS);
    Ok(Json(TemplateExample { link: EXAMPLE.to_owned(), target }))
}
