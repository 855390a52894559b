//! Sends a plan's letters: each once, whatever breaks.
//!
//! A letter's text leaves only after the log holds that it is about to; what the server answered is logged before the
//! next one leaves. What was refused for now, or did not leave, is tried again after growing waits; what left without an
//! answer is named and left alone.

use std::time::Duration;

use chrono::{DateTime, FixedOffset};

use super::DeliverError;
use super::letter::Letter;
use super::log::{Event, Known, Log};
use super::message::message;
use super::plan::Plan;

/// The hour, and waiting.
pub trait Clock {
    /// Now, by the office's clock.
    fn now(&self) -> DateTime<FixedOffset>;
    /// Waits.
    fn wait(&self, long: Duration);
}

/// Why there is no line to the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoLine {
    /// It will not be otherwise in an hour: a wrong password, a certificate that is not trusted.
    Never(String),
    /// It may be: the server is busy or away.
    Later(String),
}

/// What came of carrying a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Carried {
    /// The server took it; its words.
    Accepted(String),
    /// The server will not take it; its words.
    Refused(String),
    /// The server will not take it now; its words.
    Later(String),
    /// The line broke before the message had left.
    NotSent(String),
    /// The message had left, or part of it; no answer came.
    Unknown(String),
    /// The server takes nothing from this office.
    Never(String),
}

/// Carries messages to a server over one line.
pub trait Carrier {
    /// Makes a line where there is none.
    ///
    /// # Errors
    ///
    /// Why there is none.
    fn connect(&mut self) -> Result<(), NoLine>;
    /// Carries a message; `before` is called when the server has agreed to take the text, before any of it leaves.
    ///
    /// # Errors
    ///
    /// What `before` says; nothing has left then.
    fn carry(
        &mut self,
        from_to: (&str, &str),
        message: &[u8],
        before: &mut dyn FnMut() -> Result<(), DeliverError>,
    ) -> Result<Carried, DeliverError>;
    /// Ends the line, if there is one.
    fn hang_up(&mut self);
}

/// How fast, and how often again.
#[derive(Debug, Clone)]
pub struct Pace {
    /// Between two messages.
    pub between: Duration,
    /// Before the second, third … attempt at what was refused for now.
    pub again: Vec<Duration>,
}

/// What came of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The server took it; its words.
    Sent(String),
    /// It was sent before, at that time.
    Before(String),
    /// The server will not take it.
    Refused(String),
    /// Not sent in spite of all attempts; the next run tries again.
    NotSent(String),
    /// It may have arrived or not.
    Unknown(String),
    /// An earlier run does not know whether it arrived.
    UnknownBefore(String),
}

/// Where sending stands, for whoever watches.
#[derive(Debug)]
pub enum Step<'a> {
    /// A letter has come to its end; how many have, of how many.
    Done(usize, usize, &'a Letter, &'a Outcome),
    /// So long until the next attempt at so many, and why.
    Waiting(Duration, usize, &'a str),
}

/// What came of a plan.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    /// What came of each letter, in the plan's order.
    pub outcomes: Vec<Outcome>,
    /// Why sending ended before all letters had their turn.
    pub stopped: Option<String>,
}

impl Sent {
    /// How many letters came to an end of a kind.
    pub fn count(&self, of: impl Fn(&Outcome) -> bool) -> usize {
        self.outcomes.iter().filter(|outcome| of(outcome)).count()
    }
}

/// Lines that break one after the other before the server is left alone for a while.
const BREAKS: usize = 3;

/// Sends the letters of a plan that were not sent yet; `resend` holds digests of letters that are sent whatever the
/// log says.
///
/// # Errors
///
/// A letter that cannot be written as mail; a log that cannot be written. What was sent before is in the log.
pub fn send(
    plan: &Plan,
    log: &mut Log,
    (carrier, clock): (&mut dyn Carrier, &dyn Clock),
    (pace, resend): (&Pace, &[String]),
    watch: &mut dyn FnMut(Step),
) -> Result<Sent, DeliverError> {
    let mut run = Run { plan, log, carrier, clock, pace, watch, outcomes: vec![None; plan.letters.len()], first: true };
    run.pass_over(resend);
    let stopped = run.rounds();
    run.carrier.hang_up();
    let stopped = stopped?;
    let open = stopped.clone().unwrap_or_default();
    let outcomes = run.outcomes.into_iter().map(|outcome| outcome.unwrap_or(Outcome::NotSent(open.clone())));
    Ok(Sent { outcomes: outcomes.collect(), stopped })
}

struct Run<'a> {
    plan: &'a Plan,
    log: &'a mut Log,
    carrier: &'a mut dyn Carrier,
    clock: &'a dyn Clock,
    pace: &'a Pace,
    watch: &'a mut dyn FnMut(Step),
    outcomes: Vec<Option<Outcome>>,
    first: bool,
}

