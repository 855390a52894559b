//! Who gets what by mail: `[[mail_role]]` and `[mail]` in `county.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::misfit::{Misfit, given_twice, is_name, misfit, top};
use super::reading::Step;
use crate::say;

/// A role that people of sheet 收件人 have.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailRole {
    /// Its id: `clerk`.
    pub id: String,
    /// What the sheet calls it: 填报人.
    pub title: String,
    /// Other words for it.
    #[serde(default)]
    pub others: Vec<String>,
    /// Whose people have it.
    pub of: Whose,
    /// What they get.
    pub gets: Vec<Gets>,
}

/// Whose people have a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// A reporting unit's, who see their own unit's documents only.
    Unit,
    /// The county's: leaders, offices, the bureau itself.
    County,
}

/// A document, or a kind of mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gets {
    /// The unit's own returns (退改单).
    Return,
    /// The rankings that the unit stands in, without any unit's projects.
    GroupRanking,
    /// The ranking workbooks, with all projects.
    Ranking,
    /// The bulletin.
    Bulletin,
    /// The check report, with all findings.
    Report,
    /// Reminders (催报).
    Reminder,
}

impl Gets {
    /// As the office calls it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Return => "退改单",
            Self::GroupRanking => "本组排名",
            Self::Ranking => "排名工作簿",
            Self::Bulletin => "督查通报",
            Self::Report => "核验报告",
            Self::Reminder => "催报",
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Return => "return",
            Self::GroupRanking => "group_ranking",
            Self::Ranking => "ranking",
            Self::Bulletin => "bulletin",
            Self::Report => "report",
            Self::Reminder => "reminder",
        }
    }

    /// Whether people of such may get it: what holds every unit's projects and findings is for no single unit, and
    /// only a unit has documents of its own.
    fn is_for(self, whose: Whose) -> bool {
        match self {
            Self::Bulletin => true,
            Self::Return | Self::GroupRanking | Self::Reminder => whose == Whose::Unit,
            Self::Ranking | Self::Report => whose == Whose::County,
        }
    }
}

/// How mail is handled, `[mail]` in `county.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MailRules {
    /// Days after a return was sent until which it is to be answered.
    pub answer_days: u32,
}

impl Default for MailRules {
    fn default() -> Self {
        Self { answer_days: 3 }
    }
}

/// The roles where `county.toml` states none: those of the built-in file.
pub(super) fn usual_roles() -> Vec<MailRole> {
    let role = |id: &str, title: &str, of, gets: &[Gets]| MailRole {
        id: id.to_owned(),
        title: title.to_owned(),
        others: Vec::new(),
        of,
        gets: gets.to_vec(),
    };
    let own = [Gets::Return, Gets::GroupRanking, Gets::Reminder];
    vec![
        role("clerk", "填报人", Whose::Unit, &own),
        role("head", "单位负责人", Whose::Unit, &own),
        role("copy", "抄送", Whose::Unit, &[Gets::Return, Gets::GroupRanking]),
        role("leader", "县领导", Whose::County, &[Gets::Ranking, Gets::Bulletin]),
        role("bureau", "统计局", Whose::County, &[Gets::Ranking, Gets::Bulletin, Gets::Report]),
    ]
}

/// The longest that an answer may be waited for, in days.
const LONGEST_ANSWER: u32 = 60;

/// What is wrong with the roles.
pub(super) fn of_mail(roles: &[MailRole], rules: &MailRules) -> Vec<Misfit> {
    let ids: Vec<_> = roles.iter().enumerate().map(|(at, role)| ("mail_role", at, role.id.as_str())).collect();
    let mut found = given_twice(&ids);
    let mut titles: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, role) in roles.iter().enumerate() {
        if !is_name(&role.id) {
            let message = say!("profile-id-name", id = role.id);
            found.push(misfit("mail_role", at, "id", message));
        }
        for title in role.others.iter().chain([&role.title]) {
            if titles.insert(title, at).is_some_and(|other| other != at) {
                let message = say!("profile-role-taken", title = title);
                found.push(misfit("mail_role", at, "title", message));
            }
        }
        found.extend(of_gets(at, role));
    }
    for (of, sheet) in [(Whose::Unit, "单位"), (Whose::County, "领导")] {
        if !roles.iter().any(|role| role.of == of) {
            let key = if of == Whose::Unit { "unit" } else { "county" };
            let message = say!("profile-role-missing", key = key, sheet = sheet);
            found.push(top("mail_role", message));
        }
    }
    if rules.answer_days > LONGEST_ANSWER {
        let path = vec![Step::Key("mail".into()), Step::Key("answer_days".into())];
        found.push(Misfit { path, message: say!("profile-answer-days", longest_answer = LONGEST_ANSWER) });
    }
    found
}

fn of_gets(at: usize, role: &MailRole) -> Option<Misfit> {
    if role.gets.is_empty() {
        return Some(misfit("mail_role", at, "gets", say!("profile-role-nothing", role = role.title)));
    }
    let wrong = role.gets.iter().find(|gets| !gets.is_for(role.of))?;
    let message = match role.of {
        Whose::Unit => say!("profile-role-unit", role = role.title, key = wrong.key(), title = wrong.title()),
        Whose::County => say!("profile-role-county", role = role.title, key = wrong.key(), title = wrong.title()),
    };
    Some(misfit("mail_role", at, "gets", message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Profile;

    fn told(roles: &[MailRole]) -> String {
        of_mail(roles, &MailRules::default()).into_iter().map(|misfit| misfit.message + "\n").collect()
    }

    #[test]
    fn the_built_in_roles_are_those_that_stand_in_where_there_are_none() {
        let built_in = Profile::built_in().county;
        let plain = |roles: &[MailRole]| -> Vec<_> {
            roles.iter().map(|role| (role.id.clone(), role.title.clone(), role.gets.clone())).collect()
        };
        assert_eq!(plain(&built_in.mail_roles), plain(&usual_roles()));
        assert_eq!(told(&usual_roles()), "");
    }

    #[test]
    fn a_unit_cannot_be_given_what_holds_other_units_findings() {
        for gets in [Gets::Ranking, Gets::Report] {
            let mut roles = usual_roles();
            roles[0].gets.push(gets);
            assert!(told(&roles).contains("其他单位"), "{}", told(&roles));
        }
        let mut roles = usual_roles();
        roles[3].gets.push(Gets::Return);
        assert!(told(&roles).contains("of = \"unit\""), "{}", told(&roles));
    }

    #[test]
    fn names_of_roles_lead_to_one_role() {
        let mut roles = usual_roles();
        roles[1].others.push("填报人".into());
        roles[2].id = "clerk".into();
        roles.truncate(3);
        let told = told(&roles);
        assert!(told.contains("分不清") && told.contains("已经用过") && told.contains("county"), "{told}");
    }
}
