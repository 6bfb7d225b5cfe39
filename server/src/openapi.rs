//! The contract: generated from the handlers, checked in as `server/openapi.json`, served with a readable page.

use axum::{
    Router,
    http::{HeaderValue, header},
    middleware,
    response::Response,
};
use klaroen_core::id::AttemptId;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ContentBuilder, InfoBuilder, LicenseBuilder, OpenApi, Ref, ResponseBuilder, ServerBuilder},
};
use utoipa_swagger_ui::SwaggerUi;

/// The page runs its own scripts and styles, and nothing from elsewhere.
const DOCS_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Names the product, and adds the one form of all errors.
pub fn complete(api: &mut OpenApi) {
    let text = "Everything that the web app does. Cookie-authenticated changes need `content-type: application/json`, \
        the header `x-klaroen: 1`, and `Sec-Fetch-Site` or `Origin` of our own pages. Ids are UUIDs, instants are \
        RFC 3339 in UTC. Lists that can grow answer `items` and `next`; pass `next` as `after`.";
    api.info = InfoBuilder::new()
        .title("Klaroen")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(text))
        .license(Some(LicenseBuilder::new().name("MIT OR Apache-2.0").identifier(Some("MIT OR Apache-2.0")).build()))
        .build();
    api.servers = Some(vec![ServerBuilder::new().url("/api").build()]);
    if let Some(components) = &mut api.components {
        // Named only in paths, where utoipa does not look for schemas.
        components.schemas.insert(AttemptId::name().into_owned(), AttemptId::schema());
    }
    for item in api.paths.paths.values_mut() {
        let operations = [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
        for operation in operations.into_iter().flatten() {
            let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("ProblemBody"))).build();
            let problem = ResponseBuilder::new()
                .description("Something is wrong; `code` tells what, `detail` says what to do.")
                .content("application/problem+json", content)
                .build();
            operation.responses.responses.insert("default".to_owned(), problem.into());
        }
    }
}

/// `/api/openapi.json` and `/api/docs`.
pub fn routes<S: Clone + Send + Sync + 'static>(api: OpenApi) -> Router<S> {
    let docs: Router<S> = SwaggerUi::new("/api/docs").url("/api/openapi.json", api).into();
    docs.layer(middleware::map_response(|mut response: Response| async {
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(DOCS_POLICY));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        response
    }))
}
