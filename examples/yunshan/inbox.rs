//! All the files of the workspace, by their paths.

use std::collections::BTreeMap;

use super::forms::{Form, Format, Submission, departments::DEPARTMENTS, later, systems, towns::TOWNS};
use super::month::Month;
use super::sheet::Workbook;
use super::truth::{Truth, campaign};
use super::{Fault, csv, date, extras, fill, mail, ods, planted, settings, xls, xlsx};

/// The department whose first file of May broke on the way; it sent another.
const BROKEN: (&str, &str) = ("县林业局", "县林业局重点项目进度.xlsx");

/// What the office's own file says; the mail server is of a domain that is reserved for examples.
const WORKSPACE: &str = "county = \"云山县\"

[mail]
from = \"云山县统计局 <tongji.zhk@yunshan.example>\"
server = \"smtp.yunshan.example\"
security = \"tls\"
user = \"tongji.zhk@yunshan.example\"
";

/// Path and bytes of every file.
pub fn files() -> Result<BTreeMap<String, Vec<u8>>, Fault> {
    let mut files = BTreeMap::from([
        ("wuzhang.toml".to_string(), WORKSPACE.as_bytes().to_vec()),
        ("settings.xlsx".to_string(), xlsx::write(&settings::workbook())?),
    ]);
    for month in months() {
        for (name, bytes) in of_month(month)? {
            files.insert(format!("inbox/{}/{name}", month.folder()), bytes);
        }
    }
    for (name, bytes) in week()? {
        files.insert(format!("inbox/{WEEK}/{name}"), bytes);
    }
    for (path, bytes) in planted::corrections()? {
        files.insert(path, bytes);
    }
    Ok(files)
}

/// The week of the campaign that is reported by itself; it ends on September 20th.
pub const WEEK: &str = "2026-W38";

/// The week's reports: the tasks of every unit that has some.
fn week() -> Result<BTreeMap<String, Vec<u8>>, Fault> {
    let month = Month::of_2026(9);
    let truth = Truth { books: [("campaign", campaign::rows(date::day(2026, 9, 20)))].into() };
    let mut files = BTreeMap::new();
    for (at, unit) in campaign::REPORTERS.into_iter().enumerate() {
        let form = systems::form("campaign", unit).ok_or("every unit that has tasks has a form for them")?;
        let sheet = fill::fill(&form, &truth.reported("campaign", unit), month);
        let (format, end) = [(Format::Xlsx, "xlsx"), (Format::Xls, "xls"), (Format::Ods, "ods")][at % 3];
        files.insert(format!("{unit}百日攻坚周报(第38周).{end}"), write(&Workbook { sheets: vec![sheet] }, format)?);
    }
    Ok(files)
}

/// The months that there are reports of.
pub fn months() -> impl Iterator<Item = Month> {
    (1..=12).map(|month| Month { year: 2025, month }).chain((1..=12).map(Month::of_2026))
}

/// The files of a month, by their names.
pub fn of_month(month: Month) -> Result<BTreeMap<String, Vec<u8>>, Fault> {
    let truth = Truth::of(month);
    let mut files = BTreeMap::new();
    for submission in submissions(month) {
        let workbook = workbook(submission, &truth, month);
        if workbook.sheets.is_empty() {
            continue;
        }
        let bytes = write(&workbook, submission.format)?;
        if month == Month::MAY && submission.unit == BROKEN.0 {
            files.insert(BROKEN.1.to_string(), broken(&workbook)?);
        }
        files.extend(planted::sent(submission, month, &truth, bytes)?);
    }
    Ok(files)
}

/// Who sends what in a month.
pub fn submissions(month: Month) -> impl Iterator<Item = &'static Submission> {
    let (now, then): (&[Submission], _) = if month.year == 2026 { (TOWNS, DEPARTMENTS) } else { (&[], &[][..]) };
    now.iter().chain(then).chain(later::submissions(month))
}

/// The name of the file that a unit sends in a month.
pub fn name(submission: &Submission, month: Month) -> String {
    // Only in May had this office to send its file again.
    let name = if month == Month::MAY { submission.file.to_string() } else { submission.file.replace("(重发)", "") };
    month.in_words(&name)
}

/// The workbook that a unit sends, before it has a format. No sheets where it has nothing to report.
pub fn workbook(submission: &Submission, truth: &Truth, month: Month) -> Workbook {
    let extra = |leading: bool| {
        let chosen = submission.extras.iter().filter(move |extra| extras::leads(**extra) == leading);
        chosen.map(|extra| extras::sheet(*extra, submission.unit, month))
    };
    let reported = |form: &Form| !truth.reported(form.book, submission.unit).is_empty();
    let forms: Vec<Form> = later::forms(submission, month).into_iter().filter(reported).collect();
    if forms.is_empty() {
        return Workbook::default();
    }
    let headed = planted::headed(submission.unit, month);
    let sheet = |form: &Form| {
        let rows = planted::kept(truth.reported(form.book, submission.unit), submission.unit, month);
        fill::laid(form, &rows, month, headed).sheet
    };
    let books = forms.iter().map(sheet);
    let summed = month > Month::MAY && submission.unit == "县招商服务中心";
    let summary = summed.then(|| extras::by_industry(month));
    Workbook { sheets: extra(true).chain(books).chain(summary).chain(extra(false)).collect() }
}

/// A workbook in a format.
pub fn write(workbook: &Workbook, format: Format) -> Result<Vec<u8>, Fault> {
    match format {
        Format::Xlsx => xlsx::write(workbook),
        Format::Xls => xls::write(workbook),
        Format::Ods => ods::write(workbook),
        Format::Csv(encoding) => csv::write(workbook, encoding),
    }
}

/// A file of which only the first part arrived.
fn broken(workbook: &Workbook) -> Result<Vec<u8>, Fault> {
    let mut bytes = xlsx::write(workbook)?;
    bytes.truncate(bytes.len() * 3 / 5);
    Ok(bytes)
}

/// A file that came by mail: the message instead of the file.
pub fn mailed(submission: &Submission, month: Month, bytes: &[u8], from: &str, date: &str) -> (String, Vec<u8>) {
    let name = name(submission, month);
    let subject = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem).to_string();
    (format!("{subject}.eml"), mail::message(from, date, &subject, (&name, bytes)))
}
