//! Secret addresses and tokens, which may come from environment variables named in the configuration and are never
//! shown.
//!
//! `$NAME` and `${NAME}` are replaced with the value of the variable, `$$` with a dollar sign. Error messages from
//! servers and libraries pass through [`Secrets::hide`] before they are printed, because they may repeat all or part of
//! an address or header field.

use anyhow::{Result, bail};
use url::Url;

/// The minimum length in bytes of a value that is masked; a shorter one may occur in ordinary words.
const SHORTEST: usize = 4;

/// The minimum length in bytes of a part of a value that is masked on its own, unless it contains a digit; a shorter
/// one may be a word, as in `/services/`.
const LONG: usize = 16;

/// The secret values of one output.
#[derive(Default)]
pub(super) struct Secrets {
    values: Vec<String>,
}

impl Secrets {
    /// Expands the environment variables in a text, and registers their values to be masked.
    #[expect(clippy::disallowed_methods, reason = "secrets come from the environment")]
    pub(super) fn fill(&mut self, key: &str, written: &str) -> Result<String> {
        self.fill_from(key, written, |name| std::env::var(name).ok())
    }

    fn fill_from(
        &mut self,
        key: &str,
        written: &str,
        lookup: impl Fn(&str) -> Option<String>,
    ) -> Result<String> {
        let mut filled = String::new();
        let mut rest = written;
        while let Some((before, after)) = rest.split_once('$') {
            filled.push_str(before);
            if let Some(after) = after.strip_prefix('$') {
                filled.push('$');
                rest = after;
                continue;
            }
            let (name, after) = variable(after);
            if name.is_empty() {
                bail!(
                    "{key}: a $ must be followed by the name of a variable; write $$ for a dollar sign"
                );
            }
            let Some(value) = lookup(name).filter(|value| !value.trim().is_empty()) else {
                bail!("{key}: the environment variable ${name} is not set");
            };
            self.add(&value);
            filled.push_str(value.trim());
            rest = after;
        }
        filled.push_str(rest);
        Ok(filled)
    }

    /// Registers a value to be masked.
    pub(super) fn add(&mut self, value: &str) {
        let value = value.trim();
        if SHORTEST <= value.len() {
            self.values.push(value.to_owned());
            // Longer values come first, because they may contain shorter ones.
            self.values.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        }
    }

    /// Registers a value and the words in it that look like tokens, as in `Bearer TOKEN`.
    pub(super) fn add_words(&mut self, value: &str) {
        self.add(value);
        value
            .split(|c: char| c.is_whitespace() || ",;=:\"".contains(c))
            .for_each(|word| self.add_part(word));
    }

    /// Registers an address, its path, its query, its user name and password, and the parts of its path and query that
    /// look like tokens.
    pub(super) fn add_address(&mut self, written: &str, url: &Url) {
        let query = url.query().unwrap_or_default();
        for whole in [written, url.as_str(), url.path(), query, url.username()] {
            self.add(whole);
        }
        self.add(url.password().unwrap_or_default());
        for (_, value) in url.query_pairs() {
            self.add_part(&value);
        }
        for segment in url.path().split('/') {
            segment.split(':').for_each(|part| self.add_part(part));
        }
    }

    /// Registers a part of a value, unless it looks like an ordinary word.
    fn add_part(&mut self, part: &str) {
        if LONG <= part.len() || part.bytes().any(|b| b.is_ascii_digit()) {
            self.add(part);
        }
    }

    /// Returns a text with all registered values masked.
    pub(super) fn hide(&self, text: &str) -> String {
        self.values.iter().fold(text.to_owned(), |text, value| text.replace(value.as_str(), "…"))
    }
}

