//! Runs the user's own templates in a separate process, within limits.
//!
//! The template engine limits the number of instructions, but a single instruction can be arbitrarily expensive: a
//! filter over a long list, a string that is doubled forty times, an expression nested so deeply that it overflows the
//! parser's stack. Templates that are not built in are therefore run in a second nutgraf process. It reads the briefing
//! from standard input, may use [`CPU_SECONDS`] of processor time and [`MEMORY`] bytes of address space, and opens no
//! files. If the system kills it, the error names the template, and nothing else is lost.
//!
//! Known limit: on systems other than Unix, only the time is limited.

use std::ffi::OsString;
use std::io::{Read as _, Write as _};
use std::process::{Child, Command, ExitCode, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, anyhow, bail};
use nutgraf::briefing::Briefing;
use nutgraf::render::{self, Format, Options, TemplateChoice};
use serde::{Deserialize, Serialize};

use crate::cli::output;

/// The hidden subcommand that the second process runs.
pub(crate) const COMMAND: &str = "run-template";

/// The processor time limit for a template, in seconds.
const CPU_SECONDS: u64 = 3;

/// The wall-clock limit for a template; generous, because the machine may be busy.
const WALL: Duration = Duration::from_secs(20);

/// The address space limit of the second process, in bytes; the program itself takes some 50 MiB.
#[cfg(unix)]
const MEMORY: u64 = 384 << 20;

/// The interval at which the second process is polled.
const LOOK: Duration = Duration::from_millis(2);

/// The request sent to the second process.
#[derive(Serialize, Deserialize)]
struct Order {
    task: Task,
    format: String,
    options: Options,
}

/// The use of the template that the second process makes.
#[derive(Serialize, Deserialize)]
enum Task {
    /// Compile it.
    Compile,
    /// Render sample briefings.
    TryOut,
    /// Render this briefing.
    Render(Box<Briefing>),
}

/// Renders a briefing; the user's own templates run in the second process.
pub(crate) fn render(briefing: &Briefing, format: Format, options: &Options) -> Result<String> {
    match own(options) {
        None => Ok(render::render(briefing, format, options)?),
        Some(name) => apart(name, Task::Render(Box::new(briefing.clone())), format, options),
    }
}

/// Renders sample briefings with these options, to find errors before there is a briefing.
pub(crate) fn check(format: Format, options: &Options) -> Result<()> {
    match own(options) {
        None => Ok(render::try_out(format, options)?),
        Some(name) => apart(name, Task::TryOut, format, options).map(drop),
    }
}

/// Compiles the template, to find syntax errors before anything is read.
pub(crate) fn compile(format: Format, options: &Options) -> Result<()> {
    match own(options) {
        None => Ok(render::compile(format, options)?),
        Some(name) => apart(name, Task::Compile, format, options).map(drop),
    }
}

/// Returns the name of the template if it is the user's own.
fn own(options: &Options) -> Option<&str> {
    match &options.template {
        TemplateChoice::Own(own) => Some(&own.name),
        TemplateChoice::Usual | TemplateChoice::BuiltIn(_) => None,
    }
}

fn apart(name: &str, task: Task, format: Format, options: &Options) -> Result<String> {
    let order = Order { task, format: format.name().to_owned(), options: options.clone() };
    let order = serde_json::to_vec(&order)?;
    let mut child = launcher()?
        .arg(COMMAND)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .context("cannot start the process that runs templates")?;
    let (mut input, mut pages) = (child.stdin.take(), child.stdout.take());
    let (status, answer) = std::thread::scope(|scope| {
        // The process reads all its input before it writes. Write errors are ignored, because if the process exits
        // early, its status says why.
        scope.spawn(move || input.as_mut().map(|input| input.write_all(&order)));
        let reader = scope.spawn(move || {
            let mut answer = Vec::new();
            let read = pages.as_mut().map(|pages| pages.read_to_end(&mut answer));
            read.is_some_and(|read| read.is_ok()).then_some(answer)
        });
        let status = wait(&mut child);
        (status, reader.join().ok().flatten().unwrap_or_default())
    });
    let status = status.context("cannot wait for the process that runs templates")?;
    match status {
        Some(status) if status.success() => {
            let made: Result<String, String> =
                serde_json::from_slice(&answer).with_context(|| {
                    format!("{name}: the output of the template process cannot be read")
                })?;
            made.map_err(|message| anyhow!(message))
        }
        Some(status) => bail!("{name}: {}", cause(status)),
        None => bail!("{name}: the template did not finish within {} seconds", WALL.as_secs()),
    }
}

