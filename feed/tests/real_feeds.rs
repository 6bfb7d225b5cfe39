//! Reads every real file of `../shared/feeds`, in place; `KLAROEN_REAL_FEEDS` names another folder.
//! The files belong to their publishers and are not part of this repository, so without the folder nothing is checked.

use std::path::PathBuf;

use klaroen_feed::{Document, Item, Limits, ReadError, Reading, detect, opml, read};
use url::Url;

#[expect(clippy::disallowed_methods, reason = "a setting of the tests, not of the product")]
fn folder() -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/feeds");
    let folder = std::env::var_os("KLAROEN_REAL_FEEDS").map_or_else(|| beside.into(), PathBuf::from);
    let found = folder.is_dir();
    if !found {
        eprintln!("skipped: there are no real feeds in {}", folder.display());
    }
    found.then_some(folder)
}

fn read_file(bytes: Vec<u8>) -> Result<(String, Reading), ReadError> {
    let limits = Limits::default();
    let document = Document::new(bytes, None, Url::parse("https://example.com/feed").ok(), &limits)?;
    let detected = detect(&document)?;
    let reading = read(&document, &detected.definition, &limits)?;
    Ok((detected.definition.name, reading))
}

/// `None` when the folder is missing.
fn named(name: &str) -> Option<Result<(String, Reading), ReadError>> {
    let path = folder()?.join(name);
    Some(read_file(std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))))
}

fn items(name: &str) -> Option<Vec<Item>> {
    named(name).map(|outcome| outcome.unwrap().1.items)
}

