//! Versions below which a dependency has a known hole, and dependencies that must not come in.

use std::collections::HashMap;

type Version = (u64, u64, u64);

fn version(text: &str) -> Version {
    let mut parts = text.split(['.', '-', '+']).map(|part| part.parse().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0), parts.next().unwrap_or(0))
}

fn locked() -> HashMap<String, Vec<Version>> {
    let lock = include_str!("../../Cargo.lock");
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    let value = |line: &str| line.split('"').nth(1).unwrap_or_default().to_owned();
    let mut name = String::new();
    for line in lock.lines() {
        if line.starts_with("name = ") {
            name = value(line);
        } else if line.starts_with("version = ") && !name.is_empty() {
            found.entry(std::mem::take(&mut name)).or_default().push(version(&value(line)));
        }
    }
    found
}

#[test]
fn dependencies_are_above_their_floors() {
    let locked = locked();
    assert!(locked.len() > 100, "Cargo.lock was not read");
    for (name, floor, advisory) in [
        ("quick-xml", (0, 41, 0), "RUSTSEC-2026-0194, -0195"),
        ("ammonia", (4, 1, 4), "RUSTSEC-2025-0071, 2026-0193, 2026-0213"),
        ("time", (0, 3, 47), "RUSTSEC-2026-0009"),
        ("h2", (0, 4, 16), "RUSTSEC-2026-0258"),
        ("lettre", (0, 11, 22), "RUSTSEC-2026-0141"),
        ("sqlx", (0, 8, 1), "RUSTSEC-2024-0363"),
        ("hickory-proto", (0, 26, 1), "RUSTSEC-2026-0119"),
        ("rustls", (0, 23, 18), "RUSTSEC-2024-0399"),
        ("tokio", (1, 44, 2), "RUSTSEC-2025-0023"),
        ("roxmltree", (0, 21, 2), "stack overflow"),
    ] {
        for version in locked.get(name).into_iter().flatten() {
            assert!(*version >= floor, "{name} {version:?} is below {floor:?}: {advisory}");
        }
    }
    for banned in ["openssl", "openssl-sys", "native-tls", "feed-rs"] {
        assert!(!locked.contains_key(banned), "{banned} came in");
    }
}
