//! What came back from the cluster: an object a line, the first one telling to which questions.
//!
//! `{"plan": "<digest>"}`, then `{"output": "sum/towns@key_projects/group1", "rows": [{"cluster_group": "城关镇", …}]}`.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::measures::name;
use crate::measure::{Frame, Group, MeasureError, Query, Summed, measure_summed, queries};
use crate::merge::Facts;
use crate::profile::RankingPlan;
use crate::say;

/// Why answers are not taken.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum AnswerFault {
    /// A line that is none of ours.
    #[error("{}", say!("cluster-answer-line", line = _0))]
    Line(usize),
    /// Answers to other questions.
    #[error("{}", say!("cluster-other-plan"))]
    OtherPlan,
    /// An answer that is not there.
    #[error("{}", say!("cluster-missing", name = _0))]
    Missing(String),
    /// A figure that cannot be reckoned from the answers.
    #[error(transparent)]
    Measure(#[from] MeasureError),
}

/// Answers by the name of the output.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answers {
    outputs: BTreeMap<String, Vec<Map<String, Value>>>,
}

impl Answers {
    /// Reads answers; `plan` is the digest of the questions they must be to.
    ///
    /// # Errors
    ///
    /// Lines that cannot be understood, answers to other questions.
    pub fn read(text: &str, plan: &str) -> Result<Self, AnswerFault> {
        let mut outputs = BTreeMap::new();
        let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let object = |at: usize, line: &str| -> Result<Map<String, Value>, AnswerFault> {
            serde_json::from_str(line).map_err(|_| AnswerFault::Line(at + 1))
        };
        let (at, first) = lines.next().ok_or(AnswerFault::Line(1))?;
        if object(at, first)?.get("plan").and_then(Value::as_str) != Some(plan) {
            return Err(AnswerFault::OtherPlan);
        }
        for (at, line) in lines {
            let mut answer = object(at, line)?;
            let (Some(Value::String(name)), Some(Value::Array(rows))) =
                (answer.remove("output"), answer.remove("rows"))
            else {
                return Err(AnswerFault::Line(at + 1));
            };
            let rows = rows.into_iter().map(|row| match row {
                Value::Object(row) => Ok(row),
                _ => Err(AnswerFault::Line(at + 1)),
            });
            outputs.insert(name, rows.collect::<Result<_, _>>()?);
        }
        Ok(Self { outputs })
    }

    /// How many merged rows a book came to; `None` where the answers do not tell.
    pub fn rows(&self, book: &str) -> Option<usize> {
        let rows = self.outputs.get(&format!("rules/{book}"))?.first()?.get("rows")?.as_i64()?;
        usize::try_from(rows).ok()
    }

    /// The groups of a ranking with their figures; `parted` are the rows whose amounts several groups share.
    ///
    /// # Errors
    ///
    /// Answers that are missing, or do not fit the questions.
    pub fn measure(
        &self,
        frame: Frame,
        plan: &RankingPlan,
        parted: Option<&Facts>,
        last_year: Option<&Facts>,
    ) -> Result<Vec<Group>, AnswerFault> {
        let (by_group, whole) = queries(frame, plan)?;
        let answers = |kind: &str, asked: &[Query]| -> Result<Vec<BTreeMap<String, Summed>>, AnswerFault> {
            asked.iter().enumerate().map(|(at, query)| self.answer(&name(plan, kind, at), query)).collect()
        };
        let by_group = answers("group", &by_group)?;
        let whole = answers("whole", &whole)?.into_iter().map(|mut one| one.pop_first().unwrap_or_default().1);
        let whole: Vec<Summed> = whole.collect();
        Ok(measure_summed(frame, plan, (&by_group, &whole), parted, last_year)?)
    }

    fn answer(&self, name: &str, query: &Query) -> Result<BTreeMap<String, Summed>, AnswerFault> {
        let missing = || AnswerFault::Missing(name.to_owned());
        let rows = self.outputs.get(name).ok_or_else(missing)?;
        rows.iter().map(|row| summed(row, query).ok_or_else(missing)).collect()
    }
}

/// A row of an answer: its group and its sums; `None` where it lacks what was asked.
fn summed(row: &Map<String, Value>, query: &Query) -> Option<(String, Summed)> {
    let whole = |name: String| row.get(&name).and_then(Value::as_i64);
    let group = match query.group {
        Some(_) => row.get("cluster_group")?.as_str()?.to_owned(),
        None => String::new(),
    };
    let sums = (0..query.sums.len()).map(|at| {
        // A sum that is NULL is left out by Spark; one of another kind is none of ours.
        let odd = ["n", "d", "l", "m"]
            .iter()
            .any(|kind| row.get(&format!("{kind}{at}")).is_some_and(|value| !value.is_null() && !value.is_i64()));
        (!odd).then(|| ["n", "d", "l", "m"].map(|kind| whole(format!("{kind}{at}"))))
    });
    Some((group, Summed { rows: row.get("rows")?.as_i64()?, sums: sums.collect::<Option<_>>()? }))
}
