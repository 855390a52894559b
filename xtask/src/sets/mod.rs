//! Sets of workbooks to measure with: a county's month, a city's, a province's, one huge workbook.
//!
//! Takes the kind of a set, writes its workbooks and `truth.json`, what each unit's projects add up to. The
//! same seed gives the same bytes. Every workbook has two sheets: 重点项目, which is ranked, and 招商引资
//! with a quarter as many rows.

mod dice;
mod sheet;
pub(crate) mod variants;
mod words;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use rayon::prelude::*;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet};
use serde_json::json;

use crate::Outcome;
use crate::truth::Sum;
use dice::Dice;
use sheet::{Formats, Kind, Section, Writer};
use words::Levels;

/// Which set, and where.
#[derive(Debug, Args)]
pub(crate) struct Wanted {
    /// Which set
    #[arg(long, value_enum)]
    set: Set,
    /// The folder it is written to, which must be new or empty; keep it outside the repository
    #[arg(long)]
    out: PathBuf,
    /// Other figures, the same shape
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many workbooks, where it is not to be the set's own number
    #[arg(long)]
    files: Option<usize>,
    /// How many projects the one workbook of one-big has
    #[arg(long, default_value_t = 1_000_000)]
    rows: usize,
}

/// The sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Set {
    /// 60 workbooks, 7,200 projects
    County,
    /// 1,000 workbooks, 120,000 projects
    City,
    /// 10,000 workbooks, 1,000,000 projects
    Province,
    /// one workbook, 1,000,000 projects of 1,000 units
    OneBig,
}

/// The numbers of projects that files have in turn: 120 on average, 100 in a province.
const ROWS: [usize; 10] = [50, 60, 75, 80, 95, 100, 110, 130, 150, 350];
const ROWS_OF_PROVINCE: [usize; 10] = [50, 55, 60, 70, 80, 85, 95, 105, 130, 270];
/// How many units share the one workbook.
const UNITS_OF_ONE: usize = 1_000;
/// In it nothing is kept in memory but the row that is written.
const LARGE: usize = 20_000;

/// `cargo xtask bench-data`
pub(crate) fn make(wanted: &Wanted) -> Outcome {
    std::fs::create_dir_all(&wanted.out)?;
    if std::fs::read_dir(&wanted.out)?.next().is_some() {
        return Err(format!("{} is not empty: name a new folder", wanted.out.display()).into());
    }
    let units: BTreeMap<String, Sum> = match wanted.set {
        Set::OneBig => one_big(wanted)?.into_iter().collect(),
        set => {
            let files = wanted.files.unwrap_or(match set {
                Set::County => 60,
                Set::City => 1_000,
                Set::Province | Set::OneBig => 10_000,
            });
            let made = (0..files).into_par_iter().map(|number| one(wanted, number));
            made.collect::<Outcome<Vec<_>>>()?.into_iter().collect()
        }
    };
    let rows: i64 = units.values().map(|sum| sum.count).sum();
    let name = wanted.set.to_possible_value().map(|value| value.get_name().to_owned());
    let truth = json!({"set": name, "seed": wanted.seed, "rows": rows, "units": units});
    std::fs::write(wanted.out.join("truth.json"), format!("{truth:#}\n"))?;
    println!("{}: {rows} projects of {} units", wanted.out.display(), units.len());
    Ok(())
}

/// The workbook of a unit.
fn one(wanted: &Wanted, number: usize) -> Outcome<(String, Sum)> {
    let levels = match wanted.set {
        Set::County => Levels::County,
        Set::City | Set::OneBig => Levels::City,
        Set::Province => Levels::Province,
    };
    let unit = words::unit(levels, number);
    let rows = if wanted.set == Set::Province { ROWS_OF_PROVINCE } else { ROWS };
    // Each ten files have all ten sizes, in an order of their own.
    let projects = rows[(number * 7 + number / 10 * 3) % 10];
    let mut dice = Dice::of(wanted.seed, number as u64);
    let sections = |kind: Kind, projects: usize, dice: &mut Dice| {
        let first = (projects as i64 * dice.between(30, 70) / 100).max(1) as usize;
        let second = if kind == Kind::Projects { "新建项目" } else { "新签约项目" };
        let section = |mark: &str, name: &str, projects: usize| Section {
            label: format!("{mark}、{name}（{projects}个）"),
            unit: unit.clone(),
            projects,
        };
        vec![section("一", "续建项目", first), section("二", second, projects - first)]
    };
    let parts = [Kind::Projects, Kind::Investment].map(|kind| {
        let projects = if kind == Kind::Projects { projects } else { (projects / 4).max(10) };
        (kind, sections(kind, projects, &mut dice))
    });
    let path = wanted.out.join(format!("{:05}_{unit}_2026年10月.xlsx", number + 1));
    let sums = workbook(&path, &unit, (number, &parts), &mut dice)?;
    Ok((unit, sums.into_iter().fold(Sum { count: 0, plan_fen: 0, done_fen: 0 }, plus)))
}

