//! Whether the SQL of a profile can be run: before any file is read, every fault in it at once.
//!
//! Ids given twice and rankings of no book or measure are told, with their lines, where it is loaded.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::{DataFrame, DataType};

use super::{portable, reckoned, schema, sql};
use crate::profile::{Book, Measure, MeasuredIn, Profile, RankingPlan, Reckoning, Rule, Schedule, ScheduleKind, WHOLE};
use crate::say;

/// What is wrong with the derived columns, rules and measures of a book, a sentence each.
pub fn validate(book: &Book) -> Vec<String> {
    let mut faults = twice(book);
    let (frame, underived) = schema::empty(book);
    faults.extend(underived);
    faults.extend(book.derived.iter().filter_map(|derived| {
        let fault = portable::portable(&derived.sql, frame.schema()).err()?;
        Some(say!("check-derived", book = book.id, id = derived.id, fault = fault))
    }));
    let across = super::across::empty(book);
    faults.extend(book.rules.iter().flat_map(|rule| {
        let frame = if rule.across.is_some() { &across } else { &frame };
        rule_faults(rule, frame)
            .into_iter()
            .map(|fault| say!("check-rule", book = book.id, id = rule.id, fault = fault))
    }));
    faults.extend(book.measures.iter().flat_map(|measure| {
        measure_faults(measure, book, &frame)
            .into_iter()
            .map(|fault| say!("check-measure", book = book.id, id = measure.id, fault = fault))
    }));
    faults
}

/// Columns that two statements of a book make: a field named like one that goes with a date or a choice.
fn twice(book: &Book) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let derived = book.derived.iter().map(|derived| derived.id.clone());
    let names = schema::columns(book).into_iter().map(|(name, _)| name).chain(derived);
    let names = names.chain(super::columns_across(book).into_iter().map(|(name, _)| name));
    let again = names.filter(|name| !seen.insert(name.clone()));
    again.map(|name| say!("check-column-taken", book = book.id, name = name)).collect()
}

/// What is wrong with the SQL of a profile as a whole: its books, its rankings.
pub fn validate_profile(profile: &Profile) -> Vec<String> {
    let mut faults: Vec<String> = profile.books.iter().flat_map(validate).collect();
    faults.extend(planned(profile).into_iter().flat_map(|(schedule, book)| {
        let faults = planned_faults(schedule, book);
        faults.into_iter().map(|fault| say!("check-schedule", id = schedule.id, book = book.id, fault = fault))
    }));
    let empty: BTreeMap<&str, DataFrame> =
        profile.books.iter().map(|book| (book.id.as_str(), schema::empty(book).0)).collect();
    faults.extend(profile.county.rankings.iter().flat_map(|plan| {
        // A ranking of no book is told where the profile is loaded.
        let faults = empty.get(plan.book.as_str()).map(|frame| ranking_faults(plan, frame));
        faults
            .unwrap_or_default()
            .into_iter()
            .map(|fault| say!("check-ranking", id = plan.id, book = plan.book, fault = fault))
    }));
    faults
}

/// The schedules of the plan's own figures, each with the books whose rows or groups are held against it.
fn planned(profile: &Profile) -> Vec<(&Schedule, &Book)> {
    let county = &profile.county;
    let judged = profile.books.iter().filter(|book| book.is_judged());
    let mut pairs: Vec<(&Schedule, &Book)> = judged.map(|book| (county.schedule(book, None, None), book)).collect();
    for (plan, book) in county.rankings.iter().filter_map(|plan| Some((plan, profile.book(&plan.book)?))) {
        let held = book.measures.iter().filter(|measure| plan.measures.contains(&measure.id) && book.is_held(measure));
        pairs.extend(held.map(|measure| (county.schedule(book, Some(plan), Some(measure)), book)));
    }
    pairs.retain(|(schedule, _)| schedule.kind == ScheduleKind::Plan);
    pairs.sort_by(|a, b| (&a.0.id, &a.1.id).cmp(&(&b.0.id, &b.1.id)));
    pairs.dedup_by(|a, b| a.0.id == b.0.id && a.1.id == b.1.id);
    pairs
}

/// Its sums are over what departments reported: what is derived from the schedule comes after it.
fn planned_faults(schedule: &Schedule, book: &Book) -> Vec<String> {
    let underived = Book { derived: Vec::new(), ..book.clone() };
    let (frame, _) = schema::empty(&underived);
    let frame = frame.drop_many(["schedule_num", "schedule_den"]);
    let sums = [&schedule.numerator, &schedule.denominator].into_iter().flatten();
    sums.filter_map(|text| sum_fault(text, &frame)).collect()
}

fn rule_faults(rule: &Rule, frame: &DataFrame) -> Vec<String> {
    let mut faults: Vec<String> = predicate_fault(&rule.holds, frame).into_iter().collect();
    let unknown = |name: &&str| frame.schema().get(name).is_none();
    if rule.columns.is_empty() {
        faults.push(say!("check-rule-columns"));
    }
    faults.extend(
        rule.columns.iter().map(String::as_str).filter(unknown).map(|name| say!("check-rule-column", name = name)),
    );
    faults.extend(
        super::words::placeholders(&rule.message)
            .into_iter()
            .filter(unknown)
            .map(|name| say!("check-rule-message", name = name)),
    );
    faults
}

