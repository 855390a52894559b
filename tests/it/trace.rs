//! Every figure of the sample county's rankings followed to its cells: they add up to it, and stand in the files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rust_decimal::Decimal;
use wuzhang::amount::{decimal, yuan};
use wuzhang::collect::{self, Limits, SourceFile};
use wuzhang::measure::Figure;
use wuzhang::origin::parse_address;
use wuzhang::period::Period;
use wuzhang::pipeline::Tracing;
use wuzhang::settings::Settings;
use wuzhang::trace::{Asked, Basis, CellTrace, Role, Row, Traceable, Traced, Tracer, Value, Wanted, What};
use wuzhang::workspace::Workspace;

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/yunshan")
}

fn may() -> Period {
    Period::new(2026, 5).unwrap()
}

fn opened() -> Tracing {
    Tracing::open(&Workspace::open(&sample()).unwrap(), may(), &|_| {}).unwrap()
}

/// The inbox as it is read, by name.
fn inbox() -> BTreeMap<String, SourceFile> {
    let files = collect::read_inbox(&sample().join("inbox/2026-05"), &Limits::default()).unwrap();
    files.into_iter().map(|file| (file.name.to_string(), file)).collect()
}

/// A cell of the inbox, found anew.
fn raw<'f>(files: &'f BTreeMap<String, SourceFile>, cell: &CellTrace) -> Option<&'f collect::Value> {
    let (row, column) = parse_address(&cell.written.as_ref()?.cell)?;
    let sheet = cell.place.sheet.as_ref()?;
    let grids = &files.get(&*cell.place.file)?.grids;
    grids.iter().filter(|grid| grid.sheet == *sheet).find_map(|grid| grid.cell(row, column)).map(|cell| &cell.value)
}

/// What a text or number says as an amount under each unit of money that a sheet may be in.
fn may_mean(value: &collect::Value) -> Option<[Option<i64>; 3]> {
    let number: Decimal = match value {
        collect::Value::Number(number) => decimal(*number)?,
        collect::Value::Text(text) => text.trim().replace(',', "").parse().ok()?,
        _ => return None,
    };
    Some([1, 10_000, 100_000_000].map(|unit| yuan(number, unit)))
}

/// Holds the cells of a row against the files; gives how many of them it found there.
fn hold_cells(row: &Row, files: &BTreeMap<String, SourceFile>, asked: &Asked) -> usize {
    let mut found = 0;
    for cell in &row.cells {
        let Some(written) = &cell.written else {
            let empty = cell.read.is_none() || cell.reported.is_some() || cell.place.column().is_none();
            assert!(empty || cell.place.sheet.is_none(), "{asked:?}: {cell:?} has a value and no cell");
            continue;
        };
        let raw = raw(files, cell).unwrap_or_else(|| panic!("{asked:?}: no cell {cell:?}"));
        if let collect::Value::Text(text) = raw {
            assert_eq!(&written.text, &**text, "{asked:?}");
        }
        if let (Some(Value::Yuan(read)), Some(meanings), None) = (&cell.read, may_mean(raw), &cell.reported) {
            assert!(meanings.contains(&Some(*read)), "{asked:?}: {raw:?} is not {read} yuan at {cell:?}");
        }
        found += 1;
    }
    found
}

/// Adds up what rows give, held against the figure; `None` where its measure is another formula.
fn hold_sums(traced: &Traced, asked: &Asked) {
    match &traced.basis {
        Basis::Rows(rows) => {
            let sum = |of: fn(&Row) -> Option<i64>| rows.rows.iter().filter_map(of).sum::<i64>();
            if rows.adds_above {
                assert_eq!(sum(|row| row.numerator), traced.figure.numerator.unwrap_or(0), "{asked:?}");
            }
            if rows.adds_below {
                assert_eq!(sum(|row| row.denominator), traced.figure.denominator.unwrap_or(0), "{asked:?}");
            }
            let other = |row: &&Row| row.share.is_none_or(|share| share > 0.into());
            assert_eq!(rows.rows.iter().filter(other).count(), rows.rows.len(), "{asked:?}");
        }
        Basis::Reckoned(sources) => {
            for source in sources {
                if let What::Figure(of) = &source.what {
                    hold_sums(of, asked);
                }
            }
        }
    }
}

