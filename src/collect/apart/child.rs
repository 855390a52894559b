//! The reading process: asked over its standard input, answering over its standard output.

use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};

use super::bounds::{Bound, Bounds};
use super::{Request, Wanted, codec};
use crate::collect::fault::guarded;
use crate::collect::locked::unlocked;
use crate::collect::mail;
use crate::collect::open::read_here;
use crate::collect::password::Password;

/// No request is longer, its file's bytes aside: names and passwords.
const LONGEST_REQUEST: u64 = 1 << 20;

/// Reads files as they are asked for, until nobody asks any longer.
///
/// # Errors
///
/// A caller that is gone, or that is not this program.
pub fn serve(from: impl Read, out: impl Write) -> io::Result<()> {
    answer(from, out, &Bounds::of_this_process())
}

pub(super) fn answer(from: impl Read, out: impl Write, bounds: &impl Bound) -> io::Result<()> {
    let (mut from, mut out) = (BufReader::new(from), BufWriter::with_capacity(1 << 16, out));
    loop {
        let mut line = String::new();
        if from.by_ref().take(LONGEST_REQUEST).read_line(&mut line)? == 0 {
            return Ok(());
        }
        let request: Request = serde_json::from_str(&line)?;
        bounds.begin(request.memory_mib, request.limits.seconds);
        let mut bytes = Vec::new();
        from.by_ref().take(request.size as u64).read_to_end(&mut bytes)?;
        let passwords: Vec<Password> = request.passwords.into_iter().map(Password::new).collect();
        match request.wanted {
            Wanted::Sheets => {
                codec::write_sheets(&mut out, &read_here(bytes, &request.name, &request.limits, &passwords))?;
            }
            Wanted::Unlocked => {
                let package = guarded(|| unlocked(&bytes, &passwords, &request.limits)).ok().flatten();
                codec::write_package(&mut out, package.as_deref())?;
            }
            Wanted::Mail => {
                let read = guarded(|| mail::read(&bytes, &request.limits));
                codec::write_mail(&mut out, read.map_err(|fault| fault.of_file(&request.name.into())).as_ref())?;
            }
        }
        let goes_on = !bounds.has_grown(request.memory_mib);
        out.write_all(&[u8::from(goes_on)])?;
        out.flush()?;
        if !goes_on {
            return Ok(());
        }
    }
}
