//! Gate F13: what fuzzing found, and seeds for it, read again in every run by the very functions that are fuzzed.

use std::path::Path;

#[path = "../fuzz/bodies/date.rs"]
mod date;
#[path = "../fuzz/bodies/discovery.rs"]
mod discovery;
#[path = "../fuzz/bodies/document.rs"]
mod document;
#[path = "../fuzz/bodies/html.rs"]
mod html;
#[path = "../fuzz/bodies/mapping.rs"]
mod mapping;

/// On a thread with a small stack, as the product reads.
fn replay(target: &'static str, run: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let all = move || {
        let files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert!(!files.is_empty(), "{} holds nothing", folder.display());
        for file in files {
            eprintln!("{}", file.display());
            run(&std::fs::read(file).unwrap());
        }
    };
    std::thread::Builder::new().stack_size(2 * 1024 * 1024).spawn(all).unwrap().join().unwrap();
}

#[test]
fn f13_documents() {
    replay("document", document::run);
}

#[test]
fn f13_mappings() {
    replay("mapping", mapping::run);
}

#[test]
fn f13_dates() {
    replay("date", date::run);
}

#[test]
fn f13_html() {
    replay("html", html::run);
}

#[test]
fn f13_discovery() {
    replay("discovery", discovery::run);
}
