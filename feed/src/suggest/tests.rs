//! What is suggested for a click.

use super::*;

struct Case<'a> {
    document: &'a Document,
    outline: &'a Outline<'a>,
}

fn with<R>(xml: &str, look: impl FnOnce(Case) -> R) -> R {
    let limits = Limits::default();
    let document = Document::new(xml, None, None, &limits).unwrap();
    let outline = Outline::new(&document, &limits).unwrap();
    look(Case { document: &document, outline: &outline })
}

impl Case<'_> {
    /// A click on the first node that a search finds; `word` may end in `@name` for one of its attributes.
    fn click(&self, word: &str) -> Click {
        let (word, attribute) =
            word.split_once(" @").map_or((word, None), |(word, name)| (word, Some(name.to_owned())));
        let found = self.outline.search(word, 1);
        Click { node: found.first().expect(word).id, attribute }
    }

    fn field(&self, word: &str, item_path: &str) -> Vec<Suggestion> {
        suggest_field(self.document, self.outline, &self.click(word), item_path, &Limits::default()).unwrap()
    }
}

fn best(suggestions: &[Suggestion]) -> &str {
    suggestions.first().map_or("nothing", |suggestion| suggestion.xpath.as_str())
}

const RSS: &str = "<rss xmlns:media='http://search.yahoo.com/mrss/' xmlns:atom='http://www.w3.org/2005/Atom'><channel>
  <title>News site</title><atom:link rel='hub' href='https://hub.example'/><atom:link rel='self' href='https://self.example'/>
  <item id='n1'><title>First title</title><link>https://e.example/1</link><media:group><media:thumbnail url='https://t.example/1'/></media:group>
    <category>red</category><category>blue</category><body>Some <b>bold</b> words</body>
    <media:content width='100' url='https://small.example/1'/><media:content width='900' url='https://large.example/1'/></item>
  <item id='n2'><title>Second title</title><link>https://e.example/2</link><media:group><media:thumbnail url='https://t.example/2'/></media:group>
    <category>green</category>
    <media:content width='100' url='https://small.example/2'/><media:content width='900' url='https://large.example/2'/></item>
</channel></rss>";

#[test]
fn a_click_in_an_item_gives_the_shortest_stable_path() {
    with(RSS, |case| {
        for (click, expected) in [
            ("first title", "title"),
            ("t.example/1 @url", "media:group/media:thumbnail/@url"),
            ("red", "category"),
            ("blue", "category"),
            ("small.example/1 @url", "media:content[@width='100']/@url"),
            ("large.example/1 @url", "media:content[@width='900']/@url"),
            ("bold", "body/b"),
            ("words", "body"),
            ("n1 @id", "@id"),
            ("n1", "."),
            ("news site", "/rss/channel/title"),
            ("self.example @href", "/rss/channel/atom:link[@rel='self']/@href"),
        ] {
            let suggestions = case.field(click, "/rss/channel/item");
            assert_eq!(best(&suggestions), expected, "{click}: {suggestions:#?}");
        }
        let title = case.field("first title", "/rss/channel/item").remove(0);
        assert_eq!(
            (title.filled, title.items, title.why.as_str()),
            (2, 2, "All 2 items have it: found by names alone.")
        );
        assert_eq!(case.field("self.example", "/rss/channel/item")[0].xpath, "/rss/channel/atom:link");
        assert_eq!(case.field("rss", "/rss/channel/item"), [], "an element around the items");
        assert_eq!(case.field("first title", "//nothing"), []);
    });
}

