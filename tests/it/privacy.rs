//! `docs/privacy.md` says of every column what it is for; here it is held against the live schema.

use std::collections::BTreeMap;

use klaroen_core::{db::Tx, sql};

use crate::support::TestApp;

const CLASSES: [&str; 4] = ["personal", "pseudonymous", "payroll", "none"];
const BASES: [&str; 5] = ["consent", "contract", "legal obligation", "legitimate interest", "-"];

/// The cells after the column's name: class, purpose, base, kept, export key, on erasure.
type Rule = [String; 6];

/// Table and column with what the page says of them.
fn page() -> BTreeMap<(String, String), Rule> {
    let mut rules = BTreeMap::new();
    let mut table = None;
    for line in include_str!("../../docs/privacy.md").lines() {
        if let Some(name) = line.strip_prefix("### ") {
            table = Some(name.to_owned());
        }
        let Some((table, row)) = table.as_ref().zip(line.strip_prefix("| ")) else { continue };
        let cells: Vec<_> = row.trim_end_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
        if cells[0] == "column" {
            continue;
        }
        let [column, rule @ ..] = &cells[..] else { panic!("{line}") };
        let rule: Rule = rule.to_vec().try_into().unwrap_or_else(|_| panic!("not 7 cells: {line}"));
        let former = rules.insert((table.clone(), column.clone()), rule);
        assert!(former.is_none(), "{table}.{column} has two rows");
    }
    rules
}

async fn live_columns(tx: &mut Tx, is_embedded: bool) -> Vec<(String, String)> {
    let query = if is_embedded {
        "select t.name, c.name from sqlite_master t, pragma_table_info(t.name) c where t.type = 'table' \
         and t.name not like 'sqlite!_%' escape '!' and t.name <> '_sqlx_migrations' order by 1, 2"
    } else {
        "select cast(table_name as text), cast(column_name as text) from information_schema.columns \
         where table_schema = current_schema() and table_name <> '_sqlx_migrations' order by 1, 2"
    };
    sql!(tx, fetch_all, query).unwrap()
}

#[tokio::test]
async fn g5_every_column_of_the_live_schema_is_classed() {
    let app = TestApp::start().await;
    let page = page();
    let live = live_columns(&mut app.app.db.read(), app.app.db.is_embedded()).await;
    assert!(live.len() > 150, "only {} columns were found", live.len());
    let unclassed: Vec<_> = live.iter().filter(|column| !page.contains_key(column)).collect();
    let stale: Vec<_> = page.keys().filter(|column| !live.contains(column)).collect();
    assert!(unclassed.is_empty() && stale.is_empty(), "docs/privacy.md lacks {unclassed:?} and should drop {stale:?}");
}

#[test]
fn g5_what_is_kept_about_a_person_has_a_purpose_a_ground_an_end_and_a_way_out() {
    for ((table, column), rule) in page() {
        let [class, _, base, ..] = &rule;
        assert!(CLASSES.contains(&class.as_str()), "{table}.{column}: class {class:?}");
        assert!(base.split(", ").all(|base| BASES.contains(&base)), "{table}.{column}: base {base:?}");
        let says_nothing = rule[1..].iter().filter(|cell| cell.is_empty() || *cell == "-").count();
        assert_eq!(says_nothing, if class == "none" { 5 } else { 0 }, "{table}.{column}: {rule:?}");
    }
}

#[test]
fn g5_a_column_that_names_a_person_is_never_classed_as_about_nobody() {
    let telling = ["person_id", "created_by", "actor_id", "subject_id", "email", "staff_no", "display_name", "token"];
    for ((table, column), rule) in page() {
        assert!(!telling.contains(&column.as_str()) || rule[0] != "none", "{table}.{column} is about somebody");
    }
}
