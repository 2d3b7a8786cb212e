//! Compression: a Zstandard reader, and the format in which the archive stores pages and feeds.
//!
//! The archive stores gzip (RFC 1952). Its first version stored Zstandard (RFC 8878), which can still be read. The
//! decoder is a pure Rust crate, because compiling the C library would take a sixth of the build time.
//!
//! Known limit: a frame that needs a dictionary is not decoded.

use std::io::{self, Read};

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// The first bytes of a Zstandard frame.
pub(crate) const ZSTD: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];

/// Reads the concatenated frames of a Zstandard file as one stream.
pub(crate) struct ZstdReader<'b> {
    rest: &'b [u8],
    decoder: FrameDecoder,
    /// Whether the decoder is inside a frame.
    is_open: bool,
}

impl<'b> ZstdReader<'b> {
    pub(crate) fn new(bytes: &'b [u8]) -> Self {
        Self { rest: bytes, decoder: FrameDecoder::new(), is_open: false }
    }

    /// Opens the next frame, or skips it if it is a skippable frame.
    fn open_next(&mut self) -> io::Result<()> {
        use FrameDecoderError::ReadFrameHeaderError as Header;
        match self.decoder.reset(&mut self.rest) {
            Ok(()) => self.is_open = true,
            Err(Header(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                self.rest = self.rest.get(length as usize..).unwrap_or_default();
            }
            Err(error) => return Err(io::Error::other(error)),
        }
        Ok(())
    }

    /// Checks the decoded content of a frame against the checksum at its end.
    fn close(&mut self) -> io::Result<()> {
        self.is_open = false;
        let stored = self.decoder.get_checksum_from_data();
        if stored.is_some() && stored != self.decoder.get_calculated_checksum() {
            return Err(io::Error::other("the checksum of the Zstandard frame does not match"));
        }
        Ok(())
    }
}

impl Read for ZstdReader<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.is_open {
                if self.rest.is_empty() || buf.is_empty() {
                    return Ok(0);
                }
                self.open_next()?;
            } else if 0 < self.decoder.can_collect() {
                return self.decoder.read(buf);
            } else if self.decoder.is_finished() {
                self.close()?;
            } else {
                let strategy = BlockDecodingStrategy::UptoBlocks(1);
                self.decoder.decode_blocks(&mut self.rest, strategy).map_err(io::Error::other)?;
            }
        }
    }
}

/// Compresses bytes for the archive.
#[cfg(feature = "archive")]
pub(crate) fn compress(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    io::Write::write_all(&mut encoder, bytes)?;
    encoder.finish()
}

/// Returns a reader that decompresses bytes from the archive: gzip, or Zstandard if its first version stored them.
#[cfg(feature = "archive")]
pub(crate) fn decompress(stored: &[u8]) -> Box<dyn Read + '_> {
    if stored.starts_with(&ZSTD) {
        Box::new(ZstdReader::new(stored))
    } else {
        Box::new(flate2::read::GzDecoder::new(stored))
    }
}

/// Decompresses bytes from the archive into memory.
#[cfg(feature = "archive")]
pub(crate) fn decompressed(stored: &[u8]) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    decompress(stored).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(all(test, feature = "archive"))]
mod tests {
    use std::io::Read as _;

    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::{ZstdReader, compress, decompressed};

    fn frame(text: &str) -> Vec<u8> {
        compress_to_vec(text.as_bytes(), CompressionLevel::Fastest)
    }

    fn decoded(bytes: &[u8]) -> std::io::Result<String> {
        let mut text = String::new();
        ZstdReader::new(bytes).read_to_string(&mut text).map(|_| text)
    }

    #[test]
    fn frames_are_read_one_after_another() {
        let long = "The ferry sank on Tuesday. ".repeat(20_000);
        assert_eq!(decoded(&frame(&long)).unwrap(), long);
        // A skippable frame holds the data of other programs: a magic number, a length, and that many bytes.
        let skipped = [&[0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0], &b"abc"[..]].concat();
        let several = [frame("one, "), skipped, frame(""), frame("two")].concat();
        assert_eq!(decoded(&several).unwrap(), "one, two");
        assert_eq!(decoded(b"").unwrap(), "");
    }

    #[test]
    fn a_damaged_frame_is_an_error() {
        let text = "The ferry sank on Tuesday, and all 212 passengers were saved.";
        let whole = frame(text);
        assert!(decoded(&whole[..whole.len() - 6]).is_err());
        assert!(decoded(&[&whole[..], b"and something else"].concat()).is_err());
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x55;
            assert!(decoded(&damaged).is_ok_and(|read| read == text) || decoded(&damaged).is_err());
        }
    }

    #[test]
    fn what_the_archive_stores_is_read_back_in_both_forms() {
        let page = "<p>The ferry sank.</p>".repeat(500);
        let stored = compress(page.as_bytes()).unwrap();
        assert!(stored.len() < page.len() / 10);
        assert_eq!(decompressed(&stored).unwrap(), page.as_bytes());
        assert_eq!(decompressed(&frame(&page)).unwrap(), page.as_bytes());
        assert!(decompressed(b"neither").is_err());
    }
}