/// How a round ended.
enum Round {
    /// Every letter had its turn; those that are left were refused for now.
    Through(Vec<usize>, String),
    /// The server is away, or hangs up on every letter; those that are left had no turn.
    Away(Vec<usize>, String),
    /// Nothing more can be sent.
    Ended(String),
}

impl Run<'_> {
    /// Letters that are not sent again.
    fn pass_over(&mut self, resend: &[String]) {
        for (at, letter) in self.plan.letters.iter().enumerate() {
            if resend.contains(&letter.digest) {
                continue;
            }
            match self.log.history.known(&letter.digest) {
                Known::Sent(when) => self.end(at, Outcome::Before(when)),
                Known::Unknown(when) => self.end(at, Outcome::UnknownBefore(when)),
                Known::New | Known::Refused(_) => {}
            }
        }
    }

    fn end(&mut self, at: usize, outcome: Outcome) {
        let done = self.outcomes.iter().filter(|outcome| outcome.is_some()).count() + 1;
        (self.watch)(Step::Done(done, self.outcomes.len(), &self.plan.letters[at], &outcome));
        self.outcomes[at] = Some(outcome);
    }

    /// All rounds; why it ended early, if it did.
    fn rounds(&mut self) -> Result<Option<String>, DeliverError> {
        let mut open: Vec<usize> = (0..self.outcomes.len()).filter(|at| self.outcomes[*at].is_none()).collect();
        let mut waits = self.pace.again.iter();
        while !open.is_empty() {
            let (left, why, away) = match self.round(&open)? {
                Round::Ended(why) => return Ok(Some(why)),
                Round::Through(left, why) => (left, why, false),
                Round::Away(left, why) => (left, why, true),
            };
            if left.is_empty() {
                return Ok(None);
            }
            let Some(wait) = waits.next() else {
                if away {
                    return Ok(Some(why));
                }
                for at in left {
                    self.end(at, Outcome::NotSent(why.clone()));
                }
                return Ok(None);
            };
            self.carrier.hang_up();
            (self.watch)(Step::Waiting(*wait, left.len(), &why));
            self.clock.wait(*wait);
            open = left;
        }
        Ok(None)
    }

    /// Every open letter once; a line that cannot be made, or keeps breaking, leaves the rest for the next round.
    fn round(&mut self, open: &[usize]) -> Result<Round, DeliverError> {
        let mut left = Vec::new();
        let mut why = String::new();
        let mut breaks = 0;
        for (turn, &at) in open.iter().enumerate() {
            match self.carrier.connect() {
                Ok(()) => {}
                Err(NoLine::Never(never)) => return Ok(Round::Ended(never)),
                Err(NoLine::Later(later)) => {
                    left.extend(&open[turn..]);
                    return Ok(Round::Away(left, later));
                }
            }
            match self.carry(at)? {
                Carried::Accepted(answer) => {
                    breaks = 0;
                    self.end(at, Outcome::Sent(answer));
                }
                Carried::Refused(answer) => self.end(at, Outcome::Refused(answer)),
                Carried::Unknown(answer) => self.end(at, Outcome::Unknown(answer)),
                Carried::Never(answer) => return Ok(Round::Ended(answer)),
                Carried::Later(answer) => {
                    left.push(at);
                    why = answer;
                }
                Carried::NotSent(answer) => {
                    left.push(at);
                    why = answer;
                    breaks += 1;
                    if breaks == BREAKS {
                        left.extend(&open[turn + 1..]);
                        return Ok(Round::Away(left, why));
                    }
                }
            }
        }
        Ok(Round::Through(left, why))
    }

    /// One letter, with its lines in the log.
    fn carry(&mut self, at: usize) -> Result<Carried, DeliverError> {
        let letter = &self.plan.letters[at];
        let sender = self.plan.sender()?;
        if !std::mem::replace(&mut self.first, false) {
            self.clock.wait(self.pace.between);
        }
        let bytes = message(letter, sender, self.clock.now())?;
        let (log, clock) = (&mut *self.log, self.clock);
        let mut before = || log.sending(letter, clock.now());
        let carried = self.carrier.carry((&sender.from.address, &letter.address), &bytes, &mut before)?;
        let event = match &carried {
            Carried::Accepted(answer) => (Event::Accepted, answer),
            Carried::Refused(answer) => (Event::Refused, answer),
            Carried::Later(answer) => (Event::Later, answer),
            Carried::NotSent(answer) | Carried::Never(answer) => (Event::NotSent, answer),
            Carried::Unknown(answer) => (Event::Unknown, answer),
        };
        self.log.outcome(letter, self.clock.now(), (event.0, event.1))?;
        Ok(carried)
    }
}

#[cfg(test)]
mod tests;
