//! What one start tag says: its attributes within their caps, its declarations, and what its prefixes mean.

use super::Builder;
use crate::error::{Excess, ReadError};
use crate::reader::attributes::{RawAttribute, RawAttributes};
use crate::reader::entities;
use crate::reader::scope::Meaning;
use crate::repair::RepairKind;
use crate::tree::{Name, NamespaceId};

impl<'d> Builder<'_, 'd> {
    /// Gathers the attributes of a tag within their caps.
    pub(super) fn collect(&mut self, attributes: &mut RawAttributes<'d>, at: usize) -> Result<(), ReadError> {
        let mut namespaces = 0;
        self.attributes.clear();
        for attribute in attributes {
            self.cap(attribute.name.len(), self.limits.name_bytes, Excess::Name, at)?;
            self.cap(attribute.value.len(), self.limits.value_bytes, Excess::Value, at)?;
            namespaces += usize::from(is_declaration(attribute.name));
            self.attributes.push(attribute);
            self.cap(namespaces, self.limits.namespaces, Excess::Namespaces, at)?;
            self.cap(self.attributes.len() - namespaces, self.limits.attributes, Excess::Attributes, at)?;
            if attribute.mended {
                self.repair(RepairKind::BrokenAttribute, attribute.name, at);
            }
        }
        Ok(())
    }

    pub(super) fn declare(&mut self, attributes: &[RawAttribute<'d>], at: usize) -> Result<(), ReadError> {
        for attribute in attributes.iter().filter(|attribute| is_declaration(attribute.name)) {
            let prefix = attribute.name.strip_prefix("xmlns:").unwrap_or_default();
            let uri = entities::unescape(attribute.value);
            self.scope.declare(prefix, &uri, &mut self.tree.namespaces);
        }
        self.cap(self.scope.len(), self.limits.namespaces_in_scope, Excess::Namespaces, at)
    }

    pub(super) fn element_name(&mut self, name: &'d str, at: usize) -> Name<'d> {
        match split(name) {
            ("", local) => Name { prefix: "", local, namespace: self.scope.unprefixed() },
            (prefix, local) => Name { prefix, local, namespace: self.prefix(prefix, at) },
        }
    }

    fn prefix(&mut self, prefix: &'d str, at: usize) -> NamespaceId {
        match self.scope.prefix(prefix, &mut self.tree.namespaces) {
            Meaning::Declared(id) | Meaning::Assumed(id) => id,
            Meaning::NewlyAssumed(id) => {
                self.repair(RepairKind::UndeclaredPrefix, prefix, at);
                id
            }
        }
    }

    pub(super) fn push_attribute(&mut self, attribute: &RawAttribute<'d>, at: usize) {
        if is_declaration(attribute.name) {
            return;
        }
        let name = match split(attribute.name) {
            ("", local) => Name { prefix: "", local, namespace: NamespaceId::NONE },
            (prefix, local) => Name { prefix, local, namespace: self.prefix(prefix, at) },
        };
        self.tree.has_base |= attribute.name == "xml:base";
        let value = self.unescape(attribute.value, at);
        if !self.tree.push_attribute(name, value) {
            self.repair(RepairKind::BrokenAttribute, attribute.name, at);
        }
    }
}

fn is_declaration(attribute: &str) -> bool {
    attribute.strip_prefix("xmlns").is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
}

/// Prefix and local name; a colon at either end belongs to the name.
pub(super) fn split(name: &str) -> (&str, &str) {
    match name.bytes().position(|b| b == b':') {
        Some(colon) if colon > 0 && colon + 1 < name.len() => (&name[..colon], &name[colon + 1..]),
        _ => ("", name),
    }
}
