//! The definitions that are shipped, each on documents of the shapes that it is for.

use klaroen_feed::{Document, Item, Limits, detect, read};
use url::Url;

/// Read by the definition that detection chooses, which must be the one named.
fn items(document: &str, definition: &str) -> Vec<Item> {
    let limits = Limits::default();
    let address = Url::parse("https://site.example/feed").ok();
    let document = Document::new(document, None, address, &limits).unwrap();
    let detected = detect(&document).unwrap();
    assert_eq!(detected.definition.name, definition, "{:?}", detected.reasons);
    assert!(detected.reasons.len() <= 2 && detected.reasons.iter().all(|reason| reason.ends_with('.')));
    let reading = read(&document, &detected.definition, &limits).unwrap();
    assert_eq!(reading.repairs, []);
    reading.items
}

/// Title, link, text, image, date, author, categories, guid; what is missing is `-`.
fn shown(item: &Item) -> [String; 8] {
    let or_dash = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
    let categories = item.categories.join("|");
    [
        or_dash(&item.title),
        or_dash(&item.link),
        or_dash(&item.text),
        or_dash(&item.image),
        or_dash(&item.published.map(|date| date.format("%Y-%m-%d").to_string())),
        or_dash(&item.author),
        if categories.is_empty() { "-".to_owned() } else { categories },
        or_dash(&item.guid),
    ]
}

#[test]
fn rss_falls_back_from_field_to_field() {
    const HEAD: &str = "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:media='http://search.yahoo.com/mrss/' \
        xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><link>https://site.example/</link>";
    for (item, expected) in [
        (
            "<title>T</title><link>/1</link><description>D</description><enclosure url='/e.png' type='image/png'/><pubDate>1 Jun 2026</pubDate>\
             <dc:creator>Employee 012</dc:creator><category>a</category><category>b</category><guid>g</guid>",
            [
                "T",
                "https://site.example/1",
                "D",
                "https://site.example/e.png",
                "2026-06-01",
                "Employee 012",
                "a|b",
                "g",
            ],
        ),
        (
            "<itunes:title>T</itunes:title><guid>https://site.example/2</guid><content:encoded>&lt;p&gt;C&lt;img src='/c.png'&gt;&lt;/p&gt;</content:encoded>\
             <dc:date>2026-06-02</dc:date><itunes:author>A</itunes:author><itunes:keywords>a, b</itunes:keywords>",
            [
                "T",
                "https://site.example/2",
                "C",
                "https://site.example/c.png",
                "2026-06-02",
                "A",
                "a|b",
                "https://site.example/2",
            ],
        ),
        (
            "<media:group><media:title>T</media:title><media:description>D</media:description><media:content url='/s.png' medium='image' width='10'/>\
             <media:content url='/l.png' medium='image' width='90'/></media:group><link>https://site.example/3</link>",
            ["T", "https://site.example/3", "D", "https://site.example/l.png", "-", "-", "-", "-"],
        ),
        (
            "<title>T</title><itunes:summary>S</itunes:summary><itunes:image href='/i.png'/><media:keywords>k</media:keywords>",
            ["T", "-", "S", "https://site.example/i.png", "-", "-", "k", "-"],
        ),
    ] {
        let found = items(&format!("{HEAD}<item>{item}</item></channel></rss>"), "rss");
        assert_eq!(shown(&found[0]), expected, "{item}");
    }
}

#[test]
fn wordpress_gives_its_words_without_its_own() {
    let found = items(
        "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel>\
         <generator>https://wordpress.org/?v=6.4</generator>\
         <item><title>Open day</title><link>https://site.example/open-day/</link><dc:creator><![CDATA[Employee 012]]></dc:creator>\
         <pubDate>Mon, 01 Jun 2026 10:00:00 +0000</pubDate><category><![CDATA[News]]></category><category><![CDATA[Uncategorized]]></category>\
         <guid isPermaLink='false'>https://site.example/?p=12</guid>\
         <description><![CDATA[<p>Come and see [&#8230;]</p>\n<p>The post <a href='x'>Open day</a> appeared first on <a href='y'>Site</a>.</p>]]></description>\
         <content:encoded><![CDATA[<p>Come</p><img src='https://s.w.org/images/core/emoji/a.png'><img src='https://site.example/day.jpg'>]]></content:encoded></item>\
         <item><title>Vacature</title><description>&lt;p&gt;Kom. Het bericht &lt;a&gt;Vacature&lt;/a&gt; verscheen eerst op &lt;a&gt;Site&lt;/a&gt;.&lt;/p&gt;</description></item>\
         </channel></rss>",
        "wordpress",
    );
    assert_eq!(
        shown(&found[0]),
        [
            "Open day",
            "https://site.example/open-day/",
            "Come and see…",
            "https://site.example/day.jpg",
            "2026-06-01",
            "Employee 012",
            "News",
            "https://site.example/?p=12"
        ]
    );
    assert_eq!(found[1].text.as_deref(), Some("Kom."));
}

