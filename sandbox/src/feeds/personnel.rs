//! The vacancies once more, as a home-made personnel system exports them: XML of a kind that nobody knows, to point in.
//! Two addresses for each, told apart by an attribute; pictures in a namespace, and not for all.

use std::fmt::Write as _;

use super::story::Item;
use super::xml::{each, escape};
use crate::world::World;

/// Vacancies that the system knows of.
pub(super) const OPEN: usize = 7;
/// Every so many vacancies one has no picture.
const WITHOUT_PICTURE: usize = 4;

pub(super) fn export(world: &World, items: &[Item]) -> String {
    let made = items.first().map(|item| item.published.to_rfc3339()).unwrap_or_default();
    let mut xml = format!(
        r#"<?xml version="1.0" encoding="utf-8"?>
<personeelsbeheer xmlns:beeld="urn:voorbeeld:beeldbank" versie="4.2">
  <bedrijf naam="Voorbeeld Energie" plaats="Utrecht"/>
  <gemaakt>{made}</gemaakt>
  <functies>
"#
    );
    for (number, item) in items.iter().enumerate() {
        position(&mut xml, world, item, (number + 1).is_multiple_of(WITHOUT_PICTURE));
    }
    xml.push_str("  </functies>\n</personeelsbeheer>\n");
    xml
}

fn position(xml: &mut String, world: &World, item: &Item, bare: bool) {
    let story = item.story;
    let (page, picture) = (world.link(&item.path()), world.link(&item.picture()));
    let text = each(&story.text, |text| format!("<p>{}</p>", escape(text)));
    let fields = each(&story.tags, |tag| format!("      <vakgebied>{}</vakgebied>\n", escape(tag)));
    let picture =
        if bare { String::new() } else { format!("      <beeld:foto beeld:bron=\"{picture}\" breed=\"1200\"/>\n") };
    // Writing to a string cannot fail.
    let _ = write!(
        xml,
        r#"    <functie nummer="{number}" status="open">
      <naam>{name}</naam>
      <adres soort="intern" href="{page}?intern"/>
      <adres soort="extern" href="{page}"/>
      <omschrijving><![CDATA[<p>{summary}</p>{text}]]></omschrijving>
{picture}      <geplaatst>{date}</geplaatst>
{fields}      <contact><afdeling>{author}</afdeling><telefoon>+31 30 000 0000</telefoon></contact>
    </functie>
"#,
        number = 2_600 + item.number,
        name = escape(&item.title),
        summary = escape(&story.summary),
        date = item.published.format("%Y-%m-%dT%H:%M:%S"),
        author = escape(&story.author),
    );
}
