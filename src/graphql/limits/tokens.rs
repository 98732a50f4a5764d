//! Counts the tokens of a document (GraphQL October 2021, section 2.1) before it is parsed. The parser recurses for
//! every nested bracket, and a few hundred of them exhaust its stack.

/// The maximum depth of nested brackets of any kind.
pub(super) const MAX_DEPTH: usize = 64;

/// The words after which the parser requires no space: it reads `truetrue` as two values.
const WORDS: [&[u8]; 7] = [
    b"true",
    b"false",
    b"null",
    b"query",
    b"mutation",
    b"subscription",
    b"fragment",
];

/// The maximum length of a name in bytes. Names are repeated in responses.
const MAX_NAME_CHARACTERS: usize = 128;

/// Why a text is not parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unparsable {
    /// It has too many tokens.
    TooLong,
    /// Its brackets are nested too deep.
    TooDeep,
    /// It contains a name longer than any that a legitimate client uses.
    LongName,
    /// It contains an unterminated block string.
    EndlessString,
}

/// Counts the tokens of `text`: at most `most`, and no brackets nested too deep. Stops at the first excess.
pub(crate) fn check_tokens(text: &str, most: usize) -> Result<usize, Unparsable> {
    let mut rest = text.as_bytes();
    let mut count = 0;
    let mut depth: usize = 0;
    while let Some(&first) = rest.first() {
        let length = match first {
            b' ' | b'\t' | b'\r' | b'\n' | b',' => {
                rest = &rest[1..];
                continue;
            }
            b'#' => {
                let line = rest.iter().position(|c| matches!(c, b'\n' | b'\r'));
                rest = &rest[line.unwrap_or(rest.len())..];
                continue;
            }
            b'"' => string(rest).ok_or(Unparsable::EndlessString)?,
            b'-' | b'0'..=b'9' => number(rest),
            c if is_of_name(c) && run(rest, is_of_name) > MAX_NAME_CHARACTERS => {
                return Err(Unparsable::LongName);
            }
            c if is_of_name(c) => word(rest),
            b'.' if rest.starts_with(b"...") => 3,
            _ => 1,
        };
        count += 1;
        if count > most {
            return Err(Unparsable::TooLong);
        }
        match first {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(Unparsable::TooDeep);
        }
        rest = &rest[length..];
    }
    Ok(count)
}

fn is_of_name(c: u8) -> bool {
    c.is_ascii_alphanumeric() || c == b'_'
}

fn run(text: &[u8], belongs: impl Fn(u8) -> bool) -> usize {
    let end = text.iter().position(|c| !belongs(*c));
    end.unwrap_or(text.len())
}

/// Returns the length of the word at the start of `text`. A longer name that starts like one of [`WORDS`] is counted as
/// two.
fn word(text: &[u8]) -> usize {
    let known = WORDS.iter().find(|word| text.starts_with(word));
    known.map_or_else(|| run(text, is_of_name), |word| word.len())
}

/// Returns the length of the number at the start of `text`. Digits after a leading zero are another number.
fn number(text: &[u8]) -> usize {
    let digits = |at: usize| run(text.get(at..).unwrap_or_default(), |c| c.is_ascii_digit());
    let mut end = usize::from(text[0] == b'-');
    end += match text.get(end) {
        Some(b'0') => 1,
        _ => digits(end),
    };
    if text.get(end) == Some(&b'.') && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    if let Some(b'e' | b'E') = text.get(end) {
        let sign = usize::from(matches!(text.get(end + 1), Some(b'+' | b'-')));
        let exponent = digits(end + 1 + sign);
        if exponent > 0 {
            end += 1 + sign + exponent;
        }
    }
    end
}

/// Returns the length of the string at the start of `text`, or of the rest if no string starts there, because the
/// parser stops there. `None` for an unterminated block string, which the parser reads as an empty string and another
/// one.
fn string(text: &[u8]) -> Option<usize> {
    if let Some(inside) = text.strip_prefix(b"\"\"\"") {
        return block_string(inside).map(|length| length + 3);
    }
    let mut at = 1;
    while let Some(byte) = text.get(at) {
        at += match byte {
            b'\\' => 2,
            b'"' => return Some(at + 1),
            _ => 1,
        };
    }
    Some(text.len())
}

