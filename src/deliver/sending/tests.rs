//! Every way in which a server can fail, by a carrier that fails as it is told; real servers are in `tests/it`.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use super::*;
use crate::deliver::letter::Kind;
use crate::deliver::log::History;
use crate::workspace::{Mail, Mailbox};

/// What the next attempt comes to; `Some` before the text has left, `None` where it leaves.
type Fate = Carried;

#[derive(Default)]
struct Scripted {
    lines: VecDeque<Result<(), NoLine>>,
    fates: VecDeque<Fate>,
    carried: Vec<String>,
}

impl Carrier for Scripted {
    fn connect(&mut self) -> Result<(), NoLine> {
        self.lines.pop_front().unwrap_or(Ok(()))
    }
    fn carry(
        &mut self,
        (_, to): (&str, &str),
        message: &[u8],
        before: &mut dyn FnMut() -> Result<(), DeliverError>,
    ) -> Result<Carried, DeliverError> {
        let fate = self.fates.pop_front().unwrap_or(Carried::Accepted("250 ok".into()));
        if matches!(fate, Carried::Accepted(_) | Carried::Unknown(_)) {
            before()?;
            assert!(!message.is_empty());
            self.carried.push(to.to_owned());
        }
        Ok(fate)
    }
    fn hang_up(&mut self) {}
}

/// Starts at ten and goes by what is waited.
struct Watch {
    now: Cell<DateTime<FixedOffset>>,
    waited: RefCell<Vec<u64>>,
}

impl Clock for Watch {
    fn now(&self) -> DateTime<FixedOffset> {
        self.now.get()
    }
    fn wait(&self, long: Duration) {
        self.now.set(self.now.get() + long);
        self.waited.borrow_mut().push(long.as_secs());
    }
}

fn watch() -> Watch {
    let now = DateTime::parse_from_rfc3339("2026-06-08T10:00:00+08:00").unwrap();
    Watch { now: Cell::new(now), waited: RefCell::default() }
}

fn plan(letters: usize) -> Plan {
    let letter = |at: usize| Letter {
        kind: Kind::Documents,
        whom: format!("单位{at}"),
        name: None,
        roles: vec!["填报人".into()],
        address: format!("unit{at}@a.example"),
        subject: "主题".into(),
        text: "正文".into(),
        html: "<p>正文</p>".into(),
        attachments: Vec::new(),
        why: String::new(),
        digest: format!("{at:064}"),
        known: Known::New,
        corrects: false,
    };
    let mail = Mail {
        from: Mailbox::of("统计局 <tjj@a.example>"),
        reply_to: None,
        smtp: None,
        imap: None,
        per_minute: 60,
        max_bytes: 1_000_000,
        retry_after: Vec::new(),
    };
    let period = "2026-05".parse().unwrap();
    Plan {
        kind: Kind::Documents,
        period,
        letters: (0..letters).map(letter).collect(),
        left_out: Vec::new(),
        torn: Vec::new(),
        mail,
    }
}

struct Office {
    folder: tempfile::TempDir,
    clock: Watch,
}

impl Office {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), clock: watch() }
    }

    fn send(&self, plan: &Plan, carrier: &mut Scripted, resend: &[String]) -> Sent {
        let mut log = Log::open(self.folder.path(), plan.period).unwrap();
        let again = [10, 60].map(Duration::from_secs).to_vec();
        let pace = Pace { between: Duration::from_secs(1), again };
        send(plan, &mut log, (carrier, &self.clock), (&pace, resend), &mut |_| {}).unwrap()
    }

    fn known(&self, plan: &Plan) -> Vec<Known> {
        let history = History::read(self.folder.path(), plan.period).unwrap();
        plan.letters.iter().map(|letter| history.known(&letter.digest)).collect()
    }
}

fn text(text: &str) -> String {
    text.to_owned()
}

#[test]
fn each_is_sent_once_however_often_it_is_run() {
    let (office, plan, mut carrier) = (Office::new(), plan(3), Scripted::default());
    let first = office.send(&plan, &mut carrier, &[]);
    assert_eq!((first.count(|one| matches!(one, Outcome::Sent(_))), &first.stopped), (3, &None));
    assert_eq!(*office.clock.waited.borrow(), [1, 1], "a pause between two");
    let second = office.send(&plan, &mut carrier, &[]);
    assert_eq!(second.count(|one| matches!(one, Outcome::Before(_))), 3);
    assert_eq!(carrier.carried, ["unit0@a.example", "unit1@a.example", "unit2@a.example"]);
}

