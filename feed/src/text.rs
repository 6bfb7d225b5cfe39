//! Small rules about plain text: sentences, lengths, names.

/// The first sentence with the quotes that close it; a dot inside a number or behind an abbreviation ends none.
pub(crate) fn first_sentence(text: &str) -> &str {
    let text = text.trim();
    let mut word = 0;
    for (at, c) in text.char_indices() {
        match c {
            '\n' => return text[..at].trim_end(),
            '.' | '!' | '?' | '…' | '。' => {
                let behind = &text[at + c.len_utf8()..];
                let after = behind.trim_start_matches(['”', '’', '"', '\'', '»', ')']);
                let ends = c == '。' || after.is_empty() || after.starts_with(char::is_whitespace);
                if ends && (c != '.' || !is_abbreviation(&text[word..at])) {
                    return &text[..text.len() - after.len()];
                }
            }
            c if c.is_whitespace() || c == '(' => word = at + c.len_utf8(),
            _ => {}
        }
    }
    text
}

/// Words that a dot follows in the middle of a sentence, in the languages of the product and their neighbours.
const ABBREVIATIONS: &[&str] = &[
    "art", "bijv", "bv", "bzw", "ca", "cf", "dhr", "dr", "drs", "e.g", "etc", "excl", "i.e", "incl", "ing", "ir", "jr",
    "mevr", "mr", "mrs", "ms", "mw", "nr", "o.a", "p.m", "prof", "resp", "st", "t.a.v", "v.a", "vs", "z.b",
];

/// Whether a dot behind a word only shortens it, as behind an initial.
fn is_abbreviation(word: &str) -> bool {
    let letters = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    letters.chars().count() == 1 && letters.starts_with(char::is_alphabetic)
        || ABBREVIATIONS.contains(&letters.to_lowercase().as_str())
}

/// At most so many characters, cut at a word; `None` if it is short enough.
pub(crate) fn truncate(text: &str, most: usize) -> Option<String> {
    let (end, _) = text.char_indices().nth(most)?;
    let room = text[..end].char_indices().next_back().map_or(0, |(last, _)| last);
    let at_word = text[room..].starts_with(char::is_whitespace);
    let cut = if at_word { room } else { text[..room].rfind(char::is_whitespace).unwrap_or(room) };
    Some(format!("{}…", text[..cut].trim_end_matches(|c: char| c.is_whitespace() || c == ',')))
}

/// One line, single spaces.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// The name in `mail@example.com (Name)` or `Name <mail@example.com>`; other texts are names already.
pub(crate) fn person_name(text: &str) -> &str {
    let text = text.trim();
    if let Some((before, name)) = text.strip_suffix(')').and_then(|rest| rest.split_once('('))
        && before.contains('@')
        && !name.trim().is_empty()
    {
        return name.trim();
    }
    match text.strip_suffix('>').and_then(|rest| rest.split_once('<')) {
        Some((name, mail)) if mail.contains('@') && !name.trim().is_empty() => name.trim(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_readers_think() {
        for (text, expected) in [
            ("One. Two.", "One."),
            ("Version 1.5 is out! Get it", "Version 1.5 is out!"),
            ("By J. Doe. More", "By J. Doe."),
            ("Met o.a. Dr. Jansen, bijv. hier. Meer", "Met o.a. Dr. Jansen, bijv. hier."),
            ("He said “Go.” Then left.", "He said “Go.”"),
            ("Is it (really?) so? Yes.", "Is it (really?)"),
            ("It is 5. More", "It is 5."),
            ("On www.example.com now. More", "On www.example.com now."),
            ("東京。大阪。", "東京。"),
            ("No end", "No end"),
            ("A line\nand another.", "A line"),
            ("", ""),
        ] {
            assert_eq!(first_sentence(text), expected);
        }
    }

    #[test]
    fn names_are_found_beside_addresses() {
        for (text, expected) in [
            ("a@example.com (Employee 012)", "Employee 012"),
            ("Employee 012 <a@example.com>", "Employee 012"),
            ("Employee 012", "Employee 012"),
            ("Employee (Sales)", "Employee (Sales)"),
            ("a@example.com", "a@example.com"),
            ("a@example.com ()", "a@example.com ()"),
        ] {
            assert_eq!(person_name(text), expected);
        }
    }

    #[test]
    fn long_texts_end_at_a_word() {
        assert_eq!(truncate("short", 10), None);
        assert_eq!(truncate("one two, three", 9).as_deref(), Some("one two…"));
        assert_eq!(truncate("éééééééé", 4).as_deref(), Some("ééé…"));
    }
}