/// Definition, items, and how many have title, link, text, image, date, author, categories and guid.
type Expected = Result<(&'static str, usize, [usize; 8]), &'static str>;

const EXPECTED: &[(&str, Expected)] = &[
    ("atom03.xml", Ok(("atom", 2, [2, 2, 2, 0, 2, 2, 0, 2]))),
    ("atom_content_src.xml", Ok(("atom", 1, [1, 1, 1, 0, 1, 1, 0, 1]))),
    ("atom_github_commits.atom", Ok(("atom", 20, [20, 20, 20, 20, 20, 20, 0, 20]))),
    ("atom_google_alerts.xml", Ok(("atom", 20, [20, 20, 20, 0, 20, 0, 0, 20]))),
    ("atom_prefixed_a.atom", Ok(("atom", 1, [1, 1, 1, 0, 1, 1, 0, 1]))),
    ("atom_reddit_media.xml", Ok(("atom", 25, [25, 25, 25, 1, 25, 25, 25, 25]))),
    ("atom_spaces_around_equals.xml", Ok(("atom", 1, [1, 1, 1, 0, 1, 1, 0, 1]))),
    ("atom_tpm_empty_base.atom", Ok(("atom", 20, [20, 20, 20, 2, 20, 20, 0, 20]))),
    ("atom_xhtml_xmlbase.xml", Ok(("atom", 1, [1, 1, 1, 0, 1, 1, 0, 1]))),
    ("atom_xml_base.xml", Ok(("atom", 1, [1, 1, 0, 1, 1, 1, 0, 1]))),
    ("bad_ampersands.xml", Ok(("rss", 1, [0, 1, 0, 0, 0, 0, 0, 0]))),
    ("bad_comment_before_decl.xml", Ok(("rss", 2, [2, 0, 0, 0, 0, 0, 0, 0]))),
    ("bad_compressed_body.bin", Ok(("rss", 10, [10, 10, 10, 10, 10, 0, 10, 0]))),
    ("bad_html_entity.xml", Ok(("rss", 0, [0, 0, 0, 0, 0, 0, 0, 0]))),
    ("bad_illegally_nested.xml", Ok(("rss", 10, [10, 10, 10, 0, 10, 0, 0, 0]))),
    ("bad_incomplete_cdata.xml", Ok(("rss", 0, [0, 0, 0, 0, 0, 0, 0, 0]))),
    ("bad_not_a_feed.html", Err("feed-web-page")),
    ("bad_saxerror.xml", Ok(("rss", 3, [3, 3, 3, 0, 0, 0, 0, 3]))),
    ("bad_undeclared_itunes.xml", Ok(("rss", 0, [0, 0, 0, 0, 0, 0, 0, 0]))),
    ("enc_gb2312.rss", Ok(("rss", 20, [20, 20, 20, 9, 20, 20, 0, 0]))),
    ("enc_iso8859_1_real.xml", Ok(("rss", 40, [40, 40, 40, 40, 40, 0, 0, 40]))),
    ("enc_undeclared_latin1.xml", Ok(("rss", 10, [9, 9, 9, 0, 10, 0, 0, 0]))),
    ("enc_utf16be_bom.xml", Ok(("rss", 0, [0, 0, 0, 0, 0, 0, 0, 0]))),
    ("enc_utf16le_nobom.xml", Ok(("rss", 0, [0, 0, 0, 0, 0, 0, 0, 0]))),
    ("enc_windows1251_real.xml", Ok(("rss", 50, [50, 50, 50, 0, 50, 0, 0, 50]))),
    ("enc_windows1255_undeclared.xml", Ok(("rss", 1, [0, 0, 1, 0, 0, 0, 0, 0]))),
    ("enc_wrong_prolog_utf8.xml", Ok(("atom", 1, [1, 0, 0, 0, 0, 0, 0, 0]))),
    ("html_autodiscovery.html", Err("feed-web-page")),
    ("jsonfeed_11.json", Ok(("jsonfeed", 3, [3, 3, 2, 0, 2, 3, 2, 0]))),
    ("opml_subs.opml", Err("feed-unknown-kind")),
    ("rdf_biorxiv.xml", Ok(("rdf", 1, [1, 1, 1, 0, 1, 1, 0, 1]))),
    ("rdf_craigslist.rss", Ok(("rdf", 25, [25, 25, 25, 0, 25, 0, 0, 25]))),
    ("rdf_doctype_entity.xml", Ok(("rdf", 0, [0, 0, 0, 0, 0, 0, 0, 0]))),
    ("rdf_iso8859_slash.xml", Ok(("rdf", 1, [1, 1, 1, 1, 1, 1, 0, 1]))),
    ("rss091_netscape_doctype.xml", Ok(("rss", 2, [2, 2, 2, 0, 0, 0, 0, 0]))),
    ("rss092_heraldsun_style.xml", Ok(("rss", 3, [0, 0, 3, 0, 0, 0, 0, 0]))),
    ("rss094.xml", Ok(("rss", 2, [2, 2, 2, 0, 2, 2, 2, 2]))),
    ("rss2_bad_date_unclosed.xml", Ok(("rss", 2, [2, 2, 0, 0, 2, 0, 0, 0]))),
    ("rss2_bbc_media_thumbnail.xml", Ok(("podcast", 1, [1, 1, 1, 1, 1, 1, 0, 1]))),
    ("rss2_cloudflare.xml", Ok(("rss", 1, [1, 1, 1, 1, 1, 1, 1, 1]))),
    ("rss2_customfields.rss", Ok(("rss", 15, [15, 15, 15, 15, 15, 2, 0, 15]))),
    ("rss2_default_namespace.xml", Ok(("rss", 1, [1, 1, 0, 0, 0, 0, 0, 0]))),
    ("rss2_duplicate_guid_elems.xml", Ok(("rss", 1, [1, 1, 1, 0, 1, 0, 0, 1]))),
    ("rss2_duplicate_media.xml", Ok(("rss", 1, [1, 1, 1, 1, 1, 0, 0, 1]))),
    ("rss2_ghost_media_only.xml", Ok(("rss", 1, [0, 0, 1, 1, 0, 0, 0, 0]))),
    ("rss2_guardian_media_multi.rss", Ok(("rss", 55, [55, 55, 55, 55, 55, 50, 55, 55]))),
    ("rss2_huffpost.xml", Ok(("rss", 2, [2, 2, 2, 2, 2, 2, 2, 1]))),
    ("rss2_media_content_thumbnail.xml", Ok(("rss", 1, [0, 0, 0, 1, 0, 0, 0, 0]))),
    ("rss2_media_multiple.xml", Ok(("rss", 1, [0, 1, 0, 1, 0, 0, 0, 1]))),
    ("rss2_no_guid_bom.xml", Ok(("rss", 10, [10, 10, 10, 10, 10, 0, 0, 0]))),
    ("rss2_no_guid_hn.xml", Ok(("rss", 30, [30, 30, 30, 0, 30, 0, 0, 0]))),
    ("rss2_podcast20_transcript.rss", Ok(("rss", 1, [1, 0, 0, 0, 0, 0, 0, 0]))),
    ("rss2_podcast_episode_type.rss", Ok(("podcast", 1, [1, 1, 1, 1, 1, 1, 1, 1]))),
    ("rss2_podcast_nightvale.xml", Ok(("podcast", 1, [1, 1, 1, 1, 1, 1, 0, 1]))),
    ("rss2_podcast_theomnishow.rss", Ok(("podcast", 4, [4, 4, 4, 4, 4, 4, 0, 4]))),
    ("rss2_reddit_thumb.rss", Ok(("rss", 24, [24, 24, 24, 16, 24, 0, 24, 24]))),
    ("rss2_relative_urls.xml", Ok(("rss", 2, [2, 2, 2, 0, 2, 0, 0, 2]))),
    ("rss2_relurl_xmlbase.xml", Ok(("rss", 2, [2, 2, 2, 0, 2, 2, 0, 2]))),
    ("rss2_skip_ttl_cloud.xml", Ok(("rss", 0, [0, 0, 0, 0, 0, 0, 0, 0]))),
    ("rss2_undeclared_prefix.xml", Ok(("podcast", 3, [3, 3, 3, 3, 3, 3, 3, 3]))),
    ("rss2_vimeo.xml", Ok(("rss", 1, [1, 1, 1, 1, 1, 0, 0, 1]))),
    ("rss2_wordpress_manton.rss", Ok(("wordpress", 10, [6, 10, 10, 0, 10, 10, 10, 10]))),
    ("rss2_wordpress_tenderlove.xml", Ok(("wordpress", 10, [10, 10, 10, 1, 10, 10, 10, 10]))),
    ("rss2_wordpress_wirecutter.xml", Ok(("wordpress", 1, [1, 1, 1, 1, 1, 1, 1, 1]))),
    ("sec_system_entity.xml", Ok(("rss", 1, [0, 0, 0, 0, 0, 0, 0, 0]))),
    ("syn_billion_laughs.xml", Ok(("rss", 1, [1, 0, 0, 0, 0, 0, 0, 1]))),
    ("syn_deep_nesting.xml", Err("feed-too-deep")),
    ("syn_entity_split_text.xml", Ok(("rss", 1, [1, 1, 0, 0, 0, 0, 0, 1]))),
    ("syn_future_and_odd_dates.xml", Ok(("rss", 14, [14, 0, 0, 0, 11, 0, 0, 14]))),
    ("syn_nul_and_controls.xml", Ok(("rss", 1, [1, 1, 1, 0, 0, 0, 0, 1]))),
    ("syn_php_warning_tail.xml", Ok(("rss", 1, [1, 1, 0, 0, 0, 0, 0, 1]))),
    ("syn_same_guid_all_items.xml", Ok(("rss", 4, [4, 4, 0, 0, 4, 0, 0, 4]))),
    ("syn_truncated_mid_item.xml", Ok(("rss", 2, [2, 2, 1, 0, 0, 0, 0, 2]))),
    ("syn_volatile_links_no_guid_fetch_a.xml", Ok(("rss", 3, [3, 3, 0, 0, 3, 0, 0, 0]))),
    ("syn_volatile_links_no_guid_fetch_b.xml", Ok(("rss", 3, [3, 3, 0, 0, 3, 0, 0, 0]))),
    ("syn_youtube_shorts.xml", Ok(("youtube", 4, [4, 4, 3, 4, 4, 4, 0, 4]))),
    ("youtube_channel.xml", Ok(("youtube", 15, [15, 15, 15, 15, 15, 15, 0, 15]))),
];

#[test]
fn every_real_feed_gives_its_items_or_the_right_error() {
    let Some(folder) = folder() else { return };
    for (name, expected) in EXPECTED {
        let outcome = read_file(std::fs::read(folder.join(name)).unwrap());
        let counted = outcome.as_ref().map(|(kind, reading)| {
            let count = |has: fn(&Item) -> bool| reading.items.iter().filter(|item| has(item)).count();
            let counts = [
                count(|item| item.title.is_some()),
                count(|item| item.link.is_some()),
                count(|item| item.text.is_some()),
                count(|item| item.image.is_some()),
                count(|item| item.published.is_some()),
                count(|item| item.author.is_some()),
                count(|item| !item.categories.is_empty()),
                count(|item| item.guid.is_some()),
            ];
            (kind.as_str(), reading.items.len(), counts)
        });
        assert_eq!(counted.map_err(ReadError::code), *expected, "{name}");
    }
}

#[test]
fn every_file_of_the_folder_is_read_without_panic_and_with_unique_identities() {
    let Some(folder) = folder() else { return };
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let Ok((_, reading)) = read_file(std::fs::read(&path).unwrap()) else { continue };
        let keys: std::collections::HashSet<_> = reading.items.iter().map(|item| &item.identity.key).collect();
        assert_eq!(keys.len(), reading.items.len(), "{}", path.display());
        for item in &reading.items {
            for address in [&item.link, &item.image].into_iter().flatten() {
                assert!(address.starts_with("http"), "{}: {address}", path.display());
            }
            let texts = [&item.title, &item.text, &item.author, &item.guid].into_iter().flatten();
            for text in texts {
                let clean = !text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t' | '\u{80}'..));
                assert!(clean && text.trim() == text, "{}: {text:?}", path.display());
            }
        }
    }
}

