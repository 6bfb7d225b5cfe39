//! `klaroen map`: reads one document and prints its items, one JSON object a line.
//! The same reading as in the product, without a database: to try an address, a definition or an expression.

use std::{
    io::{ErrorKind, Read, Write, stdin, stdout},
    path::Path,
    str::FromStr,
};

use anyhow::{Context, Result, bail};
use klaroen_core::config::HostPort;
use klaroen_feed::{
    Definition, Document, Explanation, Field, Limits, ReadError, Reading, Source, builtin, detect,
    discover::{self, YouTube},
    explain,
};
use url::Url;

/// What `klaroen map` reads and how.
#[derive(clap::Args)]
pub struct Map {
    /// What to read: a file, `-` for standard input, or an address (http or https)
    #[arg(value_name = "SOURCE")]
    source: String,
    /// How to read it: rss, atom, rdf, youtube, wordpress, podcast, vacancies, vacancies-list, sitemap-news, jsonfeed, or a
    /// file that ends in .json; without it, the document is looked at
    #[arg(long, value_name = "NAME|FILE.json")]
    definition: Option<String>,
    /// Which elements are the items, as XPath, for example //job or /rss/channel/item
    #[arg(long, value_name = "XPATH")]
    item_path: Option<String>,
    /// Where in an item a field is found, as XPath, for example title=name or link=@href; may be given several times.
    /// Fields: guid, title, link, text, image, published, author, categories
    #[arg(long = "field", value_name = "NAME=XPATH")]
    fields: Vec<FieldPath>,
    /// Tell on standard error how the document was read: the definition and why, and which expression gave each field;
    /// what was mended is always told
    #[arg(long)]
    explain: bool,
    /// Hosts in your own network that may be asked although they are not public
    #[arg(long, env = "KLAROEN_ALLOW_HOSTS", value_delimiter = ',', value_name = "HOST:PORT")]
    pub allow_hosts: Vec<HostPort>,
}

/// `title=name`
#[derive(Clone)]
struct FieldPath {
    field: Field,
    xpath: String,
}

impl FromStr for FieldPath {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, xpath) = text.split_once('=').ok_or("write NAME=XPATH, for example title=name")?;
        let field = Field::from_name(name.trim()).ok_or_else(|| {
            let names: Vec<_> = Field::ALL.iter().map(|field| field.name()).collect();
            format!("there is no field \"{name}\"; fields are {}", names.join(", "))
        })?;
        Ok(Self { field, xpath: xpath.to_owned() })
    }
}

/// A document as it was fetched.
pub struct Fetched {
    /// The body.
    pub bytes: Vec<u8>,
    /// The charset of the `Content-Type` header.
    pub charset: Option<String>,
    /// The address after redirects.
    pub address: Url,
}

/// Reads and prints; `fetch` gets what stands at an address.
///
/// # Errors
/// With a sentence for standard error; nothing was printed then.
pub async fn run(args: &Map, fetch: impl AsyncFn(Url) -> Result<Fetched>) -> Result<()> {
    let limits = Limits::default();
    let document = match args.source.as_str() {
        address if address.starts_with("http://") || address.starts_with("https://") => {
            let found = follow(Url::parse(address).context("This is not an address")?, &fetch).await?;
            Document::new(found.bytes, found.charset.as_deref(), Some(found.address), &limits)?
        }
        file => Document::new(local(file, &limits)?, None, None, &limits)?,
    };
    let (definition, reasons) = definition(args, &document)?;
    let (reading, explanations) = explain(&document, &definition, &limits)?;
    let reading = reading.whole()?;
    if args.item_path.is_some() && reading.items.is_empty() {
        bail!(
            "The item path {} matches nothing in this document, whose root element is <{}>.",
            definition.item_path,
            document.root()
        );
    }
    if args.explain {
        eprintln!("Definition {}, items at {}. {}", definition.name, definition.item_path, reasons.join(" "));
    }
    tell_repairs(&reading);
    if args.explain {
        tell_sources(&explanations);
    }
    print(&reading)
}

