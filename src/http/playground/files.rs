//! The files of GraphiQL in this binary.

use std::borrow::Cow;

use rust_embed::Embed;

/// The output of `npm run build`. A debug build reads it from the disk at each request; a release build embeds it.
#[derive(Embed)]
#[folder = "playground/dist"]
#[allow_missing = true]
struct Built;

/// Without a built GraphiQL the page loads from this one other origin.
const CDN_POLICY: &str = "default-src 'none'; \
     script-src 'self' https://unpkg.com/react@18.3.1/ https://unpkg.com/react-dom@18.3.1/ \
     https://unpkg.com/graphiql@4.1.2/ https://unpkg.com/@graphiql/plugin-explorer@4.0.6/; \
     style-src 'self' 'unsafe-inline' https://unpkg.com/graphiql@4.1.2/ \
     https://unpkg.com/@graphiql/plugin-explorer@4.0.6/; \
     font-src data:; img-src 'self' data:; connect-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Nothing is loaded from elsewhere. The editor positions its lines by `style` attributes, hence inline styles. Its
/// fonts are in its style sheet.
const BUILT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
     worker-src 'self'; font-src 'self' data:; img-src 'self' data:; connect-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The available GraphiQL.
#[derive(Debug)]
pub(super) enum Edition {
    /// The one that `playground/` builds.
    Built,
    /// The last version that loads by script elements from a CDN, pinned by hashes of its contents.
    FromCdn,
}

/// A file with its headers.
pub(super) struct File {
    pub(super) content: Cow<'static, [u8]>,
    /// The `Content-Type`.
    pub(super) kind: &'static str,
    pub(super) is_page: bool,
    pub(super) is_named_by_hash: bool,
}

impl Edition {
    /// Returns the built one, if there is any.
    pub(super) fn present() -> Self {
        if Built::get("index.html").is_some() {
            Self::Built
        } else {
            Self::FromCdn
        }
    }

    /// Returns the content security policy of the page.
    pub(super) fn policy(&self) -> &'static str {
        match self {
            Self::Built => BUILT_POLICY,
            Self::FromCdn => CDN_POLICY,
        }
    }

    /// Returns the page.
    pub(super) fn page(&self) -> Option<File> {
        self.file("index.html")
    }

    /// Returns the file at `path` below `/graphiql/`, or `None` if there is no such file or it is not served.
    pub(super) fn file(&self, path: &str) -> Option<File> {
        let kind = kind_of(path)?;
        let content = match self {
            // A debug build reads the disk and must not leave the folder.
            Self::Built if is_below(path) => Built::get(path)?.data,
            Self::Built => return None,
            Self::FromCdn => Cow::Borrowed(beside_the_cdn(path)?.as_bytes()),
        };
        Some(File {
            content,
            kind,
            is_page: path == "index.html",
            is_named_by_hash: matches!(self, Self::Built) && path.starts_with("assets/"),
        })
    }
}

/// Returns whether the path is like those of the build: names of letters, digits and `._-`, none of them hidden or
/// `..`.
fn is_below(path: &str) -> bool {
    let is_plain = |it: u8| it.is_ascii_alphanumeric() || b"._-".contains(&it);
    path.split('/')
        .all(|name| !name.is_empty() && !name.starts_with('.') && name.bytes().all(is_plain))
}

fn beside_the_cdn(path: &str) -> Option<&'static str> {
    Some(match path {
        "index.html" => include_str!("../../../playground/unbuilt/index.html"),
        "unbuilt/unbuilt.js" => include_str!("../../../playground/unbuilt/unbuilt.js"),
        "src/examples.js" => include_str!("../../../playground/src/examples.js"),
        "src/status.js" => include_str!("../../../playground/src/status.js"),
        "src/token.js" => include_str!("../../../playground/src/token.js"),
        "src/page.css" => include_str!("../../../playground/src/page.css"),
        "src/gatehouse.svg" => include_str!("../../../playground/src/gatehouse.svg"),
        _ => return None,
    })
}

/// Returns the type of each kind of file in the build. Other files are not served.
fn kind_of(path: &str) -> Option<&'static str> {
    Some(match path.rsplit_once('.')?.1 {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "md" => "text/markdown; charset=utf-8",
        "svg" => "image/svg+xml",
        "ttf" => "font/ttf",
        "woff2" => "font/woff2",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_it_was_not_built_nothing_is_loaded_without_the_hash_of_its_contents() {
        let page = Edition::FromCdn.page().unwrap();
        let page = str::from_utf8(&page.content).unwrap();
        let from_elsewhere = page.matches("=\"https://").count();
        assert!(from_elsewhere >= 6, "{page}");
        assert_eq!(
            page.matches("integrity=\"sha384-").count(),
            from_elsewhere,
            "{page}"
        );
        assert_eq!(
            page.matches("crossorigin=\"anonymous\"").count(),
            from_elsewhere,
            "{page}"
        );
        for address in page.split("=\"https://").skip(1) {
            let package = address.split('/').skip(1).find(|it| it.contains('@'));
            let version = address.split('@').next_back().unwrap();
            assert!(package.is_some() && version.starts_with(|it: char| it.is_ascii_digit()));
        }
    }

    #[test]
    fn where_it_was_not_built_its_own_files_are_there() {
        let page = Edition::FromCdn.page().unwrap();
        let page = str::from_utf8(&page.content).unwrap();
        let own: Vec<&str> = page
            .split("=\"/graphiql/")
            .skip(1)
            .map(|it| it.split('"').next().unwrap())
            .collect();
        assert_eq!(own.len(), 3, "{own:?}");
        for path in own {
            let file = Edition::FromCdn.file(path).unwrap();
            assert!(!file.is_named_by_hash, "{path}");
        }
    }

    #[test]
    fn neither_policy_lets_a_page_run_what_stands_in_it() {
        for edition in [Edition::Built, Edition::FromCdn] {
            let policy = edition.policy();
            let scripts = policy
                .split("; ")
                .find(|it| it.starts_with("script-src"))
                .unwrap();
            assert!(!scripts.contains("unsafe") && !scripts.contains("data:"));
            assert!(policy.starts_with("default-src 'none'"));
        }
        assert!(!BUILT_POLICY.contains("http"), "{BUILT_POLICY}");
    }

    #[test]
    fn no_path_leads_out_of_the_folder() {
        for path in ["index.html", "assets/index-Diix5Y33.js", "licenses.md"] {
            assert!(is_below(path), "{path:?}");
        }
        for path in [
            "",
            "..",
            "../package.json",
            "../index.html",
            "assets/../../index.html",
            "/etc/passwd",
            ".vite/manifest.js",
            "assets\\..\\index.html",
            "assets//index.js",
            "index.html\0.js",
        ] {
            assert!(!is_below(path), "{path:?}");
            for edition in [Edition::Built, Edition::FromCdn] {
                assert!(edition.file(path).is_none(), "{edition:?} {path:?}");
            }
        }
    }
}