/// What is wrong with a predicate over one row.
fn predicate_fault(text: &str, frame: &DataFrame) -> Option<String> {
    let expr = match sql::over(text, frame.schema()) {
        Ok(expr) => expr,
        Err(fault) => return Some(fault),
    };
    if sql::aggregates(&expr) {
        return Some(say!("check-one-row"));
    }
    if sql::columns(&expr).is_empty() {
        return Some(say!("check-no-column"));
    }
    if let Err(fault) = portable::portable(text, frame.schema()) {
        return Some(fault);
    }
    match schema::typed(expr, frame) {
        Ok(DataType::Boolean) => None,
        Ok(other) => Some(say!("check-not-truth", other = other)),
        Err(fault) => Some(fault),
    }
}

fn measure_faults(measure: &Measure, book: &Book, frame: &DataFrame) -> Vec<String> {
    if measure.kind == Reckoning::Sql {
        let sums = [Some(&measure.numerator), measure.denominator.as_ref()];
        let mut faults: Vec<String> = sums.into_iter().flatten().filter_map(|text| sum_fault(text, frame)).collect();
        faults.extend(measure.filter.as_ref().and_then(|text| predicate_fault(text, frame)));
        let shares = matches!(measure.measured_in, MeasuredIn::Fraction | MeasuredIn::Points);
        if shares && measure.denominator.is_none() {
            faults.push(say!("check-rate-denominator"));
        }
        if measure.until.is_some() {
            faults.push(say!("check-until"));
        }
        return faults;
    }
    reckoned::faults(measure, book)
}

/// What is wrong with a sum or a count over rows.
fn sum_fault(text: &str, frame: &DataFrame) -> Option<String> {
    let expr = match sql::over(text, frame.schema()) {
        Ok(expr) => expr,
        Err(fault) => return Some(fault),
    };
    if !sql::aggregates(&expr) {
        return Some(say!("check-no-sum", text = text));
    }
    if let Err(fault) = portable::portable(text, frame.schema()) {
        return Some(fault);
    }
    if let Some(column) = portable::outside(text) {
        return Some(say!("check-outside-sum", column = column, text = text));
    }
    match schema::typed(expr, frame) {
        Ok(dtype) if sql::is_whole(&dtype) => None,
        Ok(other) => Some(say!("check-not-whole", other = other, text = text)),
        Err(fault) => Some(fault),
    }
}

/// What is wrong with a ranking over the columns of its book.
fn ranking_faults(plan: &RankingPlan, frame: &DataFrame) -> Vec<String> {
    let mut faults = Vec::new();
    if plan.group != WHOLE && frame.schema().get(&plan.group).is_none_or(|dtype| *dtype != DataType::String) {
        faults.push(say!("check-group-text", group = plan.group));
    }
    faults.extend(plan.filter.as_ref().and_then(|text| predicate_fault(text, frame)));
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::sample;

    #[test]
    fn the_built_in_books_can_be_run() {
        let profile = sample::profile();
        assert_eq!(profile.books.len(), 9);
        assert_eq!(validate_profile(&profile), [""; 0]);
    }

    #[test]
    fn a_field_must_not_take_the_name_of_a_column_beside_another() {
        let mut book = sample::key_projects();
        book.fields.iter_mut().find(|field| field.id == "measure").unwrap().id = "actual_start_month".into();
        let faults = validate(&book);
        assert_eq!(faults.len(), 1, "{faults:#?}");
        assert!(faults[0].contains("“actual_start_month”"), "{faults:#?}");
    }

    #[test]
    fn every_fault_is_named_with_its_rule() {
        let mut book = sample::key_projects();
        book.rules[0].holds = "SUM(done) > 0".into();
        book.rules[1].holds = "done + 1".into();
        book.rules[2].holds = "ROUND(done) = done".into();
        book.rules[3].columns = vec!["dnoe".into()];
        book.rules[4].message = "{nothing}".into();
        book.measures[1].numerator = "SUM(rate)".into();
        let faults = validate(&book);
        assert_eq!(faults.len(), 6, "{faults:#?}");
        for (at, id) in book.rules[..5].iter().map(|rule| &rule.id).chain([&book.measures[1].id]).enumerate() {
            assert!(faults[at].contains(id.as_str()), "{id}: {}", faults[at]);
        }
    }

    #[test]
    fn a_plans_own_schedule_must_run_over_every_book_that_is_held_against_it() {
        let mut profile = sample::profile();
        let own = |numerator: &str| {
            let text = format!(
                "id = \"own\"\nkind = \"plan\"\nwords = \"\"\nnumerator = \"{numerator}\"\ndenominator = \"SUM(plan)\""
            );
            toml::from_str::<Schedule>(&text).unwrap()
        };
        profile.county.schedules.insert(0, own("SUM(done_before)"));
        assert_eq!(validate_profile(&profile), [""; 0], "books without a plan do not ask for a schedule");
        for (numerator, words) in [("SUM(dnoe)", "done"), ("done", "不是汇总"), ("SUM(schedule_num)", "schedule_num")]
        {
            profile.county.schedules[0] = own(numerator);
            let faults = validate_profile(&profile);
            assert_eq!(faults.len(), 1, "{faults:#?}");
            assert!(
                faults[0].contains("schedule “own”（账册 key_projects）") && faults[0].contains(words),
                "{faults:#?}"
            );
        }
    }
}
