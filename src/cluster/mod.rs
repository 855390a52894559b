//! Cluster: what a Spark cluster is told and gives back, where one machine is not enough.
//!
//! The cluster's workers call this program to read files and write [`Part`]s, Parquet in the ledger's own layout; Spark runs the SQL that [`statements`] states (merge keys, checks across
//! files, the books' rules and measures), and the sums come back as [`Answers`]. Nothing here knows Spark but its SQL.

mod answers;
mod frames;
mod measures;
mod statements;

pub use answers::{AnswerFault, Answers};
pub use frames::{FileLine, Part, SheetLine, parted};
pub use statements::{Output, Statement, Statements, statements};

/// The column that says of which office a row is; all columns of the cluster's own begin like this one.
pub const OFFICE: &str = "cluster_office";