#[test]
fn every_file_cut_anywhere_is_read_without_panic() {
    let Some(folder) = folder() else { return };
    for entry in std::fs::read_dir(folder).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        for part in 1..24 {
            let _ = read_file(bytes[..bytes.len() * part / 24].to_vec());
        }
    }
}

#[test]
fn the_youtube_feed_gives_title_link_and_picture() {
    let Some(items) = items("youtube_channel.xml") else { return };
    assert_eq!(items.len(), 15);
    for item in items {
        let (link, image) = (item.link.unwrap(), item.image.unwrap());
        assert!(item.title.is_some() && item.published.is_some() && item.guid.unwrap().len() == 11);
        assert!(link.starts_with("https://www.youtube.com/watch?v="), "{link}");
        assert!(image.starts_with("https://"), "{image}");
    }
}

#[test]
fn shorts_keep_their_links_and_descriptions_their_lines() {
    let Some(items) = items("syn_youtube_shorts.xml") else { return };
    assert_eq!(items[1].link.as_deref(), Some("https://www.youtube.com/shorts/SSSSSSSSSS2"));
    assert_eq!(items[1].text, None);
    let text = items[0].text.as_deref().unwrap();
    assert!(text.starts_with("Line one.\n\nChapters:\n00:00 Intro & welcome\n"), "{text}");
}

