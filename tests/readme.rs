//! Runs the examples of the README and compares their output with the text.
#![cfg(all(feature = "cli", unix))]

#[test]
fn the_examples_of_the_readme_hold() {
    trycmd::TestCases::new().env("XDG_CONFIG_HOME", "/nonexistent").case("README.md");
}
