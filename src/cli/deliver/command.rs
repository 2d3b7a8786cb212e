//! Runs a command with the briefing on standard input. No shell is involved: the arguments are passed as written.
//!
//! Standard input and standard error are files, so that a command that reads nothing or leaves children behind cannot
//! block the run. When a command exits, exceeds its time limit or writes too much error output, its whole process group
//! is killed (on Unix), because a leftover child process that writes forever would fill the disk unnoticed.
//!
//! A command that fails may nevertheless have done its work, such as sending an email, and running it again would do
//! the work twice. It is retried in the same run only if it is certain to have done nothing: either it exited with
//! `EX_TEMPFAIL`, as programs that send email do (E. Allman, sysexits.h, 1993), or it could not be started for a
//! temporary reason. After any other failure, only the next run tries again.

use std::fs::File;
use std::io::{self, ErrorKind, Read as _, Seek as _, Write as _};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::cli::deliver::Failure;

/// The interval at which a command is polled.
const LOOK: Duration = Duration::from_millis(5);

/// The maximum number of bytes of a command's error output that are shown.
const SHOWN: u64 = 300;

/// The maximum number of bytes of error output; a command that writes more is killed.
const MOST: u64 = 1 << 20;

/// The exit status of a command that did nothing and may succeed later.
const TEMPORARY_FAILURE: i32 = 75;

/// Runs a command with a briefing as its input.
pub(super) fn run(
    program: &str,
    arguments: &[String],
    page: &[u8],
    limit: Duration,
) -> Result<(), Failure> {
    let unreadable = |error: io::Error| Failure::lasting(format!("a temporary file: {error}"));
    let (input, mut errors) = files(page).map_err(unreadable)?;
    let mut command = Command::new(program);
    command
        .args(arguments)
        .stdin(Stdio::from(input))
        .stdout(Stdio::null())
        .stderr(Stdio::from(errors.try_clone().map_err(unreadable)?));
    in_a_group(&mut command);
    let mut child = command.spawn().map_err(|error| Failure {
        is_passing: matches!(error.kind(), ErrorKind::ExecutableFileBusy | ErrorKind::WouldBlock),
        ..Failure::lasting(format!("{program} cannot be started: {error}"))
    })?;
    let ended = wait(&mut child, &errors, limit);
    end(&mut child);
    let status = match ended.map_err(unreadable)? {
        Ended::By(status) => status,
        Ended::Late => {
            let seconds = limit.as_secs_f64();
            return Err(Failure::lasting(format!(
                "{program} did not finish within {seconds} seconds and was killed"
            )));
        }
        Ended::Loud => {
            return Err(Failure::lasting(format!(
                "{program} wrote more than {MOST} bytes of errors and was killed"
            )));
        }
    };
    if status.success() {
        return Ok(());
    }
    let said = start_of(&mut errors).map_err(unreadable)?;
    Err(Failure {
        is_passing: status.code() == Some(TEMPORARY_FAILURE),
        ..Failure::lasting(format!("{program} failed ({status}){said}"))
    })
}

/// Creates the files for a command's standard input and standard error.
fn files(page: &[u8]) -> io::Result<(File, File)> {
    let mut input = tempfile::tempfile()?;
    input.write_all(page)?;
    input.rewind()?;
    Ok((input, tempfile::tempfile()?))
}

/// Returns the start of a command's error output, preceded by a colon, or an empty string if there is no error output.
fn start_of(errors: &mut File) -> io::Result<String> {
    let mut said = Vec::new();
    errors.rewind()?;
    errors.take(SHOWN).read_to_end(&mut said)?;
    let said = String::from_utf8_lossy(&said).split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(if said.is_empty() { said } else { format!(": {said}") })
}

/// How the wait for a command ended.
enum Ended {
    By(ExitStatus),
    /// The command did not finish in time.
    Late,
    /// The command wrote too much error output.
    Loud,
}

#[expect(clippy::disallowed_methods, reason = "a time limit is measured in real time")]
fn wait(child: &mut Child, errors: &File, limit: Duration) -> io::Result<Ended> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Ended::By(status));
        }
        if MOST < errors.metadata()?.len() {
            return Ok(Ended::Loud);
        }
        if limit <= start.elapsed() {
            return Ok(Ended::Late);
        }
        std::thread::sleep(LOOK);
    }
}

#[cfg(unix)]
fn in_a_group(command: &mut Command) {
    use std::os::unix::process::CommandExt as _;
    command.process_group(0);
}

#[cfg(not(unix))]
fn in_a_group(_: &mut Command) {}

/// Kills a command and its process group.
fn end(child: &mut Child) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw) {
        rustix::process::kill_process_group(group, rustix::process::Signal::KILL).ok();
    }
    child.kill().ok();
    child.wait().ok();
}