#[test]
fn charsets_are_read_as_they_were_meant() {
    for (name, part) in [
        ("enc_iso8859_1_real.xml", "ü"),
        ("enc_windows1251_real.xml", "и"),
        ("enc_gb2312.rss", "的"),
        ("enc_undeclared_latin1.xml", "é"),
        ("enc_wrong_prolog_utf8.xml", "Café"),
        ("rdf_iso8859_slash.xml", "ü"),
    ] {
        let Some(items) = items(name) else { return };
        let texts = items.iter().flat_map(|item| [&item.title, &item.text]).flatten();
        let all: Vec<_> = texts.map(String::as_str).collect();
        let all = all.join(" ");
        assert!(all.contains(part) && !all.contains('\u{fffd}'), "{name}: {all:.300}");
    }
}

#[test]
fn broken_files_keep_what_is_whole() {
    for (name, expected, repair) in [
        ("syn_truncated_mid_item.xml", 2, "inside an item"),
        ("bad_illegally_nested.xml", 10, ""),
        ("rss2_undeclared_prefix.xml", 3, "content"),
        ("syn_php_warning_tail.xml", 1, "after the document"),
        ("syn_billion_laughs.xml", 1, "DOCTYPE"),
        ("sec_system_entity.xml", 1, "passwordfile"),
        ("syn_nul_and_controls.xml", 1, "control characters"),
        ("bad_compressed_body.bin", 10, "compressed"),
    ] {
        let Some(outcome) = named(name) else { return };
        let (_, reading) = outcome.unwrap();
        assert_eq!(reading.items.len(), expected, "{name}");
        let repairs: Vec<_> = reading.repairs.iter().map(ToString::to_string).collect();
        assert!(repairs.join("\n").contains(repair), "{name}: {repairs:?}");
    }
}

