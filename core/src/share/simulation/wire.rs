//! Requests over turmoil's network, one JSON line each way: it delays, drops and partitions as the seed says.

use std::{io, sync::Arc, time::Duration};

use chrono::TimeDelta;
use futures_util::FutureExt;
use reqwest::{Request, Response};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    time::timeout,
};
use turmoil::net::{TcpListener, TcpStream};

use super::{
    model::Life,
    practice::{Answer, Call, Fate, Practice},
};
use crate::http::transport::{NoAnswer, Simulated};

const PORT: u16 = 80;
/// As the client over HTTP waits.
const CONNECT: Duration = Duration::from_secs(5);
const TOTAL: Duration = Duration::from_secs(45);

/// The way there over the simulated network, for a worker whose clock is so far ahead.
pub(super) fn over_turmoil(practices: [Practice; 3], ahead: TimeDelta) -> Simulated {
    Arc::new(move |request| {
        let host = request.url().host_str().expect("a host").to_owned();
        let practice = practices.iter().find(|practice| practice.network.word() == host).expect("a network").clone();
        exchange(practice, ahead, request).boxed()
    })
}

/// The way there in one step, for a process that lives so many calls.
pub(super) fn at_once(practice: Practice, life: Life, fate: Fate) -> Simulated {
    Arc::new(move |request| in_memory(practice.clone(), life.clone(), fate, request).boxed())
}

async fn exchange(practice: Practice, ahead: TimeDelta, request: Request) -> Result<Response, NoAnswer> {
    let mut call = call(&request);
    let _under_way = practice.depart(&mut call, ahead);
    let connected = timeout(CONNECT, TcpStream::connect((practice.network.word(), PORT))).await;
    let Ok(Ok(stream)) = connected else { return Err(NoAnswer::Unsent("no connection could be made")) };
    match timeout(request.timeout().copied().unwrap_or(TOTAL), ask(stream, &call)).await {
        Ok(Ok(answer)) => Ok(response(answer)),
        Ok(Err(_)) => Err(NoAnswer::Lost("the connection broke off before an answer came")),
        Err(_) => Err(NoAnswer::Lost("no answer came in time")),
    }
}

async fn ask(mut stream: TcpStream, call: &Call) -> io::Result<Answer> {
    let line = serde_json::to_string(call)?;
    stream.write_all(format!("{line}\n").as_bytes()).await?;
    let mut answer = String::new();
    BufReader::new(stream).read_line(&mut answer).await?;
    Ok(serde_json::from_str(&answer)?)
}

/// What of a request matters here; the bytes of a picture do not.
fn call(request: &Request) -> Call {
    let header =
        |name| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let bytes = request.body().and_then(|body| body.as_bytes()).unwrap_or_default();
    let body = std::str::from_utf8(bytes).unwrap_or_default().to_owned();
    let (authorization, idempotency_key) = (header("authorization"), header("idempotency-key"));
    Call { url: request.url().clone(), authorization, idempotency_key, send: None, body }
}

fn response((status, headers, body): Answer) -> Response {
    let mut response = http::Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(name, value);
    }
    response.body(body).expect("a valid answer").into()
}

/// A practice network at the other end.
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
    let call: Call = serde_json::from_str(&line)?;
    let (fate, think) = practice.fate(&call);
    let began = practice.begin();
    tokio::time::sleep(think).await;
    let answer = practice.answer(fate, &call, began);
    if let Fate::CommitLate(seconds) = fate {
        drop(stream);
        tokio::time::sleep(Duration::from_secs(seconds)).await;
        practice.carry_out(&call, began);
        practice.end();
        return Ok(());
    }
    practice.end();
    let Some(answer) = answer else { return Ok(()) };
    stream.write_all(format!("{}\n", serde_json::to_string(&answer)?).as_bytes()).await
}

async fn in_memory(practice: Practice, life: Life, fate: Fate, request: Request) -> Result<Response, NoAnswer> {
    life.call().await;
    let mut call = call(&request);
    let _under_way = practice.depart(&mut call, TimeDelta::zero());
    // Uploads and looks are not what is being asked here.
    let fate = if call.is_send() { fate } else { Fate::Fine };
    let began = practice.begin();
    let answer = practice.answer(fate, &call, began);
    practice.end();
    life.call().await;
    answer.map(response).ok_or(NoAnswer::Lost("the connection broke off before an answer came"))
}
