//! Reads compressed inputs and archives transparently: gzip, zstd, tar and zip, nested up to four levels deep.
//!
//! The format is detected from magic bytes, never from the name. The limit on decompressed bytes is shared by all
//! members of an input and, by default, grows with the compressed size.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use crate::compression::ZstdReader;
use crate::parallel;
use crate::read::format::{Packing, packing};
use crate::read::{Ingested, Limits, Options, refused};
use crate::warning::Warning;

/// A file that is not packed: the decompressed input itself, or a member of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Member {
    origin: String,
    bytes: Vec<u8>,
}

/// The maximum nesting depth of compression and archives.
const DEPTH: usize = 4;

/// Reads the files in a packed input; `read_file` reads each of them.
pub(in crate::read) fn files(
    origin: &str,
    bytes: &[u8],
    options: &Options,
    read_file: impl Fn(&str, &[u8], &Options) -> Ingested + Sync,
) -> Ingested {
    let mut ingested = Ingested::default();
    let read = |members: &[Member]| {
        let read = parallel::map_in_order(members, |m| read_file(&m.origin, &m.bytes, options));
        for read in read {
            ingested.extend(read);
        }
    };
    let warnings = unpack(origin, bytes, &options.limits, read);
    ingested.warnings.extend(warnings);
    ingested
}

/// Calls `read` with batches of the files in a packed input, in order; returns warnings about members that could not be
/// unpacked completely.
fn unpack(
    origin: &str,
    bytes: &[u8],
    limits: &Limits,
    read: impl FnMut(&[Member]),
) -> Vec<Warning> {
    let allowed = limits.unpacked(bytes.len());
    let mut unpacking = Unpacking {
        allowed,
        left: allowed,
        limits: *limits,
        members: Vec::new(),
        held: 0,
        read,
        warnings: Vec::new(),
    };
    unpacking.open(origin, bytes, DEPTH);
    unpacking.pass_on();
    unpacking.warnings
}

/// The number of bytes of members that are buffered before they are passed on, so that not all members of an archive
/// are in memory at once.
const HELD: usize = 16 << 20;

struct Unpacking<F> {
    /// The number of bytes that may be decompressed in total.
    allowed: u64,
    /// The number of bytes that may still be decompressed.
    left: u64,
    limits: Limits,
    /// The members that have not been passed on yet.
    members: Vec<Member>,
    /// The total size of these members, in bytes.
    held: usize,
    read: F,
    warnings: Vec<Warning>,
}

impl<F: FnMut(&[Member])> Unpacking<F> {
    fn open(&mut self, origin: &str, bytes: &[u8], depth: usize) {
        if depth == 0 {
            self.drop(origin, "is packed too often".to_owned());
            return;
        }
        match packing(bytes) {
            Some(Packing::Gzip) => {
                self.stream(origin, flate2::read::MultiGzDecoder::new(bytes), depth);
            }
            Some(Packing::Zstd) => self.stream(origin, ZstdReader::new(bytes), depth),
            Some(Packing::Tar) => self.tar(origin, bytes, depth),
            Some(Packing::Zip) => self.zip(origin, bytes, depth),
            None => {}
        }
    }

    fn drop(&mut self, origin: &str, message: String) {
        self.warnings.push(Warning::unread(origin, message));
    }

    /// Reads one compressed file.
    fn stream(&mut self, origin: &str, from: impl Read, depth: usize) {
        if let Some(bytes) = self.read_stream(origin, from) {
            self.put(origin.to_owned(), bytes, depth);
        }
    }

