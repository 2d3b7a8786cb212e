//! Addresses and tokens: taken from the environment if the configuration names a variable, and never shown.
//!
//! `$NAME` and `${NAME}` are replaced by the variable, `$$` is a dollar sign. Whatever a server or a library says about
//! a failure passes through [`Secrets::hide`] before it is printed, since an answer may repeat the address.

use anyhow::{Result, bail};

/// The minimum length of a value that is masked: a shorter one occurs in ordinary words.
const SHORTEST: usize = 4;

/// The values of one output that are not to be shown.
#[derive(Default)]
pub(super) struct Secrets {
    values: Vec<String>,
}

impl Secrets {
    /// Replaces the variables of a text.
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
                    "{key}: a $ is followed by the name of a variable; write $$ for the sign itself"
                );
            }
            let Some(value) = lookup(name).filter(|value| !value.trim().is_empty()) else {
                bail!("{key}: the variable ${name} of the environment is not set");
            };
            self.add(&value);
            filled.push_str(value.trim());
            rest = after;
        }
        filled.push_str(rest);
        Ok(filled)
    }

    /// Hides a value from now on.
    pub(super) fn add(&mut self, value: &str) {
        let value = value.trim();
        if SHORTEST <= value.len() {
            self.values.push(value.to_owned());
            // The longest first: a value may contain another.
            self.values.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        }
    }

    /// Returns a text without the values.
    pub(super) fn hide(&self, text: &str) -> String {
        self.values.iter().fold(text.to_owned(), |text, value| text.replace(value.as_str(), "…"))
    }
}

/// The name of a variable at the start of a text, and what follows it.
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
