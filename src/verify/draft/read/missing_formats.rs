//! Stand-ins for readers that are not in this build; each reports the crate feature that the draft requires.

use crate::verify::draft::read::Builder;

#[cfg(not(feature = "formats"))]
pub(super) mod markdown {
    use super::{Builder, unread};

    pub(in crate::verify::draft::read) fn parse(_: &str, builder: &mut Builder) {
        unread(builder, "Markdown", "formats");
    }
}

#[cfg(not(feature = "mail"))]
pub(super) mod mail {
    use super::{Builder, unread};

    pub(in crate::verify::draft::read) fn parse(_: &str, builder: &mut Builder) {
        unread(builder, "a mail", "mail");
    }
}

fn unread(builder: &mut Builder, what: &str, feature: &str) {
    let message =
        format!("the draft is {what}, which this build does not read (crate feature `{feature}`)");
    builder.draft.unread = Some(message);
}
