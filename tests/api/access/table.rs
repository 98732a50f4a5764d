//! The table of docs/security/access-control.md, and what is observed beside it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{ACTORS, Actor};

/// What each of [`ACTORS`] gets of a field of a type.
#[derive(Default)]
pub(super) struct Table(BTreeMap<(String, String), [String; 3]>);

impl Table {
    /// As it is written down: rows of type, fields, and what the three get.
    pub(super) fn read() -> Self {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/docs/security/access-control.md"
        );
        let mut table = BTreeMap::new();
        for line in std::fs::read_to_string(path).unwrap().lines() {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let ["", kind, fields, anonymous, owner, other, ""] = cells[..] else {
                continue;
            };
            if kind == "type" || kind.starts_with("--") {
                continue;
            }
            for field in fields.split(' ') {
                let answers = [anonymous, owner, other].map(str::to_owned);
                let earlier = table.insert((kind.to_owned(), field.to_owned()), answers);
                assert!(earlier.is_none(), "{kind}.{field} is listed twice");
            }
        }
        Self(table)
    }

    pub(super) fn fields(&self) -> impl Iterator<Item = &(String, String)> {
        self.0.keys()
    }

    /// Notes what `actor` got. What another user gets where nobody gets it without signing in is their own.
    pub(super) fn note(&mut self, kind: &str, field: &str, actor: Actor, answer: &str) {
        let key = (kind.to_owned(), field.to_owned());
        let answers = self.0.entry(key).or_default();
        let is_for_users = ["unauthenticated", "not reached", "null"].contains(&&*answers[0]);
        let answer = match (actor, answer) {
            (Actor::Other, "value" | "done") if is_for_users => "own",
            (_, answer) => answer,
        };
        let column = ACTORS.iter().position(|it| *it == actor).unwrap();
        answer.clone_into(&mut answers[column]);
    }

    /// Compares what was observed with what is written down.
    #[track_caller]
    pub(super) fn assert_as_written(&self) {
        let written = Self::read();
        let mut differences = String::new();
        for (key, observed) in &self.0 {
            if written.0.get(key) != Some(observed) {
                let (kind, field) = key;
                let answers = observed.join(" | ");
                writeln!(differences, "| {kind} | {field} | {answers} |").unwrap();
            }
        }
        assert!(
            differences.is_empty(),
            "docs/security/access-control.md says otherwise; observed:\n{differences}"
        );
    }
}
