//! Stopping: the first signal asks, the second does not.

use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// A token that is cancelled at the first SIGTERM or SIGINT. The second ends the process at once:
/// what was being sent is then `unknown`, and people see it so.
///
/// # Errors
/// When the system does not let us listen for signals.
pub fn on_signal() -> std::io::Result<CancellationToken> {
    let stop = CancellationToken::new();
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let asked = stop.clone();
    tokio::spawn(async move {
        for count in 1.. {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            if count == 2 {
                std::process::exit(1);
            }
            tracing::info!("stopping; a second signal ends at once");
            asked.cancel();
        }
    });
    Ok(stop)
}
