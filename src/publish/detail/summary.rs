//! 汇总底表: where a book has more projects than a workbook should carry, a row for all projects that the rankings
//! group alike, with their number and sums, so that the rankings' formulas still have what they add up.

use super::{BEHIND, Judge, LEAD, RATE, SCHEDULE, wan};
use crate::amount::{Fraction, fraction, to_f64};
use crate::merge::Cells;
use crate::profile::{Book, Kind};
use crate::publish::report::Report;
use crate::publish::style::Shown;
use crate::publish::table::{Cell, Column, Frame, Table};
use crate::publish::{names, workbook};
use crate::rank::Ranking;
use crate::text::TextMap;

/// More rows than these nobody looks through: finer groupings are left out.
const MOST: usize = 5_000;

/// What stands for the projects.
pub(super) struct Summary {
    /// The columns: what formulas call them, and how they look.
    keys: Vec<String>,
    columns: Vec<Column>,
    /// How many of them, after the number, name a group.
    groups: usize,
    rows: Vec<Row>,
    /// How many projects there are.
    all: usize,
    /// How many more groupings there are, by which the rows would be too many.
    left_out: usize,
}

/// The projects that all groupings count alike.
struct Row {
    groups: Vec<String>,
    count: i64,
    /// In yuan, then numbers of projects.
    sums: Vec<i64>,
}

/// What is added up over a row's projects.
enum Sum<'a> {
    Yuan(Cells<'a>),
    Flag(Cells<'a>),
    Behind,
}

/// A group's column.
struct Grouping<'a> {
    key: String,
    title: String,
    cells: Cells<'a>,
    /// Whether formulas ask it only for whether it names anyone.
    any: bool,
}

/// What stands for whomever a column names, where formulas ask for no more.
const ANYONE: &str = "有";

impl<'a> Grouping<'a> {
    fn name(&self, row: usize) -> &'a str {
        match self.cells.text(row).unwrap_or_default() {
            name if self.any && !name.is_empty() => ANYONE,
            name => name,
        }
    }
}

impl Summary {
    /// The sums of a report's facts.
    pub(super) fn of(report: &Report, book: &Book, judge: &Judge) -> Self {
        let mut groupings = groupings(report);
        let (sums, titles) = sums(report, book);
        let wanted = groupings.len();
        let (of_row, first_rows) = counted(report, &mut groupings, report.profile.county.large.projects.min(MOST));
        let row = |first: &usize| Row {
            groups: groupings.iter().map(|of| of.name(*first).to_owned()).collect(),
            count: 0,
            sums: vec![0; sums.len()],
        };
        let mut rows: Vec<Row> = first_rows.iter().map(row).collect();
        for (row, at) in of_row.iter().enumerate() {
            let into = &mut rows[*at];
            into.count += 1;
            for (sum, of) in into.sums.iter_mut().zip(&sums) {
                *sum = sum.saturating_add(of.of(row, judge));
            }
        }
        sort(&mut rows, report);
        let mut this = Self {
            keys: vec!["=number".to_owned()],
            columns: vec![Column::of("序号", Shown::Centre)],
            groups: groupings.len(),
            rows,
            all: report.facts.height(),
            left_out: wanted - groupings.len(),
        };
        let own = groupings.into_iter().map(|of| (of.key, Column::text(of.title, 24.0)));
        let count = (book.subject.clone(), Column::of("项目个数", Shown::Count));
        for (key, column) in own.chain([count]).chain(titles) {
            this.keys.push(key);
            this.columns.push(column);
        }
        if this.at("plan").is_some() && this.at("done").is_some() {
            this.keys.extend([RATE.to_owned(), LEAD.to_owned()]);
            this.columns.push(Column::of("完成率", Shown::Percent));
            this.columns.push(Column::of("比序时进度\n(百分点)", Shown::Lead));
        }
        this
    }

    /// How many rows there are.
    pub(super) fn height(&self) -> usize {
        self.rows.len()
    }

    /// The range of a column: a group, an amount, the number of projects under the book's subject, the number of those
    /// that a derived column is true of under its name.
    pub(super) fn range(&self, key: &str) -> Option<String> {
        Some(format!("{}!{}", names::quoted(names::SUMMARY), self.frame().range(self.at(key)?)))
    }

    fn at(&self, key: &str) -> Option<usize> {
        self.keys.iter().position(|known| known == key)
    }

