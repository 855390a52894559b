//! `wuzhang send` and `wuzhang remind`: the plan, and what came of sending it, for people and for programs.

use std::env;
use std::fmt::Write as _;
use std::io::{IsTerminal, Write as _, stderr};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};

use super::clock::WallClock;
use super::holding::hold;
use super::mail_args::{MailArgs, SendArgs};
use super::words::period;
use super::{CommandError, Exit, Said};
use crate::deliver::{self, Clock, DeliverError, Kind, Known, Letter, Outcome, Pace, Plan, Secret, Sent, Smtp, Step};
use crate::lang::{clauses, term};
use crate::pipeline::{self, MailError};
use crate::say;
use crate::workspace::Workspace;

/// Where the password for sending comes from.
const PASSWORD: &str = "WUZHANG_MAIL_PASSWORD";

/// `wuzhang send`
pub(super) fn send(args: &SendArgs) -> Result<Said, CommandError> {
    let workspace = args.mail.at.open()?;
    if args.save_password {
        return save_password(&workspace);
    }
    // What is sent must be of one run, from the first letter to the last.
    let _held = hold(&workspace, format_args!("send {}", args.mail.at.period), args.mail.wait)?;
    let plan = pipeline::plan_mail(&workspace, args.mail.at.period, args.mail.only.as_deref())?;
    plan_and_send(&workspace, plan, (&args.mail, &args.resend))
}

/// `wuzhang remind`
pub(super) fn remind(args: &MailArgs) -> Result<Said, CommandError> {
    let workspace = args.at.open()?;
    let _held = hold(&workspace, format_args!("remind {}", args.at.period), args.wait)?;
    let today = WallClock.now().date_naive();
    let plan = pipeline::plan_reminders(&workspace, args.at.period, (today, args.only.as_deref()))?;
    plan_and_send(&workspace, plan, (args, &[]))
}

/// Writes a plan and, where it is confirmed, sends it.
fn plan_and_send(
    workspace: &Workspace,
    mut plan: Plan,
    (args, resend): (&MailArgs, &[String]),
) -> Result<Said, CommandError> {
    let folder = workspace.out(plan.period).join(plan.kind.folder());
    plan.write(&folder).map_err(MailError::from)?;
    let sent = if args.confirm { Some(confirmed(workspace, &mut plan, (args.json, resend))?) } else { None };
    // The plan then shows what came of each; one that someone has open stays as it was, and is named.
    let stale = sent.is_some() && pipeline::settle_plan(workspace, &mut plan, &folder).is_err();
    let said = Told { plan: &plan, sent: sent.as_ref(), stale, folder: folder.display().to_string() };
    let text = if args.json { format!("{:#}\n", said.json()) } else { said.text() };
    Ok(Said { text, exit: said.exit() })
}

fn confirmed(workspace: &Workspace, plan: &mut Plan, (quiet, resend): (bool, &[String])) -> Result<Sent, CommandError> {
    let server = plan.mail.smtp.clone().ok_or(MailError::from(DeliverError::NoServer))?;
    let given = env::var(PASSWORD).ok();
    let password = server.user.as_deref().map(|user| deliver::password(given, user, PASSWORD)).transpose();
    let password = password.map_err(DeliverError::from).map_err(MailError::from)?;
    let mut line = Smtp::new(&server, password).map_err(MailError::from)?;
    let pace = Pace {
        between: Duration::from_secs(60) / plan.mail.per_minute,
        again: plan.mail.retry_after.iter().copied().map(Duration::from_secs).collect(),
    };
    let watched = Watched::new(plan.letters.len(), quiet);
    let sent = pipeline::send_mail(workspace, plan, (&mut line, &WallClock), (&pace, resend), &mut |step| {
        watched.see(step);
    });
    watched.bar.finish_and_clear();
    Ok(sent?)
}

fn save_password(workspace: &Workspace) -> Result<Said, CommandError> {
    let smtp = workspace.mail.as_ref().and_then(|mail| mail.smtp.as_ref());
    let user = smtp.and_then(|smtp| smtp.user.clone()).ok_or(CommandError::NoUser)?;
    let given = env::var(PASSWORD).ok().filter(|given| !given.is_empty()).ok_or(CommandError::NothingToKeep)?;
    deliver::keep_password(&Secret::new(given), &user)?;
    let text = say!("send-kept", user = user, variable = PASSWORD) + "\n";
    Ok(Said { text, exit: Exit::Clean })
}

