//! Names of folders as IMAP writes them: ASCII, and all else in modified UTF-7 (RFC 3501, 5.1.3).

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

/// A name as the server knows it: `报送` is `&YqWQAQ-`.
pub(super) fn encoded(name: &str) -> String {
    let mut out = String::new();
    let mut foreign: Vec<u8> = Vec::new();
    for c in name.chars() {
        if matches!(c, ' '..='~') {
            shift(&mut foreign, &mut out);
            out.push(c);
            if c == '&' {
                out.push('-');
            }
        } else {
            let mut units = [0; 2];
            foreign.extend(c.encode_utf16(&mut units).iter().flat_map(|unit| unit.to_be_bytes()));
        }
    }
    shift(&mut foreign, &mut out);
    out
}

/// Writes what is not ASCII between `&` and `-`.
fn shift(foreign: &mut Vec<u8>, out: &mut String) {
    if foreign.is_empty() {
        return;
    }
    out.push('&');
    for chunk in foreign.chunks(3) {
        let bytes = [chunk[0], chunk.get(1).copied().unwrap_or(0), chunk.get(2).copied().unwrap_or(0)];
        let word = u32::from_be_bytes([0, bytes[0], bytes[1], bytes[2]]);
        let sextets = (0..=chunk.len()).map(|at| (word >> (18 - 6 * at)) & 63);
        out.extend(sextets.map(|sextet| char::from(ALPHABET[sextet as usize])));
    }
    out.push('-');
    foreign.clear();
}

/// A name as readers see it; one that is not well written stays as it is.
pub(super) fn decoded(name: &str) -> String {
    read(name).unwrap_or_else(|| name.to_owned())
}

fn read(name: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = name;
    while let Some((plain, after)) = rest.split_once('&') {
        let (foreign, after) = after.split_once('-')?;
        out.push_str(plain);
        match foreign {
            "" => out.push('&'),
            foreign => out.push_str(&unshifted(foreign)?),
        }
        rest = after;
    }
    Some(out + rest)
}

fn unshifted(foreign: &str) -> Option<String> {
    let (mut word, mut bits, mut units) = (0u32, 0, Vec::new());
    for c in foreign.bytes() {
        let sextet = ALPHABET.iter().position(|known| *known == c)?;
        word = (word << 6 | u32::try_from(sextet).ok()?) & 0x3F_FFFF;
        bits += 6;
        if bits >= 16 {
            bits -= 16;
            units.push(u16::try_from((word >> bits) & 0xFFFF).ok()?);
        }
    }
    String::from_utf16(&units).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first is the example of the RFC; the others are as Python and servers of the country write them.
    #[test]
    fn names_are_written_as_the_rfc_says_and_read_again() {
        for (name, written) in [
            ("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"),
            ("INBOX", "INBOX"),
            ("已发送", "&XfJT0ZAB-"),
            ("A&B", "A&-B"),
            ("😀x", "&2D3eAA-x"),
        ] {
            assert_eq!(encoded(name), written);
            assert_eq!(decoded(written), name);
        }
        for broken in ["a&b", "&!-", "&2D0-"] {
            assert_eq!(decoded(broken), broken);
        }
    }
}