#[test]
fn roles_tell_siblings_apart() {
    let atom = |links: &str| {
        format!("<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>a</title>{links}</entry></feed>")
    };
    let jobs = |job: &str| format!("<jobs>{job}<job><x/></job>{job}</jobs>");
    for (xml, item_path, click, expected) in [
        (
            atom("<link rel='self' href='https://s.example'/><link rel='alternate' href='https://a.example'/>"),
            "/feed/entry",
            "a.example @href",
            "link[@rel='alternate']/@href",
        ),
        (
            atom("<link rel='alternate' href='https://a.example'/><link rel='self' href='https://s.example'/>"),
            "/feed/entry",
            "a.example @href",
            "link[@rel='alternate']/@href",
        ),
        (
            atom(
                "<link rel='alternate' type='a/b' href='https://b.example'/><link rel='alternate' type='text/html' href='https://a.example'/>",
            ),
            "/feed/entry",
            "a.example @href",
            "link[@type='text/html']/@href",
        ),
        (
            atom(
                "<link rel='x' type='h' href='https://b.example'/><link rel='y' type='i' href='https://c.example'/><link rel='x' type='i' href='https://a.example'/>",
            ),
            "/feed/entry",
            "a.example @href",
            "link[@rel='x' and @type='i']/@href",
        ),
        (
            jobs("<job><field name='id'>7</field><field name='title'>Baker</field></job>"),
            "/jobs/job",
            "baker",
            "field[@name='title']",
        ),
        (
            jobs("<job><p><name>id</name><value>7</value></p><p><name>title</name><value>Baker</value></p></job>"),
            "/jobs/job",
            "baker",
            "p[name='title']/value",
        ),
        (jobs("<job><v>7</v><v>Baker</v></job>"), "/jobs/job", "baker", "v"),
        (
            jobs(
                "<job><x:t xmlns:x='urn:x' xml:lang='en'>Baker</x:t><x:t xmlns:x='urn:x' xml:lang='nl'>Bakker</x:t></job>",
            ),
            "/jobs/job",
            "bakker",
            "x:t[@xml:lang='nl']",
        ),
        (jobs("<job><t xmlns='urn:y'>Baker</t></job>"), "/jobs/job", "baker", "*[local-name()='t']"),
        (jobs("<job><a$b>Baker</a$b></job>"), "/jobs/job", "baker", "*[local-name()='a$b']"),
        (
            jobs("<job><l rel='self'>no</l><l rel=\"o'clock\">Baker</l></job>"),
            "/jobs/job",
            "baker",
            "l[@rel=\"o'clock\"]",
        ),
        (
            "<jobs><d><name>Bakery</name><job><t>a</t></job></d><d><name>Mill</name><job/></d></jobs>".into(),
            "//job",
            "bakery",
            "/jobs/d/name",
        ),
    ] {
        with(&xml, |case| {
            let suggestions = case.field(click, item_path);
            assert_eq!(best(&suggestions), expected, "{xml}: {suggestions:#?}");
        });
    }
}

#[test]
fn a_position_is_offered_after_all_else() {
    with("<jobs><job><v>7</v><v>Baker</v></job><job><v>8</v><v>Cook</v></job></jobs>", |case| {
        let suggestions = case.field("baker", "/jobs/job");
        let paths: Vec<_> = suggestions.iter().map(|suggestion| suggestion.xpath.as_str()).collect();
        assert_eq!(paths, ["v", "v[2]", "(.//v)[2]"]);
        assert_eq!(suggestions[1].why, "All 2 items have it: by position, which breaks when the order changes.");
    });
}

#[test]
fn an_expression_is_offered_once() {
    let job = |name: &str| format!("<job><a kind='in' href='/i/{name}'/><a kind='out' href='/o/{name}'/></job>");
    with(&format!("<jobs>{}{}</jobs>", job("baker"), job("cook")), |case| {
        let suggestions = case.field("/o/baker @href", "/jobs/job");
        let paths: Vec<_> = suggestions.iter().map(|suggestion| suggestion.xpath.as_str()).collect();
        assert_eq!(paths[..2], ["a[@kind='out']/@href", "a/@href"]);
        assert_eq!(paths.iter().filter(|path| **path == paths[0]).count(), 1, "{paths:?}");
    });
}

#[test]
fn what_stands_too_deep_for_steps_is_searched() {
    let deep = format!("<jobs><job><t>a</t>{}<w>Baker</w>{}</job></jobs>", "<d>".repeat(20), "</d>".repeat(20));
    with(&deep, |case| assert_eq!(best(&case.field("baker", "/jobs/job")), ".//w"));
}

#[test]
fn a_click_gives_the_item_path() {
    let nested = "<jobs><job><title>a</title><ref>1</ref></job><job><title>b</title><ref>2</ref></job>\
        <group><job><title>c</title><ref>3</ref></job><job><title>d</title><ref>4</ref></job></group></jobs>";
    for (xml, click, expected, items) in [
        (RSS, "first title", "/rss/channel/item", 2),
        (RSS, "t.example/1", "/rss/channel/item", 2),
        (nested, "a", "//job", 4),
        (
            "<l><ad>x</ad><job><title>Baker</title></job><ad>y</ad><job><title>Cook</title></job></l>",
            "cook",
            "/l/job",
            2,
        ),
        (
            "<a:l xmlns:a='urn:a'><a:job><a:t>Baker</a:t><a:u/></a:job><a:job><a:t>Cook</a:t></a:job></a:l>",
            "baker",
            "/a:l/a:job",
            2,
        ),
        ("<l><url>one</url><url>two</url></l>", "two", "/l/url", 2),
    ] {
        with(xml, |case| {
            let suggestions = suggest_items(case.outline, case.click(click).node);
            assert_eq!(best(&suggestions), expected, "{suggestions:#?}");
            assert_eq!(suggestions[0].items, items, "{expected}");
        });
    }
    with("<l><n type='job'><t>Baker</t></n><n type='page'><t>About</t></n></l>", |case| {
        let paths: Vec<_> =
            suggest_items(case.outline, case.click("baker").node).into_iter().map(|s| s.xpath).collect();
        assert_eq!(paths[..2], ["/l/n", "/l/n[@type='job']"]);
    });
    with(RSS, |case| assert_eq!(suggest_items(case.outline, 9_999), []));
}
