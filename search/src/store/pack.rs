//! Packing: bytes made smaller, and the other way round.

use std::io;

use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;

use super::wire::broken;

/// Fast; twice the effort takes off a few hundredths.
const EFFORT: u8 = 3;
/// Nothing that was packed is larger, whatever a damaged file says.
const SIZE_MAX: usize = 1 << 28;

pub(crate) fn pack(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(bytes, EFFORT)
}

/// # Errors
/// `InvalidData` if nobody packed that.
pub(crate) fn unpack(packed: &[u8]) -> io::Result<Vec<u8>> {
    decompress_to_vec_with_limit(packed, SIZE_MAX).map_err(|_cause| broken())
}
