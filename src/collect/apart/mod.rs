//! Reading in a process of its own, so that a hostile file costs a finding and not the run.
//!
//! Takes a file's bytes, gives what was read of it, or that its reader had to be ended. An allocation
//! that fails, a stack that overflows and a loop without end cannot be caught from inside: a reader
//! in another process is held to memory and processor time by the system. One process reads many
//! files in turn; a file is blamed only where a reader that had read nothing else ended over it.
//!
//! Files side by side share the memory that one file may take: a small file is given its share first, and what needs
//! more, like every large file, is read with all of it, one at a time. So readers together never take more than twice
//! what one may, however many threads there are.

mod bounds;
mod child;
mod codec;
mod reader;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::{Mutex, OnceLock, PoisonError};

pub use child::serve;

use super::fault::Fault;
use super::mail::Mail;
use super::password::Password;
use super::reading::{Reading, Sheets};
use crate::finding::Finding;
use crate::workspace::Limits;
use reader::{Ended, Reader};

/// The readers of this process; none where no program was named.
static READERS: OnceLock<Readers> = OnceLock::new();

/// Has all tables read by processes of a program: this one, called with `arguments`, must come to
/// [`serve`]. Without it they are read in the caller's own process, within the limits that can be
/// kept from inside; so do tests and other callers of the library. The first call holds.
pub fn read_apart_by(program: PathBuf, arguments: &'static [&'static str]) {
    let _ = READERS.set(Readers::new(program, arguments));
}

/// The readers that were named, if any.
pub(super) fn readers() -> Option<&'static Readers> {
    READERS.get()
}

/// What a reader is asked for besides the file's bytes.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
struct Request {
    /// The file's name in findings.
    name: String,
    limits: Limits,
    /// Memory that this reading may take, in MiB: a share of the limit, or all of it.
    memory_mib: u64,
    /// Never on the command line, where every user of the machine could see them.
    passwords: Vec<String>,
    /// What it is to give back.
    wanted: Wanted,
    /// How many bytes follow.
    size: usize,
}

/// What is wanted of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
enum Wanted {
    /// Its sheets.
    Sheets,
    /// The workbook in it, where it is a locked one that a password opens.
    Unlocked,
    /// What a mail says and brings.
    Mail,
}

/// What a reader gives back.
enum Reply {
    Sheets(Sheets),
    Unlocked(Option<Vec<u8>>),
    Mail(Result<Mail, Finding>),
}

/// Processes that read, as many as are asked at a time.
pub(super) struct Readers {
    program: PathBuf,
    arguments: &'static [&'static str],
    idle: Mutex<Vec<Reader>>,
    /// Held by who reads with all the memory that a file may take.
    alone: Mutex<()>,
}

/// Bytes of a file up to which it is first read with a share of the memory.
const SMALL: usize = 8 << 20;
/// No share is less, in MiB: the files of an office take a few dozen.
const LEAST_SHARE_MIB: u64 = 256;

/// What a file of so many bytes may take where it is read beside others, in MiB.
pub(super) fn beside_others(bytes: usize, limits: &Limits) -> u64 {
    if bytes <= SMALL { share(limits) } else { limits.memory_mib }
}

/// What each of the files read side by side may take, in MiB.
fn share(limits: &Limits) -> u64 {
    let share = limits.memory_mib / rayon::current_num_threads().max(1) as u64;
    share.max(LEAST_SHARE_MIB).min(limits.memory_mib)
}

impl Readers {
    fn new(program: PathBuf, arguments: &'static [&'static str]) -> Self {
        Self { program, arguments, idle: Mutex::default(), alone: Mutex::default() }
    }

    /// Reads a file in a process of its own.
    pub(super) fn read(&self, bytes: &[u8], reading: &Reading, passwords: &[Password]) -> Result<Sheets, Fault> {
        let request = Request::of(reading.file, bytes, (reading.limits, passwords), Wanted::Sheets);
        match self.ask(&request, bytes)? {
            Reply::Sheets(sheets) => told(sheets),
            _ => Err(fault(Ended::Died, reading.limits)),
        }
    }

    /// The workbook in a locked one; `None` where it is no locked one or no password fits.
    pub(super) fn unlocked(
        &self,
        bytes: &[u8],
        passwords: &[Password],
        limits: &Limits,
    ) -> Result<Option<Vec<u8>>, Fault> {
        let request = Request::of("", bytes, (limits, passwords), Wanted::Unlocked);
        match self.ask(&request, bytes)? {
            Reply::Unlocked(package) => Ok(package),
            _ => Err(fault(Ended::Died, limits)),
        }
    }

    /// What a mail says and brings; `name` is how findings call it.
    pub(super) fn mail(&self, bytes: &[u8], name: &str, limits: &Limits) -> Result<Mail, Fault> {
        match self.ask(&Request::of(name, bytes, (limits, &[]), Wanted::Mail), bytes)? {
            Reply::Mail(read) => read.map_err(|finding| Fault::Told(Box::new(finding))),
            _ => Err(fault(Ended::Died, limits)),
        }
    }

    fn ask(&self, request: &Request, bytes: &[u8]) -> Result<Reply, Fault> {
        let (limits, share) = (&request.limits, share(&request.limits));
        if bytes.len() <= SMALL && share < limits.memory_mib {
            match self.ask_for(&Request { memory_mib: share, ..request.clone() }, bytes)? {
                // A share may have been too little: the verdict is that of all that one file may take.
                Err(Ended::Died) => {}
                read => return read.map_err(|ended| fault(ended, limits)),
            }
        }
        let _alone = self.alone.lock().unwrap_or_else(PoisonError::into_inner);
        self.ask_for(request, bytes)?.map_err(|ended| fault(ended, limits))
    }

    fn ask_for(&self, request: &Request, bytes: &[u8]) -> Result<Result<Reply, Ended>, Fault> {
        loop {
            let waiting = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let is_fresh = waiting.is_none();
            let mut reader = match waiting {
                Some(reader) => reader,
                None => {
                    Reader::start(&self.program, self.arguments).map_err(|error| Fault::NoReader(error.to_string()))?
                }
            };
            match reader.read(request, bytes) {
                Ok((reply, goes_on)) => {
                    if goes_on {
                        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(reader);
                    }
                    return Ok(Ok(reply));
                }
                Err(ended) if is_fresh => return Ok(Err(ended)),
                // What it read before may have been the cause: another one shall say.
                Err(_) => {}
            }
        }
    }
}

impl Request {
    fn of(name: &str, bytes: &[u8], (limits, passwords): (&Limits, &[Password]), wanted: Wanted) -> Self {
        let passwords = passwords.iter().map(|password| password.word().to_owned()).collect();
        let memory_mib = limits.memory_mib;
        Self { name: name.to_owned(), limits: *limits, memory_mib, passwords, wanted, size: bytes.len() }
    }
}

/// A file of which nothing was read comes back as the one finding that says why.
fn told(mut sheets: Sheets) -> Result<Sheets, Fault> {
    match (sheets.grids.is_empty(), sheets.findings.pop()) {
        (true, Some(finding)) => Err(Fault::Told(Box::new(finding))),
        (_, last) => {
            sheets.findings.extend(last);
            Ok(sheets)
        }
    }
}

fn fault(ended: Ended, limits: &Limits) -> Fault {
    Fault::Stopped(match ended {
        Ended::TooSlow => format!("读取{}秒仍未完成", limits.seconds),
        Ended::Died => format!("结构异常，或读取所需内存超过{}MiB", limits.memory_mib),
    })
}
