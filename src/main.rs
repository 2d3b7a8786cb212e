//! The command-line program.

/// Returns memory to the system that the allocator of the C library keeps between small blocks that are still in use.
/// `stories` of 100,000 articles: 725 MB with that of glibc, 540 MB with this one, in the same time.
#[cfg(all(unix, feature = "jemalloc"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> std::process::ExitCode {
    nutgraf::cli::run()
}
