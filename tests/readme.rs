//! The examples of the README are run, and what they print is what stands there.
#![cfg(all(feature = "cli", unix))]

#[test]
fn the_examples_of_the_readme_hold() {
    trycmd::TestCases::new().env("XDG_CONFIG_HOME", "/nonexistent").case("README.md");
}
