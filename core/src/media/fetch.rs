//! Gets a picture from its address: fetched through the guarded client, remade outside the async threads.

use tokio::{sync::Semaphore, task::spawn_blocking};
use url::Url;

use super::{Picture, Problem};
use crate::http::{Failure, Http, PICTURE_CAP, Request};

const ACCEPT: &str = "image/jpeg, image/png, image/webp, image/gif;q=0.9";

/// Smaller than this and it is a tracking pixel or an icon.
const SMALLEST: u32 = 16;

/// Decoding 40 million pixels takes 160 MiB, so one at a time.
static REMAKING: Semaphore = Semaphore::const_new(1);

/// Why there is no picture, in words.
#[derive(Debug, thiserror::Error)]
pub enum NoPicture {
    /// No answer.
    #[error("{0}")]
    Fetch(#[from] Failure),
    /// An answer without a picture.
    #[error("The server answered {0} instead of a picture.")]
    Status(reqwest::StatusCode),
    /// Something else, or damaged.
    #[error("{0}")]
    Picture(#[from] Problem),
}

impl NoPicture {
    /// True when it may go better later.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Fetch(failure) => matches!(failure, Failure::Unreachable | Failure::TooSlow | Failure::Broken),
            Self::Status(status) => status.is_server_error() || status.as_u16() == 429,
            Self::Picture(_) => false,
        }
    }
}

impl Picture {
    /// Fetches the picture at `address` and remakes it no wider than `width`.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn fetch(http: &Http, address: &str, width: u32) -> Result<Self, NoPicture> {
        let url = Url::parse(address).map_err(|_| Failure::Address)?;
        let answer = http.fetch(&Request::get(url, ACCEPT, PICTURE_CAP)).await?;
        if answer.status != reqwest::StatusCode::OK {
            return Err(NoPicture::Status(answer.status));
        }
        let _turn = REMAKING.acquire().await;
        let remade = spawn_blocking(move || Self::remake(&answer.bytes, width)).await;
        // A decoder that panicked met a damaged file.
        let picture = remade.unwrap_or(Err(Problem::Damaged))?;
        if picture.width < SMALLEST || picture.height < SMALLEST { Err(Problem::TooSmall.into()) } else { Ok(picture) }
    }
}
