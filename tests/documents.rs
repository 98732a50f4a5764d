//! Checks every link in the repository's documents: files, and anchors of headings.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// Folders that are built, installed or not ours.
const SKIPPED: [&str; 5] = ["target", "node_modules", ".git", "corpus", "wycheproof"];

fn documents(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let (path, name) = (entry.path(), entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            if !SKIPPED.contains(&name.to_str().unwrap()) {
                documents(&path, found);
            }
        } else if path.extension().is_some_and(|it| it == "md") {
            found.push(path);
        }
    }
}

/// The text without code: neither blocks nor spans hold links.
fn prose(text: &str) -> String {
    let mut prose = String::new();
    let mut is_code = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            is_code = !is_code;
        } else if !is_code {
            for (n, part) in line.split('`').enumerate() {
                prose.push_str(if n % 2 == 0 { part } else { "code" });
            }
        }
        prose.push('\n');
    }
    prose
}

/// The targets of `[text](target)` and `![text](target)`.
fn links(text: &str) -> Vec<String> {
    let text = prose(text);
    let targets = text.split("](").skip(1);
    targets
        .filter_map(|rest| Some(rest.split_once(')')?.0.to_owned()))
        .collect()
}

/// The anchors of a document's headings, as GitHub and mdBook make them.
fn anchors(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut is_code = false;
    for line in text.lines() {
        is_code ^= line.starts_with("```");
        let Some(heading) = line.strip_prefix('#').filter(|_| !is_code) else {
            continue;
        };
        let base: String = heading
            .trim_start_matches('#')
            .trim()
            .to_lowercase()
            .chars()
            .filter(|c| c.is_alphanumeric() || " -_".contains(*c))
            .map(|c| if c == ' ' { '-' } else { c })
            .collect();
        let mut anchor = base.clone();
        let mut number = 0;
        while !found.insert(anchor.clone()) {
            number += 1;
            anchor = format!("{base}-{number}");
        }
    }
    found
}

/// The path without `.` and `..`; `None` if it leaves the root.
fn normalized(path: &Path) -> Option<PathBuf> {
    let mut result = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                if !result.pop() {
                    return None;
                }
            }
            part => result.push(part),
        }
    }
    Some(result)
}

/// Why a link of `document` (a path below the root) leads nowhere.
fn broken(root: &Path, document: &Path, link: &str) -> Option<String> {
    if link.contains("://") || link.starts_with("mailto:") {
        return None;
    }
    let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
    let target = if file.is_empty() {
        document.to_owned()
    } else {
        let Some(target) = normalized(&document.with_file_name("").join(file)) else {
            return Some("leaves the repository".to_owned());
        };
        target
    };
    if !root.join(&target).exists() {
        return Some("there is no such file".to_owned());
    }
    if document.starts_with("docs") && !target.starts_with("docs") {
        return Some("leaves the book: name the file instead".to_owned());
    }
    let is_anchored = anchor.is_empty()
        || anchors(&fs::read_to_string(root.join(&target)).unwrap()).contains(anchor);
    (!is_anchored).then(|| "there is no such heading".to_owned())
}

#[test]
fn every_link_leads_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    documents(root, &mut found);
    let mut wrong = Vec::new();
    for path in &found {
        let document = path.strip_prefix(root).unwrap();
        for link in links(&fs::read_to_string(path).unwrap()) {
            if let Some(why) = broken(root, document, &link) {
                wrong.push(format!("{}: {link}: {why}", document.display()));
            }
        }
    }
    assert!(found.len() > 50, "only {} documents", found.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_page_is_in_the_summary() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let summary = fs::read_to_string(root.join("SUMMARY.md")).unwrap();
    let listed: BTreeSet<PathBuf> = links(&summary).into_iter().map(PathBuf::from).collect();
    let mut found = Vec::new();
    documents(&root, &mut found);
    let pages: BTreeSet<PathBuf> = found
        .iter()
        .map(|it| it.strip_prefix(&root).unwrap().to_owned())
        .filter(|it| it != Path::new("SUMMARY.md"))
        .collect();
    assert_eq!(pages, listed);
}

#[test]
fn broken_links_are_found() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = Path::new("docs/introduction.md");
    for (link, is_broken) in [
        ("start/quickstart.md", false),
        ("start/quickstart.md#start-gatehouse", false),
        ("#gatehouse", false),
        ("https://example.com/no#matter", false),
        ("start/quickstart.md#no-such-heading", true),
        ("start/no-such-page.md", true),
        ("../README.md", true),
        ("../../elsewhere.md", true),
    ] {
        assert_eq!(broken(root, page, link).is_some(), is_broken, "{link}");
    }
    let text = "[a](b.md), `[c](d.md)`\n```\n[e](f.md)\n```\n![g](h.png)";
    assert_eq!(links(text), ["b.md", "h.png"]);
}
