//! The lifetimes of emailed links: they start when the email is first sent, however long it was queued.
//!
//! The email is written with times as if it were sent at once. When it is sent, they are replaced by the actual times,
//! and the stored tokens are updated.

use chrono::{DateTime, TimeDelta, Utc};

use super::messages::TokenLink;
use super::translations::Translations;
use crate::db::OneTimeTokenId;

/// A stored token and its expiry after its email was sent.
pub(crate) type Lifetime = (OneTimeTokenId, DateTime<Utc>);

/// Returns the stored tokens of `links` with their lifetimes, as text for the row of the email.
pub(super) fn as_text(links: &[&TokenLink]) -> Option<String> {
    let texts: Vec<String> = links
        .iter()
        .filter_map(|link| link.stored)
        .map(|(id, lifetime)| format!("{id}:{}", lifetime.num_milliseconds()))
        .collect();
    (!texts.is_empty()).then(|| texts.join(" "))
}

/// Parses the output of [`as_text`]: the tokens and their lifetimes.
pub(super) fn read(text: Option<&str>) -> Vec<(OneTimeTokenId, TimeDelta)> {
    let parts = text.unwrap_or_default().split(' ');
    parts
        .filter_map(|part| part.split_once(':'))
        .filter_map(|(id, lifetime)| {
            let lifetime = TimeDelta::try_milliseconds(lifetime.parse().ok()?)?;
            Some((id.parse().ok()?, lifetime))
        })
        .collect()
}

/// Returns the expiry of each link as the email states it, with its lifetime in milliseconds. One that reads like a `fixed`
/// time stays as it is: the email then understates how long the link works.
pub(super) fn times(links: &[&TokenLink], fixed: Option<DateTime<Utc>>) -> Vec<(String, i64)> {
    let fixed = fixed.map(Translations::time);
    links
        .iter()
        .filter_map(|link| {
            let (_, lifetime) = link.stored?;
            Some((Translations::time(link.until), lifetime.num_milliseconds()))
        })
        .filter(|(text, _)| Some(text) != fixed.as_ref())
        .collect()
}

/// Returns `text` with each of `times` replaced for an email that is sent at `now`.
pub(super) fn put_off(text: &str, times: &[(String, i64)], now: DateTime<Utc>) -> String {
    // In two steps, because the new value of one time may be the old value of another. No email contains a NUL.
    let mark = |n: usize| format!("\0{n}\0");
    let mut text = text.to_owned();
    for (n, (written, _)) in times.iter().enumerate() {
        text = text.replace(written, &mark(n));
    }
    for (n, (_, lifetime)) in times.iter().enumerate() {
        let until = now + TimeDelta::try_milliseconds(*lifetime).unwrap_or_default();
        text = text.replace(&mark(n), &Translations::time(until));
    }
    text
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};

    use super::super::messages::TokenLink;
    use super::{put_off, read, times};
    use crate::db::OneTimeTokenId;

    #[test]
    fn every_time_is_put_off_by_as_much() {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let (hour, day) = (3_600_000, 24 * 3_600_000);
        let times = [
            ("2027-01-15 09:00 UTC".to_owned(), hour),
            ("2027-01-16 08:00 UTC".to_owned(), day),
        ];
        let text =
            "until 2027-01-15 09:00 UTC, or 2027-01-16 08:00 UTC; since 2027-01-15 08:00 UTC";
        assert_eq!(put_off(text, &times, now), text);
        assert_eq!(
            put_off(text, &times, now + TimeDelta::hours(23)),
            "until 2027-01-16 08:00 UTC, or 2027-01-17 07:00 UTC; since 2027-01-15 08:00 UTC"
        );
    }

    #[test]
    fn a_time_that_the_email_announces_is_not_put_off() {
        let until = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let link = TokenLink {
            token: "token".into(),
            until,
            stored: Some((OneTimeTokenId(uuid::Uuid::nil()), TimeDelta::hours(1))),
        };
        assert_eq!(times(&[&link], None).len(), 1);
        assert_eq!(times(&[&link], Some(until + TimeDelta::hours(1))).len(), 1);
        assert!(times(&[&link], Some(until)).is_empty());
    }

    #[test]
    fn what_another_version_wrote_is_no_lifetime() {
        assert!(read(None).is_empty());
        assert!(read(Some("")).is_empty());
        assert!(read(Some("x:1 00000000-0000-0000-0000-000000000001:x")).is_empty());
        let one = read(Some(
            "00000000-0000-0000-0000-000000000001:60000 later:things",
        ));
        assert_eq!(one[0].1, TimeDelta::minutes(1));
        assert_eq!(one.len(), 1);
    }
}