#[test]
fn one_bad_address_does_not_stop_the_rest() {
    let (office, plan) = (Office::new(), plan(3));
    let refused = Carried::Refused(text("550 no such user"));
    let mut carrier = Scripted { fates: [refused].into(), ..Scripted::default() };
    let sent = office.send(&plan, &mut carrier, &[]);
    assert_eq!(sent.outcomes[0], Outcome::Refused(text("550 no such user")));
    assert_eq!(carrier.carried, ["unit1@a.example", "unit2@a.example"]);
    // The operator may have had the box opened: the next run asks again.
    office.send(&plan, &mut carrier, &[]);
    assert_eq!(carrier.carried.last().unwrap(), "unit0@a.example");
}

#[test]
fn a_temporary_refusal_is_tried_again_after_growing_waits() {
    let (office, plan) = (Office::new(), plan(2));
    let later = || Carried::Later(text("451 greylisted"));
    let ok = || Carried::Accepted(text("250"));
    let mut carrier = Scripted { fates: [later(), ok(), later(), later()].into(), ..Scripted::default() };
    let sent = office.send(&plan, &mut carrier, &[]);
    assert_eq!(sent.outcomes, [Outcome::NotSent(text("451 greylisted")), Outcome::Sent(text("250"))]);
    assert_eq!(*office.clock.waited.borrow(), [1, 10, 1, 60, 1]);
    assert_eq!((sent.stopped, office.known(&plan)[0].clone()), (None, Known::New));
    office.send(&plan, &mut carrier, &[]);
    assert_eq!(carrier.carried, ["unit1@a.example", "unit0@a.example"]);
}

#[test]
fn what_left_without_an_answer_is_named_and_left_alone() {
    let (office, plan) = (Office::new(), plan(2));
    let mut carrier = Scripted { fates: [Carried::Unknown(text("line cut"))].into(), ..Scripted::default() };
    let sent = office.send(&plan, &mut carrier, &[]);
    assert_eq!(sent.outcomes[0], Outcome::Unknown(text("line cut")));
    let again = office.send(&plan, &mut carrier, &[]);
    assert!(matches!(&again.outcomes[0], Outcome::UnknownBefore(_)), "{again:?}");
    assert_eq!(carrier.carried, ["unit0@a.example", "unit1@a.example"]);
    let digests = plan.named(&[plan.letters[0].digest.clone()]).unwrap();
    let resent = office.send(&plan, &mut carrier, &digests);
    assert!(matches!(&resent.outcomes[0], Outcome::Sent(_)), "{resent:?}");
    assert_eq!(carrier.carried.len(), 3);
}

#[test]
fn a_line_that_keeps_breaking_is_left_alone_for_a_while() {
    let (office, plan) = (Office::new(), plan(5));
    let broken = || Carried::NotSent(text("cut"));
    let mut carrier = Scripted { fates: (0..3).map(|_| broken()).collect(), ..Scripted::default() };
    let sent = office.send(&plan, &mut carrier, &[]);
    assert_eq!(sent.count(|one| matches!(one, Outcome::Sent(_))), 5);
    assert!(office.clock.waited.borrow().contains(&10), "three breaks, then a wait");
    assert_eq!(carrier.carried.len(), 5);
}

#[test]
fn a_server_that_is_away_is_told_once_and_one_that_refuses_us_at_once() {
    let (office, plan) = (Office::new(), plan(4));
    let away = || Err(NoLine::Later(text("away")));
    let mut carrier = Scripted { lines: (0..3).map(|_| away()).collect(), ..Scripted::default() };
    let sent = office.send(&plan, &mut carrier, &[]);
    assert_eq!((sent.stopped.as_deref(), sent.count(|one| matches!(one, Outcome::NotSent(_)))), (Some("away"), 4));
    assert_eq!(*office.clock.waited.borrow(), [10, 60], "and nothing was tried after that");
    let never = Err(NoLine::Never(text("535 login")));
    let mut carrier = Scripted { lines: [Ok(()), never].into(), ..Scripted::default() };
    let sent = office.send(&plan, &mut carrier, &[]);
    assert_eq!(sent.stopped.as_deref(), Some("535 login"));
    assert_eq!(carrier.carried, ["unit0@a.example"]);
    assert_eq!(office.known(&plan)[1..], [Known::New, Known::New, Known::New]);
}

#[test]
fn a_digest_that_no_letter_has_is_refused() {
    let plan = plan(2);
    assert!(plan.named(&[text("0000000")]).is_err(), "seven places are too few");
    assert!(plan.named(&[text("ffffffff")]).is_err());
    assert_eq!(plan.named(&[text("00000000")]).unwrap().len(), 2);
}