/// Returns the length of `text` up to and including the next three quotes without a backslash before them, which is the
/// only escape in a block string.
fn block_string(text: &[u8]) -> Option<usize> {
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with(b"\"\"\"") {
            return Some(at + 3);
        }
        at += if rest.starts_with(b"\\\"\"\"") { 4 } else { 1 };
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Unparsable, check_tokens};

    #[test]
    fn tokens_are_counted_as_the_grammar_has_them() {
        for (text, count) in [
            ("", 0),
            (" \n,# nothing\r\n", 0),
            ("{ me { id } }", 6),
            (
                "query Q($a: Int! = -1.5e3) { a: f(x: $a) @skip(if: true) ...F }",
                31,
            ),
            (r#"{ f(x: "a \" { } b") }"#, 8),
            (r#"{ f(x: """a " { \""" } b""") }"#, 8),
            ("{a...F}", 5),
            (r#"{ f(x: "no end"#, 6),
            ("\"\\", 1),
            ("é", 2),
            ("[1-1 00 -0.5E+7.5]", 9),
            ("1...F", 3),
            ("[truefalsenull1 enum]", 7),
            ("queryQ fragmentAB on Query", 6),
            (r#"["" "a"]"#, 4),
            (r#""""\\""" [ """ ]"#, 2),
        ] {
            assert_eq!(check_tokens(text, count), Ok(count), "{text}");
            let one_less = count.checked_sub(1).map(|most| check_tokens(text, most));
            let too_long = one_less.is_none_or(|checked| checked == Err(Unparsable::TooLong));
            assert!(too_long, "{text}");
        }
    }

    #[test]
    fn names_are_only_so_long() {
        let named = |n: usize| format!("{{ {}: a }}", "b".repeat(n));
        assert_eq!(check_tokens(&named(128), 10), Ok(5));
        assert_eq!(check_tokens(&named(129), 10), Err(Unparsable::LongName));
    }

    #[test]
    fn brackets_are_nested_only_so_deep() {
        let nested = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
        assert_eq!(check_tokens(&nested(64), 1000), Ok(128));
        assert_eq!(check_tokens(&nested(65), 1000), Err(Unparsable::TooDeep));
        assert_eq!(
            check_tokens(&"{[(".repeat(30), 1000),
            Err(Unparsable::TooDeep)
        );
        assert_eq!(check_tokens(&"[]".repeat(400), 1000), Ok(800));
        assert_eq!(check_tokens(&"\"[[[\"".repeat(100), 1000), Ok(100));
    }

    /// Otherwise the brackets after it would be inside a string here, and outside of one for the parser.
    #[test]
    fn strings_end_where_the_parser_ends_them() {
        let deep = "[".repeat(1000);
        // In a block string a backslash escapes only three quotes.
        let text = format!(r#"{{ f(x: """\\""" """, y: {deep}"#);
        assert_eq!(check_tokens(&text, 2000), Err(Unparsable::TooDeep));
        // The parser reads three unterminated quotes as an empty string and the start of another.
        let text = format!(r#"{{ f(x: [""" a" {deep}"#);
        assert_eq!(check_tokens(&text, 2000), Err(Unparsable::EndlessString));
    }

    proptest! {
        /// Any text is counted without a panic, and a text that passes can be parsed without exhausting the stack.
        #[test]
        fn nothing_that_passes_hurts_the_parser(
            text in prop_oneof![
                any::<String>(),
                "[{}()\\[\\]a\":,.$@!|#\\\\ \n1-]{0,400}",
                "(query|mutation|fragment F on Query|\\{|\\}|\\(|\\)|\\[|\\]|a|:|\\$a|\"|\"\"\"|\\.\\.\\.| ){0,300}",
            ],
        ) {
            if check_tokens(&text, 2000).is_ok() {
                drop(async_graphql::parser::parse_query(&text));
            }
        }
    }
}
