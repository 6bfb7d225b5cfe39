//! Reads a feed from a file and prints its items, one JSON object a line; what had to be mended goes to standard error.
//!
//! `cargo run -p klaroen-feed --example items -- FILE [ADDRESS]`, where ADDRESS is what relative links are joined to.

use std::error::Error;

use klaroen_feed::{Document, Limits, detect, read};
use url::Url;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("items FILE [ADDRESS]")?;
    let address = arguments.next().map(|address| Url::parse(&address)).transpose()?;

    let limits = Limits::default();
    let document = Document::new(std::fs::read(file)?, None, address, &limits)?;
    let detected = detect(&document)?;
    let reading = read(&document, &detected.definition, &limits)?;

    for repair in &reading.repairs {
        eprintln!("{repair}");
    }
    for item in &reading.items {
        println!("{}", serde_json::to_string(item)?);
    }
    Ok(())
}
