//! wuzhang (五账): a county's monthly project ledgers, from the workbooks that departments keep
//! to the rankings that leaders read.
//!
//! The modules in the order of the data; each knows those above it and none below:
//!
//! - [`finding`], [`period`], [`amount`], [`origin`], [`text`]: the small words that all share;
//! - [`package`], [`template`]: zip packages changed part by part; wording that an office may change;
//! - [`profile`]: the books, their fields, spellings, rules, measures; the calendar and the rankings;
//! - [`workspace`]: the office's folders, and files that appear whole or not at all;
//! - [`collect`]: whatever lies in the inbox becomes grids of cells;
//! - [`value`]: the grammar of what stands in a cell;
//! - [`layout`]: which book a sheet is, where its header stands, what each column and row is;
//! - [`record`]: each cell typed by its field, in columns;
//! - [`settings`]: the office's own workbook (units, leaders, targets, adjustments), read the same way;
//! - [`check`]: rules over the rows, three outcomes each;
//! - [`merge`]: one row a project and a period, every row accounted for;
//! - [`ledger`]: the merged period as Parquet;
//! - [`rollup`]: what a county hands to the higher office, and several of them put together;
//! - [`history`]: the period held against the ledger's earlier ones;
//! - [`register`]: what each unit owed, what came and when, what replaced what;
//! - [`measure`]: numerators and denominators by group;
//! - [`cluster`]: what a Spark cluster is told and gives back, where one machine is not enough;
//! - [`score`]: points of a ranking's groups, term by term;
//! - [`rank`]: places, gaps, grades and lights;
//! - [`trace`]: the cells that a figure is made from, and that they add up to it;
//! - [`publish`]: the documents;
//! - [`deliver`]: mail, each recipient with only what it should see, once;
//! - [`pipeline`]: the stages in order, a line each: the first file to read;
//! - [`cli`]: the command line, and the only place that knows a clock or a terminal.

pub mod amount;
pub mod finding;
pub mod origin;
pub mod period;
pub mod text;

pub mod package;
pub mod template;

pub mod profile;
pub mod workspace;

pub mod collect;
pub mod draft;
pub mod layout;
pub mod record;
pub mod settings;
pub mod stated;
pub mod value;

pub mod check;
pub mod cluster;
pub mod history;
pub mod ledger;
pub mod measure;
pub mod merge;
pub mod rank;
pub mod register;
pub mod rollup;
pub mod score;
pub mod trace;

pub mod deliver;
pub mod publish;

pub mod cli;
pub mod pipeline;

/// The program that runs, to the letter: its version and a digest of what it is built from. What an earlier run
/// kept for later ones counts only where this is the same.
pub const MADE_FROM: &str = concat!(env!("CARGO_PKG_VERSION"), "-", env!("WUZHANG_MADE_FROM"));
