//! What was put into the history's files on purpose, and where it stands: the list that the sample's README prints.

use std::collections::BTreeMap;

use super::forms::{Form, Submission};
use super::month::Month;
use super::sheet::address;
use super::truth::{Row, Truth, WAN, events, history};
use super::{Fault, fill, inbox};

/// Sends a second file in March: in the first a figure has a nought too many.
pub const RESENT: (&str, u32, &str) = ("龙潭镇", 3, "龙潭自来水厂扩建工程");
/// Its file of July came by mail, days late.
pub const LATE: (&str, u32, &str, &str) =
    ("黄泥岗镇", 7, "huangnigang@yunshan.example", "Sun, 09 Aug 2026 17:20:00 +0800");
/// Sent nothing in August.
pub const MISSING: (&str, u32) = ("清水塘乡", 8);
/// Sent a table without rows in October.
pub const EMPTY: (&str, u32) = ("新城街道", 10);
/// Left the month before in its headings in August.
pub const STALE: (&str, u32) = ("和平乡", 8);
/// Sent the file of the month before once more in November.
pub const AGAIN: (&str, u32) = ("县林业局", 11);
/// Corrects a figure of March long afterwards: unit, project, by how many 万元.
pub const CORRECTED: (&str, u32, &str, i64) = ("县住建局", 3, "白沙镇污水处理厂及配套管网工程", 100);

/// Written in 亿元 where the table has 万元; the settings correct it: the project, and the month.
pub const MISTAKEN: (&str, u32) = ("白沙镇区域性养老服务中心", 10);
/// How many times too small that is.
const TIMES: i64 = 10_000;

/// Something put in, and where.
pub struct Planted {
    /// The file, from the workspace's folder.
    pub file: String,
    /// The cell, where it is one.
    pub cell: String,
    /// What it is.
    pub words: String,
}

/// The month whose words stand in the headings.
pub fn headed(unit: &str, month: Month) -> Month {
    if (unit, month) == (STALE.0, Month::of_2026(STALE.1)) { Month { month: month.month - 1, ..month } } else { month }
}

/// The rows that are laid out: none in the empty table.
pub fn kept<'a>(rows: Vec<&'a Row>, unit: &str, month: Month) -> Vec<&'a Row> {
    if (unit, month) == (EMPTY.0, Month::of_2026(EMPTY.1)) { Vec::new() } else { rows }
}

/// What arrives of a file that a unit made: mostly itself.
pub fn sent(
    submission: &Submission,
    month: Month,
    truth: &Truth,
    bytes: Vec<u8>,
) -> Result<BTreeMap<String, Vec<u8>>, Fault> {
    let name = inbox::name(submission, month);
    let is = |unit: &str, of: u32| submission.unit == unit && month == Month::of_2026(of);
    Ok(if is(MISSING.0, MISSING.1) {
        BTreeMap::new()
    } else if is(LATE.0, LATE.1) {
        BTreeMap::from([inbox::mailed(submission, month, &bytes, LATE.2, LATE.3)])
    } else if is(RESENT.0, RESENT.1) {
        let first = altered(truth, RESENT.2, |done| done * 10);
        let first = inbox::write(&inbox::workbook(submission, &first, month), submission.format)?;
        BTreeMap::from([(corrected(&name), bytes), (name, first)])
    } else if is(AGAIN.0, AGAIN.1) {
        let before = Month { month: month.month - 1, ..month };
        let old = inbox::workbook(submission, &Truth::of(before), before);
        BTreeMap::from([(name, inbox::write(&old, submission.format)?)])
    } else {
        BTreeMap::from([(name, bytes)])
    })
}

/// Corrections that lie beside the inbox, to be put into it by whoever tries the program.
pub fn corrections() -> Result<BTreeMap<String, Vec<u8>>, Fault> {
    let month = Month::of_2026(CORRECTED.1);
    let truth = altered(&Truth::of(month), CORRECTED.2, |done| done + CORRECTED.3 * WAN);
    let submission = sender(CORRECTED.0, month);
    let bytes = inbox::write(&inbox::workbook(submission, &truth, month), submission.format)?;
    let name = corrected(&inbox::name(submission, month));
    Ok(BTreeMap::from([(format!("corrections/{}/{name}", month.folder()), bytes)]))
}

