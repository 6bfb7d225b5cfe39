//! A document on its way from the web into the database and back.

use std::io::{Read, Write};

use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use klaroen_feed::{Document as Text, Limits, ReadError};
use sha2::{Digest, Sha256};
use url::Url;

use crate::{
    feed::{Stage, Trouble},
    http::Response,
};

/// A document as it was fetched.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// What to poll.
    pub address: String,
    pub(crate) final_address: Url,
    pub(crate) charset: Option<String>,
    pub(crate) etag: Option<String>,
    pub(crate) last_modified: Option<String>,
    pub(crate) bytes: Vec<u8>,
}

/// A document as it is stored.
#[derive(Debug, Clone)]
pub struct Packed {
    pub(crate) address: String,
    pub(super) final_address: Url,
    pub(super) charset: Option<String>,
    pub(crate) etag: Option<String>,
    pub(crate) last_modified: Option<String>,
    pub(crate) hash: Vec<u8>,
    pub(super) body: Vec<u8>,
    pub(super) bytes: i32,
}

impl Fetched {
    /// The body of an answer to a request for `address`.
    #[must_use]
    pub fn new(address: String, answer: Response) -> Self {
        Self {
            address,
            charset: answer.charset().map(ToOwned::to_owned),
            final_address: answer.url,
            etag: answer.etag,
            last_modified: answer.last_modified,
            bytes: answer.bytes,
        }
    }

    /// Its text, for the threads that may block.
    pub(crate) fn open(&self) -> Result<Text, ReadError> {
        open(self.bytes.clone(), self.charset.as_deref(), Some(self.final_address.clone()))
    }

    /// Makes it small, on a thread that may block.
    ///
    /// # Errors
    /// When it is larger than anything that is fetched.
    pub fn pack(self) -> Result<Packed, Trouble> {
        let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
        let body = packer.write_all(&self.bytes).and_then(|()| packer.finish()).map_err(|_| unusable())?;
        Ok(Packed {
            hash: Sha256::digest(&self.bytes).to_vec(),
            bytes: i32::try_from(self.bytes.len()).map_err(|_| unusable())?,
            body,
            address: self.address,
            final_address: self.final_address,
            charset: self.charset,
            etag: self.etag,
            last_modified: self.last_modified,
        })
    }
}

/// The bytes of a stored document.
pub(super) fn unpack(body: &[u8], bytes: i32) -> Result<Vec<u8>, Trouble> {
    let mut unpacked = Vec::with_capacity(usize::try_from(bytes).unwrap_or_default());
    GzDecoder::new(body).read_to_end(&mut unpacked).map_err(|_| unusable())?;
    Ok(unpacked)
}

pub(super) fn open(bytes: Vec<u8>, charset: Option<&str>, address: Option<Url>) -> Result<Text, ReadError> {
    Text::new(bytes, charset, address, &Limits::default())
}

fn unusable() -> Trouble {
    Trouble::new(Stage::Read, "feed.broken", "The stored document cannot be used. Fetch the address again.")
}
