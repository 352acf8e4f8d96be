//! A hash that is the same in every run: FNV-1a, for telling much text apart, not for keeping enemies out.

/// What has been hashed so far.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hash(pub(super) u64);

impl Default for Hash {
    fn default() -> Self {
        Hash(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    /// Takes in one more piece; pieces are told apart from what they are together.
    pub(super) fn add(&mut self, bytes: &[u8]) {
        for byte in bytes.iter().chain(&[0xff]) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// The hash of one text.
    pub(super) fn of(text: &str) -> u64 {
        let mut hash = Hash::default();
        hash.add(text.as_bytes());
        hash.0
    }
}
