//! Which prefix means which namespace, at the current place of the document.

use std::collections::HashMap;

use crate::namespace;
use crate::tree::{NamespaceId, Namespaces};

/// Declarations in scope; the innermost of a prefix wins.
#[derive(Debug, Default)]
pub(super) struct Scope<'d> {
    declared: Vec<(&'d str, NamespaceId)>,
    /// What prefixes mean that nobody declares.
    fallback: HashMap<&'d str, NamespaceId>,
}

/// What a prefix means, and whether it was declared.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Declared(NamespaceId),
    /// First use of a prefix without a declaration.
    NewlyAssumed(NamespaceId),
    Assumed(NamespaceId),
}

impl<'d> Scope<'d> {
    pub(super) fn len(&self) -> usize {
        self.declared.len()
    }

    pub(super) fn declare(&mut self, prefix: &'d str, uri: &str, namespaces: &mut Namespaces) {
        self.declared.push((prefix, namespaces.intern(namespace::canonical(uri))));
    }

    /// Forgets all declarations since there were `len`.
    pub(super) fn leave(&mut self, len: usize) {
        self.declared.truncate(len);
    }

    /// The namespace of elements without prefix.
    pub(super) fn unprefixed(&self) -> NamespaceId {
        self.declared("").unwrap_or(NamespaceId::NONE)
    }

    pub(super) fn prefix(&mut self, prefix: &'d str, namespaces: &mut Namespaces) -> Meaning {
        if let Some(id) = self.declared(prefix) {
            return Meaning::Declared(id);
        }
        if prefix == "xml" {
            return Meaning::Declared(namespaces.intern(namespace::XML));
        }
        if let Some(&id) = self.fallback.get(prefix) {
            return Meaning::Assumed(id);
        }
        let id = match namespace::well_known(prefix) {
            Some(uri) => namespaces.intern(uri),
            None => namespaces.intern(&namespace::undeclared(prefix)),
        };
        self.fallback.insert(prefix, id);
        Meaning::NewlyAssumed(id)
    }

    fn declared(&self, prefix: &str) -> Option<NamespaceId> {
        self.declared.iter().rev().find(|(declared, _)| *declared == prefix).map(|&(_, id)| id)
    }
}