#[test]
fn a_podcast_gives_its_episodes_with_a_picture() {
    let found = items(
        "<rss version='2.0' xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'><channel><title>Show</title><link>https://show.example/</link>\
         <itunes:author>Company</itunes:author><itunes:image href='https://show.example/cover.jpg'/>\
         <item><title>One</title><link>https://show.example/1</link><itunes:image href='https://show.example/1.jpg'/><guid isPermaLink='false'>e1</guid>\
         <enclosure url='https://cdn.example/1.mp3' type='audio/mpeg' length='1'/><itunes:summary>About one</itunes:summary></item>\
         <item><title>Two</title><guid isPermaLink='false'>e2</guid><enclosure url='https://cdn.example/2.mp3' type='audio/mpeg' length='1'/></item>\
         </channel></rss>",
        "podcast",
    );
    assert_eq!(
        found.iter().map(shown).collect::<Vec<_>>(),
        [
            ["One", "https://show.example/1", "About one", "https://show.example/1.jpg", "-", "Company", "-", "e1"],
            ["Two", "https://cdn.example/2.mp3", "-", "https://show.example/cover.jpg", "-", "Company", "-", "e2"]
        ]
    );
}

#[test]
fn both_shapes_of_vacancies_are_read() {
    let of_indeed = "<?xml version='1.0' encoding='utf-8'?><source><publisher>Company</publisher><publisherurl>https://jobs.example</publisherurl>\
        <lastBuildDate>Fri, 10 Dec 2025 22:49:39 GMT</lastBuildDate>\
        <job><title><![CDATA[Fitter]]></title><date><![CDATA[2026-06-01T08:00:00Z]]></date><referencenumber><![CDATA[r1]]></referencenumber>\
        <url><![CDATA[\n https://jobs.example/1?a=1&b=2 ]]></url><company><![CDATA[Company]]></company><city><![CDATA[Zwolle]]></city>\
        <description><![CDATA[<p>We need a <b>fitter</b></p>]]></description><jobtype><![CDATA[fulltime]]></jobtype><category><![CDATA[Metal, Works]]></category></job></source>";
    let jooble = "<jobs><job id='17'><link><![CDATA[https://jobs.example/17]]></link><name><![CDATA[Fitter]]></name><region><![CDATA[Zwolle]]></region>\
        <description><![CDATA[We need one]]></description><pubdate>01.06.2026</pubdate><updated>02.06.2026</updated><company>Company</company></job></jobs>";
    let nested = "<jobs><job><id>3</id><url>https://jobs.example/3</url><title>Fitter</title><location><city>Zwolle</city></location>\
        <description><summary>Short</summary><long_description>Long</long_description></description></job></jobs>";
    let dutch = "<vacatures><vacature><vacaturenummer>9</vacaturenummer><functietitel>Monteur</functietitel><url>/9</url>\
        <omschrijving>&lt;p&gt;Kom&lt;/p&gt;</omschrijving><plaats>Zwolle</plaats><publicatiedatum>1 juni 2026</publicatiedatum><bedrijf>Bedrijf</bedrijf></vacature></vacatures>";
    let personio = "<workzag-jobs><position><id>5</id><subcompany>Company</subcompany><office>Zwolle</office><department>Works</department><name>Fitter</name>\
        <jobDescriptions><jobDescription><name>You</name><value><![CDATA[<p>We need one</p>]]></value></jobDescription></jobDescriptions>\
        <createdAt>2026-06-01T08:00:00+00:00</createdAt></position></workzag-jobs>";
    let joblookup = "<jobs xmlns='https://jobs.example/schema'><job><id>7</id><title>Fitter</title><url>https://jobs.example/7</url><desc>We need one</desc></job></jobs>";
    for (document, definition, expected) in [
        (
            of_indeed,
            "vacancies",
            [
                "Fitter",
                "https://jobs.example/1?a=1&b=2",
                "We need a fitter",
                "-",
                "2026-06-01",
                "Company",
                "Zwolle|fulltime|Metal|Works",
                "r1",
            ],
        ),
        (
            jooble,
            "vacancies-list",
            ["Fitter", "https://jobs.example/17", "We need one", "-", "2026-06-01", "Company", "Zwolle", "17"],
        ),
        (nested, "vacancies-list", ["Fitter", "https://jobs.example/3", "Short", "-", "-", "-", "Zwolle", "3"]),
        (
            dutch,
            "vacancies-list",
            ["Monteur", "https://site.example/9", "Kom", "-", "2026-06-01", "Bedrijf", "Zwolle", "9"],
        ),
        (
            personio,
            "vacancies-list",
            ["Fitter", "https://site.example/job/5", "We need one", "-", "2026-06-01", "Company", "Zwolle|Works", "5"],
        ),
        (joblookup, "vacancies-list", ["Fitter", "https://jobs.example/7", "We need one", "-", "-", "-", "-", "7"]),
    ] {
        let found = items(document, definition);
        assert_eq!(found.iter().map(shown).collect::<Vec<_>>(), [expected], "{document}");
    }
}

