//! The tables in `docs/sandbox.md` name tests as `module::name`; each of them stands in the file of that module.

use std::fs;
use std::path::{Path, PathBuf};

/// Every file of Rust below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let below = paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] });
    below.filter(|path| path.extension().is_some_and(|kind| kind == "rs")).collect()
}

/// Whether a file is that of a module, as in `hub` or `jobs::probe`.
fn is_of(path: &Path, module: &str) -> bool {
    path.with_extension("").ends_with(module.replace("::", "/"))
}

#[test]
fn every_test_that_is_named_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let page = fs::read_to_string(root.join("docs/sandbox.md")).unwrap();
    let own = [files(&root.join("sandbox/tests/it")), files(&root.join("sandbox/src"))].concat();
    let of_product = files(&root.join("tests/it"));
    let mut named = 0;
    for word in page.split('`').skip(1).step_by(2) {
        let is_path =
            word.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "_:".contains(letter));
        let Some((module, test)) = word.rsplit_once("::").filter(|(_, test)| is_path && !test.is_empty()) else {
            continue;
        };
        let known = if module.contains("::") { &of_product } else { &own };
        let has = |path: &&PathBuf| fs::read_to_string(path).unwrap().contains(&format!("fn {test}() {{"));
        assert!(known.iter().filter(|path| is_of(path, module)).any(|path| has(&path)), "docs/sandbox.md names {word}");
        named += 1;
    }
    assert!(named > 150, "{named}");
}
