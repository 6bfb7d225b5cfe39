//! Content ids: version 1, SHA-256, base32, as the protocol writes them. Those of records are taken over JSON instead of
//! DAG-CBOR: they look right and change with the content, which is all that a client may rely on.

use sha2::{Digest as _, Sha256};

/// The id of raw bytes.
pub(crate) fn of_blob(bytes: &[u8]) -> String {
    cid(0x55, bytes)
}

/// The id of a record.
pub(crate) fn of_record(record: &serde_json::Value) -> String {
    cid(0x71, record.to_string().as_bytes())
}

fn cid(codec: u8, bytes: &[u8]) -> String {
    let mut id = vec![1, codec, 0x12, 0x20];
    id.extend(Sha256::digest(bytes));
    format!("b{}", base32(&id))
}

/// RFC 4648 in small letters, without padding.
pub(crate) fn base32(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let mut text = String::new();
    for group in bytes.chunks(5) {
        let mut padded = [0; 8];
        padded[3..3 + group.len()].copy_from_slice(group);
        let bits = u64::from_be_bytes(padded);
        for letter in 0..(group.len() * 8).div_ceil(5) {
            let index = (bits >> (35 - 5 * letter)) & 31;
            text.push(char::from(ALPHABET[usize::try_from(index).unwrap_or_default()]));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base32_is_that_of_the_standard() {
        for (bytes, text) in
            [("", ""), ("f", "my"), ("fo", "mzxq"), ("foo", "mzxw6"), ("foob", "mzxw6yq"), ("fooba", "mzxw6ytb")]
        {
            assert_eq!(base32(bytes.as_bytes()), text);
        }
        assert!(of_blob(b"x").starts_with("bafkrei") && of_blob(b"x").len() == 59);
        assert!(of_record(&serde_json::json!({})).starts_with("bafyrei"));
    }
}
