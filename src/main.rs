//! The command line of nutgraf.

mod cli;

fn main() -> std::process::ExitCode {
    cli::run()
}
