//! Decides for all other modules which outlets, people and texts are the same.
//!
//! * [`outlet`]: `BBC News`, `www.bbc.co.uk` and `bbc.com` are one outlet.
//! * `hostname`: `xn--bcher-kva.example` and `bücher.example` are one host.
//! * [`person`]: `Sergei Lavrov`, `S. Lavrov` and `Sergey Lavrov` can be one person.
//! * [`reprint`]: a wire story and its copies are one text and count as one witness.
//! * [`facts`]: the figures, names and days in a text, which distinguish reports of two events that were written from
//!   the same template.
//!
//! Invariant: if one stage considers two outlets, people or texts the same, every stage does.

pub(crate) mod facts;
pub(crate) mod hostname;
pub(crate) mod outlet;
pub(crate) mod person;
pub(crate) mod reprint;

pub(crate) use outlet::Outlets;
