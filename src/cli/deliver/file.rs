//! Writes a file for each briefing, publishes the newest one under a second name, and writes a site for a folder of
//! pages.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use jiff::tz::TimeZone;
use nutgraf::article::Published;

use crate::cli::args::Output;
use crate::cli::settings::Loaded;
use crate::cli::{output, since, site};

/// The files to write in addition to a briefing's page.
pub(super) struct Place<'a> {
    pub(super) latest: Option<&'a str>,
    /// Whether to write a site for the folder.
    pub(super) has_index: bool,
}

/// Writes the page of a briefing and, if requested, publishes it under its second name and writes the site of its
/// folder.
pub(super) fn write(place: &Place<'_>, name: &str, page: &[u8], loaded: &Loaded) -> Result<()> {
    let path = loaded.resolve(name);
    let folder = path.parent().map_or_else(PathBuf::new, Path::to_path_buf);
    if !folder.as_os_str().is_empty() {
        fs::create_dir_all(&folder)
            .with_context(|| format!("cannot create the folder {}", folder.display()))?;
    }
    output::write_bytes(&Output { output: Some(path.clone()) }, page)?;
    output::say(&format!("wrote {}", path.display()));
    if let Some(latest) = place.latest {
        link(&path, &loaded.resolve(latest), page)?;
    }
    if place.has_index {
        site::write(&path, loaded)?;
    }
    Ok(())
}

/// Writes a site for the folder of a page if the folder has none yet.
pub(super) fn write_first_site(
    pattern: &str,
    now: Published,
    zone: &TimeZone,
    loaded: &Loaded,
) -> Result<()> {
    site::write_first(&loaded.resolve(&dated(pattern, now, zone)?), loaded)
}

/// Returns the name of a briefing's file. If earlier briefings have the same name, a number is added to it, so that
/// none of them is overwritten. If the pattern has no placeholders, the file is meant to be overwritten.
///
/// `earlier` contains the times of earlier briefings, in seconds since 1970. A file left by a run that failed halfway
/// is overwritten.
pub(super) fn name(
    pattern: &str,
    earlier: &[i64],
    made: Published,
    zone: &TimeZone,
) -> Result<String> {
    let name = dated(pattern, made, zone)?;
    if name == pattern {
        return Ok(name);
    }
    let has_name = |generated: &&i64| {
        let at = jiff::Timestamp::from_second(**generated).ok();
        at.and_then(|at| dated(pattern, since::in_zone(at, zone), zone).ok()).as_deref()
            == Some(&*name)
    };
    let same = earlier.iter().filter(has_name).count();
    if same == 0 {
        return Ok(name);
    }
    let path = Path::new(&name);
    let stem = path.file_stem().and_then(|s| s.to_str()).unwrap_or_default();
    let extension = path.extension().and_then(|e| e.to_str());
    let numbered = match extension {
        Some(extension) => format!("{stem}-{}.{extension}", same + 1),
        None => format!("{stem}-{}", same + 1),
    };
    Ok(path.with_file_name(numbered).to_string_lossy().into_owned())
}

/// Expands the strftime placeholders of a file name.
pub(super) fn dated(pattern: &str, now: Published, zone: &TimeZone) -> Result<String> {
    let local = now.timestamp().to_zoned(zone.clone());
    jiff::fmt::strtime::format(pattern, &local)
        .with_context(|| format!("the file name {pattern:?} contains an invalid % placeholder"))
}

/// Publishes the newest briefing under a second name: as a link if the system supports links, otherwise as a copy.
fn link(path: &Path, latest: &Path, page: &[u8]) -> Result<()> {
    #[cfg(unix)]
    {
        // If both are in the same folder, the link is relative, so that the folder can be moved or served.
        let target = match path.file_name() {
            Some(name) if path.parent() == latest.parent() => Ok(PathBuf::from(name)),
            _ => path.canonicalize(),
        };
        if let (Some(folder), Ok(target)) = (latest.parent(), target) {
            if !folder.as_os_str().is_empty() {
                fs::create_dir_all(folder)
                    .with_context(|| format!("cannot create the folder {}", folder.display()))?;
            }
            let temporary = folder.join(format!(".nutgraf-latest-{}", std::process::id()));
            fs::remove_file(&temporary).ok();
            let linked = std::os::unix::fs::symlink(&target, &temporary)
                .and_then(|()| fs::rename(&temporary, latest));
            if linked.is_ok() {
                return Ok(());
            }
        }
    }
    output::write_bytes(&Output { output: Some(latest.to_owned()) }, page).map(drop)
}
