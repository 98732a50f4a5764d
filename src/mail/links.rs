//! The addresses of emailed links: the front end's, from the settings only. No header affects them.

use url::Url;

/// The targets of links.
#[derive(Clone, Debug)]
pub(crate) struct Links {
    app_url: Url,
}

impl Links {
    pub(super) fn new(app_url: &Url) -> Self {
        Self {
            app_url: app_url.clone(),
        }
    }

    /// Returns the address of the front end.
    pub(super) fn app(&self) -> String {
        self.app_url.to_string()
    }

    pub(super) fn verify_email(&self, token: &str) -> String {
        self.with_token("verify-email", token)
    }

    pub(super) fn reset_password(&self, token: &str) -> String {
        self.with_token("reset-password", token)
    }

    pub(super) fn remove_factors(&self, token: &str) -> String {
        self.with_token("remove-factors", token)
    }

    pub(super) fn cancel_deletion(&self, token: &str) -> String {
        self.with_token("cancel-deletion", token)
    }

    pub(super) fn secure_account(&self, token: &str) -> String {
        self.with_token("secure-account", token)
    }

    fn with_token(&self, page: &str, token: &str) -> String {
        let mut url = self.app_url.clone();
        let path = format!("{}/{page}", url.path().trim_end_matches('/'));
        url.set_path(&path);
        url.query_pairs_mut().append_pair("token", token);
        url.into()
    }
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::Links;

    #[test]
    fn links_start_with_the_front_end_s_address() {
        for (app, link) in [
            (
                "https://app.example",
                "https://app.example/verify-email?token=a-b_c",
            ),
            (
                "https://x.example/account/",
                "https://x.example/account/verify-email?token=a-b_c",
            ),
        ] {
            let links = Links::new(&Url::parse(app).unwrap());
            assert_eq!(links.verify_email("a-b_c"), link);
        }
        let links = Links::new(&Url::parse("https://app.example").unwrap());
        assert_eq!(
            links.secure_account("&x=1#y"),
            "https://app.example/secure-account?token=%26x%3D1%23y"
        );
    }
}
