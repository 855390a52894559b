//! Profiles that load, and every way in which they may not.

use super::*;
use crate::profile::sample::{BOOK, COUNTY as CHOICES, load};

fn told(result: Result<Profile, ProfileErrors>) -> Vec<String> {
    result.unwrap_err().0.iter().map(Fault::to_string).collect()
}

#[test]
fn the_built_in_profile_is_without_fault() {
    let profile = Profile::load(None).unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!(profile.books.len(), 9);
}

#[test]
fn a_sound_profile_loads() {
    let profile = load(BOOK, CHOICES).unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!(profile.book("roads").unwrap().title, "道路");
}

#[test]
fn faults_of_all_files_come_together() {
    let told = told(load(&BOOK.replace("subject =", "subjet ="), &CHOICES.replace("by =", "bye =")));
    assert_eq!(told.len(), 4, "{told:#?}");
    assert!(told.iter().any(|t| t.starts_with("roads.toml 第6行第1列") && t.contains("`subject`")), "{told:#?}");
    assert!(told.iter().any(|t| t.starts_with("county.toml 第24行第1列") && t.contains("`by`")), "{told:#?}");
}

#[test]
fn what_does_not_fit_together_is_found_with_its_line() {
    let cases = [
        (BOOK.replace("subject = \"name\"", "subject = \"nmae\""), CHOICES.to_owned(), "roads.toml 第6行第11列"),
        (BOOK.replace("subject =", "told_by = [\"twon\"]\nsubject ="), CHOICES.to_owned(), "roads.toml 第6行第11列"),
        (BOOK.replace("\"roads\"", "\"ways\""), CHOICES.to_owned(), "roads.toml 第2行第6列"),
        (BOOK.replace("id = \"count\"", "id = \"Count\""), CHOICES.to_owned(), "roads.toml 第13行第6列"),
        (BOOK.replace("\"text\"", "\"choice\""), CHOICES.to_owned(), "roads.toml 第10行第8列"),
        (BOOK.to_owned(), CHOICES.replace("book = \"roads\"", "book = \"road\""), "county.toml 第21行第8列"),
        (BOOK.to_owned(), CHOICES.replace("by = \"count\"", "by = \"sum\""), "county.toml 第24行第6列"),
        (BOOK.to_owned(), CHOICES.replace("name = \"绿\"", "name = \"绿\"\nfrom = 1.0"), "county.toml 第16行第8列"),
        (BOOK.to_owned(), CHOICES.replace("from = 0.0\n", ""), "county.toml 第8行第8列"),
    ];
    for (book, county, place) in cases {
        let told = told(load(&book, &county));
        assert!(told.iter().any(|t| t.starts_with(place)), "{place}: {told:#?}");
    }
}

/// What is said of the grades of a ranking, one message a fault.
fn of_grades(bands: &str) -> Vec<String> {
    let marked = format!("{CHOICES}marked_by = \"count\"\n");
    let bands: Vec<String> =
        bands.lines().map(|band| format!("[[ranking.grade]]\n{band}\ncolour = \"00FF00\"\n")).collect();
    let bands = bands.concat().replace("; ", "\n");
    load(BOOK, &(marked + &bands)).map_or_else(|errors| errors.0.iter().map(Fault::to_string).collect(), |_| Vec::new())
}

#[test]
fn bands_cover_the_line_once() {
    let sound = [
        "name = \"甲\"; from = 10\nname = \"乙\"; from = 10; open = true\nname = \"丙\"",
        "name = \"绿\"; from = 0\nname = \"黄\"; from = -30; below = 0\nname = \"红\"; below = -30",
        "name = \"绿\"; from = 0; open = true\nname = \"红\"; up_to = 0",
        "name = \"优\"; share = \"1/3\"\nname = \"中\"; share = 0.5; rounds = \"up\"\nname = \"差\"",
        "name = \"优\"; score = 90\nname = \"良\"; score = 80\nname = \"差\"",
        "name = \"全部\"",
    ];
    // The first of these is no band at all: what is from 10 on already holds what is over 10.
    assert_eq!(of_grades(sound[0]).len(), 1, "{:?}", of_grades(sound[0]));
    for bands in &sound[1..] {
        assert_eq!(of_grades(bands), [""; 0], "{bands}");
    }
    let unsound = [
        // 银川 2025: 10 to 30 behind are yellow, and nothing is said of 0 to 10.
        ("name = \"绿\"; from = 0\nname = \"黄\"; from = -30; up_to = -10\nname = \"红\"", "之间缺了-10至0这一段"),
        ("name = \"绿\"; from = 0\nname = \"红\"; up_to = 0", "都含0，重叠了"),
        ("name = \"绿\"; from = 0; open = true\nname = \"红\"; below = 0", "都不含0，缺了这一点"),
        ("name = \"绿\"; from = 0\nname = \"红\"; below = 5", "重叠：0至5"),
        ("name = \"甲\"; from = 0\nname = \"乙\"; share = 0.5\nname = \"丙\"", "只能用一种划法"),
        ("name = \"甲\"; from = 0; score = 90\nname = \"乙\"", "只能写一个"),
        ("name = \"甲\"; share = 0.5\nname = \"乙\"; share = 0.5\nname = \"丙\"", "之和应小于1"),
        ("name = \"甲\"; share = 30\nname = \"乙\"", "应在0和1之间"),
        ("name = \"甲\"; from = nan\nname = \"乙\"", "应当是数字"),
        ("name = \"甲\"; relative = 0\nname = \"乙\"", "relative"),
        ("name = \"甲\"; from = 3\nname = \"甲\"", "“甲”已经用过"),
    ];
    for (bands, words) in unsound {
        let told = of_grades(bands);
        assert!(told.len() == 1 && told[0].contains(words), "{bands} {words}: {told:#?}");
    }
}

