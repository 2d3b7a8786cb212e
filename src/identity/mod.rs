//! Which outlets, people and texts are the same: the only module that compares them.
//!
//! * [`outlet`]: `BBC News`, `www.bbc.co.uk` and `bbc.com` are one outlet.
//! * [`person`]: `Sergei Lavrov`, `S. Lavrov` and `Sergey Lavrov` can be one person.
//! * [`reprint`]: a wire story and its copies are one text, and all of them are one witness.
//! * [`facts`]: the figures, names and days of a text, which distinguish reports of two events written to one
//!   template.
//!
//! Law: two outlets, people or reprints that one stage considers equal are equal for every stage.

pub mod facts;
pub mod outlet;
pub mod person;
pub mod reprint;

pub use outlet::Outlets;