/// One workbook of many units, each a section.
fn one_big(wanted: &Wanted) -> Outcome<Vec<(String, Sum)>> {
    let units: Vec<String> = (0..UNITS_OF_ONE).map(|number| words::unit(Levels::City, number)).collect();
    let projects = (wanted.rows / UNITS_OF_ONE).max(1);
    let section = |unit: &String| Section { label: format!("{unit}（{projects}个）"), unit: unit.clone(), projects };
    let investment =
        Section { label: "一、新签约项目（1000个）".into(), unit: units[0].clone(), projects: 1_000 };
    let parts = [(Kind::Projects, units.iter().map(section).collect()), (Kind::Investment, vec![investment])];
    let path = wanted.out.join("00001_全省汇总_2026年10月.xlsx");
    let sums = workbook(&path, "全省汇总", (0, &parts), &mut Dice::of(wanted.seed, u64::MAX))?;
    Ok(units.into_iter().zip(sums).collect())
}

/// Writes a workbook; what each section of its first sheet adds up to.
fn workbook(
    path: &Path,
    unit: &str,
    (number, parts): (usize, &[(Kind, Vec<Section>); 2]),
    dice: &mut Dice,
) -> Outcome<Vec<Sum>> {
    let mut workbook = Workbook::new();
    // Dated by its month, so that the same seed gives the same bytes.
    let properties = DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2026, 10, 31)?);
    workbook.set_properties(&properties);
    let formats = Formats::new();
    let mut sums = Vec::new();
    for (kind, sections) in parts {
        let projects: usize = sections.iter().map(|section| section.projects).sum();
        let sheet: &mut Worksheet =
            if projects > LARGE { workbook.add_worksheet_with_low_memory()? } else { workbook.add_worksheet() };
        sheet.set_name(kind.name())?;
        let mut writer = Writer { sheet, formats: &formats, dice, kind: *kind, code: number + 1, row: 0, serial: 1 };
        let written = writer.write(unit, sections)?;
        if *kind == Kind::Projects {
            sums = written;
        }
    }
    workbook.save(path)?;
    Ok(sums)
}

fn plus(one: Sum, other: Sum) -> Sum {
    Sum {
        count: one.count + other.count,
        plan_fen: one.plan_fen + other.plan_fen,
        done_fen: one.done_fen + other.done_fen,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::truth::Truth;
    use calamine::{Data, Reader, Xlsx, open_workbook};

    fn made(set: Set, files: usize, rows: usize) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        make(&Wanted { set, out: folder.path().to_owned(), seed: 1, files: Some(files), rows }).unwrap();
        folder
    }

    /// Count, plan and done of the rows with a code, by unit, as another reader sees them.
    fn summed(folder: &Path) -> BTreeMap<String, Sum> {
        let mut sums: BTreeMap<String, Sum> = BTreeMap::new();
        for path in crate::yardstick::workbooks(folder).unwrap() {
            let mut workbook: Xlsx<_> = open_workbook(path).unwrap();
            let range = workbook.worksheet_range("重点项目").unwrap();
            for row in range.rows().filter(|row| row[1].to_string().starts_with("2026-")) {
                let (Data::Float(plan), Data::Float(done)) = (&row[7], &row[8]) else { panic!("{row:?}") };
                let fen = |amount: &f64| (amount * 100.0).round() as i64;
                let own = sums.entry(row[4].to_string()).or_insert(Sum { count: 0, plan_fen: 0, done_fen: 0 });
                *own = plus(*own, Sum { count: 1, plan_fen: fen(plan), done_fen: fen(done) });
            }
        }
        sums
    }

    #[test]
    fn the_truth_is_what_the_cells_add_up_to() {
        let county = made(Set::County, 20, 0);
        let truth = Truth::of(county.path()).unwrap();
        assert_eq!(truth.units, summed(county.path()));
        assert_eq!((truth.units.len(), truth.rows()), (20, 20 * 120), "each ten files have every size once");
        let big = made(Set::OneBig, 1, 25_000);
        assert_eq!(Truth::of(big.path()).unwrap().units, summed(big.path()));
    }

    #[test]
    fn the_same_seed_gives_the_same_bytes() {
        let (one, other) = (made(Set::Province, 3, 0), made(Set::Province, 3, 0));
        for path in crate::yardstick::workbooks(one.path()).unwrap() {
            let again = other.path().join(path.file_name().unwrap());
            assert_eq!(std::fs::read(&path).unwrap(), std::fs::read(again).unwrap(), "{}", path.display());
        }
    }

    #[test]
    fn a_folder_that_holds_something_is_left_alone() {
        let county = made(Set::County, 1, 0);
        let again = Wanted { set: Set::County, out: county.path().to_owned(), seed: 1, files: None, rows: 0 };
        assert!(make(&again).unwrap_err().to_string().contains("not empty"));
    }
}
