//! What a test may switch at the practice LinkedIn beside its rules.

use crate::port::NO_NAME;
use crate::{Running, versions};

impl Running {
    /// LinkedIn knows nothing any more of a member's tokens: every call answers 401 `INVALID_ACCESS_TOKEN`.
    pub fn forget_tokens(&self, member: u32) {
        self.world.state().forget_tokens(member);
    }

    /// The day of a member, or of the whole application, is full until 00:00 UTC.
    pub fn fill_day(&self, member: Option<u32>) {
        let today = self.world.now().date_naive();
        self.world.state().quota.fill(member, today);
    }

    /// A version of the API is not served any more from today.
    pub fn end_version(&self, version: u32) {
        let today = self.world.now().date_naive();
        versions::end(&mut self.world.state().rules.versions, version, today);
    }

    /// Versions older than this one are not served any more.
    pub fn serve_from(&self, oldest: u32) {
        let today = self.world.now().date_naive();
        versions::serve_from(&mut self.world.state().rules.versions, oldest, today);
    }

    /// From here on chance runs as in every sandbox with this seed; faults that wait are switched off.
    pub fn reseed(&self, seed: u64) {
        self.world.state().reseed(seed);
    }

    /// Nobody can connect any more; connections that are open stay.
    pub async fn close_port(&self) {
        self.world.port().set(false).await;
    }

    /// Everybody can connect again, at the same address.
    pub async fn open_port(&self) {
        self.world.port().set(true).await;
    }

    /// An address at which nobody listens for as long as the sandbox runs.
    #[must_use]
    pub fn closed_url(&self) -> String {
        self.world.port().closed_url()
    }

    /// An address whose name does not exist.
    #[must_use]
    pub fn nameless_url(&self) -> &'static str {
        NO_NAME
    }

    /// The sandbox's own address as if it spoke TLS, which it does not.
    #[must_use]
    pub fn tls_url(&self) -> String {
        self.world.base_url().replacen("http://", "https://", 1)
    }
}
