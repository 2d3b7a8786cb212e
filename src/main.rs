//! The command-line program.

fn main() -> std::process::ExitCode {
    nutgraf::cli::run()
}
