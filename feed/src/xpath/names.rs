//! What the names of an expression mean in a document: prefixes declared at its root, further down, or well known, and
//! its default namespace.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;

use memchr::memmem;

use super::{Engine, Parsed, SyntaxError, ast, native};
use crate::namespace;
use crate::tree::{NamespaceId, Namespaces};

/// What names mean in one document.
pub(crate) struct Bindings<'d> {
    /// The root's default namespace; empty if there is none.
    pub(crate) default: &'d str,
    /// The root's own prefixes.
    declared: &'d [(String, String)],
    /// The document, searched for prefixes that are declared further down.
    text: &'d str,
    /// Those declarations, once they were looked for.
    below: OnceCell<HashMap<&'d str, &'d str>>,
}

impl<'d> Bindings<'d> {
    pub(crate) fn new(default: &'d str, declared: &'d [(String, String)], text: &'d str) -> Self {
        Self { default, declared, text, below: OnceCell::new() }
    }

    /// The address that a prefix stands for; `None` if nothing tells.
    pub(crate) fn uri(&self, prefix: &str) -> Option<Cow<'_, str>> {
        if prefix == ast::DEFAULT_PREFIX {
            return Some(Cow::Borrowed(self.default));
        }
        let at_root = self.declared.iter().find(|(declared, _)| declared == prefix).map(|(_, uri)| uri.as_str());
        let below = || self.below.get_or_init(|| declarations(self.text)).get(prefix).copied();
        let known = at_root.or_else(below).or_else(|| namespace::well_known(prefix));
        let used = || memmem::find(self.text.as_bytes(), format!("<{prefix}:").as_bytes()).is_some();
        known.map(Cow::Borrowed).or_else(|| used().then(|| namespace::undeclared(prefix).into()))
    }
}

/// All prefixes that a document declares anywhere; of two declarations of one prefix the first counts.
pub(crate) fn declarations(text: &str) -> HashMap<&str, &str> {
    let mut found = HashMap::new();
    for at in memmem::find_iter(text.as_bytes(), "xmlns:") {
        if let Some((prefix, uri)) = declaration(&text[at + "xmlns:".len()..]) {
            found.entry(prefix).or_insert(uri);
        }
    }
    found
}

/// Bytes of a declaration; anything longer is none.
const LONGEST: usize = 1024;

/// `media="http://..."` to its parts.
fn declaration(text: &str) -> Option<(&str, &str)> {
    let text = &text[..text.floor_char_boundary(LONGEST)];
    let prefix = &text[..text.find(|c: char| c == '=' || c.is_whitespace())?];
    let value = text[prefix.len()..].trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let value = &value[1..];
    Some((prefix, namespace::canonical(&value[..value.find(quote)?])))
}

/// What the names of one expression mean in one document.
pub(super) struct Names {
    default: NamespaceId,
    prefixes: Vec<(String, NamespaceId)>,
}

impl Names {
    pub(super) fn compiler(&self, wide: bool) -> native::Compiler<'_> {
        native::Compiler { names: self, wide }
    }

    pub(super) fn resolve(&self, prefix: Option<&str>) -> NamespaceId {
        let Some(prefix) = prefix else { return self.default };
        self.prefixes.iter().find(|(known, _)| known == prefix).map_or(NamespaceId::NONE, |&(_, id)| id)
    }
}

impl Parsed {
    /// Binds the names to a document's namespaces, in the engine too.
    pub(super) fn names(
        &self,
        source: &str,
        bindings: &Bindings,
        namespaces: &mut Namespaces,
        engine: &mut Engine,
    ) -> Result<Names, SyntaxError> {
        let mut prefixes = Vec::new();
        for (prefix, at) in &self.admitted.prefixes {
            let uri = bindings.uri(prefix).ok_or_else(|| {
                let reason =
                    format!("the prefix \"{prefix}\" is declared nowhere in this document and is not well known");
                SyntaxError::new(source, *at, reason)
            })?;
            engine.bind(Some(prefix), &uri);
            prefixes.push((prefix.clone(), namespaces.intern(&uri)));
        }
        if !bindings.default.is_empty() {
            engine.bind(None, bindings.default);
        }
        Ok(Names { default: namespaces.intern(bindings.default), prefixes })
    }
}
