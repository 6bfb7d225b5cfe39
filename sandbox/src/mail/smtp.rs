//! The SMTP side of the mail catcher: enough of the protocol for a client without TLS, with a cap on everything a
//! client sends. Faults for [`Endpoint::Mail`] strike when a message has been sent.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufStream};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

use crate::world::World;
use crate::{Endpoint, Fault};

/// Bytes of a message.
const MESSAGE: usize = 10 * 1024 * 1024;
/// Bytes of one line, its end included; the standard asks for 1,000 in a message.
const LINE: u64 = 16 * 1024;
/// Recipients of a message.
const RECIPIENTS: usize = 100;

/// Catches mails until the sandbox ends.
pub(crate) async fn serve(listener: TcpListener, world: World, stop: CancellationToken) {
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => return,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, _)) => {
                let (world, stop) = (world.clone(), stop.clone());
                // A client that goes away in the middle of a mail is its own business.
                tokio::spawn(async move { stop.run_until_cancelled(Session::new(stream, world).run()).await });
            }
            Err(error) => tracing::warn!(%error, "the mail catcher could not accept a connection"),
        }
    }
}

/// One connection; `from` is set while a mail is being described.
struct Session {
    stream: BufStream<TcpStream>,
    world: World,
    from: Option<String>,
    to: Vec<String>,
}

impl Session {
    fn new(stream: TcpStream, world: World) -> Self {
        Self { stream: BufStream::new(stream), world, from: None, to: Vec::new() }
    }

    async fn run(mut self) -> io::Result<()> {
        self.say("220 sandbox ESMTP, mails go no further").await?;
        while let Some(line) = self.line().await? {
            let text = String::from_utf8_lossy(&line).trim_end().to_owned();
            let verb = text.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
            match verb.as_str() {
                "EHLO" => {
                    self.reset();
                    let size = format!("250 SIZE {MESSAGE}");
                    for line in ["250-sandbox", "250-8BITMIME", "250-SMTPUTF8", "250-PIPELINING", size.as_str()] {
                        self.write(line).await?;
                    }
                    self.stream.flush().await?;
                }
                "HELO" => {
                    self.reset();
                    self.say("250 sandbox").await?;
                }
                "MAIL" => self.mail(&text).await?,
                "RCPT" => self.recipient(&text).await?,
                "DATA" if self.to.is_empty() => self.say("503 Say MAIL and RCPT first").await?,
                "DATA" => {
                    self.say("354 Go on, end with a dot").await?;
                    if !self.message().await? {
                        return Ok(());
                    }
                }
                "RSET" => {
                    self.reset();
                    self.say("250 OK").await?;
                }
                "NOOP" => self.say("250 OK").await?,
                "QUIT" => return self.say("221 Bye").await,
                _ => self.say("502 Not known here").await?,
            }
        }
        Ok(())
    }

    fn reset(&mut self) {
        self.from = None;
        self.to.clear();
    }

    async fn mail(&mut self, line: &str) -> io::Result<()> {
        self.reset();
        self.from = address(line);
        self.say(if self.from.is_some() { "250 OK" } else { "501 MAIL FROM:<address>" }).await
    }

    async fn recipient(&mut self, line: &str) -> io::Result<()> {
        match address(line).filter(|address| address.contains('@')) {
            _ if self.from.is_none() => self.say("503 Say MAIL first").await,
            _ if self.to.len() >= RECIPIENTS => self.say("452 Too many recipients").await,
            Some(address) => {
                self.to.push(address);
                self.say("250 OK").await
            }
            None => self.say("501 RCPT TO:<address>").await,
        }
    }

    /// Reads a message to its dot and answers; says whether the connection goes on.
    async fn message(&mut self) -> io::Result<bool> {
        let (mut raw, mut too_large) = (Vec::new(), false);
        loop {
            let Some(line) = self.line().await? else { return Ok(false) };
            if line == b".\r\n" || line == b".\n" {
                break;
            }
            let line = line.strip_prefix(b".").unwrap_or(&line);
            too_large |= raw.len() + line.len() > MESSAGE;
            if !too_large {
                raw.extend_from_slice(line);
            }
        }
        if too_large {
            self.reset();
            self.say("552 The message is too large").await?;
            return Ok(true);
        }
        let fault = self.world.state().faults.take(Endpoint::Mail, None);
        match fault {
            Some(Fault::HangBefore { ms }) => {
                tokio::time::sleep(Duration::from_millis(ms)).await;
                return Ok(false);
            }
            Some(Fault::Answer { status, body }) => return self.refuse(status, &body).await,
            Some(Fault::AnswerAfter { status, body }) => {
                self.keep(raw);
                return self.refuse(status, &body).await;
            }
            Some(Fault::DropBefore | Fault::ResetBefore | Fault::HalfCloseBefore) => return Ok(false),
            Some(Fault::DropAfter | Fault::ResetAfter | Fault::HalfCloseAfter | Fault::Cut) => {
                self.keep(raw);
                return Ok(false);
            }
            Some(Fault::CommitLate { ms }) => {
                tokio::time::sleep(Duration::from_millis(ms)).await;
                self.keep(raw);
                return Ok(false);
            }
            Some(Fault::Delay { ms } | Fault::DelayUpTo { ms }) => {
                tokio::time::sleep(Duration::from_millis(ms)).await;
                self.keep(raw);
            }
            Some(Fault::DelayAfter { ms }) => {
                self.keep(raw);
                tokio::time::sleep(Duration::from_millis(ms)).await;
            }
            // What only an answer of the web can have.
            None | Some(_) => self.keep(raw),
        }
        self.say("250 Kept").await?;
        Ok(true)
    }

    fn keep(&mut self, raw: Vec<u8>) {
        let (from, to) = (self.from.take().unwrap_or_default(), std::mem::take(&mut self.to));
        let now = self.world.now();
        self.world.state().mails.keep(from, to, raw, now);
    }

    /// The status of the fault, with the first line of its body as words.
    async fn refuse(&mut self, status: u16, body: &str) -> io::Result<bool> {
        self.reset();
        self.say(&format!("{status} {}", body.lines().next().unwrap_or("Refused"))).await?;
        Ok(true)
    }

    /// The next line with its end; nothing when the client is gone or sends endless lines.
    async fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        (&mut self.stream).take(LINE).read_until(b'\n', &mut line).await?;
        if line.ends_with(b"\n") {
            return Ok(Some(line));
        }
        if !line.is_empty() {
            self.say("500 The line is too long").await?;
        }
        Ok(None)
    }

    async fn write(&mut self, line: &str) -> io::Result<()> {
        self.stream.write_all(line.as_bytes()).await?;
        self.stream.write_all(b"\r\n").await
    }

    async fn say(&mut self, line: &str) -> io::Result<()> {
        self.write(line).await?;
        self.stream.flush().await
    }
}

/// The address between angle brackets.
fn address(line: &str) -> Option<String> {
    let (_, rest) = line.split_once('<')?;
    let (address, _) = rest.split_once('>')?;
    Some(address.trim().to_owned())
}