/// `月报.xls` becomes `月报(更正).xls`.
fn corrected(name: &str) -> String {
    name.rsplit_once('.').map_or_else(|| format!("{name}(更正)"), |(stem, end)| format!("{stem}(更正).{end}"))
}

/// The truth with another completion of one project.
fn altered(truth: &Truth, project: &str, change: impl Fn(i64) -> i64) -> Truth {
    let mut books = truth.books.clone();
    for row in books.values_mut().flatten().filter(|row| row.text("name") == project) {
        let more = change(row.amount("done")) - row.amount("done");
        let (done, plan) = (row.amount("done") + more, row.amount("plan"));
        let month = row.amount("done_month") + more;
        *row = std::mem::take(row).yuan("done", done).yuan("done_month", month);
        row.values.insert("rate", super::truth::Value::Rate(done, plan));
    }
    Truth { books }
}

fn sender(unit: &str, month: Month) -> &'static Submission {
    inbox::submissions(month).find(|one| one.unit == unit).expect("every unit named here sends a file")
}

/// The key projects that count in a month: what arrived, each project once, with the decisions of the settings.
pub fn counted(month: Month) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for row in arrived(month).into_iter().filter(|row| !row.off_list) {
        // Where two units report one project, the department has the last word on its money.
        if !rows.iter().any(|known| known.text("name") == row.text("name")) {
            rows.push(row);
        }
    }
    let (project, _) = events::REPLANNED[1];
    if month >= Month::of_2026(events::UNREPORTED_FROM) {
        for row in rows.iter_mut().filter(|row| row.text("name") == project) {
            *row = std::mem::take(row).yuan("plan", events::new_plan(project));
        }
    }
    for row in rows.iter_mut().filter(|row| month == Month::of_2026(MISTAKEN.1) && row.text("name") == MISTAKEN.0) {
        *row = std::mem::take(row).yuan("done", meant());
    }
    rows
}

/// What was meant where an amount was written in another unit of money.
pub fn meant() -> i64 {
    let (project, month) = MISTAKEN;
    let truth = Truth::of(Month::of_2026(month));
    let row = truth.books["key_projects"].iter().find(|row| row.text("name") == project);
    row.map_or(0, |row| row.amount("done") * TIMES)
}

/// What the files of a month hold.
fn arrived(month: Month) -> Vec<Row> {
    let reports = |month: Month| Truth::of(month).books.remove("key_projects").unwrap_or_default();
    let is = |of: (&str, u32)| month == Month::of_2026(of.1);
    let mut rows = reports(month);
    let mut leave_out = |unit: &str| rows.retain(|row| row.reporters != [unit]);
    if is(MISSING) {
        leave_out(MISSING.0);
    }
    if is(EMPTY) {
        leave_out(EMPTY.0);
    }
    if is(AGAIN) {
        leave_out(AGAIN.0);
        let before = reports(Month { month: month.month - 1, ..month });
        rows.extend(before.into_iter().filter(|row| row.reporters == [AGAIN.0]));
    }
    rows
}

/// The list as the README prints it.
pub fn table() -> String {
    let line = |one: Planted| format!("| {} | {} | {} |\n", one.file, one.cell, one.words);
    all().into_iter().map(line).collect()
}

/// Everything that was put in, in the order of the months.
pub fn all() -> Vec<Planted> {
    let mut all = Vec::new();
    for month in (1..=12).map(Month::of_2026) {
        all.extend(of_files(month));
        for event in events::EVENTS.iter().filter(|event| *event.months.start() == month.month) {
            all.extend(of_event(event, month));
        }
    }
    all
}

