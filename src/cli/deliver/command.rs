//! A command that gets the briefing on standard input. No shell is involved: the arguments are passed as written.
//!
//! Input and errors go through files, so that a command that reads nothing or leaves children behind cannot block the
//! run. A command that is not done in time, or fills the disk with errors, is ended with its process group; what it
//! leaves behind in its group ends with it, since a child that writes without end would fill the disk unseen.

use std::fs::File;
use std::io::{Read as _, Seek as _, Write as _};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

/// The interval at which a command is polled.
const LOOK: Duration = Duration::from_millis(5);

/// The maximum number of bytes of a command's error output that are shown.
const SHOWN: u64 = 300;

/// The number of bytes of error output after which a command is killed.
const MOST: u64 = 1 << 20;

/// Runs a command with a briefing as its input.
pub(super) fn run(program: &str, arguments: &[String], page: &[u8], limit: Duration) -> Result<()> {
    let mut input = tempfile::tempfile().context("cannot make a temporary file")?;
    input.write_all(page)?;
    input.rewind()?;
    let mut errors = tempfile::tempfile().context("cannot make a temporary file")?;
    let mut command = Command::new(program);
    command
        .args(arguments)
        .stdin(Stdio::from(input))
        .stdout(Stdio::null())
        .stderr(Stdio::from(errors.try_clone()?));
    in_a_group(&mut command);
    let mut child = command.spawn().with_context(|| format!("{program} cannot be started"))?;
    let ended = wait(&mut child, &errors, limit);
    end(&mut child);
    let status = match ended? {
        Ended::By(status) => status,
        Ended::Late => {
            bail!("{program} was not done after {} seconds and was ended", limit.as_secs_f64())
        }
        Ended::Loud => bail!("{program} wrote more than {MOST} bytes of errors and was ended"),
    };
    if status.success() {
        return Ok(());
    }
    let mut said = Vec::new();
    errors.rewind()?;
    errors.take(SHOWN).read_to_end(&mut said)?;
    let said = String::from_utf8_lossy(&said).split_whitespace().collect::<Vec<_>>().join(" ");
    let said = if said.is_empty() { said } else { format!(": {said}") };
    bail!("{program} failed ({status}){said}")
}

/// How a command ended.
enum Ended {
    By(ExitStatus),
    /// The command did not finish in time.
    Late,
    /// Its error output did not end.
    Loud,
}

#[expect(clippy::disallowed_methods, reason = "a time limit is measured in real time")]
fn wait(child: &mut Child, errors: &File, limit: Duration) -> Result<Ended> {
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

/// Ends a command with all its children.
fn end(child: &mut Child) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw) {
        rustix::process::kill_process_group(group, rustix::process::Signal::KILL).ok();
    }
    child.kill().ok();
    child.wait().ok();
}
