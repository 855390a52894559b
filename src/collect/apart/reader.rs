//! A reading process as its caller sees it: started, asked, watched, ended.

use std::io::{self, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::bounds::Custody;
use super::{Reply, Request, Wanted, codec};

/// How a reader ended over a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// It took more time than it may.
    TooSlow,
    /// It ended by itself, or took more memory than it may.
    Died,
}

/// A reader that waits to be asked.
pub(super) struct Reader {
    process: Arc<Process>,
    /// `None` once it is to end.
    questions: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    watch: Sender<Watch>,
}

/// The process, ended by whoever comes first: the guard or the caller.
struct Process {
    child: Mutex<Child>,
    custody: Custody,
    was_late: AtomicBool,
}

/// What the guard is told.
enum Watch {
    /// A file is begun, to be done within this time, with this much memory in bytes.
    Begun(Duration, u64),
    /// It is done.
    Done,
}

/// Time by the clock for a second of processor time: a loaded machine is no fault of a file's.
const PATIENCE: u64 = 10;

impl Reader {
    /// Starts a process.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub(super) fn start(program: &Path, arguments: &[&str]) -> io::Result<Self> {
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        // Of what the operator's surroundings hold (passwords too), a reader needs nothing.
        command.env_clear();
        // Ctrl-C on a terminal means the caller; a reader that it ended would be blamed on its file.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        #[cfg(windows)]
        command.envs(std::env::var_os("SystemRoot").map(|root| ("SystemRoot", root)));
        let mut child = command.spawn()?;
        let gone = || io::Error::from(io::ErrorKind::BrokenPipe);
        let (questions, answers) = (child.stdin.take(), child.stdout.take().ok_or_else(gone)?);
        let custody = Custody::of(&child);
        let process = Arc::new(Process { child: Mutex::new(child), custody, was_late: AtomicBool::new(false) });
        let (watch, told) = channel();
        let guarded = process.clone();
        std::thread::Builder::new().name("reader-guard".into()).spawn(move || guard(&guarded, &told))?;
        Ok(Self { process, questions, answers: BufReader::with_capacity(1 << 16, answers), watch })
    }

    /// Has a file read; whether it can be asked again, or has grown too large and ends.
    pub(super) fn read(&mut self, request: &Request, bytes: &[u8]) -> Result<(Reply, bool), Ended> {
        let time = Duration::from_secs(request.limits.seconds.saturating_mul(PATIENCE));
        let _ = self.watch.send(Watch::Begun(time, request.memory_mib.saturating_mul(1 << 20)));
        let reply = self.ask(request, bytes);
        let _ = self.watch.send(Watch::Done);
        reply.map_err(|_| self.process.how_it_ended())
    }

    fn ask(&mut self, request: &Request, bytes: &[u8]) -> io::Result<(Reply, bool)> {
        let questions = self.questions.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        let mut line = serde_json::to_vec(request)?;
        line.push(b'\n');
        questions.write_all(&line)?;
        questions.write_all(bytes)?;
        questions.flush()?;
        let reply = match request.wanted {
            Wanted::Sheets => Reply::Sheets(codec::read_sheets(&mut self.answers)?),
            Wanted::Unlocked => Reply::Unlocked(codec::read_package(&mut self.answers)?),
            Wanted::Mail => Reply::Mail(codec::read_mail(&mut self.answers)?),
        };
        Ok((reply, codec::read_u8(&mut self.answers)? == 1))
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.questions = None;
        self.process.end();
    }
}

impl Process {
    fn child(&self) -> MutexGuard<'_, Child> {
        self.child.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends it, if it has not ended, and gives what it left.
    fn end(&self) -> Option<ExitStatus> {
        let mut child = self.child();
        let _ = child.kill();
        child.wait().ok()
    }

    fn how_it_ended(&self) -> Ended {
        let status = self.end();
        let is_late = self.was_late.load(Ordering::SeqCst) || status.is_some_and(out_of_time);
        if is_late { Ended::TooSlow } else { Ended::Died }
    }
}

/// Whether the system ended it for its processor time.
#[cfg(target_os = "linux")]
fn out_of_time(status: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;
    status.signal() == Some(rustix::process::Signal::XCPU.as_raw())
}

#[cfg(not(target_os = "linux"))]
fn out_of_time(_: ExitStatus) -> bool {
    false
}

/// How often a reader's memory is looked at, where the system does not hold it to a limit.
const GLANCE: Duration = Duration::from_millis(50);

/// Ends a reader that is beyond its time or its memory; ends itself with it.
fn guard(process: &Process, told: &Receiver<Watch>) {
    while let Ok(watch) = told.recv() {
        let Watch::Begun(time, memory) = watch else { continue };
        let begun = Instant::now();
        loop {
            let left = time.saturating_sub(begun.elapsed());
            match told.recv_timeout(if Custody::NEEDS_WATCHING { left.min(GLANCE) } else { left }) {
                Ok(_) => break,
                Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => {}
            }
            let is_late = begun.elapsed() >= time;
            if is_late || process.custody.takes_more_than(memory) {
                process.was_late.store(is_late, Ordering::SeqCst);
                process.end();
                return;
            }
        }
    }
}