    /// Reads a stream to its end. A stream that exceeds a limit is dropped. If a stream is truncated, the part before
    /// the error is kept.
    fn read_stream(&mut self, origin: &str, from: impl Read) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let most = self.left.min(self.limits.bytes);
        let read = from.take(most.saturating_add(1)).read_to_end(&mut bytes);
        if self.left < bytes.len() as u64 {
            let limit = self.allowed;
            self.left = 0;
            self.drop(origin, format!("grows past the limit of {limit} decompressed bytes"));
            return None;
        }
        if most < bytes.len() as u64 {
            let limit = self.limits.bytes;
            self.left -= bytes.len() as u64;
            self.drop(origin, format!("is larger than the limit of {limit} bytes"));
            return None;
        }
        self.left -= bytes.len() as u64;
        match read {
            Err(error) if bytes.is_empty() => {
                self.drop(origin, format!("cannot be decompressed: {error}"));
                None
            }
            Err(error) => {
                self.warnings.push(Warning::kept(origin, format!("is broken off: {error}")));
                Some(bytes)
            }
            Ok(_) => Some(bytes),
        }
    }

    fn put(&mut self, origin: String, bytes: Vec<u8>, depth: usize) {
        // A document, such as a Word file, is not opened as an archive but kept as a member, so that it is refused
        // under its own name.
        if packing(&bytes).is_some() && !refused::is_document(&bytes) {
            self.open(&origin, &bytes, depth - 1);
        } else {
            self.held += bytes.len();
            self.members.push(Member { origin, bytes });
            if HELD <= self.held {
                self.pass_on();
            }
        }
    }

    fn pass_on(&mut self) {
        (self.read)(&self.members);
        self.members.clear();
        self.held = 0;
    }

    /// Returns whether another member may be examined, given the limit on the number of members. Members past the limit
    /// on decompressed bytes are examined as well, so that each of them is named in a warning.
    fn may_go_on(&mut self, origin: &str, n: usize) -> bool {
        if self.limits.entries <= n {
            let limit = self.limits.entries;
            self.drop(origin, format!("holds more members than the limit of {limit}"));
            return false;
        }
        true
    }

    fn tar(&mut self, origin: &str, bytes: &[u8], depth: usize) {
        let mut archive = tar::Archive::new(bytes);
        let entries = match archive.entries() {
            Ok(entries) => entries,
            Err(error) => return self.drop(origin, format!("is no archive: {error}")),
        };
        for (n, entry) in entries.enumerate() {
            if !self.may_go_on(origin, n) {
                return;
            }
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => return self.drop(origin, format!("is broken off: {error}")),
            };
            let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            let kind = entry.header().entry_type();
            if is_litter(&name) || kind.is_dir() || kind.is_pax_global_extensions() {
                continue;
            }
            let member = format!("{origin}/{name}");
            if let Some(what) = unread_kind(kind) {
                self.drop(&member, format!("is {what}, which is not read"));
            } else if let Some(bytes) = self.read_stream(&member, entry) {
                self.put(member, bytes, depth);
            }
        }
    }

    fn zip(&mut self, origin: &str, bytes: &[u8], depth: usize) {
        let mut archive = match zip::ZipArchive::new(Cursor::new(bytes)) {
            Ok(archive) => archive,
            Err(error) => return self.drop(origin, format!("is no archive: {error}")),
        };
        for n in 0..archive.len() {
            if !self.may_go_on(origin, n) {
                return;
            }
            match archive.by_index(n) {
                Ok(file) => {
                    let name = file.name().map_or_else(|_| (n + 1).to_string(), Cow::into_owned);
                    let member = format!("{origin}/{name}");
                    if is_litter(&name) || file.is_dir() {
                        continue;
                    }
                    if !file.is_file() {
                        self.drop(&member, "is a link, which is not read".to_owned());
                    } else if let Some(bytes) = self.read_stream(&member, file) {
                        self.put(member, bytes, depth);
                    }
                }
                Err(error) => {
                    self.drop(&format!("{origin}#{}", n + 1), format!("cannot be read: {error}"));
                }
            }
        }
    }
}

/// Returns the kind of a tar member without content of its own; `None` for a file.
fn unread_kind(kind: tar::EntryType) -> Option<&'static str> {
    use tar::EntryType::{Block, Char, Continuous, Fifo, GNUSparse, Link, Regular, Symlink};
    match kind {
        Regular | Continuous | GNUSparse => None,
        Link => Some("a hard link"),
        Symlink => Some("a link"),
        Char | Block => Some("a device"),
        Fifo => Some("a pipe"),
        _ => Some("an entry of an unknown kind"),
    }
}

