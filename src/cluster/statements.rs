//! What Spark is asked, statement by statement: merge keys, checks across files, rules, measures.
//!
//! Takes a profile and a period, gives SQL text in the order it is to be run in. The rules, derived columns and
//! measures in it are the books' own text, put between brackets; this program is the only one that puts SQL together.
//!
//! What the statements find: `rows_<book>`, `files`, `sheets` as workers wrote them and, for those of the second part,
//! `settled_<book>` and `settled_sheets` as `settle` wrote them.

use polars::prelude::DataType;
use serde::Serialize;

use super::OFFICE;
use super::measures;
use crate::check;
use crate::ledger::sha256;
use crate::measure::{Frame, MeasureError};
use crate::profile::Book;

/// All that Spark is asked for a period.
#[derive(Debug, Clone, Serialize)]
pub struct Statements {
    /// Each book's columns as Spark declares them, the cluster's own behind them.
    pub books: Vec<(String, String)>,
    /// Views over what the workers read, in order.
    pub merge: Vec<Statement>,
    /// What has to be merged again beside one another: a line a sheet, with the rows meant.
    pub contested: String,
    /// Views over what is merged.
    pub facts: Vec<Statement>,
    /// What comes back, by name.
    pub outputs: Vec<Output>,
}

/// A view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Statement {
    /// Its name.
    pub view: String,
    /// Its query.
    pub sql: String,
    /// Whether it is asked often enough to be kept in memory.
    pub keep: bool,
    /// The folder of the job that it is written to, and read from when it is asked: a book's merged rows are wanted in
    /// the ledger's layout anyway, and a question then reads its own columns alone, whichever worker has died since.
    pub written: Option<String>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Output {
    /// Its name: `sum/towns@key_projects/0`, `rules/key_projects`, `parted/key_projects`, `account`, `check/…`.
    pub name: String,
    /// The book that it is about: where no row is of the book, nobody need ask.
    pub book: Option<String>,
    /// Its query.
    pub sql: String,
}

impl Output {
    pub(super) fn of(book: &Book, name: String, sql: String) -> Self {
        Self { name, book: Some(book.id.clone()), sql }
    }

    fn of_all(name: &str, sql: &str) -> Self {
        Self { name: name.to_owned(), book: None, sql: sql.to_owned() }
    }
}

impl Statements {
    /// By what answers are known to be to these questions: profile, period and program are in it.
    pub fn digest(&self) -> String {
        sha256(serde_json::to_string(self).unwrap_or_default().as_bytes())
    }
}

/// What Spark is asked for a period.
///
/// # Errors
///
/// A measure that cannot be summed on a cluster.
pub fn statements(frame: Frame) -> Result<Statements, MeasureError> {
    // What this program makes itself (how units report) is whole where an office is settled: nobody reports it twice.
    let (made, books): (Vec<&Book>, Vec<&Book>) = frame.profile.books.iter().partition(|book| book.internal);
    let mut merge = of_sheets(&books);
    merge.extend(books.iter().map(|book| flagged(book)));
    merge.push(contested_rows(&books));
    let mut facts: Vec<Statement> = books.iter().map(|book| facts_of(book)).collect();
    facts.extend(made.iter().map(|book| facts_of_made(book)));
    for (book, of_book) in books.iter().chain(&made).zip(&mut facts) {
        of_book.written = Some(format!("ledger/book={}/period={}", book.id, frame.period));
    }
    facts.push(findings());
    let mut outputs = vec![
        Output::of_all("account", &account(&books)),
        Output::of_all("check/file.copy", "SELECT office, file, digest FROM copies"),
        Output::of_all("check/report.twice", "SELECT office, book, unit FROM units_twice"),
        Output::of_all(
            "findings",
            "SELECT office, level, COUNT(*) AS findings FROM all_findings GROUP BY office, level ORDER BY office, level",
        ),
        Output::of_all("ledger/findings", "SELECT * FROM all_findings"),
    ];
    for book in &books {
        outputs.push(Output::of(book, format!("check/projects/{}", book.id), across_files(book)));
    }
    let all: Vec<&Book> = frame.profile.books.iter().collect();
    for book in &all {
        outputs.push(Output::of(book, format!("rules/{}", book.id), rules(book)));
    }
    outputs.extend(measures::outputs(frame, &all)?);
    let schema = |book: &&Book| (book.id.clone(), declared(book));
    Ok(Statements { books: all.iter().map(schema).collect(), merge, contested: contested(&books), facts, outputs })
}

