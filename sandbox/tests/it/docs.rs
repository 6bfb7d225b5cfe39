//! The table in `docs/sandbox.md` names tests; each of them exists.

use std::fs;
use std::path::Path;

/// Every file of Rust below a folder, as one text.
fn sources(folder: &Path) -> String {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .map(|path| match path.extension() {
            None => sources(&path),
            Some(kind) if kind == "rs" => fs::read_to_string(&path).unwrap(),
            Some(_) => String::new(),
        })
        .collect()
}

#[test]
fn every_test_that_is_named_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let page = fs::read_to_string(root.join("docs/sandbox.md")).unwrap();
    let known: String = ["sandbox/src", "sandbox/tests", "core/src", "tests/it"]
        .iter()
        .map(|folder| sources(&root.join(folder)))
        .collect();
    let mut named = 0;
    for word in page.split('`').skip(1).step_by(2).filter(|word| word.contains("::") && !word.contains([' ', '('])) {
        let Some((_, test)) = word.rsplit_once("::").filter(|(_, name)| name.contains('_')) else { continue };
        assert!(known.contains(&format!("fn {test}(")), "docs/sandbox.md names {word}");
        named += 1;
    }
    assert!(named > 40, "{named}");
}
