//! Stand-ins for readers that are not in this build: each returns a warning that names the missing crate feature.

use crate::read::{Ingested, Options};
use crate::warning::Warning;

/// Returns a warning about an input whose reader is not in this build.
fn unread(origin: &str, what: &str, feature: &str) -> Ingested {
    let message = format!("is {what}, which this build does not read (crate feature `{feature}`)");
    Ingested::from_warning(Warning::unread(origin, message))
}

#[cfg(not(feature = "formats"))]
pub(super) mod csv {
    use super::{Ingested, Options, unread};

    pub(in crate::read) fn read(origin: &str, _: &[u8], _: &Options) -> Ingested {
        unread(origin, "a table", "formats")
    }
}

#[cfg(not(feature = "formats"))]
pub(super) mod markdown {
    use super::{Ingested, Options, unread};

    pub(in crate::read) fn read(origin: &str, _: &[u8], _: &Options) -> Ingested {
        unread(origin, "Markdown", "formats")
    }
}

#[cfg(not(feature = "feeds"))]
pub(super) mod feed {
    use super::{Ingested, Options, unread};

    pub(in crate::read) fn read(origin: &str, _: &[u8], _: &Options) -> Ingested {
        unread(origin, "a feed", "feeds")
    }
}

#[cfg(not(feature = "mail"))]
pub(super) mod mail {
    use super::{Ingested, Options, unread};

    pub(in crate::read) fn read(origin: &str, _: &[u8], _: &Options) -> Ingested {
        unread(origin, "a mail", "mail")
    }
}

#[cfg(not(feature = "pages"))]
pub(super) mod page {
    use super::{Ingested, Options, Warning, unread};
    use crate::article::Article;
    use crate::read::Cut;

    pub(in crate::read) fn read(origin: &str, _: &[u8], _: &Options) -> Ingested {
        unread(origin, "a web page", "pages")
    }

    pub(in crate::read) fn of_record(
        _: &str,
        at: &str,
        _: &Options,
        ingested: &mut Ingested,
    ) -> Article {
        let message =
            "has its text as HTML, which this build does not read (crate feature `pages`)";
        ingested.warnings.push(Warning::kept(at, message));
        Article::default()
    }

    pub(in crate::read) fn drop_repeated(_: &mut [&mut Article]) -> Vec<Cut> {
        Vec::new()
    }
}

#[cfg(not(feature = "packed"))]
pub(super) mod unpack {
    use super::{Ingested, Options, unread};

    pub(in crate::read) fn files(
        origin: &str,
        _: &[u8],
        _: &Options,
        _: impl Fn(&str, &[u8], &Options) -> Ingested,
    ) -> Ingested {
        unread(origin, "compressed or an archive", "packed")
    }
}
