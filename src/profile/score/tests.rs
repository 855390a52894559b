//! Scores as offices would write them, and every way in which they may not fit.

use crate::amount::Fraction;
use crate::profile::sample::{self, BOOK, COUNTY};
use crate::profile::{MeasuredIn, Profile, ProfileErrors, Reference, Shape};

/// Measures beside the number of roads.
const MEASURES: &str = r#"[[measure]]
id = "rate"
title = "完成率"
measured_in = "fraction"
numerator = "SUM(done)"
denominator = "SUM(plan)"
words = "完成÷计划"
[[measure]]
id = "done"
title = "完成"
measured_in = "yuan"
numerator = "SUM(done)"
words = "完成"
"#;

/// The book with measures that scores look at.
fn book() -> String {
    format!("{BOOK}{MEASURES}")
}

/// The county ranked by its score.
fn county() -> String {
    COUNTY.replace("by = \"count\"", "by = \"score\"")
}

const SCORE: &str = r#"
[[score]]
id = "monthly"
title = "月度综合得分"
book = "roads"
ranking = "towns"
words = "示例"
"#;

fn load(score: &str) -> Result<Profile, ProfileErrors> {
    sample::load(&book(), &format!("{}{SCORE}{score}", county()))
}

fn term(keys: &str) -> String {
    format!("[[score.term]]\nid = \"t\"\ntitle = \"一项\"\n{keys}\n")
}

fn told(score: &str) -> Vec<String> {
    load(score).map(|_| Vec::new()).unwrap_or_else(|errors| errors.0.iter().map(ToString::to_string).collect())
}

#[test]
fn every_shape_can_be_stated() {
    let shapes = [
        "shape = \"ratio\"\nmeasure = \"rate\"\npoints = 40\nat = 100\ncap = 40",
        "shape = \"ratio\"\nmeasure = \"done\"\nunit = \"亿元\"\npoints = 40\nat_average = true",
        "shape = \"per_point\"\nmeasure = \"rate\"\npoints = 40\nat = 100\nup = 1\ndown = 1\neach = 2\nwhole = true",
        "shape = \"steps\"\nmeasure = \"rate\"\nsteps = [{ at_least = 100, points = 100, and = [{ measure = \"count\", at_least = 1 }] }, { at_least = 80, points = 75 }, { points = 0 }]",
        "shape = \"rank\"\nmeasure = \"rate\"\nplaces = [{ to = 3, points = 7 }, { points = 0 }]",
        "shape = \"rank\"\nmeasure = \"rate\"\norder = \"lowest\"\npoints = 10\nless = 0.5",
        "shape = \"efficacy\"\nmeasure = \"rate\"\nweight = 0.3",
        "shape = \"count\"\nmeasure = \"count\"\npoints = 2\ncap = 6",
        "shape = \"deductions\"\npoints = 10\nfloor = 0\ndeduct = [{ measure = \"count\", points = 1, most = 5 }]",
        "shape = \"bands\"\nmeasure = \"rate\"\npoints = 25\nat = 100\nabove = [{ to = 30, per = 0.2 }, { per = 0.1 }]\nbelow = [{ per = \"1/3\" }]",
    ];
    for keys in shapes {
        assert_eq!(told(&term(keys)), [""; 0], "{keys}");
    }
}

#[test]
fn a_score_is_a_measure_of_its_book() {
    let profile = load(&term(
        "shape = \"bands\"\nmeasure = \"rate\"\npoints = 25\nat = 100\nabove = [{ to = 30, per = 0.2 }, { per = 0.1 }]",
    ))
    .unwrap();
    let measure = profile.books[0].measures.iter().find(|measure| measure.id == "score").unwrap();
    assert_eq!((measure.title.as_str(), measure.measured_in), ("月度综合得分", MeasuredIn::Score));
    let score = profile.county.score_of("roads", "towns").unwrap();
    assert_eq!(score.measures_of("roads", "towns"), ["rate"]);
    let Ok(Shape::Bands { at, above, .. }) = score.terms[0].shape() else { panic!("bands") };
    assert_eq!(at, Reference::Number(Fraction::from_integer(100)));
    assert_eq!(above[0].per, Fraction::new(1, 5));
}

