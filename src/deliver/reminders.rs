//! Reminders (催报): to units that owe a report or an answer to a return, once a day.

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::drafting::{Draft, Drafting};
use super::letter::{Kind, Letter};
use super::log::History;
use super::made::Made;
use super::people::Person;
use super::plan::{LeftOut, Plan};
use super::{DeliverError, Office};
use crate::profile::{Gets, Whose};
use crate::register::{Receipt, Report, State};

/// What units owe.
pub struct Owing<'a> {
    /// What was owed and what came.
    pub reports: &'a [Report],
    /// What a report is called.
    pub title: &'a dyn Fn(&Report) -> String,
    /// What lies in the inbox now.
    pub receipts: &'a [Receipt],
    /// What the last run made, where there was one.
    pub made: Option<&'a Made>,
}

/// What a reminder tells.
#[derive(Debug, Clone, Default, Serialize)]
struct Says {
    /// Reports that did not come.
    missing: Vec<Missing>,
    /// Returns that were sent and not answered.
    unanswered: Vec<Unanswered>,
}

/// A report that did not come.
#[derive(Debug, Clone, Serialize)]
struct Missing {
    title: String,
    due: String,
    left: String,
    overdue: bool,
}

/// A return that was sent and not answered.
#[derive(Debug, Clone, Serialize)]
struct Unanswered {
    document: String,
    file: String,
    findings: u64,
    sent: String,
    due: String,
    left: String,
    overdue: bool,
}

/// Days until a day as a reader counts them.
fn left(due: NaiveDate, today: NaiveDate) -> (String, bool) {
    match (due - today).num_days() {
        0 => ("今天到期".to_owned(), false),
        days if days > 0 => (format!("还剩{days}天"), false),
        days => (format!("已逾期{}天", -days), true),
    }
}

/// The reminders of a day; `others` is what was sent for other periods.
///
/// # Errors
///
/// A name that nobody has; templates with faults; returns that cannot be read.
pub fn plan_reminders(
    office: Office,
    owing: &Owing,
    (today, others): (NaiveDate, &History),
) -> Result<Plan, DeliverError> {
    let mut drafting = office.drafting()?;
    let mut reminding = Reminding { owing, today, others, letters: Vec::new(), left_out: Vec::new() };
    for unit in &office.settings.units {
        if !drafting.is_asked_for(&unit.name) {
            continue;
        }
        reminding.unit(&mut drafting, &unit.name)?;
    }
    let Reminding { letters, left_out, .. } = reminding;
    let torn = office.history.torn.clone();
    Ok(Plan { kind: Kind::Reminder, period: office.period, letters, left_out, torn, mail: office.mail.clone() })
}

struct Reminding<'a> {
    owing: &'a Owing<'a>,
    today: NaiveDate,
    others: &'a History,
    letters: Vec<Letter>,
    left_out: Vec<LeftOut>,
}

impl Reminding<'_> {
    fn unit(&mut self, drafting: &mut Drafting, unit: &str) -> Result<(), DeliverError> {
        let says = Says { missing: self.missing(unit), unanswered: self.unanswered(drafting, unit)? };
        if says.missing.is_empty() && says.unanswered.is_empty() {
            return Ok(());
        }
        let owes = owes(&says);
        let people: Vec<Person> = drafting
            .people
            .iter()
            .filter(|one| one.of == Whose::Unit && one.whom == unit && one.gets.contains(&Gets::Reminder))
            .cloned()
            .collect();
        if people.is_empty() {
            let advice = drafting.no_address(unit);
            self.left_out.push(LeftOut { whom: unit.to_owned(), what: format!("催报：{owes}"), advice });
        }
        for person in &people {
            if self.others.was_reminded(unit, &person.address, self.today) {
                self.left_out.push(LeftOut {
                    whom: format!("{unit}（{}）", person.address),
                    what: format!("催报：{owes}"),
                    advice: "今天已为别的报告期催过，一天只催一次：明天再运行".to_owned(),
                });
                continue;
            }
            let draft = Draft {
                kind: Kind::Reminder,
                template: "reminder",
                person,
                says: &says,
                // Once a day, whatever has changed since the morning.
                known_by: &self.today.to_string(),
                attachments: Vec::new(),
                why: owes.clone(),
            };
            self.letters.extend(drafting.letters(draft, &mut self.left_out)?);
        }
        Ok(())
    }

    fn missing(&self, unit: &str) -> Vec<Missing> {
        let owed = self.owing.reports.iter().filter(|report| report.owed && report.unit == unit);
        let missing = owed.filter(|report| report.state == State::Missing).map(|report| {
            let (left, overdue) = left(report.due.day, self.today);
            Missing { title: (self.owing.title)(report), due: report.due.day.to_string(), left, overdue }
        });
        missing.collect()
    }

    /// Returns that reached the unit, ask for a correction, and came before anything newer from it.
    fn unanswered(&self, drafting: &mut Drafting, unit: &str) -> Result<Vec<Unanswered>, DeliverError> {
        let Some(made) = self.owing.made else { return Ok(Vec::new()) };
        let mut unanswered = Vec::new();
        let asked = made.returns.iter().filter(|one| one.unit.as_deref() == Some(unit) && one.must_be_mended());
        for one in asked.filter(|_| !self.has_newer(made, unit)) {
            let document = drafting.shelf.document(made, &one.document)?;
            let Some(sent) = drafting.history.reached(unit, &document.sha256) else { continue };
            let days = Days::new(drafting.profile.county.mail.answer_days.into());
            let due = sent.checked_add_days(days).unwrap_or(sent);
            let (left, overdue) = left(due, self.today);
            let (sent, due, findings) = (sent.to_string(), due.to_string(), one.count());
            unanswered.push(Unanswered {
                document: document.name,
                file: one.file.clone(),
                findings,
                sent,
                due,
                left,
                overdue,
            });
        }
        Ok(unanswered)
    }

    /// Whether something of the unit lies in the inbox that the last run did not read.
    fn has_newer(&self, made: &Made, unit: &str) -> bool {
        let read = |receipt: &Receipt| made.inputs.iter().any(|input| input.sha256 == receipt.sha256);
        self.owing.receipts.iter().any(|receipt| receipt.is_of(unit) && !read(receipt))
    }
}

/// What a unit owes, for the plan.
fn owes(says: &Says) -> String {
    let missing = says.missing.iter().map(|one| format!("未报{}（{}）", one.title, one.left));
    let unanswered = says.unanswered.iter().map(|one| format!("未回复{}（{}）", one.document, one.left));
    missing.chain(unanswered).collect::<Vec<_>>().join("、")
}