/// Whether each side of a figure is the sum of its rows, here and in all that it is reckoned from.
fn is_sum(traced: &Traced) -> bool {
    match &traced.basis {
        Basis::Rows(rows) => rows.adds_above && rows.adds_below,
        Basis::Reckoned(sources) => sources.iter().all(|source| match &source.what {
            What::Figure(of) => is_sum(of),
            _ => true,
        }),
    }
}

#[test]
fn every_figure_of_every_ranking_comes_from_cells() {
    let (tracing, files) = (opened(), inbox());
    let (mut figures, mut cells, mut formulas) = (0, 0, 0);
    let mut places = BTreeSet::new();
    tracing.with(|tracer| {
        let all = tracer.all();
        for asked in &all {
            let traced = tracer.trace(*asked).unwrap_or_else(|error| panic!("{asked:?}: {error}"));
            assert!(traced.adds_up(), "{asked:?}: {:?}", traced.faults());
            hold_sums(&traced, asked);
            for row in traced.all_rows() {
                cells += hold_cells(row, &files, asked);
                let with_cell = row.cells.iter().filter(|cell| cell.written.is_some());
                places.extend(with_cell.map(|cell| cell.place.in_words()));
            }
            formulas += usize::from(!is_sum(&traced));
            figures += 1;
        }
        let of_rankings = tracing.outcome().rankings.iter().flat_map(|ranking| &ranking.rows);
        assert_eq!(figures, of_rankings.map(|row| row.figures.len()).sum::<usize>(), "all of them");
        println!(
            "{figures} figures traced, {formulas} of them by a formula that is no sum; {cells} times a cell, {} cells",
            places.len()
        );
    });
    assert!(figures > 1_000 && places.len() > 1_000, "{figures} figures, {} cells", places.len());
    assert!(formulas * 20 < figures, "nearly all are sums: {formulas} of {figures}");
}

#[test]
fn the_county_as_the_terminal_shows_it_is_traced() {
    let tracing = opened();
    tracing.with(|tracer| {
        let outcome = tracing.outcome();
        assert!(outcome.county.len() > 10);
        for (title, shown) in &outcome.county {
            let mut of_county = tracer.all().into_iter().filter(|asked| asked.ranking == "county");
            let traced = of_county.find_map(|asked| {
                let traced = tracer.trace(asked).unwrap();
                (traced.title == *title && traced.figure == *shown).then_some(traced)
            });
            assert!(traced.unwrap_or_else(|| panic!("{title}")).adds_up(), "{title}");
        }
    });
}

#[test]
fn a_figure_that_its_cells_do_not_give_is_told() {
    let tracing = opened();
    let mut rankings = tracing.outcome().rankings.clone();
    for row in rankings.iter_mut().flat_map(|ranking| &mut ranking.rows) {
        let wrong = |figure: Figure| Figure {
            numerator: figure.numerator.map(|above| above + 1),
            value: figure.value.map(|value| value + 1),
            ..figure
        };
        row.figures = row.figures.iter().map(wrong).collect();
    }
    let (settings, outcome) = (Settings::default(), tracing.outcome());
    let of = Traceable {
        profile: tracing.profile(),
        settings: &settings,
        period: may(),
        merged: &outcome.merged,
        findings: &outcome.findings,
        rankings: &rankings,
        last_year: &BTreeMap::new(),
        written: &|_, _| None,
    };
    let tracer = Tracer::new(&of);
    let towns = tracer.all().into_iter().filter(|asked| asked.ranking == "towns" && asked.book == "key_projects");
    let told: Vec<Asked> = towns.filter(|asked| tracer.trace(*asked).unwrap().adds_up()).collect();
    let empty = |asked: &Asked| {
        let row = rankings.iter().filter(|one| one.id == asked.ranking && one.book == asked.book);
        let row = row.flat_map(|one| &one.rows).find(|row| row.group == asked.group).unwrap();
        row.figure(asked.measure).unwrap().value.is_none()
    };
    assert!(told.iter().all(empty), "{told:?}");
}

