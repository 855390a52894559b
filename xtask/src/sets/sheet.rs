//! A sheet as offices keep it: title, caption with the unit of money, two header rows, sections with
//! subtotals, a total, a footer; and what its projects add up to.

use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Worksheet, XlsxError};

use super::dice::Dice;
use super::words;
use crate::truth::Sum;

const LAST: u16 = 13;
const MONEY: [u16; 3] = [6, 7, 8];

/// Which of the two sheets of a workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// 重点项目, the one that is ranked.
    Projects,
    /// 招商引资
    Investment,
}

impl Kind {
    /// The sheet's name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Projects => "重点项目",
            Self::Investment => "招商引资",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Projects => "2026年重点项目建设进度表",
            Self::Investment => "2026年招商引资项目进度表",
        }
    }

    fn headings(self) -> [&'static str; 14] {
        match self {
            Self::Projects => [
                "序号",
                "项目编码",
                "项目名称",
                "项目类别",
                "责任单位",
                "责任领导",
                "总投资",
                "年度计划",
                "1-10月完成",
                "计划开工时间",
                "实际开工时间",
                "形象进度",
                "存在问题",
                "备注",
            ],
            Self::Investment => [
                "序号",
                "项目编码",
                "招商项目名称",
                "产业类别",
                "责任单位",
                "投资方",
                "协议总投资",
                "年度计划到位",
                "1-10月到位",
                "签约时间",
                "实际开工时间",
                "形象进度",
                "存在问题",
                "备注",
            ],
        }
    }
}

/// The formats of a workbook.
pub(super) struct Formats {
    title: Format,
    head: Format,
    text: Format,
    centred: Format,
    money: Format,
    sum: Format,
    section: Format,
    date: Format,
}

impl Formats {
    pub(super) fn new() -> Self {
        let bordered = || Format::new().set_font_name("宋体").set_font_size(11).set_border(FormatBorder::Thin);
        Self {
            title: Format::new().set_font_name("宋体").set_font_size(18).set_bold().set_align(FormatAlign::Center),
            head: bordered().set_bold().set_text_wrap().set_align(FormatAlign::Center),
            text: bordered().set_text_wrap(),
            centred: bordered().set_align(FormatAlign::Center),
            money: bordered().set_num_format("#,##0.00"),
            sum: bordered().set_num_format("#,##0.00").set_bold(),
            section: bordered().set_bold(),
            date: bordered().set_num_format("yyyy-mm-dd"),
        }
    }
}

/// A section of a sheet: its label, the unit that its projects belong to, how many they are.
pub(super) struct Section {
    pub(super) label: String,
    pub(super) unit: String,
    pub(super) projects: usize,
}

/// Money of some projects in hundredths of 万元: total, plan, done.
type Money = [i64; 3];

/// Writes a sheet from top to bottom, so that a writer need keep no more than a row.
pub(super) struct Writer<'w> {
    pub(super) sheet: &'w mut Worksheet,
    pub(super) formats: &'w Formats,
    pub(super) dice: &'w mut Dice,
    pub(super) kind: Kind,
    /// The first part of its projects' codes.
    pub(super) code: usize,
    pub(super) row: u32,
    pub(super) serial: usize,
}

