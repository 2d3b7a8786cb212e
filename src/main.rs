//! The command line of nutgraf.

fn main() -> std::process::ExitCode {
    nutgraf::cli::run()
}
