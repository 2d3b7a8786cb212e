//! From feeds to the briefing of the day: a server that misbehaves, a week, crashes, no network, mail.
#![cfg(feature = "cli")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod addresses;
mod crash;
mod delivery;
mod delivery_week;
mod examples;
mod feed_command;
mod feeds;
mod first_steps;
mod given_up;
mod landing;
mod mail;
mod mcp;
mod offline;
mod site;
mod trust;
mod week;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use nutgraf::archive::Archive;
use site::Site;
use tempfile::TempDir;

/// A reader's folder: a configuration, an archive, the program.
pub(crate) struct Reader {
    folder: TempDir,
}

/// The exit code and output of the program.
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// A fetch configuration for feeds on loopback, with short delays.
pub(crate) const HASTY: &str =
    "[fetch]\nallow_private = true\ndelay_seconds = 0\ntimeout_seconds = 1.5\nmax_bytes = 200000\n";

impl Reader {
    /// Returns a reader with `config` below the path of the archive.
    pub(crate) fn new(config: &str) -> Self {
        // In memory if possible: a killed process leaves the same files there as on a disk.
        let memory = Path::new("/dev/shm");
        let folder = tempfile::tempdir_in(memory).or_else(|_| tempfile::tempdir()).unwrap();
        let config = format!("[archive]\npath = \"archive.db\"\n{config}");
        fs::write(folder.path().join("nutgraf.toml"), config).unwrap();
        Self { folder }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub(crate) fn archive(&self) -> Archive {
        Archive::existing(&self.path("archive.db")).unwrap()
    }

    pub(crate) fn command(&self, program: &str, args: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(args).current_dir(self.folder()).env_clear().stdin(Stdio::null());
        command.env("HOME", self.folder()).env("PATH", "/usr/bin:/bin:/usr/sbin:/sbin");
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Said {
        said(&self.command(PROGRAM, args).output().unwrap())
    }
}

/// The program under test.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_nutgraf");

pub(crate) fn said(output: &Output) -> Said {
    Said {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

impl Said {
    /// Asserts the exit code, and that standard error contains each of `words` and no panic.
    #[track_caller]
    pub(crate) fn expect(&self, code: i32, words: &[&str]) -> &Self {
        assert_eq!(self.code, code, "stdout: {}\nstderr: {}", self.out, self.err);
        assert!(!self.err.contains("panicked"), "{}", self.err);
        for word in words {
            assert!(self.err.contains(word), "no {word:?} in: {}", self.err);
        }
        self
    }
}

/// Returns the table of a feed that has whole articles.
pub(crate) fn feed(site: &Site, path: &str, name: &str) -> String {
    format!("[[feed]]\nurl = \"{}\"\nname = \"{name}\"\nfull_text = true\n", site.url(path))
}
