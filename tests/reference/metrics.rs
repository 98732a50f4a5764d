//! docs/reference/metrics.md, from what `/metrics` of a new process prints.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use gatehouse::metrics_of_new_process;

use super::{assert_current, cell};

const INTRODUCTION: &str = "\
# Metrics

`/metrics` on `GATEHOUSE_ADMIN_LISTEN` returns these metrics as OpenMetrics text. Counters and gauges start at zero with the process
unless they describe the database. [Alerts and dashboard](../operate/alerts.md) says which of them to alert on.

| metric | type | labels | description |
| --- | --- | --- | --- |
";

/// What is printed about one metric.
#[derive(Default)]
struct Printed {
    kind: String,
    help: String,
    labels: BTreeSet<String>,
}

fn suffix(kind: &str) -> &'static str {
    match kind {
        "info" => "_info",
        "counter" => "_total",
        _ => "",
    }
}

/// The names of the labels in `name{a="…",b="…"} 0`, but the bound of a bucket.
fn labels(sample: &str) -> impl Iterator<Item = &str> {
    let inside = sample
        .split_once('{')
        .and_then(|(_, rest)| rest.split_once('}'));
    let labels = inside.map_or("", |(labels, _)| labels);
    let names = labels.split(',').filter_map(|label| label.split_once('='));
    names.map(|(name, _)| name).filter(|name| *name != "le")
}

#[test]
fn metrics_reference_is_current() {
    let text = metrics_of_new_process().unwrap();
    let mut metrics = BTreeMap::<&str, Printed>::new();
    let mut current = "";
    for line in text.lines().filter(|line| *line != "# EOF") {
        if let Some((name, help)) = line
            .strip_prefix("# HELP ")
            .and_then(|it| it.split_once(' '))
        {
            metrics.entry(name).or_default().help = help.trim_end_matches('.').to_owned();
        } else if let Some((name, kind)) = line
            .strip_prefix("# TYPE ")
            .and_then(|it| it.split_once(' '))
        {
            metrics.entry(name).or_default().kind = kind.to_owned();
            current = name;
        } else {
            let names = labels(line).map(str::to_owned);
            metrics.entry(current).or_default().labels.extend(names);
        }
    }
    let mut rows = BTreeSet::new();
    for (name, Printed { kind, help, labels }) in &metrics {
        assert!(!help.is_empty() && !kind.is_empty(), "{name}");
        let labels: Vec<String> = labels.iter().map(|it| format!("`{it}`")).collect();
        let (suffix, labels, help) = (suffix(kind), labels.join(", "), cell(help));
        rows.insert(format!("| `{name}{suffix}` | {kind} | {labels} | {help} |"));
    }
    let mut text = INTRODUCTION.to_owned();
    for row in rows {
        writeln!(text, "{row}").unwrap();
    }
    assert_current("metrics.md", &text);
}
