//! Removing a post: 204 whether it was there or not.

use reqwest::Method;
use secrecy::SecretString;
use serde_json::Value;

use super::LinkedIn;
use crate::network::Obstacle;

/// True for a name that the posts resource knows; what people paste may be an activity, which it does not.
pub fn is_removable(urn: &str) -> bool {
    urn.starts_with("urn:li:share:") || urn.starts_with("urn:li:ugcPost:")
}

/// True when the member of this id is the author of these bytes.
pub fn is_of(subject: &str, body: &str) -> bool {
    let author = format!("urn:li:person:{subject}");
    serde_json::from_str::<Value>(body).is_ok_and(|body| body["author"] == author)
}

impl LinkedIn {
    /// Removes a post; one that is not there is gone. Without `certain` that would prove nothing: a duplicate may name a
    /// post that is long gone.
    ///
    /// # Errors
    /// What stands in the way.
    pub async fn remove(
        &self,
        token: &SecretString,
        urn: &str,
        certain: bool,
        retired: &[String],
    ) -> Result<(), Obstacle> {
        let choice = self.versions.choose(retired);
        let path = format!("/rest/posts/{}", urn.replace(':', "%3A"));
        let call = self.rest(Method::DELETE, &path, token, &choice);
        let good: &[u16] = if certain { &[200, 204, 404] } else { &[200, 204] };
        self.expect(call, good, &choice).await.map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_posts_resource_names_can_be_removed() {
        assert!(is_removable("urn:li:share:7000000000000000001") && is_removable("urn:li:ugcPost:7000000000000000001"));
        assert!(!is_removable("urn:li:activity:7000000000000000001") && !is_removable(""));
    }

    #[test]
    fn bytes_belong_to_the_member_who_sent_them() {
        let sent = r#"{"author":"urn:li:person:a1"}"#;
        assert!(is_of("a1", sent));
        assert!(!is_of("a", sent) && !is_of("a1", "no json") && !is_of("a1", ""));
    }
}