/// A bar on a terminal; elsewhere a line a letter on standard error.
struct Watched {
    bar: ProgressBar,
    lines: bool,
}

impl Watched {
    fn new(letters: usize, quiet: bool) -> Self {
        let terminal = stderr().is_terminal();
        let bar = if terminal { ProgressBar::new(letters as u64) } else { ProgressBar::hidden() };
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {wide_msg}") {
            bar.set_style(style);
        }
        Self { bar, lines: !terminal && !quiet }
    }

    fn see(&self, step: Step) {
        let said = match &step {
            Step::Done(done, of, letter, outcome) => {
                self.bar.set_position(*done as u64);
                let (whom, address, outcome) = (&letter.whom, &letter.address, shown(outcome));
                say!("send-letter", done = done, all = of, whom = whom, address = address, outcome = outcome)
            }
            Step::Waiting(long, letters, why) => {
                say!("send-waiting", why = why, seconds = long.as_secs(), letters = letters)
            }
        };
        self.bar.set_message(said.clone());
        if self.lines {
            let _ = writeln!(stderr().lock(), "… {said}");
        }
    }
}

/// What came of a letter, in words.
fn shown(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Sent(answer) => say!("send-sent", answer = answer),
        Outcome::Before(at) => say!("send-before", at = at),
        Outcome::Refused(answer) => say!("send-refused", answer = answer),
        Outcome::NotSent(why) => say!("send-not-sent", why = why),
        Outcome::Unknown(why) => say!("send-unknown", why = why),
        Outcome::UnknownBefore(at) => say!("send-unknown-before", at = at),
    }
}

/// What is told of a plan.
struct Told<'a> {
    plan: &'a Plan,
    sent: Option<&'a Sent>,
    /// Whether the plan could not be written again after sending.
    stale: bool,
    folder: String,
}

impl Told<'_> {
    /// Not finished where sending was stopped or letters are left; else with or without something to look at.
    fn exit(&self) -> Exit {
        let looked_at = self.plan.left_out.len() + self.plan.torn.len();
        let Some(sent) = self.sent else {
            return Exit::done(looked_at + self.plan.letters.iter().filter(|one| is_unknown(one)).count());
        };
        if sent.stopped.is_some() || sent.count(|one| matches!(one, Outcome::NotSent(_))) > 0 {
            return Exit::Unfinished;
        }
        let clean = |one: &Outcome| matches!(one, Outcome::Sent(_) | Outcome::Before(_));
        Exit::done(looked_at + sent.count(|one| !clean(one)))
    }

    fn text(&self) -> String {
        let plan = self.plan;
        let (of, title) = (period(plan.period), term(plan.kind.title()));
        let mut text = say!("send-title", period = of, plan = title, count = plan.letters.len()) + "\n";
        match self.sent {
            None => {
                let before = plan.letters.iter().filter(|one| matches!(one.known, Known::Sent(_))).count();
                let _ = writeln!(text, "  {}", say!("send-to-send", count = plan.to_send(), before = before));
            }
            Some(sent) => text += &format!("  {}\n", came(sent)),
        }
        let unsettled = self.unsettled();
        if !unsettled.is_empty() {
            let _ = writeln!(text, "\n{}", say!("send-unsettled"));
            text.extend(unsettled.iter().map(|line| format!("  {line}\n")));
        }
        if !plan.left_out.is_empty() {
            let _ = writeln!(text, "\n{}", say!("send-left-out"));
            for one in &plan.left_out {
                let line = say!("send-left-out-of", whom = one.whom, what = one.what, advice = one.advice);
                let _ = writeln!(text, "  {line}");
            }
        }
        for line in &plan.torn {
            let _ = writeln!(text, "\n{}", say!("send-torn", line = line));
        }
        let _ = writeln!(text, "\n{}", say!("send-folder", folder = self.folder));
        if self.stale {
            let _ = writeln!(text, "{}", say!("send-stale"));
        }
        if let Some(why) = self.sent.and_then(|sent| sent.stopped.as_ref()) {
            let _ = writeln!(text, "\n{}", say!("send-stopped", why = why));
        }
        if self.sent.is_none() && plan.to_send() > 0 {
            let _ = writeln!(text, "\n{}", say!("send-confirm"));
        }
        text
    }

    /// Letters that someone has to look at, a line each.
    fn unsettled(&self) -> Vec<String> {
        let Some(sent) = self.sent else {
            let unknown = self.plan.letters.iter().filter(|one| is_unknown(one));
            return unknown.map(|one| asked_about(one, &one.state())).collect();
        };
        let letters = self.plan.letters.iter().zip(&sent.outcomes);
        let told = letters.filter_map(|(letter, outcome)| match outcome {
            Outcome::Sent(_) | Outcome::Before(_) => None,
            Outcome::Unknown(_) | Outcome::UnknownBefore(_) => Some(asked_about(letter, &shown(outcome))),
            // Why it was stopped is told once.
            Outcome::NotSent(_) if sent.stopped.is_some() => None,
            Outcome::NotSent(_) | Outcome::Refused(_) => {
                let (whom, address) = (&letter.whom, &letter.address);
                Some(say!("send-unsettled-of", whom = whom, address = address, what = shown(outcome)))
            }
        });
        told.collect()
    }

    fn json(&self) -> Value {
        let letter = |(at, letter): (usize, &Letter)| {
            let outcome = self.sent.and_then(|sent| sent.outcomes.get(at));
            json!({
                "whom": letter.whom,
                "name": letter.name,
                "roles": letter.roles,
                "to": letter.address,
                "subject": letter.subject,
                "attachments": letter.attachments.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(),
                "digest": letter.digest,
                "correction": letter.corrects,
                "state": letter.state(),
                "outcome": outcome.map(outcome_json),
            })
        };
        let left_out = self.plan.left_out.iter();
        json!({
            "period": self.plan.period,
            "kind": self.plan.kind,
            "folder": self.folder,
            "letters": self.plan.letters.iter().enumerate().map(letter).collect::<Value>(),
            "left_out": left_out.map(|one| json!({"whom": one.whom, "what": one.what, "advice": one.advice})).collect::<Value>(),
            "sent": self.sent.is_some(),
            "stopped": self.sent.and_then(|sent| sent.stopped.as_ref()),
            "torn": self.plan.torn,
        })
    }
}

