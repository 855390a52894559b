//! Makes `sample-data/yunzhou`: a city of three counties. 云山县 is the one beside it; the two others are smaller, and what
//! their units send for May 2026 is 云山县's in other words and other figures.

use std::collections::BTreeMap;

use super::forms::{Submission, departments, towns::TOWNS as SENDERS};
use super::inbox;
use super::month::Month;
use super::settings::{Put, table};
use super::sheet::{Content, Sheet, Workbook};
use super::truth::county::{DEPARTMENTS, TOWNS};
use super::truth::{Row, Truth, Value, WAN};
use super::{Fault, xlsx};

/// The city and its counties in the order in which they report.
pub const CITY: (&str, [&str; 3]) = ("云州市", ["云山县", "临溪县", "青岭县"]);

/// A county made from 云山县.
pub struct County {
    /// Its name.
    pub name: &'static str,
    /// The folder of its workspace.
    pub folder: &'static str,
    /// What its towns are named after, in the order of 云山县's.
    stems: [&'static str; 16],
    /// The units that report, by 云山县's names.
    units: &'static [&'static str],
    /// Its number in the codes of projects, where 云山县 has 369921.
    number: &'static str,
    /// Its plans and its completions in percent of 云山县's.
    scale: (i64, i64),
}

/// The two counties that are made.
pub const COUNTIES: [County; 2] = [
    County {
        name: "临溪县",
        folder: "linxi",
        stems: [
            "溪口", "沙洲", "大坪", "柳湾", "下渡", "芦田", "桐坑", "枫林", "白水", "长岭", "茶亭", "松山", "莲塘",
            "滨江", "河东", "开元",
        ],
        units: &["城关镇", "高桥镇", "龙潭镇", "东风街道", "县住建局", "县水利局", "县工信局", "县城投公司"],
        number: "369922",
        scale: (70, 82),
    },
    County {
        name: "青岭县",
        folder: "qingling",
        stems: [
            "岭下", "石门", "横溪", "竹园", "上塘", "杨梅", "乌石", "古楼", "三江", "坪地", "槐树", "梅林", "龙泉",
            "鼓楼", "西湖", "南苑",
        ],
        units: &["双河镇", "金坪镇", "马家集镇", "北门街道", "县交通运输局", "县教育局", "县农业农村局", "县文旅局"],
        number: "369923",
        scale: (110, 96),
    },
];

/// Path and bytes of every file: the city's own, and the workspaces of the two counties.
pub fn files() -> Result<BTreeMap<String, Vec<u8>>, Fault> {
    let (city, counties) = CITY;
    let names = counties.map(|name| format!("\"{name}\"")).join(", ");
    let own = format!("county = \"{city}\"\nlevel = \"city\"\ncounties = [{names}]\n");
    let mut files = BTreeMap::from([("wuzhang.toml".to_string(), own.into_bytes())]);
    for county in &COUNTIES {
        let below = |name: String| format!("{}/{name}", county.folder);
        files.insert(below("wuzhang.toml".into()), format!("county = \"{}\"\n", county.name).into_bytes());
        files.insert(below("settings.xlsx".into()), xlsx::write(&county.settings())?);
        for (name, bytes) in county.inbox()? {
            files.insert(below(format!("inbox/{}/{name}", Month::MAY.folder())), bytes);
        }
    }
    Ok(files)
}

impl County {
    /// What its units know: the key projects, in this county's words and figures.
    pub fn truth(&self) -> Truth {
        let may = Truth::of(Month::MAY).books.remove("key_projects").unwrap_or_default();
        let own = may.into_iter().filter(|row| !row.off_list && self.units.contains(&row.reporters[0]));
        Truth { books: [("key_projects", own.map(|row| self.scaled(row)).collect())].into() }
    }

    fn scaled(&self, row: Row) -> Row {
        let (plans, dones) = self.scale;
        let mut row = Row { reporters: vec![row.reporters[0]], said: BTreeMap::new(), ..row };
        // Their leaders are others, whom nobody has named.
        row.values.remove("leader");
        for (field, value) in &mut row.values {
            match value {
                Value::Yuan(amount) if field.starts_with("done") => *amount = *amount / WAN * dones / 100 * WAN,
                Value::Yuan(amount) => *amount = *amount / WAN * plans / 100 * WAN,
                _ => {}
            }
        }
        let (done, plan) = (row.amount("done"), row.amount("plan"));
        row.values.insert("rate", Value::Rate(done, plan));
        row
    }

    fn inbox(&self) -> Result<BTreeMap<String, Vec<u8>>, Fault> {
        let truth = self.truth();
        let all: Vec<&Submission> = SENDERS.iter().chain(departments::DEPARTMENTS).collect();
        let own = all.into_iter().filter(|one| self.units.contains(&one.unit));
        let mut files = BTreeMap::new();
        for submission in own {
            let mut workbook = inbox::workbook(submission, &truth, Month::MAY);
            workbook.sheets.iter_mut().for_each(|sheet| self.reword(sheet));
            let name = self.in_words(&inbox::name(submission, Month::MAY));
            files.insert(name, inbox::write(&workbook, submission.format)?);
        }
        Ok(files)
    }

    fn reword(&self, sheet: &mut Sheet) {
        sheet.name = self.in_words(&sheet.name);
        for cell in sheet.cells.values_mut() {
            if let Content::Text(text) = &mut cell.content {
                *text = self.in_words(text);
            }
        }
    }

    /// 云山县's words with this county's names in them. Marks stand in between, so that no name is replaced twice.
    fn in_words(&self, text: &str) -> String {
        let marks = || (0..16_u32).map(|at| char::from_u32(0xE000 + at).expect("a private mark"));
        let mut words = text.replace("城关", "老城").replace("云山", &self.name[..6]).replace("369921", self.number);
        for (town, mark) in TOWNS.iter().zip(marks()) {
            words = words.replace(town.stem, &mark.to_string());
        }
        for (stem, mark) in self.stems.iter().zip(marks()) {
            words = words.replace(mark, stem);
        }
        words
    }

    /// Units, and who of them owes no reports: those that only answer for what others report.
    fn settings(&self) -> Workbook {
        use Put::{Owned, Words};
        let departments = || DEPARTMENTS.iter().map(|department| department.0);
        let unit = |unit: &'static str| {
            let kind = if unit.starts_with('县') { "部门" } else { "乡镇" };
            let group = TOWNS.iter().find(|town| town.name == unit).map_or("县直", |town| town.group);
            let aliases =
                DEPARTMENTS.iter().find(|department| department.0 == unit).map_or("", |department| department.1);
            vec![Owned(self.in_words(unit)), Owned(self.in_words(aliases)), Words(kind), Words(group), Words("2026-01")]
        };
        let towns = TOWNS.iter().map(|town| town.name);
        let units: Vec<&str> = towns.chain(departments().filter(|unit| unit.starts_with('县'))).collect();
        let idle = units.iter().filter(|unit| !self.units.contains(unit));
        let excused = idle.map(|unit| vec![Owned(self.in_words(unit)), Words("全部"), Words("不报")]).collect();
        let rows = units.iter().copied().map(unit).collect();
        let units = table("单位", &["单位名称", "别名", "类别", "分组", "启用时间"], rows);
        Workbook { sheets: vec![units, table("报送", &["单位", "账册", "是否应报"], excused)] }
    }
}
