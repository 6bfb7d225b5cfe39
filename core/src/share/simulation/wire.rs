//! Requests over turmoil's network, one JSON line each way: it delays, drops and partitions as the seed says.

use std::{collections::BTreeMap, io, sync::Arc, time::Duration};

use futures_util::FutureExt;
use reqwest::{Request, Response};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    time::timeout,
};
use turmoil::net::{TcpListener, TcpStream};

use super::{
    model::Life,
    practice::{Fate, Parts, Practice},
};
use crate::http::transport::{NoAnswer, Simulated};

const HOST: &str = "linkedin";
const PORT: u16 = 80;
/// As the client over HTTP waits.
const CONNECT: Duration = Duration::from_secs(5);
const TOTAL: Duration = Duration::from_secs(45);

/// The way there over the simulated network.
pub(super) fn over_turmoil() -> Simulated {
    Arc::new(|request| exchange(request).boxed())
}

/// The way there in one step, for a process that lives so many calls.
pub(super) fn at_once(practice: Practice, life: Life, fate: Fate) -> Simulated {
    Arc::new(move |request| in_memory(practice.clone(), life.clone(), fate, request).boxed())
}

async fn exchange(request: Request) -> Result<Response, NoAnswer> {
    let connected = timeout(CONNECT, TcpStream::connect((HOST, PORT))).await;
    let Ok(Ok(stream)) = connected else { return Err(NoAnswer::Unsent("no connection could be made")) };
    match timeout(TOTAL, call(stream, &request)).await {
        Ok(Ok(parts)) => Ok(response(parts)),
        Ok(Err(_)) => Err(NoAnswer::Lost("the connection broke off before an answer came")),
        Err(_) => Err(NoAnswer::Lost("no answer came in time")),
    }
}

async fn call(mut stream: TcpStream, request: &Request) -> io::Result<Parts> {
    let line = serde_json::to_string(&(request.url().path(), text(request)))?;
    stream.write_all(format!("{line}\n").as_bytes()).await?;
    let mut answer = String::new();
    BufReader::new(stream).read_line(&mut answer).await?;
    Ok(serde_json::from_str(&answer)?)
}

fn text(request: &Request) -> &str {
    let bytes = request.body().and_then(|body| body.as_bytes()).unwrap_or_default();
    std::str::from_utf8(bytes).unwrap_or_default()
}

fn response((status, headers, body): Parts) -> Response {
    let mut response = http::Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(name, value);
    }
    response.body(body).expect("a valid answer").into()
}

/// The practice network at the other end.
pub(super) async fn serve(practice: Practice) -> turmoil::Result {
    let listener = TcpListener::bind(("0.0.0.0", PORT)).await?;
    loop {
        let (stream, _) = listener.accept().await?;
        let practice = practice.clone();
        tokio::spawn(async move { answer(practice, stream).await });
    }
}

async fn answer(practice: Practice, stream: TcpStream) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    stream.read_line(&mut line).await?;
    let (path, body): (String, String) = serde_json::from_str(&line)?;
    let (fate, think) = practice.fate(&path);
    practice.begin();
    tokio::time::sleep(think).await;
    let parts = done(&practice, fate, &path, &body);
    if let Fate::CommitLate(seconds) = fate {
        drop(stream);
        tokio::time::sleep(Duration::from_secs(seconds)).await;
        practice.carry_out(&path, &body);
        practice.end();
        return Ok(());
    }
    practice.end();
    let Some(parts) = parts else { return Ok(()) };
    stream.write_all(format!("{}\n", serde_json::to_string(&parts)?).as_bytes()).await
}

/// The answer to a request, if there is one.
fn done(practice: &Practice, fate: Fate, path: &str, body: &str) -> Option<Parts> {
    let bare = |status| Some((status, BTreeMap::new(), String::new()));
    match fate {
        Fate::Fine => Some(practice.carry_out(path, body)),
        Fate::Answer(status) => bare(status),
        Fate::DropBefore | Fate::CommitLate(_) => None,
        Fate::AnswerAfter(status) => {
            practice.carry_out(path, body);
            bare(status)
        }
        Fate::DropAfter => {
            practice.carry_out(path, body);
            None
        }
    }
}

async fn in_memory(practice: Practice, life: Life, fate: Fate, request: Request) -> Result<Response, NoAnswer> {
    life.call().await;
    // Uploads are not what is being asked here.
    let fate = if request.url().path() == "/rest/posts" { fate } else { Fate::Fine };
    let parts = done(&practice, fate, request.url().path(), text(&request));
    life.call().await;
    parts.map(response).ok_or(NoAnswer::Lost("the connection broke off before an answer came"))
}