    fn frame(&self) -> Frame {
        Frame::of(true, false, self.rows.len())
    }

    /// The sheet.
    pub(super) fn table(&self, report: &Report, book: &Book) -> Table {
        Table {
            sheet: names::SUMMARY.to_owned(),
            title: format!("{}{}{}汇总底表", report.county, report.period.in_words(), book.title),
            caption: workbook::caption(report),
            above: Some(self.above()),
            columns: self.columns.clone(),
            total: None,
            rows: self.rows.iter().enumerate().map(|(at, row)| self.cells(at, row, report)).collect(),
            notes: self.notes(report, book),
            printed: self.columns.len(),
            frozen: 2,
            filter: true,
            row_height: 18.0,
        }
    }

    fn notes(&self, report: &Report, book: &Book) -> Vec<String> {
        let file = names::detail_file_name(book, report.period);
        let mut notes = vec![format!(
            "注：共{}个项目，超过一本工作簿所列的{}个，逐个列出的明细在同一文件夹的“{file}”（分几部分的，各部分名称注明）。\
             本表把各排名都算在一起的项目合为一行，各排名的公式引用本表。",
            self.all, report.profile.county.large.projects,
        )];
        if self.left_out > 0 {
            notes.push(format!("后{}种分组过细，没有列入本表，按其排名的各表中个数和金额为数值。", self.left_out));
        }
        notes
    }

    fn above(&self) -> Vec<Cell> {
        let first_sum = self.groups + 1;
        let total = |at: usize| -> i64 {
            let of = |row: &Row| if at == first_sum { row.count } else { row.sums[at - first_sum - 1] };
            self.rows.iter().map(of).fold(0, i64::saturating_add)
        };
        let cell = |(at, column): (usize, &Column)| match (at, column.shown) {
            (1, _) => Cell::text("筛选合计"),
            (at, Shown::Wan) => {
                Cell::number(wan(total(at))).by(format!("=ROUND(SUBTOTAL(109,{}),4)", self.frame().range(at)))
            }
            (at, Shown::Count) if at >= first_sum => {
                Cell::number(total(at) as f64).by(format!("=SUBTOTAL(109,{})", self.frame().range(at)))
            }
            _ => Cell::blank(),
        };
        self.columns.iter().enumerate().map(cell).collect()
    }

    fn cells(&self, at: usize, row: &Row, report: &Report) -> Vec<Cell> {
        let mut cells = vec![Cell::number((at + 1) as f64)];
        cells.extend(row.groups.iter().map(Cell::text));
        cells.push(Cell::number(row.count as f64));
        let of_sums = self.columns[cells.len()..].iter().zip(&row.sums);
        cells.extend(of_sums.map(|(column, sum)| match column.shown {
            Shown::Wan => Cell::number(wan(*sum)),
            _ => Cell::number(*sum as f64),
        }));
        if let Some(((plan, done), rate)) = self.at("plan").zip(self.at("done")).zip(self.at(RATE)) {
            let value = |column: usize| row.sums[column - self.groups - 2];
            cells.extend(self.judged(at, (plan, value(plan)), (done, value(done)), rate, report));
        }
        cells
    }

    /// The rate and the lead of a row, following its sums.
    fn judged(
        &self,
        at: usize,
        (plan, planned): (usize, i64),
        (done, so_far): (usize, i64),
        rate: usize,
        report: &Report,
    ) -> [Cell; 2] {
        let frame = self.frame();
        let [plan_at, done_at, rate_at] = [plan, done, rate].map(|column| frame.address(at, column));
        let value = (planned > 0).then(|| fraction(so_far, planned)).flatten();
        let cell = Cell::number_or_dash(value.map(to_f64));
        let rate = cell.by(format!("=IF(N({plan_at})>0,{done_at}/{plan_at},\"—\")"));
        let lead = value.zip(report.schedule).map(|(value, due)| to_f64((value - due) * Fraction::from_integer(100)));
        let cell = Cell::number_or_dash(lead);
        let lead = match report.schedule {
            Some(_) => cell.by(format!("=IF(ISNUMBER({rate_at}),({rate_at}-{SCHEDULE})*100,\"—\")")),
            None => cell,
        };
        [rate, lead]
    }
}