/// The columns of a book's rows, in order.
pub(super) fn columns(book: &Book) -> Vec<String> {
    check::empty(book).0.schema().iter_names().map(ToString::to_string).collect()
}

fn declared(book: &Book) -> String {
    let (frame, _) = check::empty(book);
    let own = frame.schema().iter().map(|(name, dtype)| format!("`{name}` {}", spark_type(dtype)));
    let cluster = [OFFICE, "cluster_file", "cluster_name", "cluster_code"].map(|name| format!("`{name}` STRING"));
    let decided = "`cluster_decided` BOOLEAN".to_owned();
    own.chain(cluster).chain([decided]).collect::<Vec<_>>().join(", ")
}

fn spark_type(dtype: &DataType) -> &'static str {
    match dtype {
        DataType::Int64 | DataType::UInt32 => "BIGINT",
        DataType::Int32 => "INT",
        DataType::Float64 => "DOUBLE",
        DataType::Boolean => "BOOLEAN",
        _ => "STRING",
    }
}

fn view(view: &str, sql: &str) -> Statement {
    Statement { view: view.to_owned(), sql: sql.to_owned(), keep: false, written: None }
}

/// The same file under two names counts once; a unit that sent a book in several files may have corrected it, so that
/// those sheets are settled as wholes.
fn of_sheets(books: &[&Book]) -> Vec<Statement> {
    let known: Vec<String> = books.iter().map(|book| format!("'{}'", book.id)).collect();
    vec![
        view("known_sheets", &format!("SELECT * FROM sheets WHERE book IN ({})", known.join(", "))),
        view(
            "copies",
            "SELECT office, file, digest FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY office, digest ORDER BY file) AS nth \
             FROM files) WHERE nth > 1 AND tables > 0",
        ),
        view(
            "standing_sheets",
            "SELECT s.* FROM known_sheets s LEFT ANTI JOIN copies c ON s.office = c.office AND s.file = c.file",
        ),
        view(
            "units_twice",
            "SELECT office, book, unit FROM standing_sheets WHERE unit <> '' \
             GROUP BY office, book, unit HAVING COUNT(DISTINCT file) > 1",
        ),
        view(
            "whole_sheets",
            "SELECT DISTINCT s.office, s.file, s.sheet, s.book FROM standing_sheets s \
             LEFT SEMI JOIN units_twice u ON s.office = u.office AND s.book = u.book AND s.unit = u.unit",
        ),
    ]
}

/// Which of a book's rows have to be looked at beside others: those that a decision speaks of, those that share
/// their name, code or key with another, those of sheets that are settled as wholes. A row a row, of few columns: these
/// are sorted three times.
fn flagged(book: &Book) -> Statement {
    let id = &book.id;
    let rows = standing_rows(
        book,
        &format!(
            "r.{OFFICE}, r.cluster_file, r.sheet, r.row, r.cluster_name, r.cluster_code, r.key, r.reporting_unit, r.cluster_decided"
        ),
    );
    let sql = format!(
        "SELECT r.*, w.file IS NOT NULL AS cluster_whole, \
         w.file IS NOT NULL OR r.cluster_decided \
         OR COUNT(*) OVER (PARTITION BY r.{OFFICE}, r.cluster_name) > 1 \
         OR COUNT(*) OVER (PARTITION BY r.{OFFICE}, COALESCE(r.cluster_code, r.key)) > 1 \
         OR COUNT(*) OVER (PARTITION BY r.key) > 1 AS cluster_contested \
         FROM ({rows}) r \
         LEFT JOIN (SELECT * FROM whole_sheets WHERE book = '{id}') w \
         ON r.{OFFICE} = w.office AND r.cluster_file = w.file AND r.sheet = w.sheet"
    );
    Statement { keep: true, ..view(&format!("flagged_{id}"), &sql) }
}

