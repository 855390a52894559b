//! Where a run stands, for the person who waits: a bar on a terminal, plain lines elsewhere.
//!
//! Takes the steps of a run, writes to standard error, so that the result can be piped. Only here a clock
//! says how long is left: what is done went as fast as what is ahead will.

use std::io::{IsTerminal, Write, stderr};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::words::span;
use crate::lang::clauses;
use crate::pipeline::{Stage, Step};
use crate::say;

/// Where no bar can be drawn, a line this often says how far a long stage has come.
const BETWEEN_LINES: Duration = Duration::from_secs(10);
/// Nothing is said of the time left before so much of the stage is done: a part in a hundred, and this long.
const TOO_EARLY: Duration = Duration::from_secs(2);

/// What is shown of a run; gone from the terminal when dropped.
pub(super) struct Shown {
    how: How,
    state: Mutex<State>,
}

/// How steps are shown.
enum How {
    Bar(ProgressBar),
    Lines,
    Not,
}

/// How far the present stage has come.
struct State {
    stage: Stage,
    begun: Instant,
    /// Since when its parts are worked on.
    since: Instant,
    told: Instant,
    parts: usize,
    parts_done: usize,
    rows: usize,
    weight: u64,
    weight_done: u64,
    /// The stages that are done and how long each took.
    before: Vec<(Stage, Duration)>,
}

impl Shown {
    /// Shows nothing where it is to be quiet, or where another program reads the result.
    pub(super) fn new(quiet: bool) -> Self {
        let how = match (quiet, stderr().is_terminal()) {
            (true, _) => How::Not,
            (false, true) => How::Bar(bar()),
            (false, false) => How::Lines,
        };
        Self { how, state: Mutex::new(State::at(Stage::Reading)) }
    }

    /// Takes a step of the run.
    pub(super) fn hear(&self, step: Step) {
        let mut state = self.state();
        match step {
            Step::Begun(stage) => {
                let before = state.all();
                *state = State { before, ..State::at(stage) };
                self.stage_begun(stage);
            }
            Step::Ahead { parts, weight } => {
                (state.parts, state.weight, state.since) = (parts, weight, Instant::now());
                if let How::Bar(bar) = &self.how {
                    bar.set_length(weight.max(1));
                }
            }
            Step::Done { weight, rows } => {
                state.parts_done += 1;
                state.rows += rows;
                state.weight_done += weight;
                self.part_done(&mut state);
            }
        }
    }

    /// How long each stage took until now: `用时：读取报表1.24秒，合并和核验0.31秒，共1.55秒`
    pub(super) fn times(&self) -> String {
        let stages = self.state().all();
        let seconds = |took: Duration| format!("{:.2}", took.as_secs_f64());
        let of = |(stage, took): &(Stage, Duration)| {
            say!("progress-times-of", stage = title(*stage), seconds = seconds(*took))
        };
        let each = clauses(&stages.iter().map(of).collect::<Vec<_>>());
        say!("progress-times", each = each, all = seconds(stages.iter().map(|(_, took)| *took).sum()))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn stage_begun(&self, stage: Stage) {
        match &self.how {
            How::Bar(bar) => {
                bar.set_style(style(SPINNER));
                bar.set_position(0);
                bar.set_message(title(stage));
            }
            How::Lines => line(&title(stage)),
            How::Not => {}
        }
    }

    fn part_done(&self, state: &mut State) {
        match &self.how {
            How::Bar(bar) => {
                if state.parts_done == 1 {
                    bar.set_style(style(BAR));
                }
                bar.set_position(state.weight_done);
                bar.set_message(state.in_words());
            }
            How::Lines if state.told.elapsed() >= BETWEEN_LINES => {
                state.told = Instant::now();
                line(&state.in_words());
            }
            How::Lines | How::Not => {}
        }
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        if let How::Bar(bar) = &self.how {
            bar.finish_and_clear();
        }
    }
}

impl State {
    fn at(stage: Stage) -> Self {
        let now = Instant::now();
        Self {
            stage,
            before: Vec::new(),
            begun: now,
            since: now,
            told: now,
            parts: 0,
            parts_done: 0,
            rows: 0,
            weight: 0,
            weight_done: 0,
        }
    }

