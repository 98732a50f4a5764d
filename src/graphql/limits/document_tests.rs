//! Documents that exceed the limits, and documents that do not.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use async_graphql::parser::parse_query;

use super::{DocumentLimits, LimitExceeded, validate};

fn limits() -> DocumentLimits {
    DocumentLimits {
        depth: 10,
        introspection_depth: 20,
        introspection: true,
        fields: 1000,
        aliases: 15,
        fragments: 10,
        directives: 5,
    }
}

fn validated(text: &str) -> Result<(), LimitExceeded> {
    validate(&parse_query(text).unwrap(), &limits())
}

#[track_caller]
fn assert_refused(text: &str, what: &str) {
    let LimitExceeded(message) = validated(text).unwrap_err();
    assert!(message.contains(what), "{message}");
}

/// Returns `n` fragments that spread the next one `times` times.
fn fan_out(n: usize, times: usize) -> String {
    let mut text = "query { ...F0 }".to_owned();
    for i in 0..n {
        let spreads = format!("...F{} ", i + 1).repeat(times);
        write!(text, " fragment F{i} on Query {{ {spreads} }}").unwrap();
    }
    write!(text, " fragment F{n} on Query {{ __typename }}").unwrap();
    text
}

#[test]
fn fragments_count_as_often_as_they_are_spread() {
    assert_eq!(validated(&fan_out(8, 2)), Ok(()), "256 fields");
    assert_refused(&fan_out(9, 3), "too many fields");
    assert_refused(&fan_out(40, 2), "fragment definitions");
}

#[test]
fn a_document_that_would_take_the_framework_hours_takes_no_time() {
    let text = fan_out(200, 4);
    let document = parse_query(&text).unwrap();
    let limits = DocumentLimits {
        fragments: 1000,
        ..limits()
    };
    let start = Instant::now();
    assert!(validate(&document, &limits).is_err());
    assert!(
        start.elapsed() < Duration::from_secs(1),
        "4 to the 200th steps would not end"
    );
}

#[test]
fn fragments_that_lead_nowhere_weigh_as_much_as_those_that_lead_to_fields() {
    for leaf in ["__typename", "...Nowhere"] {
        let mut text = format!("{{ ...F0 }} fragment F9 on Query {{ {leaf} }}");
        for i in 0..9 {
            let spreads = format!("...F{} ", i + 1).repeat(90);
            write!(text, " fragment F{i} on Query {{ {spreads} }}").unwrap();
        }
        assert_refused(&text, "too many fields");
    }
}

#[test]
fn a_fragment_that_contains_itself_is_rejected() {
    assert_refused("{ ...A } fragment A on Query { ...A }", "contains itself");
    assert_refused(
        "{ me { id } } fragment A on Query { ...B } fragment B on Query { me { ...A } }",
        "contains itself",
    );
}

#[test]
fn aliases_count_also_those_of_typename() {
    let fields =
        |n: usize| (0..n).fold(String::new(), |text, i| format!("{text} a{i}: __typename"));
    assert_eq!(validated(&format!("{{ {} }}", fields(15))), Ok(()));
    assert_refused(&format!("{{ {} }}", fields(16)), "aliases");
    let spread = format!("{{ ...A ...A }} fragment A on Query {{ {} }}", fields(8));
    assert_refused(&spread, "aliases");
}

#[test]
fn only_harmless_mutations_are_repeated() {
    assert_eq!(
        validated("mutation { login { tokens { accessToken } } }"),
        Ok(())
    );
    assert_eq!(
        validated("mutation { logout { loggedOut } b: logout { loggedOut } }"),
        Ok(())
    );
    for text in [
        "mutation { login { x } b: login { x } }",
        "mutation { logout { loggedOut } login { x } }",
        "mutation { ...A ...A } fragment A on Mutation { login { x } }",
        "mutation { verifyEmail { x } ... on Mutation { logout { loggedOut } } }",
        "mutation { nowhere { x } logout { loggedOut } }",
        "query Q { me { id } } mutation M { a: resetPassword { x } b: resetPassword { x } }",
    ] {
        assert_refused(text, "beside a mutation that must be sent alone");
    }
}

#[test]
fn repeatable_mutations_are_in_the_schema() {
    let schema = include_str!("../../../schema.graphql");
    let mutations = schema.split("type Mutation {").nth(1).unwrap();
    let mutations = mutations.split("\n}").next().unwrap();
    for name in &super::REPEATABLE[1..] {
        let is_there = [format!("\t{name}("), format!("\t{name}:")]
            .iter()
            .any(|field| mutations.contains(field.as_str()));
        assert!(is_there, "{name}");
    }
}

#[test]
fn depth_and_directives_are_bounded() {
    let nested = |n: usize| format!("{}{}", "{ me ".repeat(n), "}".repeat(n));
    assert_eq!(validated(&nested(10)), Ok(()));
    assert_refused(&nested(11), "levels of fields");
    let schema = |n: usize| format!("{{ __schema {}{} }}", "{ x ".repeat(n), "}".repeat(n));
    assert_eq!(validated(&schema(19)), Ok(()));
    assert_refused(&schema(20), "levels of introspection");
    let directives = "@skip(if: false) ".repeat(6);
    assert_refused(&format!("{{ me {directives} {{ id }} }}"), "directives");
    assert_refused(
        &format!("query {directives} {{ me {{ id }} }}"),
        "directives",
    );
}

#[test]
fn lists_of_the_schema_are_nested_only_so_deep() {
    let args = "{ __schema { types { fields { args { name } } } } }";
    assert_eq!(validated(args), Ok(()));
    for text in [
        "{ __schema { types { possibleTypes { interfaces { possibleTypes { name } } } } } }",
        "{ __type { possibleTypes { ...A } } } \
         fragment A on X { interfaces { possibleTypes { interfaces { name } } } }",
        "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }",
    ] {
        assert_refused(text, "nested introspection lists");
    }
}
