//! Why a mail did not go out, and when it is tried again. Pure. No address is among it: a server's words often hold one.

use std::fmt;

use chrono::Duration;

/// So often a mail is tried.
pub const TRIES: i32 = 10;
/// The first wait is up to this long; it doubles with each try.
const FIRST: i64 = 5;
/// No wait is longer.
const LONGEST: i64 = 3600;

/// Why a mail did not go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// A header field would have held a line break or another control character.
    Field,
    /// The mail server refused it with this code.
    Answered(u16),
    /// The mail server took too long.
    Slow,
    /// No secure connection could be made.
    Tls,
    /// The mail server cannot be reached.
    Unreachable,
}

/// The stable code, as in `smtp.550`.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field => f.write_str("field"),
            Self::Answered(code) => write!(f, "smtp.{code}"),
            Self::Slow => f.write_str("slow"),
            Self::Tls => f.write_str("tls"),
            Self::Unreachable => f.write_str("unreachable"),
        }
    }
}

impl Failure {
    /// How long to wait after this many tries; none: it will not go out. `chance` is between 0 and 1, so that many mails
    /// do not come back at the same moment.
    #[must_use]
    pub fn wait(self, tries: i32, chance: f64) -> Option<Duration> {
        if tries >= TRIES || self.is_final() {
            return None;
        }
        let doublings = u32::try_from(tries.max(1) - 1).unwrap_or(0).min(20);
        let full = (FIRST << doublings).min(LONGEST) * 1000;
        #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "milliseconds of an hour fit")]
        Some(Duration::milliseconds((full as f64 * chance) as i64))
    }

    /// Asking again would bring the same. What a server says of our name and password gets better when the operator
    /// puts it right.
    fn is_final(self) -> bool {
        match self {
            Self::Field => true,
            Self::Answered(code) => code >= 500 && !matches!(code, 530 | 534 | 535 | 538),
            Self::Slow | Self::Tls | Self::Unreachable => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_tried_ten_times_ever_later_up_to_an_hour() {
        for (tries, seconds) in [(1, 5), (2, 10), (3, 20), (9, 1280)] {
            let full = Some(Duration::seconds(seconds));
            assert_eq!(Failure::Unreachable.wait(tries, 1.0), full, "{tries}");
            for code in [451, 530, 534, 535, 538] {
                assert_eq!(Failure::Answered(code).wait(tries, 0.0), Some(Duration::zero()), "{code}");
            }
        }
        assert_eq!(Failure::Slow.wait(TRIES, 0.5), None);
    }

    #[test]
    fn what_cannot_get_better_is_tried_once() {
        for failure in [Failure::Field, Failure::Answered(550)] {
            assert_eq!(failure.wait(1, 0.5), None, "{failure}");
        }
        assert_eq!(Failure::Answered(550).to_string(), "smtp.550");
    }
}
