//! Numbers and strings as bytes.
//!
//! Integers are LEB128. Reading never panics: what is cut off or too large is an error.

use std::io;

/// Appends to a byte string.
pub(crate) trait Put {
    fn number(&mut self, number: u64);
    fn text(&mut self, text: &str);
    fn optional(&mut self, text: Option<&str>);
}

impl Put for Vec<u8> {
    #[expect(clippy::cast_possible_truncation, reason = "seven bits fit a byte")]
    fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.push((number as u8 & 0x7f) | 0x80);
            number >>= 7;
        }
        self.push(number as u8);
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.extend_from_slice(text.as_bytes());
    }

    fn optional(&mut self, text: Option<&str>) {
        match text {
            Some(text) => {
                self.number(text.len() as u64 + 1);
                self.extend_from_slice(text.as_bytes());
            }
            None => self.number(0),
        }
    }
}

/// Reads a byte string from its beginning.
#[derive(Debug)]
pub(crate) struct Take<'a>(pub(crate) &'a [u8]);

impl<'a> Take<'a> {
    pub(crate) fn number(&mut self) -> io::Result<u64> {
        let mut number = 0u64;
        for shift in (0..64).step_by(7) {
            let (&byte, rest) = self.0.split_first().ok_or_else(broken)?;
            self.0 = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(broken())
    }

    pub(crate) fn size(&mut self) -> io::Result<usize> {
        usize::try_from(self.number()?).map_err(io::Error::other)
    }

    /// A count of things that take at least a byte each, so that it cannot exceed what is left.
    pub(crate) fn count(&mut self) -> io::Result<usize> {
        let count = self.size()?;
        if count > self.0.len() { Err(broken()) } else { Ok(count) }
    }

    pub(crate) fn bytes(&mut self, len: usize) -> io::Result<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(len).ok_or_else(broken)?;
        self.0 = rest;
        Ok(bytes)
    }

    pub(crate) fn text(&mut self) -> io::Result<&'a str> {
        let len = self.size()?;
        std::str::from_utf8(self.bytes(len)?).map_err(io::Error::other)
    }

    pub(crate) fn optional(&mut self) -> io::Result<Option<&'a str>> {
        match self.size()? {
            0 => Ok(None),
            len => std::str::from_utf8(self.bytes(len - 1)?).map_err(io::Error::other).map(Some),
        }
    }
}

/// Signed as unsigned, small numbers small: 0, −1, 1, −2 ….
pub(crate) fn zigzag(number: i64) -> u64 {
    number.unsigned_abs().wrapping_mul(2).wrapping_sub(u64::from(number < 0))
}

/// The other way round.
pub(crate) fn unzigzag(number: u64) -> i64 {
    let half = (number >> 1).cast_signed();
    if number & 1 == 1 { !half } else { half }
}

/// The bytes are not what was written.
pub(crate) fn broken() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the search index is damaged")
}

#[cfg(test)]
mod tests {
    use super::{Put, Take, unzigzag, zigzag};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_put_is_taken(number: u64, signed: i32, text in "\\PC{0,20}", some: bool) {
            let mut bytes = Vec::new();
            bytes.number(number);
            bytes.number(zigzag(i64::from(signed)));
            bytes.text(&text);
            bytes.optional(some.then_some(&text));
            let mut take = Take(&bytes);
            prop_assert_eq!(take.number().ok(), Some(number));
            prop_assert_eq!(take.number().ok().map(unzigzag), Some(i64::from(signed)));
            prop_assert_eq!(take.text().ok(), Some(text.as_str()));
            prop_assert_eq!(take.optional().ok(), Some(some.then_some(text.as_str())));
            prop_assert!(take.number().is_err());
        }

        #[test]
        fn anything_can_be_taken_apart(bytes: Vec<u8>) {
            let mut take = Take(&bytes);
            while take.text().is_ok() && take.optional().is_ok() && take.count().is_ok() {}
        }
    }
}
