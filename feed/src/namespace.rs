//! The namespaces that feeds use, with their usual prefixes and their common misspellings.
//! Misspelt and older addresses are read as the canonical one, so that one definition fits all of them.

pub(crate) const ATOM: &str = "http://www.w3.org/2005/Atom";
const RSS1: &str = "http://purl.org/rss/1.0/";
const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
pub(crate) const YOUTUBE: &str = "http://www.youtube.com/xml/schemas/2015";
pub(crate) const XML: &str = "http://www.w3.org/XML/1998/namespace";
const MEDIA: &str = "http://search.yahoo.com/mrss/";
pub(crate) const ITUNES: &str = "http://www.itunes.com/dtds/podcast-1.0.dtd";
const XHTML: &str = "http://www.w3.org/1999/xhtml";
const PODCAST: &str = "https://podcastindex.org/namespace/1.0";
const NEWS: &str = "http://www.google.com/schemas/sitemap-news/0.9";
pub(crate) const SITEMAP: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// Prefixes that expressions may use in every document, declared there or not.
const WELL_KNOWN: &[(&str, &str)] = &[
    ("a", ATOM),
    ("atom", ATOM),
    ("content", "http://purl.org/rss/1.0/modules/content/"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("enc", "http://purl.oclc.org/net/rss_2.0/enc#"),
    ("feedburner", "http://rssnamespace.org/feedburner/ext/1.0"),
    ("geo", "http://www.w3.org/2003/01/geo/wgs84_pos#"),
    ("georss", "http://www.georss.org/georss"),
    ("g", "http://base.google.com/ns/1.0"),
    ("googleplay", "http://www.google.com/schemas/play-podcasts/1.0"),
    ("h", XHTML),
    ("image", "http://www.google.com/schemas/sitemap-image/1.1"),
    ("itunes", ITUNES),
    ("media", MEDIA),
    ("news", NEWS),
    ("podcast", PODCAST),
    ("prism", "http://prismstandard.org/namespaces/basic/2.0/"),
    ("rdf", RDF),
    ("rss1", RSS1),
    ("sitemap", SITEMAP),
    ("slash", "http://purl.org/rss/1.0/modules/slash/"),
    ("sy", "http://purl.org/rss/1.0/modules/syndication/"),
    ("thr", "http://purl.org/syndication/thread/1.0"),
    ("video", "http://www.google.com/schemas/sitemap-video/1.1"),
    ("wfw", "http://wellformedweb.org/CommentAPI/"),
    ("xhtml", XHTML),
    ("xml", XML),
    ("yt", YOUTUBE),
];

/// Addresses seen in real feeds that mean one of the above; compared without scheme, case and last slash.
const ALIASES: &[(&str, &str)] = &[
    ("purl.org/atom/ns#", ATOM),
    ("www.w3.org/2005/atom", ATOM),
    ("purl.org/rss/1.0", RSS1),
    ("my.netscape.com/rdf/simple/0.9", RSS1),
    ("channel.netscape.com/rdf/simple/0.9", RSS1),
    ("backend.userland.com/rss", ""),
    ("backend.userland.com/rss2", ""),
    ("blogs.law.harvard.edu/tech/rss", ""),
    ("cyber.law.harvard.edu/rss", ""),
    ("search.yahoo.com/mrss", MEDIA),
    ("video.search.yahoo.com/mrss", MEDIA),
    ("tools.search.yahoo.com/mrss", MEDIA),
    ("api.maps.yahoo.com/media", MEDIA),
    ("www.rssboard.org/media-rss", MEDIA),
    ("www.itunes.com/dtds/podcast-1.0.dtd", ITUNES),
    ("www.itunes.com/dtds/podcast-1.0", ITUNES),
    ("example.com/dtds/podcast-1.0.dtd", ITUNES),
    ("podcastindex.org/namespace/1.0", PODCAST),
    ("github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md", PODCAST),
    ("www.w3.org/1999/xhtml", XHTML),
    ("purl.org/dc/elements/1.0", "http://purl.org/dc/elements/1.1/"),
    ("purl.org/dc/elements/1.1", "http://purl.org/dc/elements/1.1/"),
    ("purl.org/rss/1.0/modules/content", "http://purl.org/rss/1.0/modules/content/"),
    ("www.google.com/schemas/sitemap-news/0.9", NEWS),
    ("www.sitemaps.org/schemas/sitemap/0.9", SITEMAP),
    ("www.google.com/schemas/sitemap/0.84", SITEMAP),
];

/// The address a prefix has when the document does not declare it.
pub(crate) fn well_known(prefix: &str) -> Option<&'static str> {
    WELL_KNOWN.iter().find(|(known, _)| *known == prefix).map(|&(_, uri)| uri)
}

/// The prefixes that stand for an address in every document.
pub(crate) fn prefixes_of(uri: &str) -> impl Iterator<Item = &str> {
    WELL_KNOWN.iter().filter(move |(_, known)| *known == uri).map(|&(prefix, _)| prefix)
}

/// The address that a declared one stands for.
pub(crate) fn canonical(uri: &str) -> &str {
    let uri = uri.trim();
    if WELL_KNOWN.iter().any(|&(_, known)| known == uri) {
        return uri;
    }
    let bare = uri.strip_prefix("http://").or_else(|| uri.strip_prefix("https://")).unwrap_or(uri);
    let bare = bare.strip_suffix('/').unwrap_or(bare);
    match ALIASES.iter().find(|(alias, _)| alias.eq_ignore_ascii_case(bare)) {
        Some(&(_, uri)) => uri,
        None => uri,
    }
}

/// The address given to a prefix that nobody declares and nobody knows.
pub(crate) fn undeclared(prefix: &str) -> String {
    format!("urn:klaroen:undeclared:{prefix}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelt_addresses_mean_the_canonical_one() {
        for (written, means) in [
            ("http://search.yahoo.com/mrss", MEDIA),
            ("https://search.yahoo.com/mrss/", MEDIA),
            ("http://www.itunes.com/DTDs/Podcast-1.0.dtd", ITUNES),
            ("http://purl.org/atom/ns#", ATOM),
            ("https://www.w3.org/2005/Atom", ATOM),
            (" http://www.w3.org/2005/Atom ", ATOM),
            ("http://backend.userland.com/rss2", ""),
            ("urn:mine", "urn:mine"),
        ] {
            assert_eq!(canonical(written), means, "{written}");
        }
    }
}