/// A book's rows but those of a file that came twice.
fn standing_rows(book: &Book, columns: &str) -> String {
    let id = &book.id;
    format!(
        "SELECT {columns} FROM rows_{id} r LEFT ANTI JOIN copies c ON r.{OFFICE} = c.office AND r.cluster_file = c.file"
    )
}

/// What `settle` has to read again: rows of sheets, and sheets as wholes.
fn contested(books: &[&Book]) -> String {
    let rows = books.iter().map(|book| {
        let id = &book.id;
        format!(
            "SELECT {OFFICE} AS office, cluster_file AS file, sheet, '{id}' AS book, FALSE AS whole, \
             SORT_ARRAY(COLLECT_LIST(row)) AS rows FROM flagged_{id} WHERE cluster_contested AND NOT cluster_whole \
             GROUP BY {OFFICE}, cluster_file, sheet"
        )
    });
    let whole =
        "SELECT office, file, sheet, book, TRUE AS whole, CAST(ARRAY() AS ARRAY<BIGINT>) AS rows FROM whole_sheets";
    let all: Vec<String> = rows.chain([whole.to_owned()]).collect();
    all.join(" UNION ALL ")
}

/// The rows that the settled ones stand for.
fn contested_rows(books: &[&Book]) -> Statement {
    let rows = books.iter().map(|book| {
        format!(
            "SELECT {OFFICE} AS office, cluster_file AS file, sheet, row FROM flagged_{} WHERE cluster_contested",
            book.id
        )
    });
    view("contested_rows", &rows.collect::<Vec<_>>().join(" UNION ALL "))
}

/// All findings: of reading, of the rules over rows that stand alone, and of what was settled, without what reading
/// said already.
fn findings() -> Statement {
    let same = |keys: &[&str], one: &str, other: &str| {
        keys.iter().map(|key| format!("{one}.`{key}` <=> {other}.`{key}`")).collect::<Vec<_>>().join(" AND ")
    };
    let cell = same(&["office", "file", "sheet", "row", "field", "rule"], "s", "f");
    let row = same(&["office", "file", "sheet", "row"], "f", "k");
    let file = same(&["office", "file"], "f", "c");
    view(
        "all_findings",
        &format!(
            "SELECT f.* FROM findings f LEFT ANTI JOIN copies c ON {file} WHERE f.stage = 'read' UNION ALL \
             SELECT f.* FROM findings f LEFT ANTI JOIN copies c ON {file} LEFT ANTI JOIN contested_rows k ON {row} \
             WHERE f.stage = 'check' UNION ALL \
             SELECT s.* FROM settled_findings s LEFT ANTI JOIN (SELECT * FROM findings WHERE stage = 'read') f ON {cell}"
        ),
    )
}

/// A book's merged rows: those that stand alone as they were read, and those that were settled.
fn facts_of(book: &Book) -> Statement {
    let (id, columns) = (&book.id, listed(book));
    let sql = format!(
        "SELECT {columns} FROM ({}) r LEFT ANTI JOIN (SELECT * FROM flagged_{id} WHERE cluster_contested) k \
         ON r.{OFFICE} = k.{OFFICE} AND r.cluster_file = k.cluster_file AND r.sheet = k.sheet AND r.row = k.row \
         UNION ALL SELECT {columns} FROM settled_{id}",
        standing_rows(book, "*")
    );
    view(&format!("facts_{id}"), &sql)
}