#[test]
fn a_ranking_that_asks_for_what_does_not_go_together_is_told() {
    let with = |line: &str| load(BOOK, &format!("{CHOICES}{line}\n"));
    for sound in
        ["roster = \"towns\"\nwithin = \"unit_group\"\norder = \"lowest\"", "sort = \"name\"", "balanced = \"last\""]
    {
        with(sound).unwrap_or_else(|errors| panic!("{sound}: {errors}"));
    }
    let cases = [
        ("roster = \"leaders\"", "名单与 group = \"town_group\" 的对象不一致"),
        ("roster = \"town\"", "是否应为"),
        ("sort = \"name\"\nwithin = \"unit_group\"", "不能有 within"),
        ("minimum = [{ measure = \"cuont\", at_least = 3 }]", "没有指标“cuont”"),
        ("minimum = [{ measure = \"count\", at_least = 0 }]", "at_least 应大于0"),
        ("marked_by = \"lag\"", "没有指标“lag”"),
    ];
    for (line, words) in cases {
        let told = told(with(line));
        assert!(told.iter().any(|told| told.contains(words)), "{line}: {told:#?}");
    }
    let whole = CHOICES.replace("\"town_group\"", "\"whole\"")
        + "roster = \"towns\"\nleaders = \"shared\"\nwithin = \"unit_group\"\n";
    assert_eq!(told(load(BOOK, &whole)).len(), 3);
}

#[test]
fn a_calendar_that_cannot_be_reckoned_is_told_with_its_line() {
    let campaign = "[[campaign]]\nid = \"winter\"\ntitle = \"百日\"\nfirst = \"2026-09-01\"\nlast = \"2026-12-09\"\n";
    let with = |more: &str| CHOICES.replace("[[grade]]\nname = \"优\"", &format!("{more}[[grade]]\nname = \"优\""));
    let schedule = |rest: &str| with(&format!("{campaign}[[schedule]]\nid = \"it\"\nwords = \"\"\n{rest}\n"));
    let cases = [
        (schedule("kind = \"months\"\ncampaign = \"winter\""), 15, "不按整年月数"),
        (schedule("kind = \"days\"\ncampaign = \"summer\""), 16, "`winter`"),
        (schedule("kind = \"monthes\""), 15, "`months`"),
        (schedule("kind = \"plan\"\nnumerator = \"SUM(a)\""), 15, "denominator"),
        (schedule("kind = \"days\"\npoints = [{ by = \"06-30\", share = 0.5 }]"), 16, "只有 milestones"),
        (schedule("kind = \"curve\""), 15, "points"),
        (schedule("kind = \"curve\"\npoints = [{ by = \"06-30\", share = 0.5 }]"), 16, "12-31"),
        (schedule("kind = \"milestones\"\npoints = [{ by = \"6-30\", share = 0.5 }]"), 16, "06-30"),
        (schedule("kind = \"milestones\"\npoints = [{ by = \"06-30\", share = 1.5 }]"), 16, "0 与 1"),
        (
            schedule(
                "kind = \"milestones\"\npoints = [{ by = \"06-30\", share = 0.5 }, { by = \"03-31\", share = 0.6 }]",
            ),
            16,
            "先后",
        ),
        (
            schedule("kind = \"milestones\"\ncampaign = \"winter\"\npoints = [{ by = \"10-31\", share = 0.5 }]"),
            17,
            "2026-10-31",
        ),
        (
            schedule("kind = \"curve\"\ncampaign = \"winter\"\npoints = [{ by = \"2026-12-31\", share = 1 }]"),
            17,
            "2026-12-09",
        ),
        (with(&campaign.replace("2026-12-09", "2026-08-01")), 11, "早于"),
        (with(&campaign.replace("\"2026-12-09\"", "\"2026年底\"")), 11, "2026-09-01"),
        (CHOICES.replace("id = \"year\"", "id = \"Year\""), 4, "小写"),
        (CHOICES.replace("by = \"count\"", "by = \"count\"\nschedule = \"yaer\""), 25, "`year`"),
    ];
    for (county, line, words) in cases {
        let told = told(load(BOOK, &county));
        let place = format!("county.toml 第{line}行");
        assert!(
            told.iter().any(|t| t.starts_with(&place) && t.contains(words)),
            "{place} {words}: {told:#?}\n{county}"
        );
    }
    let book = BOOK.replace("subject =", "schedule = \"yaer\"\nsubject =");
    assert!(told(load(&book, CHOICES))[0].starts_with("roads.toml 第6行"), "{:?}", told(load(&book, CHOICES)));
    let own = BOOK.to_owned()
        + "[[ranking]]\nid = \"own\"\ntitle = \"\"\ngroup_title = \"\"\ngroup = \"whole\"\nmeasures = [\"count\"]\nby = \"count\"\nschedule = \"yaer\"\ntie_words = \"\"\n";
    assert!(told(load(&own, CHOICES))[0].starts_with("roads.toml 第25行"), "{:?}", told(load(&own, CHOICES)));
    let measure = BOOK.to_owned() + "schedule = \"yaer\"\n";
    assert!(told(load(&measure, CHOICES))[0].starts_with("roads.toml 第18行"), "{:?}", told(load(&measure, CHOICES)));
}

