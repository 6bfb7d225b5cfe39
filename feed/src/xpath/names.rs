//! What the names of an expression mean in a document: prefixes declared at its root, further down, or well known, and
//! its default namespace.

use std::borrow::Cow;

use super::{Engine, Parsed, SyntaxError, ast, native};
use crate::namespace;
use crate::tree::{NamespaceId, Namespaces};

/// What names mean in one document.
pub(crate) struct Bindings<'d> {
    /// The root's default namespace; empty if there is none.
    pub(crate) default: &'d str,
    /// The root's own prefixes.
    pub(crate) declared: &'d [(String, String)],
    /// The document, searched for prefixes that are declared further down.
    pub(crate) text: &'d str,
}

impl Bindings<'_> {
    fn uri(&self, prefix: &str) -> Option<Cow<'_, str>> {
        if prefix == ast::DEFAULT_PREFIX {
            return Some(Cow::Borrowed(self.default));
        }
        if let Some((_, uri)) = self.declared.iter().find(|(declared, _)| declared == prefix) {
            return Some(Cow::Borrowed(uri));
        }
        self.declared_below(prefix)
            .map(Cow::Borrowed)
            .or_else(|| namespace::well_known(prefix).map(Cow::Borrowed))
            .or_else(|| self.text.contains(&format!("<{prefix}:")).then(|| namespace::undeclared(prefix).into()))
    }

    fn declared_below(&self, prefix: &str) -> Option<&str> {
        let declaration = format!("xmlns:{prefix}");
        let after = self.text[self.text.find(&declaration)? + declaration.len()..].trim_start();
        let value = after.strip_prefix('=')?.trim_start();
        let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        let value = &value[1..];
        Some(namespace::canonical(&value[..value.find(quote)?]))
    }
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
