//! The letters of a period's documents: each unit's returns and rankings to its people, the workbooks and the bulletin
//! to the county's.

use std::collections::BTreeSet;

use serde::Serialize;

use super::drafting::{Draft, Drafting};
use super::letter::{Attachment, Kind, Letter};
use super::made::{Document, Made, MadeGroup, MadeReturn, MadeStanding};
use super::people::Person;
use super::{DeliverError, LeftOut};
use crate::profile::{Gets, Whose};
use crate::publish::{FINDINGS, ReturnStatus};

/// What a message about documents tells.
#[derive(Debug, Clone, Serialize)]
struct Says {
    /// The unit's files and what became of each.
    returns: Vec<Returned>,
    /// How it stands in each ranking in which it has a place; for the county's people the whole first.
    standings: Vec<Standing>,
    /// Whether any of the files asks for an answer.
    to_answer: bool,
    /// Days to answer in.
    answer_days: u32,
}

/// A file and what became of it.
#[derive(Debug, Clone, Serialize)]
struct Returned {
    file: String,
    document: String,
    status: &'static str,
    findings: u64,
}

/// How a group stands in a ranking.
#[derive(Debug, Clone, Serialize)]
struct Standing {
    title: String,
    place: Option<u32>,
    of: u32,
    /// 上升2名, 下降1名, 与上期持平; empty where there is no last period.
    movement: String,
    /// 一类第2名（共4个）; empty where the ranking has no such places.
    within: String,
    figures: Vec<Shown>,
}

/// A figure as mail shows it.
#[derive(Debug, Clone, Serialize)]
struct Shown {
    title: String,
    value: String,
}

/// The letters, in the order of the people, and what nobody gets.
pub(super) fn letters(drafting: &mut Drafting, made: &Made) -> Result<(Vec<Letter>, Vec<LeftOut>), DeliverError> {
    let mut letters = Vec::new();
    let mut left_out = Vec::new();
    for person in drafting.people.clone() {
        letters.extend(letters_to(drafting, made, &person, &mut left_out)?);
    }
    left_out.extend(nobodys(made));
    left_out.extend(without_people(drafting, made));
    Ok((letters, left_out))
}

fn letters_to(
    drafting: &mut Drafting,
    made: &Made,
    person: &Person,
    left_out: &mut Vec<LeftOut>,
) -> Result<Vec<Letter>, DeliverError> {
    let returns = returns_of(made, person);
    let attachments = attachments(drafting, made, person, &returns)?;
    if attachments.is_empty() {
        return Ok(Vec::new());
    }
    let returned = |one: &&MadeReturn| Returned {
        file: one.file.clone(),
        document: one.document.rsplit('/').next().unwrap_or(&one.document).to_owned(),
        status: one.status.title(),
        findings: one.count(),
    };
    let says = Says {
        returns: returns.iter().map(returned).collect(),
        standings: standings(made, person),
        to_answer: returns.iter().any(|one| one.status != ReturnStatus::Accepted),
        answer_days: drafting.profile.county.mail.answer_days,
    };
    let template = if person.of == Whose::Unit { "unit" } else { "county" };
    let known_by = serde_json::to_string(&says).expect("text and numbers are JSON");
    let (kind, why) = (Kind::Documents, String::new());
    let draft = Draft { kind, template, person, says: &says, known_by: &known_by, attachments, why };
    drafting.letters(draft, left_out)
}

/// The returns that a person gets: those of the own unit, and nobody else's.
fn returns_of<'m>(made: &'m Made, person: &Person) -> Vec<&'m MadeReturn> {
    if person.of != Whose::Unit || !person.gets.contains(&Gets::Return) {
        return Vec::new();
    }
    made.returns.iter().filter(|one| one.unit.as_ref() == Some(&person.whom)).collect()
}

fn attachments(
    drafting: &mut Drafting,
    made: &Made,
    person: &Person,
    returns: &[&MadeReturn],
) -> Result<Vec<Attachment>, DeliverError> {
    let mut wanted: Vec<(String, String)> = Vec::new();
    for one in returns {
        wanted.push((one.document.clone(), format!("{}的退改单（{}）", person.whom, one.status.title())));
    }
    if person.of == Whose::Unit && person.gets.contains(&Gets::GroupRanking) {
        let files: BTreeSet<&String> = groups_of(made, person).filter_map(|(group, _)| group.file.as_ref()).collect();
        wanted.extend(files.into_iter().map(|file| (file.clone(), format!("{}在其中有名次", person.whom))));
    }
    for name in made.at_top() {
        if let Some(gets) = what(name).filter(|gets| person.gets.contains(gets)) {
            wanted.push((name.clone(), format!("{}收{}", person.roles.join("、"), gets.title())));
        }
    }
    let attached = wanted.into_iter().map(|(name, why)| {
        let Document { name, bytes, sha256 } = drafting.shelf.document(made, &name)?;
        Ok(Attachment { name, bytes, sha256, why })
    });
    attached.collect()
}