/// Splits off the variable name at the start of a text; the name is empty if there is none.
fn variable(text: &str) -> (&str, &str) {
    if let Some((name, rest)) = text.strip_prefix('{').and_then(|inner| inner.split_once('}')) {
        return if is_name(name) { (name, rest) } else { ("", rest) };
    }
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    if is_name(name) { (name, rest) } else { ("", text) }
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::Secrets;

    fn filled(written: &str) -> Result<String, String> {
        let lookup = |name: &str| match name {
            "TOKEN" => Some("t0k3n-value\n".to_owned()),
            "EMPTY" => Some(String::new()),
            _ => None,
        };
        Secrets::default().fill_from("post", written, lookup).map_err(|error| error.to_string())
    }

    #[test]
    fn variables_are_replaced_and_missing_ones_are_named() {
        assert_eq!(
            filled("https://a.example/bot$TOKEN/x").unwrap(),
            "https://a.example/bott0k3n-value/x"
        );
        assert_eq!(filled("${TOKEN}s $$5").unwrap(), "t0k3n-values $5");
        assert_eq!(filled("plain").unwrap(), "plain");
        for (written, named) in
            [("$NONE", "$NONE"), ("$EMPTY", "$EMPTY"), ("$ 5", "$$"), ("${A B}", "$$"), ("$", "$$")]
        {
            assert!(filled(written).unwrap_err().contains(named), "{written}");
        }
    }

    #[test]
    fn parts_of_addresses_and_header_fields_are_hidden_too() {
        for (address, answer) in [
            ("https://hooks.example/services/T0K3N/B0XYZ", "no_service B0XYZ"),
            ("https://hooks.example/services/T0K3N/B0XYZ", "/services/T0K3N/B0XYZ is gone"),
            ("https://api.example/bot123456:AbCdEf_9/send", "bad token AbCdEf_9"),
            ("https://api.example/bot123456:AbCdEf_9/send", "bot123456 is unknown"),
            ("https://chat.example/x?key=s3cret&a=b", "wrong key s3cret"),
            ("https://chat.example/x?token=abcdefghijklmnopqr", "abcdefghijklmnopqr?"),
            ("https://u:passw0rd@chat.example/x", "passw0rd is wrong"),
            ("https://chat.example/AbCdEfGhIjKlMnOpQr", "AbCdEfGhIjKlMnOpQr"),
        ] {
            let mut secrets = Secrets::default();
            secrets.add_address(address, &url::Url::parse(address).unwrap());
            let shown = secrets.hide(answer);
            assert!(shown.contains('…') && shown != answer, "{shown}");
            for secret in [
                "T0K3N",
                "B0XYZ",
                "AbCdEf_9",
                "s3cret",
                "abcdefghij",
                "passw0rd",
                "123456",
                "AbCdEfGh",
            ] {
                assert!(!shown.contains(secret), "{address}: {shown}");
            }
        }
        for (value, answer) in [
            ("Bearer t0k3n-literal", "bad token t0k3n-literal"),
            ("Bearer t0k3n-literal", "Bearer t0k3n-literal is not known"),
            ("Basic dXNlcjpwYXNzd29yZA==", "no user dXNlcjpwYXNzd29yZA"),
            ("plain-word", "plain-word?"),
            ("id=7f3a, sig=9b2c", "sig 9b2c does not fit"),
        ] {
            let mut secrets = Secrets::default();
            secrets.add_words(value);
            let shown = secrets.hide(answer);
            for secret in ["t0k3n", "dXNlcj", "plain-word", "9b2c"] {
                assert!(!shown.contains(secret), "{value}: {shown}");
            }
        }
        let mut secrets = Secrets::default();
        let address = "https://hooks.example/services/x";
        secrets.add_address(address, &url::Url::parse(address).unwrap());
        assert_eq!(secrets.hide("no such services"), "no such services");
    }

    #[test]
    fn a_value_is_shown_nowhere() {
        let mut secrets = Secrets::default();
        secrets.add("/hook/abcdef");
        secrets.add("https://a.example/hook/abcdef");
        secrets.add("no");
        assert_eq!(
            secrets.hide("no page at https://a.example/hook/abcdef (/hook/abcdef)"),
            "no page at … (…)"
        );
    }
}
