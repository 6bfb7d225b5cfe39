//! Pages of a list: a cursor names the last row seen, so that new rows never shift a page.

use serde::Serialize;
use utoipa::ToSchema;

/// One page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Pass it as `after` to get the next page; null: this was the last.
    pub next: Option<String>,
}

/// Rows on a page.
pub const PAGE: i64 = 50;

impl<T> Page<T> {
    /// A page from up to `PAGE + 1` rows: the extra one only tells that there is more.
    pub fn new(mut rows: Vec<T>, cursor: impl Fn(&T) -> String) -> Self {
        let size = usize::try_from(PAGE).unwrap_or(usize::MAX);
        let next = (rows.len() > size).then(|| rows.truncate(size)).and_then(|()| rows.last().map(cursor));
        Self { items: rows, next }
    }

    /// The same page with other rows.
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(change).collect(), next: self.next }
    }
}