#[test]
fn every_misfit_is_told_with_what_to_do() {
    let ratio = "shape = \"ratio\"\nmeasure = \"rate\"\npoints = 40\nat = 100";
    let cases = [
        ("shape = \"ratio\"\nmeasure = \"rat\"\npoints = 40\nat = 100", "没有指标“rat”，是否应为 `rate`"),
        ("shape = \"ratio\"\npoints = 40\nat = 100", "没有写明看哪项指标"),
        ("shape = \"ratio\"\nmeasure = \"rate\"\npoints = 40", "须写且只写一个"),
        ("shape = \"ratio\"\nmeasure = \"rate\"\npoints = 40\nat = 100\nat_average = true", "须写且只写一个"),
        ("shape = \"ratio\"\nmeasure = \"rate\"\nat = 0\npoints = 1", "应大于0"),
        ("shape = \"ratio\"\nmeasure = \"rate\"\nat = 100", "没有写明分值"),
        (
            "shape = \"ratio\"\nmeasure = \"rate\"\npoints = 40\nat = 100\nup = 1",
            "不用 up，它可用的键是 measure、points",
        ),
        ("shape = \"ratio\"\nmeasure = \"rate\"\npoints = 40\nat_measure = \"count\"", "计量单位不同"),
        ("shape = \"ratio\"\nmeasure = \"rate\"\nunit = \"亿元\"\npoints = 40\nat = 100", "不是金额，不用 unit"),
        ("shape = \"per_point\"\nmeasure = \"rate\"\npoints = 40\nat = 100", "至少写一个"),
        ("shape = \"per_point\"\nmeasure = \"rate\"\npoints = 40\nat = 100\ndown = -1", "不小于0"),
        ("shape = \"per_point\"\nmeasure = \"rate\"\npoints = 40\nat = 100\nup = 1\neach = 0", "each 应大于0"),
        ("shape = \"steps\"\nmeasure = \"rate\"\nsteps = [{ at_least = 80, points = 5 }]", "最后一级不写 at_least"),
        (
            "shape = \"steps\"\nmeasure = \"rate\"\nsteps = [{ at_least = 50, points = 5 }, { at_least = 80, points = 7 }, { points = 0 }]",
            "从高到低",
        ),
        (
            "shape = \"steps\"\nmeasure = \"rate\"\nsteps = [{ points = 5, and = [{ measure = \"count\" }] }, { points = 0 }]",
            "没有写 at_least 或 below",
        ),
        ("shape = \"rank\"\nmeasure = \"rate\"\nplaces = [{ to = 3, points = 7 }]", "只有最后一级不写 to"),
        ("shape = \"rank\"\nmeasure = \"rate\"\npoints = 3", "请写名次对应的分值"),
        ("shape = \"efficacy\"\nmeasure = \"rate\"\nbest = 1", "要么都写"),
        ("shape = \"efficacy\"\nmeasure = \"rate\"\nbase = 120", "不应高于满分"),
        ("shape = \"count\"\nmeasure = \"count\"\npoints = 2\nmissing = \"exclude\"", "没有满分的一项不能折算"),
        ("shape = \"deductions\"\npoints = 10", "请补上 deduct"),
        ("shape = \"deductions\"\npoints = 10\ndeduct = [{ measure = \"late\", points = 1 }]", "没有指标“late”"),
        (
            "shape = \"bands\"\nmeasure = \"rate\"\npoints = 2\nat = 100\nabove = [{ to = 30, per = 1 }]",
            "最后一段不写 to",
        ),
        (
            "shape = \"bands\"\nmeasure = \"rate\"\npoints = 2\nat = 100\nbelow = [{ to = 30, per = 1 }, { to = 20, per = 1 }, { per = 0 }]",
            "从小到大",
        ),
        (&format!("{ratio}\nfrom = \"roads/town\""), "没有排名“roads/town”"),
        (&format!("{ratio}\npart = \"extra\""), "没有 [[score.part]]“extra”"),
        (&format!("{ratio}\nweight = 0"), "权重 weight 应大于0"),
        (&format!("{ratio}\ncap = 1\nfloor = 2"), "上限 cap 不应低于下限 floor"),
        (&format!("{ratio}\npionts = 2"), "没有名为 `pionts` 的键，是否应为 `points`"),
        ("shape = \"ratios\"\nmeasure = \"rate\"\npoints = 40\nat = 100", "是否应为 `ratio`"),
        ("shape = \"ratio\"\nmeasure = \"rate\"\npoints = \"forty\"\nat = 100", "数字"),
    ];
    for (keys, expected) in cases {
        let told = told(&term(keys));
        assert!(told.len() == 1 && told[0].contains(expected), "{keys}\n  expected {expected}\n  told {told:#?}");
    }
}

