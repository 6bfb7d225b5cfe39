//! Which faults a call can meet: all that an answer of the web can have, and fewer where the sandbox itself calls or mails.

use crate::{Endpoint, Fault};

impl Fault {
    /// Whether a call of this endpoint can meet it.
    pub(crate) fn can_strike(&self, endpoint: Endpoint) -> bool {
        match (endpoint, self) {
            (_, Self::Flaw(flaw)) => endpoint == flaw.endpoint(),
            (_, Self::Denied) => endpoint == Endpoint::HubVerification,
            (_, Self::WrongSignature | Self::WithoutSignature | Self::Twice) => endpoint == Endpoint::HubDelivery,
            (Endpoint::HubVerification | Endpoint::HubDelivery, fault) => {
                matches!(fault, Self::DropBefore | Self::Delay { .. } | Self::DelayUpTo { .. } | Self::AsIf { .. })
            }
            (Endpoint::Mail, fault) => !matches!(
                fault,
                Self::Moved { .. }
                    | Self::RetryAfter { .. }
                    | Self::WithoutValidators
                    | Self::HalfBody
                    | Self::BreakOff
                    | Self::Gzip
                    | Self::BlankLine
                    | Self::AsIf { .. }
                    | Self::Drip { .. }
                    | Self::WithoutId
                    | Self::SlowHead { .. }
                    | Self::OtherWords
                    | Self::News
            ),
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Flaw;

    #[test]
    fn a_call_meets_only_what_it_can_show() {
        let as_if = || Fault::AsIf { name: "hub_lease_seconds".into(), value: "60".into() };
        for (endpoint, fault, meets) in [
            (Endpoint::HubVerification, Fault::Denied, true),
            (Endpoint::HubVerification, as_if(), true),
            (Endpoint::HubVerification, Fault::DropBefore, true),
            (Endpoint::HubVerification, Fault::DelayUpTo { ms: 1 }, true),
            (Endpoint::HubVerification, Fault::DropAfter, false),
            (Endpoint::HubVerification, Fault::Twice, false),
            (Endpoint::HubDelivery, Fault::Twice, true),
            (Endpoint::HubDelivery, Fault::WrongSignature, true),
            (Endpoint::HubDelivery, Fault::Delay { ms: 1 }, true),
            (Endpoint::HubDelivery, Fault::Denied, false),
            (Endpoint::HubDelivery, Fault::Answer { status: 500, body: String::new() }, false),
            (Endpoint::Hub, Fault::Moved { status: 307 }, true),
            (Endpoint::Hub, Fault::Denied, false),
            (Endpoint::Posts, Fault::WithoutSignature, false),
            (Endpoint::Posts, Fault::Cut, true),
            (Endpoint::Mail, Fault::Cut, true),
            (Endpoint::Mail, Fault::Gzip, false),
            (Endpoint::Mail, as_if(), false),
            (Endpoint::IdentityToken, Fault::Flaw(Flaw::Expired), true),
            (Endpoint::IdentityAuthorize, Fault::Flaw(Flaw::Expired), false),
            (Endpoint::IdentityAuthorize, Fault::Flaw(Flaw::CodeTwice), true),
            (Endpoint::Token, Fault::Flaw(Flaw::Expired), false),
        ] {
            assert_eq!(fault.can_strike(endpoint), meets, "{endpoint:?} {fault:?}");
        }
    }
}
