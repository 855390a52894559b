//! Zip files written by hand: what no program would write.

/// An entry as it is claimed to be; nothing has to be true.
pub(crate) struct Entry {
    pub(crate) name: Vec<u8>,
    /// 0 stored, 8 deflated.
    pub(crate) method: u16,
    pub(crate) packed: Vec<u8>,
    /// What it says its unpacked size is.
    pub(crate) size: u32,
    pub(crate) sum: u32,
    /// Unix mode in the upper half, as links have it.
    pub(crate) attributes: u32,
}

impl Entry {
    /// An honest entry.
    pub(crate) fn stored(name: &str, bytes: &[u8]) -> Self {
        Self {
            name: name.into(),
            method: 0,
            packed: bytes.to_vec(),
            size: bytes.len() as u32,
            sum: sum(bytes),
            attributes: 0,
        }
    }

    /// So many equal bytes between a head and a tail, packed as far as deflate can.
    pub(crate) fn bomb(name: &str, head: &[u8], filler: u8, times: usize, tail: &[u8]) -> Self {
        Self {
            method: 8,
            packed: deflated(head, filler, times, tail),
            size: (head.len() + times + tail.len()) as u32,
            ..Self::stored(name, b"")
        }
    }
}

/// CRC-32 as zip has it.
fn sum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |mut sum, byte| {
        sum ^= u32::from(*byte);
        (0..8).for_each(|_| sum = if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 });
        sum
    })
}

/// A package of entries.
pub(crate) fn package(entries: &[Entry]) -> Vec<u8> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for entry in entries {
        let at = file.len() as u32;
        let mut head = Vec::new();
        // Version, flags (names in UTF-8), method, time, date.
        [20, 0x800, entry.method, 0, 0x21].iter().for_each(|word: &u16| head.extend(word.to_le_bytes()));
        [entry.sum, entry.packed.len() as u32, entry.size].iter().for_each(|word| head.extend(word.to_le_bytes()));
        head.extend((entry.name.len() as u16).to_le_bytes());
        head.extend([0, 0]);
        file.extend(b"PK\x03\x04");
        file.extend(&head);
        file.extend(&entry.name);
        file.extend(&entry.packed);
        directory.extend(b"PK\x01\x02\x14\x03");
        directory.extend(&head);
        directory.extend([0; 6]);
        directory.extend(entry.attributes.to_le_bytes());
        directory.extend(at.to_le_bytes());
        directory.extend(&entry.name);
    }
    let (at, count) = (file.len() as u32, (entries.len() as u16).to_le_bytes());
    file.extend(&directory);
    file.extend(b"PK\x05\x06\0\0\0\0");
    [count, count].iter().for_each(|count| file.extend(count));
    [directory.len() as u32, at].iter().for_each(|word| file.extend(word.to_le_bytes()));
    file.extend([0, 0]);
    file
}

/// A package of honest entries.
pub(crate) fn plain(entries: &[(&str, &[u8])]) -> Vec<u8> {
    package(&entries.iter().map(|(name, bytes)| Entry::stored(name, bytes)).collect::<Vec<_>>())
}

/// Deflate by hand, with the fixed code: a run of 258 equal bytes costs 13 bits.
fn deflated(head: &[u8], filler: u8, times: usize, tail: &[u8]) -> Vec<u8> {
    let mut bits = Bits::default();
    bits.put(0b011, 3);
    head.iter().for_each(|byte| bits.literal(*byte));
    if times > 0 {
        bits.literal(filler);
        let (runs, rest) = ((times - 1) / 258, (times - 1) % 258);
        for _ in 0..runs {
            bits.code(0b1100_0101, 8);
            bits.put(0, 5);
        }
        (0..rest).for_each(|_| bits.literal(filler));
    }
    tail.iter().for_each(|byte| bits.literal(*byte));
    bits.code(0, 7);
    bits.finish()
}

#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    held: u64,
    count: u32,
}

impl Bits {
    /// Bits, the lowest first.
    fn put(&mut self, bits: u64, count: u32) {
        self.held |= bits << self.count;
        self.count += count;
        while self.count >= 8 {
            self.bytes.push(self.held as u8);
            self.held >>= 8;
            self.count -= 8;
        }
    }

    /// A Huffman code, the highest bit first.
    fn code(&mut self, code: u64, count: u32) {
        self.put(code.reverse_bits() >> (64 - count), count);
    }

    fn literal(&mut self, byte: u8) {
        match byte {
            0..=143 => self.code(0x30 + u64::from(byte), 8),
            _ => self.code(0x190 + u64::from(byte) - 144, 9),
        }
    }

    fn finish(mut self) -> Vec<u8> {
        self.put(0, (8 - self.count % 8) % 8);
        self.bytes
    }
}

#[test]
fn what_is_deflated_by_hand_inflates() {
    use std::io::Read;
    let bytes =
        package(&[Entry { sum: sum("<a>é".as_bytes()), ..Entry::bomb("x", "<a>é".as_bytes(), b' ', 0, b"") }]);
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    zip.by_index(0).unwrap().read_to_string(&mut text).unwrap();
    assert_eq!(text, "<a>é");
    let expected = [b"<".to_vec(), vec![b' '; 1000], b">".to_vec()].concat();
    let bytes = package(&[Entry { sum: sum(&expected), ..Entry::bomb("x", b"<", b' ', 1000, b">") }]);
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut inflated = Vec::new();
    zip.by_index(0).unwrap().read_to_end(&mut inflated).unwrap();
    assert_eq!(inflated, expected);
}