/// Returns whether a member is a metadata file of a file manager, such as `.DS_Store`.
fn is_litter(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.starts_with("._")
        || file == ".DS_Store"
        || file == "Thumbs.db"
        || name.starts_with("__MACOSX/")
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::Member;
    use crate::read::Limits;
    use crate::read::format::packing;
    use crate::warning::Warning;

    fn unpack(origin: &str, bytes: &[u8], limits: &Limits) -> (Vec<Member>, Vec<Warning>) {
        let mut members = Vec::new();
        let warnings = super::unpack(origin, bytes, limits, |some| members.extend_from_slice(some));
        (members, warnings)
    }

    fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut builder = tar::Builder::new(Vec::new());
        for (name, bytes) in files {
            let mut header = tar::Header::new_gnu();
            header.set_size(bytes.len() as u64);
            header.set_cksum();
            builder.append_data(&mut header, name, *bytes).unwrap();
        }
        builder.into_inner().unwrap()
    }

    #[test]
    fn archives_in_compression_are_read_through() {
        let packed =
            gzip(&tar(&[("a.txt", b"one"), ("._a.txt", b"litter"), ("b/c.txt.gz", &gzip(b"two"))]));
        let (members, warnings) = unpack("x.tar.gz", &packed, &Limits::default());
        let found: Vec<_> = members.iter().map(|m| (&*m.origin, &*m.bytes)).collect();
        assert_eq!(found, [("x.tar.gz/a.txt", &b"one"[..]), ("x.tar.gz/b/c.txt.gz", b"two")]);
        assert!(warnings.is_empty());
        let packed = compress_to_vec(&b"three"[..], CompressionLevel::Fastest);
        assert_eq!(unpack("x.zst", &packed, &Limits::default()).0[0].bytes, b"three");
    }

    #[test]
    fn a_bomb_ends_at_the_limit_and_a_cut_file_is_kept_as_far_as_it_goes() {
        let limits = Limits { decompressed_bytes: Some(1 << 20), ..Limits::default() };
        let (members, warnings) = unpack("bomb.gz", &gzip(&vec![b'x'; 8 << 20]), &limits);
        assert!(members.is_empty() && warnings[0].dropped, "{warnings:?}");
        let packed = gzip(&b"some words that go on and on ".repeat(1000));
        let (members, warnings) = unpack("cut.gz", &packed[..packed.len() - 9], &limits);
        assert!(members.len() == 1 && !warnings[0].dropped);
    }

    #[test]
    fn what_an_input_may_grow_to_depends_on_its_size() {
        let usual = Limits::default();
        assert_eq!(usual.unpacked(1_000), 128 << 20);
        assert_eq!(usual.unpacked(5 << 20), 500 << 20);
        assert_eq!(usual.unpacked(1 << 30), 1 << 30);
        assert_eq!(Limits { decompressed_bytes: Some(7), ..usual }.unpacked(1 << 30), 7);
    }

    #[test]
    fn a_zip_file_is_read_through_and_a_broken_member_is_named() {
        let inner = tar(&[("c.txt", b"three")]);
        let packed = zip(&[
            ("a.txt", b"one"),
            ("__MACOSX/a.txt", b"litter"),
            ("b/b.txt.gz", &gzip(b"two")),
            ("in.tar", &inner),
        ]);
        assert!(packing(&packed).is_some());
        let (members, warnings) = unpack("x.zip", &packed, &Limits::default());
        let found: Vec<_> = members.iter().map(|m| (&*m.origin, &*m.bytes)).collect();
        let all = [
            ("x.zip/a.txt", &b"one"[..]),
            ("x.zip/b/b.txt.gz", b"two"),
            ("x.zip/in.tar/c.txt", b"three"),
        ];
        assert_eq!(found, all);
        assert!(warnings.is_empty(), "{warnings:?}");
        let text = b"a text that compresses, a text that compresses, a text that compresses";
        let mut broken = zip(&[("good.txt", b"one"), ("bad.txt", text)]);
        let at = broken.windows(7).position(|w| w == b"bad.txt").unwrap() + 7;
        broken[at..at + 12].fill(0xFF);
        let (members, warnings) = unpack("x.zip", &broken, &Limits::default());
        assert_eq!(members[0].bytes, b"one");
        assert!(warnings.len() == 1 && warnings[0].origin == "x.zip/bad.txt", "{warnings:?}");
    }

    #[test]
    fn members_have_limits_of_their_own_and_together() {
        let limits = Limits { bytes: 10, ..Limits::default() };
        let packed = zip(&[("small", b"one"), ("large", b"larger than ten"), ("last", b"two")]);
        let (members, warnings) = unpack("x.zip", &packed, &limits);
        assert_eq!(members.len(), 2);
        assert_eq!(warnings[0].origin, "x.zip/large");
        let limits = Limits { decompressed_bytes: Some(12), ..Limits::default() };
        let (members, warnings) = unpack("x.zip", &packed, &limits);
        let named: Vec<_> = warnings.iter().map(|w| &*w.origin).collect();
        assert_eq!((members.len(), &named[..]), (1, &["x.zip/large", "x.zip/last"][..]));
        // The limit is reached exactly; the members after it are named nevertheless.
        for packed in
            [packed.clone(), tar(&[("small", b"one"), ("large", b"four"), ("last", b"two")])]
        {
            let limits = Limits { decompressed_bytes: Some(3), ..Limits::default() };
            let (members, warnings) = unpack("x", &packed, &limits);
            let named: Vec<_> = warnings.iter().map(|w| &*w.origin).collect();
            assert_eq!((members.len(), &named[..]), (1, &["x/large", "x/last"][..]));
        }
        let limits = Limits { entries: 2, ..Limits::default() };
        let (members, warnings) = unpack("x.zip", &packed, &limits);
        assert_eq!((members.len(), warnings.len()), (2, 1), "{warnings:?}");
    }

    #[test]
    fn members_without_a_text_of_their_own_are_named() {
        let mut builder = tar::Builder::new(tar(&[("good.txt", b"one")]));
        builder.get_mut().truncate(1024);
        for (name, kind) in [
            ("folder", tar::EntryType::Directory),
            ("symbolic", tar::EntryType::Symlink),
            ("hard", tar::EntryType::Link),
            ("pipe", tar::EntryType::Fifo),
            ("tape", tar::EntryType::Char),
        ] {
            let mut header = tar::Header::new_gnu();
            header.set_entry_type(kind);
            header.set_size(0);
            builder.append_link(&mut header, name, "good.txt").unwrap();
        }
        let (members, warnings) =
            unpack("x.tar", &builder.into_inner().unwrap(), &Limits::default());
        let named: Vec<_> = warnings.iter().map(|w| &*w.origin).collect();
        assert_eq!(members.len(), 1);
        assert_eq!(named, ["x.tar/symbolic", "x.tar/hard", "x.tar/pipe", "x.tar/tape"]);
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        writer.add_directory("folder", options).unwrap();
        writer.add_symlink("link", "good.txt", options).unwrap();
        let packed = writer.finish().unwrap().into_inner();
        let (_, warnings) = unpack("x.zip", &packed, &Limits::default());
        assert!(warnings.len() == 1 && warnings[0].origin == "x.zip/link", "{warnings:?}");
    }

    #[test]
    fn plain_bytes_are_not_packed_and_broken_archives_are_named() {
        assert!(packing(b"{}").is_none() && packing(b"").is_none());
        for broken in
            [&b"PK\x03\x04 and no more"[..], b"\x1f\x8b\x08 and no more", b"\x28\xB5\x2F\xFD"]
        {
            let (members, warnings) = unpack("x", broken, &Limits::default());
            assert!(members.is_empty() && warnings.len() == 1, "{warnings:?}");
        }
    }
}