/// The command that starts the program if the current executable is not the program but, as in Python, an interpreter.
static LAUNCHER: OnceLock<Vec<OsString>> = OnceLock::new();

/// Sets the command that starts the program as a separate process; `launcher` is empty if no such command is known.
pub(crate) fn launch_with(launcher: Vec<OsString>) {
    // A second call passes the same command, so ignore it.
    LAUNCHER.set(launcher).ok();
}

fn launcher() -> Result<Command> {
    if let Some(words) = LAUNCHER.get() {
        let (program, arguments) = words
            .split_first()
            .context("your own templates need an interpreter to run in, and none is known")?;
        let mut command = Command::new(program);
        command.args(arguments);
        return Ok(command);
    }
    let program =
        std::env::current_exe().context("cannot find the program to run templates with")?;
    Ok(Command::new(program))
}

/// Waits for a process to exit, and kills it after [`WALL`]; returns `None` if it was killed.
#[expect(clippy::disallowed_methods, reason = "limits of a process are measured in real time")]
fn wait(child: &mut Child) -> std::io::Result<Option<ExitStatus>> {
    let until = Instant::now() + WALL;
    while Instant::now() < until {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        std::thread::sleep(LOOK);
    }
    child.kill()?;
    child.wait()?;
    Ok(None)
}

/// Explains why a process failed.
fn cause(status: ExitStatus) -> String {
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt as _;
        // SIGKILL follows SIGXCPU; both have the same numbers on all supported systems.
        const KILLED: [i32; 2] = [9, 24];
        match status.signal() {
            Some(signal) if KILLED.contains(&signal) => {
                format!("the template takes more than {CPU_SECONDS} seconds of processor time")
            }
            Some(_) => format!(
                "the template needs more than {} MiB of memory, or is nested too deeply",
                MEMORY >> 20
            ),
            None => format!("the process that runs the template failed: {status}"),
        }
    }
    #[cfg(not(unix))]
    format!("the template needs too much memory, or is nested too deeply ({status})")
}

/// Runs the second process: reads the request, renders within the limits, and writes the page or the error.
pub(crate) fn run() -> Result<ExitCode> {
    let mut order = Vec::new();
    std::io::stdin().lock().read_to_end(&mut order)?;
    limit()?;
    let Order { task, format, options } = serde_json::from_slice(&order)?;
    let format = Format::parse(&format).context("no such format")?;
    let made = match task {
        Task::Compile => render::compile(format, &options).map(|()| String::new()),
        Task::TryOut => render::try_out(format, &options).map(|()| String::new()),
        Task::Render(briefing) => render::render(&briefing, format, &options),
    };
    let made: Result<String, String> = made.map_err(|error| error.to_string());
    output::print_bytes(&serde_json::to_vec(&made)?)
}

#[cfg(unix)]
fn limit() -> Result<()> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limits = [
        (Resource::Core, 0, 0),
        (Resource::Cpu, CPU_SECONDS, CPU_SECONDS + 1),
        (Resource::As, MEMORY, MEMORY),
    ];
    for (resource, soft, hard) in limits {
        // Existing limits can only be lowered.
        let most = getrlimit(resource).maximum.unwrap_or(u64::MAX);
        let limit = Rlimit { current: Some(soft.min(most)), maximum: Some(hard.min(most)) };
        setrlimit(resource, limit).with_context(|| format!("cannot limit {resource:?}"))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn limit() -> Result<()> {
    Ok(())
}