fn is_unknown(letter: &Letter) -> bool {
    matches!(letter.known, Known::Unknown(_))
}

/// A letter of which nobody knows whether it arrived, and what to do about it.
fn asked_about(letter: &Letter, what: &str) -> String {
    let (whom, address) = (&letter.whom, &letter.address);
    match letter.kind {
        Kind::Documents => {
            let digest = letter.short_digest();
            say!("send-ask", whom = whom, address = address, what = what, digest = digest)
        }
        Kind::Reminder => say!("send-not-today", whom = whom, address = address, what = what),
    }
}

/// How many letters came to what end.
fn came(sent: &Sent) -> String {
    let unknown = |one: &Outcome| matches!(one, Outcome::Unknown(_) | Outcome::UnknownBefore(_));
    let counts = [
        sent.count(|one| matches!(one, Outcome::Sent(_))),
        sent.count(|one| matches!(one, Outcome::Before(_))),
        sent.count(|one| matches!(one, Outcome::Refused(_))),
        sent.count(|one| matches!(one, Outcome::NotSent(_))),
        sent.count(unknown),
    ];
    let told = [
        say!("send-count-sent", count = counts[0]),
        say!("send-count-before", count = counts[1]),
        say!("send-count-refused", count = counts[2]),
        say!("send-count-not-sent", count = counts[3]),
        say!("send-count-unknown", count = counts[4]),
    ];
    let told: Vec<&String> = told.iter().zip(counts).filter(|(_, count)| *count > 0).map(|(text, _)| text).collect();
    clauses(&told)
}

fn outcome_json(outcome: &Outcome) -> Value {
    let (result, words) = match outcome {
        Outcome::Sent(answer) => ("sent", answer),
        Outcome::Before(at) => ("sent_before", at),
        Outcome::Refused(answer) => ("refused", answer),
        Outcome::NotSent(why) => ("not_sent", why),
        Outcome::Unknown(why) => ("unknown", why),
        Outcome::UnknownBefore(at) => ("unknown_before", at),
    };
    json!({"result": result, "words": words})
}