/// What a document in `out/P` itself is, where it is sent at all.
fn what(name: &str) -> Option<Gets> {
    match name {
        FINDINGS => Some(Gets::Report),
        name if name.ends_with(".docx") => Some(Gets::Bulletin),
        name if name.ends_with("排名.xlsx") => Some(Gets::Ranking),
        _ => None,
    }
}

/// The rankings of units that a person's unit stands in, with how.
fn groups_of<'m>(made: &'m Made, person: &'m Person) -> impl Iterator<Item = (&'m MadeGroup, &'m MadeStanding)> {
    let groups = made.groups.iter().filter(|group| group.of == "unit");
    groups.filter_map(|group| Some((group, group.rows.iter().find(|row| row.name == person.whom)?)))
}

fn standings(made: &Made, person: &Person) -> Vec<Standing> {
    let own: Vec<_> = match person.of {
        Whose::Unit if person.gets.contains(&Gets::GroupRanking) => groups_of(made, person).collect(),
        Whose::Unit => Vec::new(),
        Whose::County => {
            let of = |of: &'static str| made.groups.iter().filter(move |group| group.of == of);
            let wholes = of("whole").filter_map(|group| Some((group, group.rows.first()?)));
            let own =
                of("leader").filter_map(|group| Some((group, group.rows.iter().find(|row| row.name == person.whom)?)));
            wholes.filter(|(group, _)| group.book != crate::profile::REPORTS).chain(own).collect()
        }
    };
    let told = own.into_iter().filter(|(group, row)| group.of == "whole" || row.place.is_some());
    told.map(|(group, row)| standing(group, row)).collect()
}

fn standing(group: &MadeGroup, row: &MadeStanding) -> Standing {
    let movement = match row.movement {
        Some(0) => "与上期持平".to_owned(),
        Some(rose) if rose > 0 => format!("比上期上升{rose}名"),
        Some(fell) => format!("比上期下降{}名", -fell),
        None => String::new(),
    };
    let within = row.within.as_ref();
    let figure = |(title, value): (&String, &serde_json::Value)| Shown {
        title: title.clone(),
        value: value.as_str().unwrap_or_default().to_owned(),
    };
    Standing {
        title: group.title.clone(),
        place: row.place,
        of: row.of,
        movement,
        within: within.map_or(String::new(), |one| format!("{}第{}名（共{}个）", one.group, one.place, one.of)),
        figures: row.figures.iter().map(figure).collect(),
    }
}

/// Returns of files of which nobody can tell whose they are.
fn nobodys(made: &Made) -> Vec<LeftOut> {
    let of = |one: &MadeReturn| LeftOut {
        whom: "不明".to_owned(),
        what: format!("{}（报来的文件：{}）", one.document, one.file),
        advice: "看不出是哪个单位报的：请在文件名或表内写明单位后重新运行，或人工退回".to_owned(),
    };
    made.returns.iter().filter(|one| one.unit.as_ref().is_none_or(String::is_empty)).map(of).collect()
}

/// Units with documents and without anybody who gets them; a county without anybody who gets the rankings.
fn without_people(drafting: &Drafting, made: &Made) -> Vec<LeftOut> {
    let mut units: Vec<&str> = drafting.settings.units.iter().map(|unit| unit.name.as_str()).collect();
    units.extend(made.returns.iter().filter_map(|one| one.unit.as_deref()).filter(|unit| !unit.is_empty()));
    let mut seen = BTreeSet::new();
    let mut left_out = Vec::new();
    for unit in units.into_iter().filter(|unit| seen.insert(*unit) && drafting.is_asked_for(unit)) {
        let gets = |gets: Gets| {
            drafting.people.iter().any(|one| one.of == Whose::Unit && one.whom == unit && one.gets.contains(&gets))
        };
        let returns = made.returns.iter().filter(|one| one.unit.as_deref() == Some(unit)).count();
        let mut missing = Vec::new();
        if returns > 0 && !gets(Gets::Return) {
            missing.push(format!("退改单{returns}份"));
        }
        let placed =
            made.groups.iter().any(|group| group.of == "unit" && group.rows.iter().any(|row| row.name == unit));
        if placed && !gets(Gets::GroupRanking) && drafting.is_open(unit) {
            missing.push("所在的排名".to_owned());
        }
        if !missing.is_empty() {
            left_out.push(LeftOut {
                whom: unit.to_owned(),
                what: missing.join("、"),
                advice: drafting.no_address(unit),
            });
        }
    }
    if !drafting.people.iter().any(|one| one.of == Whose::County) && drafting.only.is_none() {
        left_out.push(LeftOut {
            whom: "县领导".to_owned(),
            what: "排名工作簿、督查通报".to_owned(),
            advice: "没有一位县领导或本局的人有邮箱：请在设置表“领导”或“收件人”里填写".to_owned(),
        });
    }
    left_out
}
