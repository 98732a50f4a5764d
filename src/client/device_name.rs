//! Readable names of user agents.

use woothee::parser::Parser;

/// Returns "Firefox on Linux", the first word of a client that is not a browser, or "Unknown device".
pub(crate) fn device_name(user_agent: Option<&str>) -> String {
    let Some(text) = user_agent.map(str::trim).filter(|text| !text.is_empty()) else {
        return "Unknown device".to_owned();
    };
    let known = |name: &str| !name.is_empty() && name != "UNKNOWN";
    match Parser::new().parse(text) {
        // Libraries and crawlers name themselves best.
        Some(found) if !is_for_people(found.category) => product(text),
        Some(found) if known(found.name) && known(found.os) => {
            format!("{} on {}", found.name, system(found.os))
        }
        Some(found) if known(found.name) => found.name.to_owned(),
        _ => product(text),
    }
}

fn is_for_people(category: &str) -> bool {
    matches!(category, "pc" | "smartphone" | "mobilephone" | "appliance")
}

fn system(name: &str) -> &str {
    match name {
        "Mac OSX" => "macOS",
        name if name.starts_with("Windows") => "Windows",
        name => name,
    }
}

/// Returns the first product of a user agent (RFC 9110, section 10.1.5) without its version.
fn product(text: &str) -> String {
    let first = text.split(['/', ' ', '(']).next().unwrap_or_default();
    let plain: String = first
        .chars()
        .filter(|c| c.is_alphanumeric() || "-_.".contains(*c))
        .take(40)
        .collect();
    if plain.is_empty() {
        "Unknown device".to_owned()
    } else {
        plain
    }
}

#[cfg(test)]
mod tests {
    use super::device_name;

    #[test]
    fn clients_are_named_as_people_name_them() {
        for (user_agent, name) in [
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                "Firefox on Linux",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                 Version/18.3 Safari/605.1.15",
                "Safari on macOS",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
                 Chrome/140.0.0.0 Safari/537.36",
                "Chrome on Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like \
                 Gecko) Version/18.3 Mobile/15E148 Safari/604.1",
                "Safari on iPhone",
            ),
            ("curl/8.5.0", "curl"),
            ("my-script", "my-script"),
            ("<script>", "script"),
            ("", "Unknown device"),
            ("   ", "Unknown device"),
        ] {
            assert_eq!(device_name(Some(user_agent)), name, "{user_agent}");
        }
        assert_eq!(device_name(None), "Unknown device");
    }
}
