//! Sharing by hand: the networks' own dialogs, what a person says they shared, and whom they ask to confirm it.
//! Nothing is recorded before the person says that it is done.

use axum::extract::State;
use chrono::NaiveDate;
use klaroen_core::{
    App, Error,
    colleague::Colleague,
    confirmation::{Confirmation, Proof},
    db::Tx,
    id::{PersonId, PostId, ShareId},
    link::{self, Link},
    network::{Network, intent},
    organisation::{LinkHosts, OwnLine, disclosure::below},
    post::{Post, PostState},
    share::{Declaration, Share as Shared},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::shares::Share;
use crate::{
    auth::Employee,
    extract::{Created, Json, NoContent, Path, Query},
    problem::Problem,
};

/// Routes of this resource.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(open_dialog))
        .routes(routes!(declare_share))
        .routes(routes!(take_share_back))
        .routes(routes!(ask_colleague))
        .routes(routes!(find_colleagues))
}

/// Where to share by hand, and in which words.
#[derive(Deserialize, ToSchema)]
pub struct DialogRequest {
    network: Network,
    text: String,
}

/// The network's own dialog, filled in.
#[derive(Serialize, ToSchema)]
pub struct NetworkDialog {
    network: Network,
    /// To be opened in a new tab; null: the network has no dialog, so copy text and link.
    address: Option<String>,
    /// What to share in words, with the line that the organisation adds.
    text: String,
    /// False: the network takes no text, so it has to be copied and pasted.
    takes_text: bool,
    /// The text was longer than the network takes, and was cut.
    is_cut: bool,
    /// Where the post leads; counts clicks, if they are counted.
    link: String,
    /// Names the counting link when the share is declared.
    link_code: Option<String>,
    /// Posts on this network have an address, so a colleague can confirm one.
    can_be_confirmed: bool,
}

/// What a person says that they shared.
#[derive(Deserialize, ToSchema)]
pub struct NewDeclaration {
    post_id: PostId,
    network: Network,
    /// A day of the last 14, in one's own time zone.
    shared_on: NaiveDate,
    /// Of the dialog that was opened, if one was.
    link_code: Option<String>,
    /// Address of one's own post at the network; null: it counts as declared only.
    url: Option<String>,
    /// Who is asked to look at it; goes with `url`.
    confirmer_id: Option<PersonId>,
    /// Made by the form, so that the same click is never two shares.
    idempotency_key: Uuid,
}

/// Whom to ask to confirm a declared share.
#[derive(Deserialize, ToSchema)]
pub struct ConfirmationRequest {
    confirmer_id: PersonId,
    /// Address of one's own post at the network; null: the one of before.
    url: Option<String>,
}

/// Whom to look for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Search {
    /// Part of a name, at least two letters.
    #[serde(default)]
    q: String,
}

/// Fills in a network's own share dialog; nothing is recorded about the person.
#[utoipa::path(post, path = "/posts/{id}/dialog", tag = "shares", params(("id" = PostId, Path)), request_body = DialogRequest,
    responses((status = 200, body = NetworkDialog)))]
async fn open_dialog(
    State(app): State<App>,
    employee: Employee,
    Path(id): Path<PostId>,
    Json(wanted): Json<DialogRequest>,
) -> Result<Json<NetworkDialog>, Problem> {
    let mut tx = app.db.write(&employee).await?;
    let post = Post::get(&mut tx, id).await?;
    if post.state != PostState::Live || !Post::is_for(&mut tx, id, employee.id).await? {
        return Err(Error::NotFound.into());
    }
    LinkHosts::get(&mut tx).await?.insist(&post.link)?;
    let own = OwnLine::of(&mut tx, employee.id).await?;
    let link_code = if post.counting_link && link::is_allowed_target(&app.config, &post.link) {
        Some(Link::of_post(&mut tx, &app.config, &post, wanted.network).await?.code)
    } else {
        None
    };
    tx.commit().await?;
    let text = wanted.text.trim();
    let added = own.missing(post.language, text);
    let link = link_code.as_ref().map_or(post.link, |code| format!("{}/s/{code}", app.config.origin()));
    let words = intent::Words { title: &post.title, text, line: added, link: &link };
    let dialog = app.networks.dialog(wanted.network, &words);
    Ok(Json(NetworkDialog {
        network: wanted.network,
        text: below(text, added),
        takes_text: dialog.as_ref().is_some_and(|dialog| dialog.takes_text),
        is_cut: dialog.as_ref().is_some_and(|dialog| dialog.is_cut),
        address: dialog.map(|dialog| dialog.address),
        can_be_confirmed: intent::shows_posts(wanted.network),
        link,
        link_code,
    }))
}