fn of_event(event: &events::Event, month: Month) -> Option<Planted> {
    let now = Truth::of(month);
    // A project that is gone is shown where it last stood.
    let gone = matches!(event.change, events::Change::Gone);
    let month = if gone { Month { month: month.month - 1, ..month } } else { month };
    let truth = if gone { Truth::of(month) } else { now };
    let name = match event.change {
        events::Change::Name(name) => name,
        _ => event.project,
    };
    let differs = name == events::DIFFERING.0;
    let mut rows = truth.books["key_projects"].iter().filter(|row| row.text("name") == name);
    let row = rows.find(|row| !differs || row.reporters == [events::DIFFERING.1])?;
    let words = format!("{}：{}", event.project, event.words);
    at(row.reporters[0], month, &truth, name, event.field, words)
}

/// A cell of a unit's key projects.
fn at(unit: &str, month: Month, truth: &Truth, project: &str, field: &str, words: String) -> Option<Planted> {
    let submission = sender(unit, month);
    let form = submission.forms.iter().find(|form: &&Form| form.book == "key_projects")?;
    let place = fill::place(form, &truth.reported(form.book, unit), month, project, field)?;
    let file = format!("inbox/{}/{}", month.folder(), inbox::name(submission, month));
    Some(Planted { file, cell: address(place), words })
}

fn of_files(month: Month) -> Vec<Planted> {
    let file = |unit: &str| format!("inbox/{}/{}", month.folder(), inbox::name(sender(unit, month), month));
    let whole = |unit: &str, words: &str| Planted { file: file(unit), cell: String::new(), words: words.to_string() };
    let truth = || Truth::of(month);
    let is = |of: u32| month == Month::of_2026(of);
    let mut all = Vec::new();
    if is(RESENT.1) {
        let words = format!("{}：多写一个0；同一文件夹中的(更正)文件为准", RESENT.2);
        all.extend(at(RESENT.0, month, &truth(), RESENT.2, "done", words));
        let path = file(CORRECTED.0).replacen("inbox", "corrections", 1);
        let words = format!("{}：迟来的更正，多{}万元；放进inbox/{}再运行", CORRECTED.2, CORRECTED.3, month.folder());
        all.extend(
            at(CORRECTED.0, month, &truth(), CORRECTED.2, "done", words)
                .map(|one| Planted { file: corrected(&path), ..one }),
        );
    }
    if is(LATE.1) {
        let path = file(LATE.0).rsplit_once('.').map_or_else(String::new, |(stem, _)| format!("{stem}.eml"));
        all.push(Planted { file: path, cell: String::new(), words: "迟报：邮件日期为8月9日".into() });
    }
    if is(history::OPENED_FROM) {
        all.push(whole(history::OPENED.0, "年中启用的单位，自7月起报送"));
    }
    if is(MISSING.1) {
        all.push(whole(MISSING.0, "未报：没有这个文件"));
    }
    if is(STALE.1) {
        all.push(whole(STALE.0, "表头留着上月的1-7月，数已是8月的"));
    }
    if is(events::CLOSED_AFTER + 1) {
        all.push(whole(events::CLOSED.1, "县乡村振兴局7月后停用，项目改由县农业农村局报送"));
    }
    if is(EMPTY.1) {
        all.push(whole(EMPTY.0, "空表：只有表头"));
    }
    if is(history::MOVED_IN.1) {
        let words = "由储备（5月）经前期（6—9月）转入重点建设项目".to_string();
        all.extend(at(history::MOVED.0, month, &truth(), history::MOVED.1, "name", words));
    }
    if is(events::UNREPORTED_FROM) {
        let words = "设置表“调整”已改年度计划，单位仍按原计划填报".to_string();
        all.extend(at("县教育局", month, &truth(), events::REPLANNED[1].0, "plan", words));
    }
    if is(events::SPLIT_FROM) {
        let (whole, [(part, _), _]) = events::SPLIT;
        all.extend(at("县城投公司", month, &truth(), part, "name", format!("{whole}：拆为两个标段")));
    }
    if is(AGAIN.1) {
        all.push(whole(AGAIN.0, "把10月的文件又报了一次"));
    }
    all
}
