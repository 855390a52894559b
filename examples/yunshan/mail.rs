//! A workbook that came by mail: the message with its attachment, as a mail program saves it.

/// The message of a unit: who sent it, when (as in its `Date` line), its subject, and the attached file.
pub fn message(from: &str, date: &str, subject: &str, attached: (&str, &[u8])) -> Vec<u8> {
    let (name, bytes) = attached;
    let encoded = |words: &str| format!("=?UTF-8?B?{}?=", base64(words.as_bytes()));
    let body = format!(
        "From: <{from}>\r\nTo: <tongji@yunshan.example>\r\nDate: {date}\r\nSubject: {}\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=\"yunshan\"\r\n\r\n--yunshan\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n--yunshan\r\n\
         Content-Type: application/octet-stream; name=\"{}\"\r\nContent-Transfer-Encoding: base64\r\n\
         Content-Disposition: attachment; filename=\"{}\"\r\n\r\n{}\r\n--yunshan--\r\n",
        encoded(subject),
        base64(format!("{subject}，请查收。").as_bytes()),
        encoded(name),
        encoded(name),
        in_lines(&base64(bytes)),
    );
    body.into_bytes()
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let number = three.iter().fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for at in 0..4 {
            let sign = SIGNS[(number >> (18 - 6 * at) & 63) as usize] as char;
            text.push(if at > three.len() { '=' } else { sign });
        }
    }
    text
}

fn in_lines(text: &str) -> String {
    let lines: Vec<&str> = (0..text.len()).step_by(76).map(|at| &text[at..text.len().min(at + 76)]).collect();
    lines.join("\r\n")
}