#[test]
fn youtube_gives_videos_and_shorts_by_https() {
    let entry = |id: &str, link: &str| {
        format!(
            "<entry><id>yt:video:{id}</id><yt:videoId>{id}</yt:videoId><title>T &amp;amp; U</title><link rel='alternate' href='{link}'/>\
             <author><name>Company</name></author><published>2026-06-01T10:00:00+00:00</published><media:group><media:title>T</media:title>\
             <media:thumbnail url='http://i1.ytimg.com/vi/{id}/hqdefault.jpg' width='480' height='360'/><media:description>One\n\nTwo</media:description></media:group></entry>"
        )
    };
    let feed = format!(
        "<feed xmlns:yt='http://www.youtube.com/xml/schemas/2015' xmlns:media='http://search.yahoo.com/mrss/' xmlns='http://www.w3.org/2005/Atom'>\
         <title>Company</title>{}{}</feed>",
        entry("aaaaaaaaaaa", "http://www.youtube.com/watch?v=aaaaaaaaaaa"),
        entry("bbbbbbbbbbb", "https://www.youtube.com/shorts/bbbbbbbbbbb"),
    );
    let found = items(&feed, "youtube");
    for (item, link) in found.iter().zip(["watch?v=aaaaaaaaaaa", "shorts/bbbbbbbbbbb"]) {
        let id = item.guid.as_deref().unwrap();
        let (link, image) =
            (format!("https://www.youtube.com/{link}"), format!("https://i1.ytimg.com/vi/{id}/hqdefault.jpg"));
        assert_eq!(shown(item), ["T & U", &link, "One\n\nTwo", &image, "2026-06-01", "Company", "-", id]);
    }
}

#[test]
fn json_feed_is_read_like_any_other() {
    let json = r#"
        {"version": "https://jsonfeed.org/version/1.1", "title": "Site", "home_page_url": "https://site.example/", "authors": [{"name": "Company"}],
         "items": [
           {"id": "1", "url": "/1", "title": "One", "content_html": "<p>A &amp; B<img src='/1.png'></p>", "date_published": "2026-06-01T10:00:00Z",
            "tags": ["a", "b"], "author": {"name": "Employee 012"}},
           {"id": "https://site.example/2", "content_text": "Only text", "attachments": [{"url": "/2.mp3", "mime_type": "audio/mpeg"}, {"url": "/2.png", "mime_type": "image/png"}]},
           {"id": 3, "external_url": "https://other.example/", "title": "Linked", "summary": "S", "image": "https://other.example/3.png"}
         ]}"#;
    for start in ["", "\u{feff}", "\r\n\u{feff} "] {
        let found = items(&format!("{start}{json}"), "jsonfeed");
        assert_eq!(
            found.iter().map(shown).collect::<Vec<_>>(),
            [
                [
                    "One",
                    "https://site.example/1",
                    "A & B",
                    "https://site.example/1.png",
                    "2026-06-01",
                    "Employee 012",
                    "a|b",
                    "1"
                ],
                [
                    "-",
                    "https://site.example/2",
                    "Only text",
                    "https://site.example/2.png",
                    "-",
                    "Company",
                    "-",
                    "https://site.example/2"
                ],
                ["Linked", "https://other.example/", "S", "https://other.example/3.png", "-", "Company", "-", "3"]
            ]
        );
    }
}

#[test]
fn a_news_sitemap_gives_its_articles() {
    let found = items(
        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:news='http://www.google.com/schemas/sitemap-news/0.9' \
         xmlns:image='http://www.google.com/schemas/sitemap-image/1.1'><url><loc>https://site.example/1</loc><news:news><news:publication><news:name>Site</news:name>\
         </news:publication><news:publication_date>2026-06-01</news:publication_date><news:title>One</news:title><news:keywords>a, b</news:keywords></news:news>\
         <image:image><image:loc>https://site.example/1.jpg</image:loc></image:image></url></urlset>",
        "sitemap-news",
    );
    assert_eq!(
        shown(&found[0]),
        [
            "One",
            "https://site.example/1",
            "-",
            "https://site.example/1.jpg",
            "2026-06-01",
            "Site",
            "a|b",
            "https://site.example/1"
        ]
    );
}