#[test]
fn the_same_id_twice_is_a_fault() {
    let again = BOOK.to_owned()
        + "[[measure]]\nid = \"count\"\ntitle = \"又\"\nmeasured_in = \"count\"\nnumerator = \"COUNT(*)\"\nwords = \"又\"\n";
    let told = told(load(&again, CHOICES));
    assert!(told[0].starts_with("roads.toml 第19行第6列"), "{told:#?}");
}

#[test]
fn a_schedule_is_for_books_that_there_are_and_each_has_one() {
    let with = |books: &str| CHOICES.replacen("kind = \"months\"", &format!("kind = \"months\"\nbooks = [{books}]"), 1);
    load(BOOK, &with("\"roads\"")).unwrap_or_else(|errors| panic!("{errors}"));
    for (books, words) in [("\"raods\"", "没有账册“raods”，可用的只有 `roads`"), ("\"roads\", \"roads\"", "只能用一个")]
    {
        let told = told(load(BOOK, &with(books)));
        assert!(told.len() == 1 && told[0].contains(words), "{books}: {told:#?}");
    }
}

#[test]
fn a_folder_replaces_and_adds() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("roads.toml"), format!("\u{feff}{BOOK}")).unwrap();
    fs::write(folder.path().join("county.toml"), CHOICES).unwrap();
    let profile = Profile::load(Some(folder.path())).unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!((profile.books.len(), profile.county.rankings.len()), (10, 1));
    let absent = Profile::load(Some(&folder.path().join("none"))).unwrap_err();
    assert!(absent.to_string().contains("打不开"), "{absent}");
}

#[test]
fn a_chart_of_what_there_is_not_is_told_with_its_line() {
    let whole = CHOICES.replace("\"town_group\"", "\"whole\"").replace("[\"count\"]", "[\"count\", \"long\"]");
    let long = "[[measure]]\nid = \"long\"\ntitle = \"长\"\nmeasured_in = \"count\"\nnumerator = \"COUNT(*)\"\nwords = \"长\"\n";
    let book = format!("{BOOK}{long}");
    let with = |chart: &str| load(&book, &format!("{whole}[[chart]]\ntitle = \"图\"\n{chart}\n"));
    let sound = "book = \"roads\"\nrankings = [\"towns\"]\nmeasures = [\"count\", \"long\"]";
    with(sound).unwrap();
    let cases = [
        (sound.replace("roads", "raods"), "没有账册“raods”"),
        (sound.replace("towns", "twons"), "没有 group = \"whole\" 的排名“twons”"),
        (sound.replace("\"long\"", "\"lnog\""), "排名“towns”没有指标“lnog”"),
        (sound.replace(", \"long\"", ""), "至少要有"),
        (format!("{sound}\nalso_on = [\"rivers\"]"), "没有账册“rivers”"),
    ];
    for (chart, words) in cases {
        let told = told(with(&chart));
        assert!(told.iter().any(|told| told.contains(words)), "{chart}: {told:#?}");
    }
}

#[test]
fn a_form_names_fields_of_its_book_each_once_and_what_tells_rows_apart() {
    let with = |form: &str| load(&BOOK.replace("[[measure]]", &format!("[form]\n{form}\n[[measure]]")), CHOICES);
    assert!(with("fixed = [\"name\"]").is_ok());
    for (form, expected) in [
        ("asked = [\"nmae\"]", "“nmae”不是本账册的字段"),
        ("fixed = [\"name\"]\nasked = [\"name\"]", "“name”已经列过"),
        ("fixed = []", "空白表少了“name”（名称）"),
        ("fixed = [\"name\"]\nlast = [\"name\"]", "“name”不是数字"),
        ("asked = [\"name\"]\nof_year = [\"name\"]", "“name”不在 fixed 和 kept 里"),
        ("fixed = [\"name\"]\nspare = 5000", "最多1000行"),
        ("fixd = [\"name\"]", "没有名为 `fixd` 的键"),
    ] {
        let told = told(with(form));
        assert!(
            told.iter().any(|told| told.contains(expected) && told.starts_with("roads.toml 第1")),
            "{form}: {told:#?}"
        );
    }
}