#[test]
fn a_web_page_is_refused_with_its_feeds() {
    let Some(page) = named("bad_not_a_feed.html") else { return };
    assert!(page.unwrap_err().to_string().starts_with("This is a web page, not a feed."));
    let Some(page) = named("html_autodiscovery.html") else { return };
    let message = page.unwrap_err().to_string();
    assert!(message.contains("html4-001.xml: give that address"), "{message}");
}

#[test]
fn a_list_of_feeds_is_read_and_written() {
    let Some(folder) = folder() else { return };
    let list = opml::parse(&std::fs::read_to_string(folder.join("opml_subs.opml")).unwrap()).unwrap();
    assert_eq!(list.len(), 207);
    let again = opml::parse(&opml::write("Feeds", &list)).unwrap();
    assert_eq!(again.len(), list.len());
    assert!(again.iter().all(|feed| list.contains(feed)), "{again:?}");
}

#[test]
fn tokens_in_links_and_repeated_guids_make_no_new_items() {
    let keys = |name| items(name).map(|items| items.into_iter().map(|item| item.identity.key).collect::<Vec<_>>());
    let (Some(a), Some(b)) =
        (keys("syn_volatile_links_no_guid_fetch_a.xml"), keys("syn_volatile_links_no_guid_fetch_b.xml"))
    else {
        return;
    };
    assert_eq!(a, b);
}

#[test]
fn relative_addresses_are_joined_to_their_base() {
    for (name, index, expected) in [
        ("atom_xml_base.xml", 0, "https://numi.st/post/2022/travel-uke/IMG_1232.jpeg"),
        ("rss2_guardian_media_multi.rss", 0, "https://"),
    ] {
        let Some(items) = items(name) else { return };
        assert!(items[index].image.as_deref().unwrap().starts_with(expected), "{name}: {:?}", items[index].image);
    }
    let Some(items) = items("rss2_relative_urls.xml") else { return };
    assert!(items[0].link.as_deref().unwrap().starts_with("https://example.com/en/games/"), "{:?}", items[0].link);
}

#[test]
fn text_split_by_references_and_data_is_whole() {
    let Some(items) = items("syn_entity_split_text.xml") else { return };
    assert_eq!(items[0].title.as_deref(), Some("Tom & Jerry <3 – live"));
    assert_eq!(items[0].link.as_deref(), Some("https://example.com/?a=1&b=2"));
}
