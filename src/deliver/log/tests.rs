//! What the log says after a kill at every step.

use std::fs;

use chrono::{DateTime, FixedOffset};

use super::*;
use crate::deliver::letter::Attachment;

fn may() -> Period {
    "2026-05".parse().unwrap()
}

fn at(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(&format!("2026-06-{text}:00+08:00")).unwrap()
}

fn letter(kind: Kind, to: &str, digest: char) -> Letter {
    let attachment = Attachment {
        name: "城关镇退改单.xlsx".into(),
        bytes: Default::default(),
        sha256: format!("sha-{digest}"),
        why: String::new(),
    };
    Letter {
        kind,
        whom: "城关镇".into(),
        name: None,
        roles: Vec::new(),
        address: to.into(),
        subject: "主题".into(),
        text: String::new(),
        html: String::new(),
        attachments: vec![attachment],
        why: String::new(),
        digest: digest.to_string().repeat(64),
        known: Known::New,
        corrects: false,
    }
}

#[test]
fn what_was_taken_stays_taken_and_what_nobody_answered_is_unknown() {
    let folder = tempfile::tempdir().unwrap();
    let mut log = Log::open(folder.path(), may()).unwrap();
    let letters: Vec<Letter> = "abcdef".chars().map(|c| letter(Kind::Documents, "cg@a.example", c)).collect();
    let ends = [
        Some(Event::Accepted),
        Some(Event::Refused),
        Some(Event::Later),
        Some(Event::NotSent),
        Some(Event::Unknown),
        None,
    ];
    for (letter, end) in letters.iter().zip(ends) {
        log.sending(letter, at("08T10:00")).unwrap();
        if let Some(end) = end {
            log.outcome(letter, at("08T10:01"), (end, "250 好")).unwrap();
        }
    }
    log.sending(&letters[0], at("09T10:00")).unwrap();
    log.outcome(&letters[0], at("09T10:00"), (Event::Refused, "550 no")).unwrap();
    drop(log);
    let history = History::read(folder.path(), may()).unwrap();
    let known: Vec<Known> = letters.iter().map(|letter| history.known(&letter.digest)).collect();
    let expected = [
        Known::Sent("2026-06-08 10:01".into()),
        Known::Refused("250 好".into()),
        Known::New,
        Known::New,
        Known::Unknown("2026-06-08 10:01".into()),
        Known::Unknown("2026-06-08 10:00".into()),
    ];
    assert_eq!(known, expected);
    assert_eq!(history.reached("城关镇", "sha-a"), at("08T10:00").date_naive().into());
    assert_eq!(history.reached("城关镇", "sha-f"), None, "nobody knows whether it arrived");
}

/// Wherever a kill cuts the file, no message that was begun counts as new.
#[test]
fn half_a_line_is_passed_over_and_does_not_swallow_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (letter(Kind::Documents, "cg@a.example", 'a'), letter(Kind::Documents, "cg@a.example", 'b'));
    let mut log = Log::open(folder.path(), may()).unwrap();
    log.sending(&a, at("08T10:00")).unwrap();
    let begun = fs::read(folder.path().join("2026-05.jsonl")).unwrap();
    log.outcome(&a, at("08T10:00"), (Event::Accepted, "250 ok")).unwrap();
    drop(log);
    let whole = fs::read(folder.path().join("2026-05.jsonl")).unwrap();
    for cut in begun.len()..=whole.len() {
        let path = folder.path().join("2026-06.jsonl");
        fs::write(&path, &whole[..cut]).unwrap();
        let june = "2026-06".parse().unwrap();
        let mut log = Log::open(folder.path(), june).unwrap();
        // The last line's end alone may be missing.
        let sent = matches!(log.history.known(&a.digest), Known::Sent(_));
        assert!(sent == (cut + 1 >= whole.len()) && log.history.known(&a.digest) != Known::New, "{cut}");
        log.sending(&b, at("08T11:00")).unwrap();
        drop(log);
        let history = History::read(folder.path(), june).unwrap();
        assert!(matches!(history.known(&b.digest), Known::Unknown(_)), "{cut}");
        assert_eq!(history.torn.len(), usize::from(cut > begun.len() && cut + 1 < whole.len()), "{cut}");
    }
}

#[test]
fn two_processes_do_not_send_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let log = Log::open(folder.path(), may()).unwrap();
    let other = Log::open(folder.path(), "2026-06".parse().unwrap());
    assert!(matches!(other, Err(DeliverError::Busy(_))), "{other:?}");
    drop(log);
    assert!(Log::open(folder.path(), may()).is_ok());
}

#[test]
fn a_new_digest_to_the_same_address_takes_the_place_of_the_last_that_left() {
    let folder = tempfile::tempdir().unwrap();
    let mut log = Log::open(folder.path(), may()).unwrap();
    for (digest, end) in [('a', Event::Accepted), ('b', Event::Unknown), ('c', Event::Refused)] {
        let one = letter(Kind::Documents, "cg@a.example", digest);
        log.sending(&one, at("08T10:00")).unwrap();
        log.outcome(&one, at("08T10:00"), (end, "")).unwrap();
    }
    let earlier = |kind, to: &str, but: &[&str]| {
        let but: Vec<String> = but.iter().map(|digest| digest.repeat(64)).collect();
        log.history.earlier(kind, "城关镇", to, &but).map(|line| line.digest[..1].to_owned())
    };
    assert_eq!(earlier(Kind::Documents, "CG@a.example", &["d"]).as_deref(), Some("b"));
    assert_eq!(earlier(Kind::Documents, "cg@a.example", &["b"]).as_deref(), Some("a"));
    assert_eq!(earlier(Kind::Documents, "cg@a.example", &["a", "b"]), None);
    assert_eq!(earlier(Kind::Documents, "other@a.example", &["d"]), None);
    assert_eq!(earlier(Kind::Reminder, "cg@a.example", &["d"]), None);
}

#[test]
fn a_reminder_of_another_period_counts_for_its_day() {
    let folder = tempfile::tempdir().unwrap();
    let mut log = Log::open(folder.path(), may()).unwrap();
    let one = letter(Kind::Reminder, "cg@a.example", 'a');
    log.sending(&one, at("08T10:00")).unwrap();
    log.outcome(&one, at("08T10:00"), (Event::Accepted, "250")).unwrap();
    let others = History::of_others(folder.path(), "2026-06".parse().unwrap()).unwrap();
    assert!(others.was_reminded("城关镇", "cg@a.example", at("08T23:00").date_naive()));
    assert!(!others.was_reminded("城关镇", "cg@a.example", at("09T00:00").date_naive()));
    assert!(!others.was_reminded("和平乡", "cg@a.example", at("08T23:00").date_naive()));
    assert_eq!(History::of_others(folder.path(), may()).unwrap(), History::default());
}