/// Records what a person says they shared by hand, and asks the colleague that they chose.
#[utoipa::path(post, path = "/shares/declared", tag = "shares", request_body = NewDeclaration, responses((status = 201, body = Share)))]
async fn declare_share(
    State(app): State<App>,
    employee: Employee,
    Json(new): Json<NewDeclaration>,
) -> Result<Created<Share>, Problem> {
    let proof = new.url.as_deref().map(|url| proof(&app, new.network, url)).transpose()?;
    let asked = match (proof, new.confirmer_id) {
        (Some(proof), Some(colleague)) => Some((proof, colleague)),
        (None, None) => None,
        (Some(_), None) => {
            return Err(
                Error::invalid("/confirmer_id", "colleague.unknown", "Choose a colleague from the list.").into()
            );
        }
        (None, Some(_)) => return Err(not_a_post().into()),
    };
    let NewDeclaration { post_id: post, network, shared_on, link_code, idempotency_key: key, .. } = new;
    let mut tx = app.db.write_durable(&employee).await?;
    let new = Declaration { post, network, shared_on, link_code, key };
    let mut share = Shared::declare(&mut tx, employee.id, new).await?;
    // The same click once more asked already.
    if let Some((proof, colleague)) = asked.filter(|_| share.asked.state.is_none()) {
        share = Confirmation::ask(&mut tx, employee.id, share.id, colleague, &proof).await?;
    }
    tx.commit().await?;
    Ok(Created(Share::new(&app, share)))
}

/// Takes back what was declared, as long as nothing rests on it.
#[utoipa::path(delete, path = "/shares/{id}", tag = "shares", params(("id" = ShareId, Path)), responses((status = 204)))]
async fn take_share_back(
    State(app): State<App>,
    employee: Employee,
    Path(id): Path<ShareId>,
) -> Result<NoContent, Problem> {
    let mut tx = app.db.write_durable(&employee).await?;
    Shared::take_back(&mut tx, employee.id, id).await?;
    tx.commit().await?;
    Ok(NoContent)
}

/// Asks a colleague, or another one, to confirm a declared share.
#[utoipa::path(post, path = "/shares/{id}/confirmation", tag = "shares", params(("id" = ShareId, Path)),
    request_body = ConfirmationRequest, responses((status = 200, body = Share)))]
async fn ask_colleague(
    State(app): State<App>,
    employee: Employee,
    Path(id): Path<ShareId>,
    Json(wanted): Json<ConfirmationRequest>,
) -> Result<Json<Share>, Problem> {
    let mut tx = app.db.write_durable(&employee).await?;
    let proof = proof_of(&app, &mut tx, employee.id, id, wanted.url).await?;
    let share = Confirmation::ask(&mut tx, employee.id, id, wanted.confirmer_id, &proof).await?;
    tx.commit().await?;
    Ok(Json(Share::new(&app, share)))
}

/// Finds colleagues to ask by a part of their name.
#[utoipa::path(get, path = "/colleagues", tag = "shares", params(Search), responses((status = 200, body = Vec<Colleague>)))]
async fn find_colleagues(
    State(app): State<App>,
    employee: Employee,
    Query(search): Query<Search>,
) -> Result<Json<Vec<Colleague>>, Problem> {
    Ok(Json(Colleague::find(&mut app.db.read(), employee.id, &search.q).await?))
}

async fn proof_of(app: &App, tx: &mut Tx, person: PersonId, id: ShareId, url: Option<String>) -> Result<Proof, Error> {
    let share = Shared::get(tx, person, id).await?;
    let url = url.or(share.asked.address).ok_or_else(not_a_post)?;
    proof(app, share.network, &url)
}

/// The link of one's own post in its one spelling.
fn proof(app: &App, network: Network, url: &str) -> Result<Proof, Error> {
    let urn = app.networks.urn_of_address(network, url, None).ok_or_else(not_a_post)?;
    Ok(Proof { address: app.networks.address_of(network, &urn), urn })
}

fn not_a_post() -> Error {
    let words = "Paste the address of your post: open it at the network and copy its link.";
    Error::invalid("/url", "url.not_a_post", words)
}