#[test]
fn a_figure_of_s003_down_to_the_cells() {
    let tracing = opened();
    tracing.with(|tracer| {
        let wanted = |measure| Wanted { book: Some("重点建设项目"), ranking: "county", group: "全县", measure };
        let trace = |measure| tracer.trace(tracer.find(wanted(measure)).unwrap()).unwrap();
        // 109 projects, 110,000 of 309,000 万元 (S003); one more is off the list.
        let completion = trace("完成率");
        let Basis::Rows(rows) = &completion.basis else { panic!("{completion:?}") };
        assert_eq!(rows.rows.len(), 109);
        let sum = |of: fn(&Row) -> Option<i64>| rows.rows.iter().filter_map(of).sum::<i64>();
        assert_eq!((sum(|row| row.numerator), sum(|row| row.denominator)), (1_100_000_000, 3_090_000_000));
        for row in &rows.rows {
            let cell = |role| row.cells.iter().find(|cell| cell.roles.contains(&role)).unwrap();
            let yuan = |role| match cell(role).read {
                Some(Value::Yuan(yuan)) => Some(yuan),
                _ => None,
            };
            assert_eq!(yuan(Role::Numerator), row.numerator, "{row:?}");
            assert_eq!(yuan(Role::Denominator), row.denominator, "{row:?}");
            assert!(cell(Role::Subject).written.is_some(), "{row:?}");
        }
        // Last year's figure of the whole county stands in the settings workbook.
        let change = trace("completion_change");
        let Basis::Reckoned(sources) = &change.basis else { panic!("{change:?}") };
        let last = sources.iter().find(|source| source.role == "上年同期").unwrap();
        let What::Figure(last) = &last.what else { panic!("{last:?}") };
        let Basis::Reckoned(cells) = &last.basis else { panic!("{last:?}") };
        for cell in cells {
            let What::Setting { place, written, value, .. } = &cell.what else { panic!("{cell:?}") };
            assert_eq!((&*place.file, place.sheet.as_deref()), ("settings.xlsx", Some("上年同期")));
            let written: Decimal = written.as_ref().expect("a cell of the settings").text.parse().unwrap();
            assert_eq!(yuan(written, 10_000), Some(*value));
        }
        assert_eq!(cells.len(), 2);
    });
}

#[test]
fn what_is_not_there_is_told_with_what_is() {
    let tracing = opened();
    tracing.with(|tracer| {
        let find = |book, ranking, group, measure| tracer.find(Wanted { book, ranking, group, measure });
        let told = |wanted: Result<Asked, _>| {
            wanted.map(|_| ()).map_err(|error: wuzhang::trace::TraceError| error.to_string())
        };
        let error = told(find(None, "twons", "城关镇", "done")).unwrap_err();
        assert!(error.contains("twons") && error.contains("towns"), "{error}");
        let error = told(find(None, "towns", "城关", "done")).unwrap_err();
        assert!(error.contains("城关镇"), "{error}");
        let error = told(find(None, "towns", "城关镇", "dnoe")).unwrap_err();
        assert!(error.contains("累计完成投资"), "{error}");
        let error = told(find(Some("key_project"), "towns", "城关镇", "done")).unwrap_err();
        assert!(error.contains("key_projects"), "{error}");
        assert!(find(None, "乡镇", "城关镇", "累计完成投资").is_ok());
    });
}