/// The rows of a book that this program makes itself, office by office.
fn facts_of_made(book: &Book) -> Statement {
    view(&format!("facts_{}", book.id), &format!("SELECT {} FROM settled_{}", listed(book), book.id))
}

/// A book's columns for a SELECT.
fn listed(book: &Book) -> String {
    columns(book).iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// The account of all data rows: what was given is what stands, was settled in one of its ways or set aside.
fn account(books: &[&Book]) -> String {
    let alone = books
        .iter()
        .map(|book| format!("SELECT COUNT(*) AS rows FROM flagged_{} WHERE NOT cluster_contested", book.id));
    let alone: Vec<String> = alone.collect();
    format!(
        "SELECT g.data, g.copies, a.rows AS alone, r.set_aside, s.merged, s.joined, s.set_aside AS settled_set_aside, \
         s.taken_off, s.replaced FROM \
         (SELECT COALESCE(SUM(s.data), 0) AS data, COALESCE(SUM(CASE WHEN c.file IS NULL THEN 0 ELSE s.data END), 0) AS copies \
          FROM known_sheets s LEFT JOIN copies c ON s.office = c.office AND s.file = c.file) g CROSS JOIN \
         (SELECT SUM(rows) AS rows FROM ({})) a CROSS JOIN \
         (SELECT COALESCE(SUM(s.set_aside), 0) AS set_aside FROM standing_sheets s LEFT ANTI JOIN whole_sheets w \
          ON s.office = w.office AND s.file = w.file AND s.sheet = w.sheet AND s.book = w.book) r CROSS JOIN \
         (SELECT COALESCE(SUM(merged), 0) AS merged, COALESCE(SUM(joined), 0) AS joined, \
          COALESCE(SUM(set_aside), 0) AS set_aside, COALESCE(SUM(taken_off), 0) AS taken_off, \
          COALESCE(SUM(replaced), 0) AS replaced FROM settled_sheets) s",
        alone.join(" UNION ALL ")
    )
}

/// What only who has all files can see: one project in several files, under several units, in several counties.
fn across_files(book: &Book) -> String {
    let id = &book.id;
    let by_name = |rule: &str, counted: &str| {
        format!(
            "SELECT '{rule}' AS rule, {OFFICE} AS office, cluster_name AS project, \
             SORT_ARRAY(COLLECT_SET({counted})) AS found \
             FROM flagged_{id} GROUP BY {OFFICE}, cluster_name HAVING COUNT(DISTINCT {counted}) > 1"
        )
    };
    let by_code = format!(
        "SELECT 'project.two_counties' AS rule, CAST(NULL AS STRING) AS office, cluster_code AS project, \
         SORT_ARRAY(COLLECT_SET({OFFICE})) AS found FROM flagged_{id} \
         WHERE cluster_code IS NOT NULL GROUP BY cluster_code HAVING COUNT(DISTINCT {OFFICE}) > 1"
    );
    let parts =
        [by_name("project.several_files", "cluster_file"), by_name("project.two_units", "reporting_unit"), by_code];
    parts.join(" UNION ALL ")
}

/// How often each rule of a book that looks at one row alone held, failed and could not be evaluated, in one pass:
/// `plan.missing/held` …
fn rules(book: &Book) -> String {
    let alone = book.rules.iter().filter(|rule| rule.across.is_none());
    let counts = alone.flat_map(|rule| {
        let (id, holds) = (&rule.id, &rule.holds);
        [
            ("held", format!("({holds})")),
            ("failed", format!("NOT ({holds})")),
            ("not_evaluated", format!("({holds}) IS NULL")),
        ]
        .map(|(what, when)| format!("COUNT(CASE WHEN {when} THEN 1 END) AS `{id}/{what}`"))
    });
    let counts: Vec<String> = std::iter::once("COUNT(*) AS rows".to_owned()).chain(counts).collect();
    format!("SELECT {} FROM facts_{}", counts.join(", "), book.id)
}
