//! The settings workbook: taken, or every fault told with its cell.

use std::sync::LazyLock;

use wuzhang::collect::{Cell, Grid, Limits, Row, Shown, SourceFile, Value, read_bytes};
use wuzhang::profile::Profile;
use wuzhang::publish::settings_form;
use wuzhang::settings;

use super::Count;

const WORDS: &str = include_str!("../../data/fuzz/words.txt");
/// Words that settings know, besides those of the field.
const KNOWN: [&str; 24] = [
    "城关镇",
    "柳河乡",
    "县住建局",
    "乡镇",
    "部门",
    "重点项目",
    "重点建设项目",
    "水厂",
    "2026-05",
    "2026-13",
    "撤销",
    "调整",
    "是",
    "否",
    "A1",
    "更正",
    "认定",
    "a@b.example",
    "completion",
    "全县",
    "=1+1",
    "",
    "\u{202e}",
    "2026年5月",
];

/// The blank form with cells written into it.
fn filled(form: &SourceFile, cells: &[(u8, u8, u8, u8)]) -> SourceFile {
    static ALL: LazyLock<Vec<&str>> = LazyLock::new(|| WORDS.lines().chain(KNOWN).collect());
    let mut file = form.clone();
    for (sheet, row, column, word) in cells.iter().take(40) {
        let sheets = file.grids.len();
        let grid: &mut Grid = &mut file.grids[usize::from(*sheet) % sheets];
        let value = match word {
            250.. => Value::Number(f64::from(*word) * 1e18),
            240..=249 => Value::Date(f64::from(*word) * 200.0),
            230..=239 => Value::Error("#REF!".into()),
            _ => Value::Text(ALL[usize::from(*word) % ALL.len()].into()),
        };
        put(
            grid,
            1 + u32::from(row % 8),
            Cell { column: 1 + u32::from(column % 14), value, shown: Shown::Plain, formula: word % 7 == 0 },
        );
    }
    file
}

fn put(grid: &mut Grid, number: u32, cell: Cell) {
    let at = match grid.rows.binary_search_by_key(&number, |row| row.number) {
        Ok(at) => at,
        Err(at) => {
            grid.rows.insert(at, Row { number, cells: Vec::new() });
            at
        }
    };
    let cells = &mut grid.rows[at].cells;
    match cells.binary_search_by_key(&cell.column, |cell| cell.column) {
        Ok(at) => cells[at] = cell,
        Err(at) => cells.insert(at, cell),
    }
}

#[test]
fn a_filled_form_is_taken_or_its_faults_are_told() {
    let profile = Profile::built_in();
    let form = read_bytes(settings_form().unwrap(), "settings.xlsx", &Limits::default());
    assert!(settings::of_file(&form, &profile).is_ok());
    let count = Count::of("settings");
    bolero::check!().with_iterations(120).with_type::<Vec<(u8, u8, u8, u8)>>().for_each(|cells| {
        count.one();
        if let Err(faults) = settings::of_file(&filled(&form, cells), &profile) {
            assert!(!faults.0.is_empty() && faults.to_string().contains("settings.xlsx"), "{faults}");
        }
    });
}