    /// The stages until now and how long each took.
    fn all(&self) -> Vec<(Stage, Duration)> {
        let mut all = self.before.clone();
        let took = self.begun.elapsed();
        match all.iter_mut().find(|(stage, _)| *stage == self.stage) {
            Some((_, so_far)) => *so_far += took,
            None => all.push((self.stage, took)),
        }
        all
    }

    /// `读取报表 312/1000个文件，45210行，约剩2分10秒`
    fn in_words(&self) -> String {
        let (stage, done, all, rows) = (title(self.stage), self.parts_done, self.parts, self.rows);
        match (rows, left(self.since.elapsed(), self.weight_done, self.weight).map(span)) {
            (0, None) => say!("progress-files", stage = stage, done = done, all = all),
            (0, Some(left)) => say!("progress-files-left", stage = stage, done = done, all = all, left = left),
            (_, None) => say!("progress-rows", stage = stage, done = done, all = all, rows = rows),
            (_, Some(left)) => {
                say!("progress-rows-left", stage = stage, done = done, all = all, rows = rows, left = left)
            }
        }
    }
}

/// The time that the rest takes at the pace of what is done; `None` while that says too little, or at the end.
fn left(elapsed: Duration, done: u64, all: u64) -> Option<Duration> {
    let ahead = all.checked_sub(done).filter(|ahead| *ahead > 0)?;
    let known = elapsed >= TOO_EARLY && done.saturating_mul(100) >= all;
    known.then(|| elapsed.mul_f64(ahead as f64 / done.max(1) as f64))
}

fn title(stage: Stage) -> String {
    match stage {
        Stage::Reading => say!("progress-reading"),
        Stage::Checking => say!("progress-checking"),
        Stage::Ranking => say!("progress-ranking"),
        Stage::Writing => say!("progress-writing"),
        Stage::HandingOver => say!("progress-handing-over"),
    }
}

/// To standard error; where that is closed, nobody waits.
fn line(text: &str) {
    let _ = writeln!(stderr().lock(), "… {text}");
}

const SPINNER: &str = "{spinner} {wide_msg}";
const BAR: &str = "{spinner} {bar:24} {wide_msg}";

fn bar() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()).with_style(style(SPINNER));
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn the_rest_takes_as_long_as_what_is_done() {
        assert_eq!(left(seconds(30), 250, 1_000), Some(seconds(90)));
        assert_eq!(left(seconds(10), 1_000, 1_000), None, "nothing is left");
        assert_eq!(left(seconds(1), 500, 1_000), None, "too early to say");
        assert_eq!(left(seconds(60), 9, 1_000), None, "under a hundredth is done");
        assert_eq!(left(seconds(60), 2_000, 1_000), None, "a file that grew meanwhile");
        assert_eq!(left(seconds(60), 0, 0), None);
    }

    #[test]
    fn files_rows_and_no_time_yet() {
        let mut state = State::at(Stage::Reading);
        (state.parts, state.parts_done, state.rows, state.weight, state.weight_done) = (1_000, 312, 45_210, 10, 3);
        assert_eq!(state.in_words(), "读取报表 312/1000个文件，45210行");
        state.since = Instant::now().checked_sub(seconds(30)).unwrap();
        assert_eq!(state.in_words(), "读取报表 312/1000个文件，45210行，约剩1分10秒");
    }

    #[test]
    fn whoever_is_quiet_shows_nothing() {
        let shown = Shown::new(true);
        shown.hear(Step::Begun(Stage::Reading));
        shown.hear(Step::Done { weight: 1, rows: 1 });
        assert!(matches!(shown.how, How::Not));
        shown.hear(Step::Begun(Stage::Ranking));
        let times = shown.times();
        assert!(times.starts_with("用时：读取报表0.") && times.contains("，计算和排名0."), "{times}");
    }
}