impl Writer<'_> {
    /// The whole sheet of a unit; what each section adds up to.
    pub(super) fn write(&mut self, unit: &str, sections: &[Section]) -> Result<Vec<Sum>, XlsxError> {
        self.head(unit)?;
        let (mut sums, mut total, mut subtotals) = (Vec::new(), [0; 3], Vec::new());
        for section in sections {
            self.band(0, &section.label)?;
            let first = self.row;
            let mut sum = [0; 3];
            for _ in 0..section.projects {
                sum = added(sum, self.project(&section.unit)?);
            }
            let last = self.row;
            self.sum_row((2, "小计"), sum, |column| Some(format!("SUM({column}{}:{column}{last})", first + 1)))?;
            subtotals.push(self.row);
            total = added(total, sum);
            sums.push(Sum { count: section.projects as i64, plan_fen: sum[1], done_fen: sum[2] });
        }
        // A formula over a thousand subtotals is longer than Excel takes.
        let formula = |column: char| {
            let each: Vec<String> = subtotals.iter().map(|row| format!("{column}{row}")).collect();
            (each.len() <= 100).then(|| each.join("+"))
        };
        self.sum_row((0, "合计"), total, formula)?;
        self.sheet.merge_range(
            self.row,
            0,
            self.row,
            LAST,
            "填报人：综合科      审核人：办公室",
            &self.formats.text,
        )?;
        Ok(sums)
    }

    fn head(&mut self, unit: &str) -> Result<(), XlsxError> {
        let formats = self.formats;
        for (column, width) in
            [6.0, 22.0, 42.0, 14.0, 14.0, 14.0, 13.0, 13.0, 13.0, 13.0, 13.0, 36.0, 36.0, 12.0].into_iter().enumerate()
        {
            self.sheet.set_column_width(column as u16, width)?;
        }
        self.sheet.set_freeze_panes(4, 3)?;
        self.sheet.merge_range(0, 0, 0, LAST, &format!("{unit}{}", self.kind.title()), &formats.title)?;
        self.sheet.write_string(1, 0, format!("填报单位：{unit}"))?;
        self.sheet.write_string(1, LAST, "单位：万元")?;
        let group = if self.kind == Kind::Projects { "投资（万元）" } else { "资金（万元）" };
        let headings = self.kind.headings();
        for (column, heading) in headings.iter().enumerate().filter(|(column, _)| !MONEY.contains(&(*column as u16))) {
            self.sheet.write_string_with_format(2, column as u16, *heading, &formats.head)?;
        }
        self.sheet.merge_range(2, MONEY[0], 2, MONEY[2], group, &formats.head)?;
        for column in 0..=LAST {
            match MONEY.contains(&column) {
                true => self.sheet.write_string_with_format(3, column, headings[usize::from(column)], &formats.head)?,
                false => self.sheet.write_blank(3, column, &formats.head)?,
            };
        }
        self.row = 4;
        Ok(())
    }

    fn band(&mut self, at: u16, label: &str) -> Result<(), XlsxError> {
        for column in 0..=LAST {
            match column == at {
                true => self.sheet.write_string_with_format(self.row, column, label, &self.formats.section)?,
                false => self.sheet.write_blank(self.row, column, &self.formats.section)?,
            };
        }
        self.row += 1;
        Ok(())
    }

    fn sum_row(
        &mut self,
        (at, label): (u16, &str),
        sum: Money,
        formula: impl Fn(char) -> Option<String>,
    ) -> Result<(), XlsxError> {
        let formats = self.formats;
        for column in 0..=LAST {
            let money = MONEY.iter().position(|money| *money == column);
            match (money, column == at) {
                (_, true) => self.sheet.write_string_with_format(self.row, column, label, &formats.section)?,
                (None, false) => self.sheet.write_blank(self.row, column, &formats.section)?,
                (Some(which), false) => match formula(['G', 'H', 'I'][which]) {
                    Some(formula) => {
                        let formula = Formula::new(formula).set_result(wan(sum[which]).to_string());
                        self.sheet.write_formula_with_format(self.row, column, formula, &formats.sum)?
                    }
                    None => self.sheet.write_number_with_format(self.row, column, wan(sum[which]), &formats.sum)?,
                },
            };
        }
        self.row += 1;
        Ok(())
    }

    /// A project's row; its money.
    fn project(&mut self, unit: &str) -> Result<Money, XlsxError> {
        let (formats, row) = (self.formats, self.row);
        let dice = &mut *self.dice;
        let total =
            dice.one_of(&["1", "3", "10", "30", "100"]).parse::<i64>().unwrap_or(1) * dice.between(9_000, 99_999);
        let plan = total * dice.between(10, 90) / 100;
        let done = plan * dice.between(35, 125) / 100;
        let texts = [
            (1, format!("2026-{:06}-{:06}", self.code, self.serial)),
            (2, words::project(dice, unit)),
            (3, words::kind(dice).to_owned()),
            (4, unit.to_owned()),
            (5, if self.kind == Kind::Projects { words::leader(dice) } else { words::investor(dice) }),
        ];
        self.sheet.write_number_with_format(row, 0, self.serial as f64, &formats.centred)?;
        for (column, text) in texts {
            self.sheet.write_string_with_format(row, column, text, &formats.centred)?;
        }
        for (column, amount) in MONEY.into_iter().zip([total, plan, done]) {
            self.sheet.write_number_with_format(row, column, wan(amount), &formats.money)?;
        }
        self.dates(row)?;
        self.sheet.write_string_with_format(row, 11, words::progress(self.dice), &formats.text)?;
        match words::trouble(self.dice) {
            Some(trouble) => self.sheet.write_string_with_format(row, 12, trouble, &formats.text)?,
            None => self.sheet.write_blank(row, 12, &formats.text)?,
        };
        match self.dice.in_hundred(10) {
            true => self.sheet.write_string_with_format(row, 13, "省重点", &formats.text)?,
            false => self.sheet.write_blank(row, 13, &formats.text)?,
        };
        self.row += 1;
        self.serial += 1;
        Ok([total, plan, done])
    }

    /// When it was to begin and when it did: mostly dates, else words.
    fn dates(&mut self, row: u32) -> Result<(), XlsxError> {
        let (year, month) = (self.dice.between(2024, 2026), self.dice.between(1, 9));
        for column in [9, 10] {
            match self.dice.between(1, 100) {
                _ if column == 10 && self.dice.in_hundred(20) => {
                    self.sheet.write_blank(row, column, &self.formats.centred)?
                }
                1..=85 => {
                    let day = ExcelDateTime::from_ymd(year as u16, month as u8, self.dice.between(1, 28) as u8)?;
                    self.sheet.write_datetime_with_format(row, column, day, &self.formats.date)?
                }
                86..=93 => self.sheet.write_string_with_format(
                    row,
                    column,
                    format!("{year}.{month}"),
                    &self.formats.centred,
                )?,
                _ => {
                    let said = format!("{year}年{month}月");
                    self.sheet.write_string_with_format(row, column, said, &self.formats.centred)?
                }
            };
        }
        Ok(())
    }
}

fn added(one: Money, other: Money) -> Money {
    [one[0] + other[0], one[1] + other[1], one[2] + other[2]]
}

/// Hundredths of 万元 as the number that stands in the cell.
fn wan(fen: i64) -> f64 {
    fen as f64 / 100.0
}