#[test]
fn faults_stand_at_their_lines_and_come_together() {
    let bad =
        term("shape = \"ratio\"\nmeasure = \"rat\"\npoints = 40") + &term("shape = \"count\"\nmeasure = \"count\"");
    let told = told(&bad);
    let first = COUNTY.lines().count() + SCORE.lines().count();
    let line = |n: usize| format!("county.toml 第{}行", first + n);
    assert_eq!(told.len(), 4, "{told:#?}");
    assert!(told.iter().any(|t| t.starts_with(&line(5)) && t.contains("“rat”")), "{told:#?}");
    assert!(told.iter().any(|t| t.starts_with(&line(8)) && t.contains("id “t”已经用过")), "{told:#?}");
}

#[test]
fn scores_and_rankings_must_know_one_another() {
    let one = term("shape = \"ratio\"\nmeasure = \"rate\"\npoints = 40\nat = 100");
    let twice = format!("{one}{}{one}", SCORE.replace("monthly", "again"));
    assert!(told(&twice)[0].contains("一个排名只有一个得分"), "{:?}", told(&twice));
    let other = format!("{one}{}{one}", SCORE.replace("monthly", "again").replace("towns", "town"));
    assert!(told(&other)[0].contains("没有排名“town”"), "{:?}", told(&other));
    let none = sample::load(&book(), &county()).unwrap_err();
    assert!(none.to_string().contains("用到得分，但没有"), "{none}");
    let named = book().replace("\"count\"\ntitle", "\"score\"\ntitle");
    let by_rate = county().replace("[\"count\"]", "[\"rate\"]").replace("\"score\"", "\"rate\"");
    let taken = sample::load(&named, &by_rate).unwrap_err();
    assert!(taken.to_string().contains("留给得分用"), "{taken}");
}

#[test]
fn vetoes_state_when_and_what() {
    let one = term("shape = \"ratio\"\nmeasure = \"rate\"\npoints = 40\nat = 100");
    let veto = |keys: &str| format!("{one}[[score.veto]]\nid = \"v\"\ntitle = \"否决\"\n{keys}\n");
    let when = "when = [{ measure = \"rate\", below = 30 }]";
    assert_eq!(told(&veto(&format!("{when}\neffect = \"unranked\""))), [""; 0]);
    assert_eq!(told(&veto(&format!("{when}\neffect = \"grade_at_most\"\ngrade = \"差\""))), [""; 0]);
    for (keys, expected) in [
        (format!("{when}\neffect = \"grade_at_most\""), "最高能评的等次"),
        (format!("{when}\neffect = \"grade_at_most\"\ngrade = \"中\""), "没有等次“中”"),
        (format!("{when}\neffect = \"grade_up\"\ngrade = \"优\""), "只有 effect"),
        ("when = []\neffect = \"zero\"".to_owned(), "什么情形下"),
    ] {
        let told = told(&veto(&keys));
        assert!(told.len() == 1 && told[0].contains(expected), "{keys}: {told:#?}");
    }
}
