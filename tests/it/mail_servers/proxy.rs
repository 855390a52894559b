//! A line that breaks: between us and a real server, faults at a chosen place.
//!
//! Counts lines (or, where the line is encrypted, bytes) in one direction and does there what it was told;
//! before that, and in connections that are to go well, everything passes as it is.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Whose lines are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// What the server says.
    Server,
    /// What we say.
    Client,
}

/// What goes wrong, and where.
#[derive(Debug, Clone)]
pub enum Fault {
    /// The connection is closed instead of passing the line of this number, from 1.
    Cut(Side, usize),
    /// The line passes, and then the connection is closed.
    CutAfter(Side, usize),
    /// Something else stands in the place of the server's line.
    Instead(usize, Vec<u8>),
    /// Nothing passes any more, and nobody closes.
    Silence(Side, usize),
    /// The connection is closed after so many bytes from that side.
    CutBytes(Side, usize),
    /// Nothing: counts only.
    None,
}

/// A proxy in front of a server on this machine; serves until the test ends.
pub struct Proxy {
    /// Where it listens on 127.0.0.1.
    pub port: u16,
    counts: Arc<Counts>,
}

#[derive(Default)]
struct Counts {
    connections: AtomicUsize,
    server: AtomicUsize,
    client: AtomicUsize,
}

impl Proxy {
    /// Passes on to a port; the fault strikes in the first `connections` connections.
    pub fn start(to: u16, fault: Fault, connections: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let counts = Arc::new(Counts::default());
        let counted = counts.clone();
        std::thread::spawn(move || {
            let text = !matches!(fault, Fault::CutBytes(..));
            for client in listener.incoming() {
                let Ok(client) = client else { return };
                let nth = counted.connections.fetch_add(1, Ordering::SeqCst);
                let fault = if nth < connections { fault.clone() } else { Fault::None };
                serve(client, to, (&fault, text), &counted);
            }
        });
        Self { port, counts }
    }

    /// How many lines passed from a side, in all connections together.
    pub fn lines(&self, side: Side) -> usize {
        match side {
            Side::Server => self.counts.server.load(Ordering::SeqCst),
            Side::Client => self.counts.client.load(Ordering::SeqCst),
        }
    }
}

/// One direction of a connection.
struct Way {
    side: Side,
    from: TcpStream,
    to: TcpStream,
    fault: Fault,
    /// Whether what passes is text; what is encrypted has no lines.
    text: bool,
    counts: Arc<Counts>,
}

fn serve(client: TcpStream, to: u16, (fault, text): (&Fault, bool), counts: &Arc<Counts>) {
    let Ok(server) = TcpStream::connect(("127.0.0.1", to)) else { return };
    let way = |side, from: &TcpStream, to: &TcpStream| Way {
        side,
        from: from.try_clone().unwrap(),
        to: to.try_clone().unwrap(),
        fault: fault.clone(),
        text,
        counts: counts.clone(),
    };
    let ways = [way(Side::Server, &server, &client), way(Side::Client, &client, &server)];
    for way in ways {
        std::thread::spawn(move || way.run());
    }
}

impl Way {
    fn run(mut self) {
        let (from, to) = (self.from.try_clone().unwrap(), self.to.try_clone().unwrap());
        if self.text {
            self.pass_lines();
        } else {
            self.pass_bytes();
        }
        let _ = to.shutdown(Shutdown::Both);
        let _ = from.shutdown(Shutdown::Both);
    }

    fn pass_bytes(&mut self) {
        let mut left = match self.fault {
            Fault::CutBytes(side, bytes) if side == self.side => bytes,
            _ => usize::MAX,
        };
        let mut buffer = [0; 4096];
        while let Ok(read) = self.from.read(&mut buffer) {
            let passed = read.min(left);
            if read == 0 || self.to.write_all(&buffer[..passed]).is_err() || passed < read {
                return;
            }
            left -= passed;
        }
    }

    fn pass_lines(&mut self) {
        let mut lines = BufReader::new(self.from.try_clone().unwrap());
        for nth in 1.. {
            let mut line = Vec::new();
            if !matches!(lines.read_until(b'\n', &mut line), Ok(read) if read > 0) {
                return;
            }
            match &self.fault {
                Fault::Cut(side, at) if *side == self.side && *at == nth => return,
                Fault::Silence(side, at) if *side == self.side && *at <= nth => {
                    std::thread::sleep(Duration::from_secs(600));
                    return;
                }
                Fault::Instead(at, other) if self.side == Side::Server && *at == nth => line.clone_from(other),
                _ => {}
            }
            if self.to.write_all(&line).is_err() {
                return;
            }
            self.count();
            if matches!(self.fault, Fault::CutAfter(side, at) if side == self.side && at == nth) {
                return;
            }
        }
    }

    fn count(&self) {
        let counter = match self.side {
            Side::Server => &self.counts.server,
            Side::Client => &self.counts.client,
        };
        counter.fetch_add(1, Ordering::SeqCst);
    }
}