impl Sum<'_> {
    fn of(&self, row: usize, judge: &Judge) -> i64 {
        match self {
            Self::Yuan(cells) => cells.whole(row).unwrap_or(0),
            Self::Flag(cells) => i64::from(cells.flag(row) == Some(true)),
            Self::Behind => i64::from(judge.behind(row) == Some(true)),
        }
    }
}

/// The columns that the book's rankings group by, in their order; of those whose sheets list but both ends, as values,
/// only whether a project has one.
fn groupings<'a>(report: &Report<'a>) -> Vec<Grouping<'a>> {
    let plans = || report.sheets().filter_map(|ranking| Some((ranking, report.plan(ranking)?)));
    let named = plans().map(|(_, plan)| (plan.group.as_str(), plan.group_title.as_str()));
    let by_ends = |ranking: &Ranking| report.profile.county.large.by_ends(ranking.rows.len());
    let mut found: Vec<Grouping> = Vec::new();
    for (key, title) in named.chain([("leader_group", "联系领导")]) {
        let cells = report.facts.cells(key);
        if cells.any() && cells.are_text() && !found.iter().any(|known| known.key == key) {
            let mut own = plans().filter(|(_, plan)| plan.group == key).peekable();
            let any = own.peek().is_some() && own.all(|(ranking, _)| by_ends(ranking));
            let title = if any { format!("有无{title}") } else { title.to_owned() };
            found.push(Grouping { key: key.to_owned(), title, cells, any });
        }
    }
    found
}

/// What is added up, and the columns that it stands in.
fn sums<'a>(report: &Report<'a>, book: &Book) -> (Vec<Sum<'a>>, Vec<(String, Column)>) {
    let amounts = book.fields.iter().filter(|field| field.kind == Kind::Amount);
    let amounts = amounts.map(|field| (field, report.facts.cells(&field.id))).filter(|(_, cells)| cells.any());
    let amounts =
        amounts.map(|(field, cells)| (Sum::Yuan(cells), (field.id.clone(), Column::of(&field.title, Shown::Wan))));
    let derived = book.derived.iter().map(|derived| (derived, report.facts.cells(&derived.id)));
    let flags = derived.filter(|(_, cells)| cells.are_truth()).map(|(derived, cells)| {
        let sum = if derived.id == BEHIND { Sum::Behind } else { Sum::Flag(cells) };
        (sum, (derived.id.clone(), Column::of(format!("{}\n(个)", derived.title), Shown::Count)))
    });
    amounts.chain(flags).unzip()
}

/// The row of each project, and the first project of each row. The last rankings are the finest: those by whose groups
/// the rows would be too many are taken off `groupings`, and their figures are values.
fn counted(report: &Report, groupings: &mut Vec<Grouping>, most: usize) -> (Vec<usize>, Vec<usize>) {
    let all = report.facts.height();
    let (mut of_row, mut first_rows) = (vec![0; all], if all > 0 { vec![0] } else { Vec::new() });
    for at in 0..groupings.len() {
        let Some(finer) = finer(&of_row, &groupings[at], most) else {
            groupings.truncate(at);
            break;
        };
        (of_row, first_rows) = finer;
    }
    (of_row, first_rows)
}

/// Rows taken apart by one more grouping; `None` where they are too many.
fn finer(of_row: &[usize], grouping: &Grouping, most: usize) -> Option<(Vec<usize>, Vec<usize>)> {
    let mut known: TextMap<(usize, &str), usize> = TextMap::default();
    let (mut finer, mut first_rows) = (Vec::with_capacity(of_row.len()), Vec::new());
    for (row, at) in of_row.iter().enumerate() {
        let next = *known.entry((*at, grouping.name(row))).or_insert_with(|| {
            first_rows.push(row);
            first_rows.len() - 1
        });
        if first_rows.len() > most {
            return None;
        }
        finer.push(next);
    }
    Some((finer, first_rows))
}

/// The groups of the first ranking in the order of their places, then by name.
fn sort(rows: &mut [Row], report: &Report) {
    let first = report.sheets().next().map_or(&[][..], |ranking| &ranking.rows);
    let places: TextMap<&str, usize> = first.iter().enumerate().map(|(at, row)| (row.group.as_str(), at)).collect();
    let place = |row: &Row| row.groups.first().and_then(|group| places.get(group.as_str())).copied();
    rows.sort_by_cached_key(|row| (place(row).unwrap_or(usize::MAX), row.groups.clone()));
}
