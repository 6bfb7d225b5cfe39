//! Regular expressions that marketers type: linear in time, bounded in size, compiled once per thread.

use std::cell::RefCell;
use std::collections::HashMap;

use regex::{Regex, RegexBuilder};

/// Bytes of a pattern.
const LONGEST: usize = 256;
/// Bytes a compiled pattern may take.
const SIZE: usize = 1024 * 1024;
/// Groups inside each other.
const NESTING: u32 = 20;
/// Compiled patterns kept per thread.
const KEPT: usize = 128;

thread_local! {
    static COMPILED: RefCell<HashMap<String, Result<Regex, String>>> = RefCell::default();
}

/// Compiles a pattern, or says what is wrong with it.
pub(crate) fn compile(pattern: &str) -> Result<Regex, String> {
    COMPILED.with_borrow_mut(|compiled| {
        if let Some(known) = compiled.get(pattern) {
            return known.clone();
        }
        if compiled.len() >= KEPT {
            compiled.clear();
        }
        let built = build(pattern);
        compiled.insert(pattern.to_owned(), built.clone());
        built
    })
}

fn build(pattern: &str) -> Result<Regex, String> {
    if pattern.len() > LONGEST {
        return Err(format!("the pattern is longer than {LONGEST} bytes"));
    }
    RegexBuilder::new(pattern).size_limit(SIZE).nest_limit(NESTING).build().map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => "the pattern would need too much memory; use smaller repetitions".to_owned(),
        other => {
            let text = other.to_string();
            let reason = text.lines().last().unwrap_or_default().trim_start_matches("error: ");
            format!("the pattern {pattern} is not valid: {reason}")
        }
    })
}

/// Replaces all matches; `$1` stands for the first group, as in `XPath` 2.0.
pub(crate) fn replace_all(regex: &Regex, text: &str, with: &str) -> String {
    regex.replace_all(text, group_references(with).as_str()).into_owned()
}

/// The crate reads `$1x` as a group named `1x` and `$` alone as nothing: write what was meant.
fn group_references(with: &str) -> String {
    let mut out = String::with_capacity(with.len() + 4);
    let mut rest = with;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        let digits = rest[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
        match &rest[at + 1..at + 1 + digits] {
            "" => out.push_str("$$"),
            group => {
                out.push_str("${");
                out.push_str(group);
                out.push('}');
            }
        }
        rest = &rest[at + 1 + digits..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stopwatch::Stopwatch;

    #[test]
    fn groups_are_replaced_as_in_xpath() {
        let regex = compile(r"(\d+)-(\d+)").unwrap();
        for (with, expected) in [("$2/$1", "a 2/1 b"), ("$1x", "a 1x b"), ("$ 5", "a $ 5 b"), ("", "a  b")] {
            assert_eq!(replace_all(&regex, "a 1-2 b", with), expected, "{with}");
        }
    }

    #[test]
    fn f8_hostile_patterns_compile_and_run_quickly_or_are_refused() {
        let text = "aaaaaaaaab ".repeat(95_326);
        let patterns = [
            "(a+)+$",
            "(.*a){20}$",
            "(?:a?){500}a{500}",
            "(a|a)*b",
            "(a|aa)+$",
            "([a-z]+)*x",
            "(x+x+)+y",
            r"(\w+\s?)*!",
            r"^(([a-z])+.)+[A-Z]([a-z])+$",
            "(.*)(.*)(.*)(.*)c",
            "[a-z]{1000}{1000}",
            r"(\w{1,100}){1,100}",
            "((((((((((((((((((((((a))))))))))))))))))))))",
            r"\pL+\d",
            "(?i)AAAB$",
            "a*a*a*a*a*a*c",
            "(a{0,50}){0,50}z",
            r"[^\s]*[^a]*$",
            r"(?:\b\w+\b\s*){10}q",
            &"a".repeat(300),
        ];
        for pattern in patterns {
            // The best of a few runs, because other tests share the processor.
            let took = (0..5).map(|_| {
                COMPILED.with_borrow_mut(HashMap::clear);
                let stopwatch = Stopwatch::start();
                let _ = compile(pattern).map(|regex| regex.is_match(&text));
                stopwatch.elapsed().as_millis()
            });
            assert!(took.min() <= Some(50), "{pattern}");
        }
    }
}
