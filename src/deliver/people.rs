//! Who gets mail: the people of the units in the order of the roster, then those of the county.

use std::collections::BTreeSet;

use crate::period::Period;
use crate::profile::{Gets, MailRole, Profile, Whose};
use crate::settings::Settings;

/// Someone with an address; one message each, so that one bad address stops nobody else's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The unit, or the leader or office of the county.
    pub whom: String,
    /// The person's name.
    pub name: Option<String>,
    /// The roles' titles, in the profile's order.
    pub roles: Vec<String>,
    /// Whose person it is.
    pub of: Whose,
    /// What it gets.
    pub gets: BTreeSet<Gets>,
    /// The address.
    pub address: String,
}

impl Person {
    /// As mail says it: 单位负责人周某.
    pub fn in_words(&self) -> String {
        format!("{}{}", self.roles.join("、"), self.name.as_deref().unwrap_or_default())
    }
}

/// An address as it is stated, before those of one person are put together.
struct Stated<'a> {
    whom: &'a str,
    name: Option<&'a str>,
    role: &'a MailRole,
    address: &'a str,
    stopped: bool,
}

/// Everyone who gets mail in a period. An address that is given twice for one unit is one person with both roles;
/// the same address for two units is two persons, and gets two messages.
pub fn people(profile: &Profile, settings: &Settings, period: Period) -> Vec<Person> {
    let stated = stated(profile, settings);
    let units = settings.units.iter().filter(|unit| unit.is_open(period)).map(|unit| unit.name.as_str());
    let mut people: Vec<Person> = units.flat_map(|unit| of_one(unit, Whose::Unit, &stated)).collect();
    let mut seen = BTreeSet::new();
    let county = stated.iter().filter(|one| one.role.of == Whose::County);
    for one in county.filter(|one| seen.insert(one.whom)) {
        people.extend(of_one(one.whom, Whose::County, &stated));
    }
    people
}

/// Sheet 收件人, then the addresses that sheets 单位 and 领导 have besides.
fn stated<'a>(profile: &'a Profile, settings: &'a Settings) -> Vec<Stated<'a>> {
    let roles = &profile.county.mail_roles;
    let of = |whose: Whose| roles.iter().find(|role| role.of == whose);
    let mut stated: Vec<Stated> = Vec::new();
    for one in &settings.recipients {
        let Some(role) = roles.iter().find(|role| role.id == one.role) else { continue };
        let name = one.name.as_deref();
        stated.push(Stated { whom: &one.whom, name, role, address: &one.mail, stopped: one.stopped });
    }
    let units = settings.units.iter().map(|unit| (unit.name.as_str(), None, &unit.mail, of(Whose::Unit)));
    let leaders = settings
        .leaders
        .iter()
        .map(|leader| (leader.name.as_str(), Some(leader.name.as_str()), &leader.mail, of(Whose::County)));
    for (whom, name, addresses, role) in units.chain(leaders) {
        let Some(role) = role else { continue };
        for address in addresses {
            // A row of 收件人 says more about the same address, also that it is stopped.
            let known =
                |one: &Stated| one.whom == whom && one.role.of == role.of && one.address.eq_ignore_ascii_case(address);
            if !stated.iter().any(known) {
                stated.push(Stated { whom, name, role, address, stopped: false });
            }
        }
    }
    let order = |one: &Stated| roles.iter().position(|role| role.id == one.role.id);
    stated.sort_by_key(order);
    stated
}

fn of_one(whom: &str, of: Whose, stated: &[Stated]) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    for one in stated.iter().filter(|one| one.whom == whom && one.role.of == of && !one.stopped) {
        match people.iter_mut().find(|person| person.address.eq_ignore_ascii_case(one.address)) {
            Some(person) => {
                person.roles.push(one.role.title.clone());
                person.gets.extend(&one.role.gets);
                person.name = person.name.take().or_else(|| one.name.map(str::to_owned));
            }
            None => people.push(Person {
                whom: whom.to_owned(),
                name: one.name.map(str::to_owned),
                roles: vec![one.role.title.clone()],
                of,
                gets: one.role.gets.iter().copied().collect(),
                address: one.address.to_owned(),
            }),
        }
    }
    people
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Leader, Recipient, Unit};

    fn settings() -> Settings {
        let unit = |name: &str, mail: &[&str]| Unit {
            name: name.into(),
            mail: mail.iter().map(|mail| (*mail).to_owned()).collect(),
            ..Unit::default()
        };
        let row = |whom: &str, role: &str, mail: &str, stopped| Recipient {
            whom: whom.into(),
            name: Some("周某".into()),
            role: role.into(),
            mail: mail.into(),
            stopped,
            place: Default::default(),
        };
        Settings {
            units: vec![unit("城关镇", &["cg@a.example", "old@a.example"]), unit("和平乡", &["hp@a.example"])],
            leaders: vec![Leader { name: "余立新".into(), post: None, mail: vec!["yu@a.example".into()] }],
            recipients: vec![
                row("城关镇", "head", "CG@a.example", false),
                row("城关镇", "clerk", "cg@a.example", false),
                row("城关镇", "clerk", "old@a.example", true),
                row("和平乡", "copy", "cg@a.example", false),
            ],
            ..Settings::default()
        }
    }

    #[test]
    fn one_address_of_a_unit_is_one_person_and_of_two_units_two() {
        let people = people(&Profile::built_in(), &settings(), "2026-05".parse().unwrap());
        let told: Vec<_> = people.iter().map(|one| (&*one.whom, one.in_words(), one.address.to_lowercase())).collect();
        let expected = [
            ("城关镇", "填报人、单位负责人周某", "cg@a.example"),
            ("和平乡", "填报人", "hp@a.example"),
            ("和平乡", "抄送周某", "cg@a.example"),
            ("余立新", "县领导余立新", "yu@a.example"),
        ];
        let expected: Vec<_> = expected.map(|(a, b, c)| (a, b.to_owned(), c.to_owned())).into();
        assert_eq!(told, expected);
        assert!(!people[2].gets.contains(&Gets::Reminder) && people[0].gets.contains(&Gets::Reminder));
    }

    #[test]
    fn a_closed_unit_gets_nothing() {
        let mut settings = settings();
        settings.units[0].to = "2026-04".parse().ok();
        let people = people(&Profile::built_in(), &settings, "2026-05".parse().unwrap());
        assert!(people.iter().all(|one| one.whom != "城关镇"), "{people:?}");
    }
}
