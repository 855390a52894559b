//! `plan.xlsx`: who gets what by mail, why, how large, and what became of it; then who gets nothing and why.

use rust_xlsxwriter::Workbook;

use super::PublishError;
use super::style::{Shown, Style, properties};
use super::table::{Cell, Column, Table};
use crate::period::Period;

/// The document's name.
pub const MAIL_PLAN: &str = "plan.xlsx";

/// What the plan says.
#[derive(Debug, Clone)]
pub struct MailPlanView {
    /// What the mails are: 发送计划, 催报计划.
    pub title: String,
    /// The month.
    pub period: Period,
    /// The mails, in order.
    pub lines: Vec<MailLine>,
    /// Who gets nothing, or less than all: whom, what is missing, what to do.
    pub left_out: Vec<[String; 3]>,
}

/// A mail of the plan.
#[derive(Debug, Clone)]
pub struct MailLine {
    /// The unit or leader.
    pub whom: String,
    /// The person's name; may be empty.
    pub name: String,
    /// The roles.
    pub roles: String,
    /// The address.
    pub address: String,
    /// The subject.
    pub subject: String,
    /// The attachments' names, a line each.
    pub attachments: String,
    /// Why each is sent.
    pub why: String,
    /// Bytes as it is sent.
    pub bytes: u64,
    /// 待发送, 已发送…
    pub state: String,
    /// The file beside the plan.
    pub file: String,
    /// The digest's first digits, by which the log knows it.
    pub digest: String,
}

/// The plan as a workbook.
///
/// # Errors
///
/// What the writer of workbooks refuses.
pub fn mail_plan(view: &MailPlanView) -> Result<Vec<u8>, PublishError> {
    let style = Style { cents: false };
    let mut workbook = Workbook::new();
    let title = format!("{}邮件{}", view.period.in_words(), view.title);
    workbook.set_properties(&properties(&title, view.period)?);
    workbook.push_worksheet(mails(view, title).write(style)?);
    workbook.push_worksheet(left_out(view).write(style)?);
    Ok(workbook.save_to_buffer()?)
}

fn mails(view: &MailPlanView, title: String) -> Table {
    let columns = vec![
        Column::of("序号", Shown::Centre),
        Column::text("单位或领导", 22.0),
        Column::text("姓名", 10.0),
        Column::text("角色", 14.0),
        Column::text("邮箱", 28.0),
        Column::text("主题", 30.0),
        Column::text("附件", 36.0),
        Column::text("为什么发", 32.0),
        Column::of("大小(KB)", Shown::Count),
        Column::text("状态", 18.0),
        Column::text("邮件文件", 28.0),
        Column::of("摘要", Shown::Centre),
    ];
    let bytes: u64 = view.lines.iter().map(|line| line.bytes).sum();
    Table {
        sheet: view.title.clone(),
        title,
        caption: (format!("{}封", view.lines.len()), format!("共{}KB", bytes.div_ceil(1024))),
        above: None,
        // The file and the digest are for the screen.
        printed: columns.len() - 2,
        columns,
        total: None,
        rows: view.lines.iter().enumerate().map(|(at, line)| row(at, line)).collect(),
        notes: vec!["注：加 --confirm 才真正发送；已发送过、内容没有变化的不再发送。".to_owned()],
        frozen: 2,
        filter: true,
        row_height: 20.0,
    }
}

fn row(at: usize, line: &MailLine) -> Vec<Cell> {
    vec![
        Cell::number((at + 1) as f64),
        Cell::text(&line.whom),
        Cell::text(&line.name),
        Cell::text(&line.roles),
        Cell::text(&line.address),
        Cell::text(&line.subject),
        Cell::text(&line.attachments),
        Cell::text(&line.why),
        Cell::number(line.bytes.div_ceil(1024) as f64),
        Cell::text(&line.state),
        Cell::text(&line.file),
        Cell::text(&line.digest),
    ]
}

fn left_out(view: &MailPlanView) -> Table {
    let columns =
        vec![Column::text("单位或领导", 28.0), Column::text("没有发送的", 60.0), Column::text("原因和办法", 70.0)];
    let line = |[whom, what, advice]: &[String; 3]| vec![Cell::text(whom), Cell::text(what), Cell::text(advice)];
    let notes = if view.left_out.is_empty() { vec!["没有遗漏。".to_owned()] } else { Vec::new() };
    Table {
        sheet: "没有发送的".to_owned(),
        title: format!("{}没有发送的", view.period.in_words()),
        caption: (format!("{}项", view.left_out.len()), String::new()),
        above: None,
        printed: columns.len(),
        columns,
        total: None,
        rows: view.left_out.iter().map(line).collect(),
        notes,
        frozen: 1,
        filter: true,
        row_height: 20.0,
    }
}