/// An address of YouTube leads to its feed; every other one is taken as it is.
async fn follow(address: Url, fetch: impl AsyncFn(Url) -> Result<Fetched>) -> Result<Fetched> {
    match discover::youtube(&address) {
        None => fetch(address).await,
        Some(YouTube::Feed(feed)) => fetch(feed).await,
        Some(YouTube::Page(address)) => {
            let page = fetch(address.clone()).await?;
            let feed = discover::youtube_channel_in_page(&String::from_utf8_lossy(&page.bytes), &address);
            fetch(feed.context("This page of YouTube names no channel. Give the address of a channel.")?).await
        }
    }
}

/// At most one byte more than is allowed is read, so that no file can fill the memory.
fn local(file: &str, limits: &Limits) -> Result<Vec<u8>> {
    let cap = u64::try_from(limits.bytes)? + 1;
    let mut bytes = Vec::new();
    if file == "-" {
        stdin().take(cap).read_to_end(&mut bytes).context("Standard input cannot be read")?;
    } else {
        let opened = std::fs::File::open(file).with_context(|| format!("{file} cannot be read"))?;
        opened.take(cap).read_to_end(&mut bytes).with_context(|| format!("{file} cannot be read"))?;
    }
    Ok(bytes)
}

/// The definition that was asked for or fits, with the changes that were asked for.
fn definition(args: &Map, document: &Document) -> Result<(Definition, Vec<String>)> {
    let (mut definition, reasons) = match &args.definition {
        Some(file) if Path::new(file).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json")) => {
            let json = std::fs::read_to_string(file).with_context(|| format!("{file} cannot be read"))?;
            (Definition::from_json(&json)?, Vec::new())
        }
        Some(name) => (builtin::named(name)?.clone(), Vec::new()),
        None => match (detect(document), &args.item_path) {
            (Ok(detected), _) => (detected.definition, detected.reasons),
            (Err(ReadError::UnknownKind { .. }), Some(path)) => (Definition::empty("map", path), Vec::new()),
            (Err(error @ ReadError::UnknownKind { .. }), None) => {
                bail!("{error} Use --item-path and --field, or --definition.")
            }
            (Err(error), _) => return Err(error.into()),
        },
    };
    if let Some(path) = &args.item_path {
        definition.item_path.clone_from(path);
    }
    for (place, asked) in args.fields.iter().enumerate() {
        if args.fields[..place].iter().any(|earlier| earlier.field == asked.field) {
            bail!("--field {} is given twice. Give it once.", asked.field);
        }
        definition.fields.insert(asked.field, vec![Source::new(&asked.xpath)]);
    }
    definition.check()?;
    Ok((definition, reasons))
}

fn print(reading: &Reading) -> Result<()> {
    let mut out = stdout().lock();
    for item in &reading.items {
        let line = serde_json::to_string(item)?;
        match writeln!(out, "{line}") {
            // `klaroen map ... | head`
            Err(error) if error.kind() == ErrorKind::BrokenPipe => return Ok(()),
            written => written?,
        }
    }
    Ok(())
}

/// What is left out or mended is never silent.
fn tell_repairs(reading: &Reading) {
    match reading.repairs.len() {
        0 => {}
        1 => eprintln!("Read with 1 repair:"),
        repairs => eprintln!("Read with {repairs} repairs:"),
    }
    for repair in &reading.repairs {
        eprintln!("  {repair}");
    }
}

fn tell_sources(explanations: &[Explanation]) {
    for (n, explanation) in explanations.iter().enumerate() {
        eprintln!("Item {}, line {}:", n + 1, explanation.line);
        for field in &explanation.fields {
            match (&field.xpath, &field.found) {
                (Some(xpath), Some(found)) => eprintln!("  {}: {xpath} gave {found:?}", field.field),
                _ => eprintln!("  {}: nothing", field.field),
            }
        }
    }
}
