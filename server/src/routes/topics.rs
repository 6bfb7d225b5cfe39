//! Topics: content types of posts.

use axum::extract::State;
use klaroen_core::{App, audit, topic::Topic};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    auth::{Marketer, SignedIn},
    extract::{Created, Json},
    problem::Problem,
};

/// Routes of this resource.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_topics, create_topic))
}

/// A new topic.
#[derive(Deserialize, ToSchema)]
pub struct NewTopic {
    /// 1 to 60 characters.
    name: String,
}

/// Lists the topics by name.
#[utoipa::path(get, path = "/topics", tag = "topics", responses((status = 200, body = Vec<Topic>)))]
async fn list_topics(State(app): State<App>, _: SignedIn) -> Result<Json<Vec<Topic>>, Problem> {
    Ok(Json(Topic::list(&mut app.db.read()).await?))
}

/// Makes a topic.
#[utoipa::path(post, path = "/topics", tag = "topics", request_body = NewTopic, responses((status = 201, body = Topic)))]
async fn create_topic(
    State(app): State<App>,
    marketer: Marketer,
    Json(new): Json<NewTopic>,
) -> Result<Created<Topic>, Problem> {
    let mut tx = app.db.write(&marketer).await?;
    let topic = Topic::create(&mut tx, &new.name).await?;
    audit::record(&mut tx, "topic.created", Some(topic.id.0), &json!({})).await?;
    tx.commit().await?;
    Ok(Created(topic))
}
