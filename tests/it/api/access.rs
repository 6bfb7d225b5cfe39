//! Who may do what: every operation of the contract by every kind of person, against one table.
//! A new operation without a row fails.

use std::collections::BTreeMap;

use klaroen_core::role::Role;
use reqwest::Method;
use serde_json::Value;

use crate::support::TestApp;

/// One operation of the contract.
pub struct Operation {
    pub method: Method,
    path: String,
}

impl Operation {
    /// The path with every parameter replaced.
    pub fn path_with(&self, id: &str) -> String {
        let parts = self.path.split('/').map(|part| match part {
            "{year}" => "2026",
            "{network}" => "linkedin",
            part if part.starts_with('{') => id,
            part => part,
        });
        format!("/api{}", parts.collect::<Vec<_>>().join("/"))
    }
}

/// All operations of the contract.
pub fn operations() -> Vec<Operation> {
    let contract: Value = serde_json::from_str(&klaroen_server::contract().to_json().unwrap()).unwrap();
    let paths = contract["paths"].as_object().unwrap();
    let of = |(path, item): (&String, &Value)| {
        let methods = item.as_object().unwrap().keys().filter_map(|key| key.to_uppercase().parse::<Method>().ok());
        methods
            .filter(|method| ["GET", "POST", "PUT", "PATCH", "DELETE"].contains(&method.as_str()))
            .map(|method| Operation { method, path: path.clone() })
            .collect::<Vec<_>>()
    };
    paths.iter().flat_map(of).collect()
}

/// Who gets past the door: `-` nobody signed in needed, `*` anybody with an account, else the first letters of the roles (`-e`: an
/// employee, or nobody).
fn table() -> BTreeMap<(&'static str, &'static str), &'static str> {
    include_str!("access.txt")
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|line| {
            let words: Vec<_> = line.split_whitespace().collect();
            ((words[0], words[1]), words[2])
        })
        .collect()
}

#[tokio::test]
async fn a7_every_route_opens_to_exactly_the_roles_in_the_table() {
    let app = TestApp::start().await;
    let table = table();
    let actors = [
        ("-", app.nobody()),
        ("e", app.person(&[Role::Employee]).await),
        ("m", app.person(&[Role::Marketer]).await),
        ("h", app.person(&[Role::Hr]).await),
        ("a", app.person(&[Role::Admin]).await),
    ];
    let mut wrong = vec![];
    let operations = operations();
    for operation in &operations {
        let Some(allowed) = table.get(&(operation.method.as_str(), operation.path.as_str())) else {
            wrong.push(format!("{} {}: no row in access.txt", operation.method, operation.path));
            continue;
        };
        if *allowed == "self" {
            continue; // ends the very session that asks; has tests of its own
        }
        for (letter, client) in &actors {
            let path = operation.path_with("00000000-0000-7000-8000-000000000000");
            let status = client.send(operation.method.clone(), &path, None).await.status.as_u16();
            let is_open = *allowed == "-" || (*allowed == "*" && *letter != "-") || allowed.contains(letter);
            let kept_out = status == if *letter == "-" { 401 } else { 403 };
            if is_open == kept_out {
                wrong
                    .push(format!("{} {path} as {letter:?}: {status}, but the table says {allowed}", operation.method));
            }
        }
    }
    let rows = operations.len();
    assert!(wrong.is_empty(), "{} of {rows} operations:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(table.len(), rows, "access.txt has rows for operations that are gone");
}
