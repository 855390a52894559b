//! The rules of a score in words, made from what is computed, so that they cannot say anything else.

use super::evidence::{money, plain};
use crate::amount::Fraction;
use crate::profile::{
    Condition, Effect, Hold, Input, MeasuredIn, Missing, MoneyUnit, Order, PlaceStep, Profile, Rate, Reference,
    Rounding, ScorePlan, Shape, Step, TermPlan, VetoPlan,
};

/// What a value is counted in: %, 个百分点, 万元, 亿元, or nothing for a number.
pub(super) fn unit_of(measured_in: MeasuredIn, unit: Option<MoneyUnit>) -> &'static str {
    match measured_in {
        MeasuredIn::Fraction => "%",
        MeasuredIn::Points => "个百分点",
        MeasuredIn::Yuan => money(unit),
        MeasuredIn::Score => "分",
        MeasuredIn::Count => "",
    }
}

/// What measures are called and counted in.
#[derive(Clone, Copy)]
struct Names<'p> {
    profile: &'p Profile,
    plan: &'p ScorePlan,
}

impl<'p> Names<'p> {
    fn measure(self, input: Input<'p>, unit: Option<MoneyUnit>) -> (&'p str, &'static str) {
        let book = input.from.and_then(|from| from.split_once('/')).map_or(self.plan.book.as_str(), |(book, _)| book);
        let measures = self.profile.book(book).map_or(&[][..], |book| &book.measures);
        match measures.iter().find(|measure| measure.id == input.measure) {
            Some(measure) => (&measure.title, unit_of(measure.measured_in, unit)),
            None => (input.measure, ""),
        }
    }

    fn condition(self, condition: &'p Condition) -> String {
        let (title, unit) = self.measure(condition.input(), condition.unit);
        let least = condition.at_least.map(|least| format!("{title}达到{}{unit}", plain(least.0)));
        let below = condition.below.map(|below| match least {
            Some(_) => format!("低于{}{unit}", plain(below.0)),
            None => format!("{title}低于{}{unit}", plain(below.0)),
        });
        [least, below].into_iter().flatten().collect::<Vec<_>>().join("且")
    }
}

/// A term's rule: `完成率÷序时进度×40分，最高40分`.
pub fn term_in_words(profile: &Profile, plan: &ScorePlan, term: &TermPlan) -> String {
    let names = Names { profile, plan };
    let shape = term.shape().expect("a profile is checked when it is loaded");
    let mut words = shape_in_words(names, term, &shape);
    if let Some(weight) = term.weight {
        words += &format!("，乘以权重{}", plain(weight.0));
    }
    if let Some(cap) = term.cap {
        words += &format!("，最高{}分", plain(cap.0));
    }
    if let Some(floor) = term.floor {
        words += &format!("，最低{}分", plain(floor.0));
    }
    if let Some(part) = term.part.as_ref().and_then(|id| plan.parts.iter().find(|part| part.id == *id)) {
        let cap = part.cap.map_or(String::new(), |cap| format!("最高{}分", plain(cap.0)));
        let floor = part.floor.map_or(String::new(), |floor| format!("最低{}分", plain(floor.0)));
        words += &format!("，计入“{}”（合计{cap}{floor}）", part.title);
    }
    words += match term.missing {
        Missing::None => "；无法计算的，不计算得分",
        Missing::Zero => "；无法计算的，本项计0分",
        Missing::Exclude => "；无法计算的，本项不计，其余各项按满分折算",
    };
    match &term.words {
        Some(own) => format!("{words}。{}", own.trim_end_matches('。')),
        None => words,
    }
}

fn shape_in_words(names: Names, term: &TermPlan, shape: &Shape) -> String {
    let own = term.measure.as_deref().map(|measure| Input { measure, from: term.from.as_deref() });
    let (title, unit) = own.map_or(("", ""), |own| names.measure(own, term.unit));
    let at = |reference: &Reference| match reference {
        Reference::Number(at) => format!("{}{unit}", plain(*at)),
        Reference::Average => "各单位的平均值".to_owned(),
        Reference::Measure(_) => {
            let input = Input { measure: term.at_measure.as_deref().unwrap_or_default(), from: term.from.as_deref() };
            names.measure(input, term.unit).0.to_owned()
        }
    };
    // Rates are counted step by step in 百分点.
    let step = if unit == "%" { "个百分点" } else { unit };
    match shape {
        Shape::Ratio { points, at: reference } => format!("{title}÷{}×{}分", at(reference), plain(*points)),
        Shape::PerPoint { points, at: reference, up, down, each, whole } => {
            let each = format!("{}{}{step}", if *whole { "满" } else { "" }, plain(*each));
            let rate = |word: &str, does: &str, rate: &Fraction| match *rate == Fraction::from_integer(0) {
                true => format!("，{word}的不{does}分"),
                false => format!("，每{word}{each}{does}{}分", plain(*rate)),
            };
            let (up, down) = (rate("高", "加", up), rate("低", "减", down));
            format!("{title}达到{}得{}分{up}{down}", at(reference), plain(*points))
        }
        Shape::Steps(steps) => steps_in_words(names, title, unit, steps),
        Shape::Places(order, places) => format!("按{title}{}：{}", ordered(*order), places_in_words(places)),
        Shape::PerPlace { order, points, less } => {
            format!("按{title}{}，第1名{}分，每后1名减{}分", ordered(*order), plain(*points), plain(*less))
        }
        Shape::Efficacy { base, points, equal, ends, order } => {
            let (worst, best) = match ends {
                Some((worst, best)) => (format!("{}{unit}", plain(*worst)), format!("{}{unit}", plain(*best))),
                None if *order == Order::Lowest => ("最高值".to_owned(), "最低值".to_owned()),
                None => ("最低值".to_owned(), "最高值".to_owned()),
            };
            let same = match ends {
                Some(_) => String::new(),
                None => format!("，各单位都相同时均得{}分", plain(*equal)),
            };
            let (base, more) = (plain(*base), plain(*points - *base));
            format!("功效系数法：{base}＋{more}×（{title}－{worst}）÷（{best}－{worst}）{same}")
        }
        Shape::Count { points, each, beyond, whole } => {
            let beyond = match *beyond == Fraction::from_integer(0) {
                true => String::new(),
                false => format!("超过{}{unit}的，", plain(*beyond)),
            };
            let each = format!("{}{}{step}", if *whole { "满" } else { "" }, plain(*each));
            format!("{title}{beyond}每{each}计{}分", plain(*points))
        }
        Shape::Deductions(points, deductions) => {
            let off: Vec<String> = deductions
                .iter()
                .map(|one| {
                    let input = Input { measure: &one.measure, from: one.from.as_deref() };
                    let (title, unit) = names.measure(input, one.unit);
                    let each = one.each.map_or_else(|| "1".to_owned(), |each| plain(each.0));
                    let most = one.most.map_or(String::new(), |most| format!("（最多扣{}分）", plain(most.0)));
                    format!("{title}每{each}{unit}扣{}分{most}", plain(one.points.0))
                })
                .collect();
            format!("基础分{}分，{}", plain(*points), off.join("，"))
        }
        Shape::Bands { points, at: reference, above, below } => {
            let above = rates_in_words("高", "加", step, above);
            let below = rates_in_words("低", "减", step, below);
            format!("{title}达到{}得{}分{above}{below}", at(reference), plain(*points))
        }
    }
}

fn ordered(order: Order) -> &'static str {
    match order {
        Order::Highest => "从高到低的名次",
        Order::Lowest => "从低到高的名次",
    }
}

fn steps_in_words(names: Names, title: &str, unit: &str, steps: &[Step]) -> String {
    let words = |step: &Step| {
        let own = step.at_least.map(|least| format!("{title}达到{}{unit}", plain(least.0)));
        let all: Vec<String> = own.into_iter().chain(step.and.iter().map(|one| names.condition(one))).collect();
        match all.is_empty() {
            true => format!("其余{}分", plain(step.points.0)),
            false => format!("{}的{}分", all.join("且"), plain(step.points.0)),
        }
    };
    steps.iter().map(words).collect::<Vec<_>>().join("，")
}

fn places_in_words(places: &[PlaceStep]) -> String {
    let mut from = 1;
    let mut words = Vec::new();
    for place in places {
        let points = plain(place.points.0);
        words.push(match place.to {
            Some(to) if to == from => format!("第{from}名{points}分"),
            Some(to) => format!("第{from}至{to}名{points}分"),
            None => format!("其余{points}分"),
        });
        from = place.to.map_or(from, |to| to + 1);
    }
    words.join("，")
}

fn rates_in_words(word: &str, does: &str, step: &str, rates: &[Rate]) -> String {
    let mut from = Fraction::from_integer(0);
    let mut words = String::new();
    for rate in rates {
        let per = plain(rate.per);
        words += &match rate.to {
            Some(to) => format!("，{word}出{}至{}{step}的部分每{step}{does}{per}分", plain(from), plain(to)),
            None if from == Fraction::from_integer(0) => format!("，每{word}1{step}{does}{per}分"),
            None => format!("，{word}出{}{step}以上的部分每{step}{does}{per}分", plain(from)),
        };
        from = rate.to.unwrap_or(from);
    }
    words
}

/// A veto's rule: `完成率低于30%的，取消评优（不排名次、不评等次）`.
pub fn veto_in_words(profile: &Profile, plan: &ScorePlan, veto: &VetoPlan) -> String {
    let names = Names { profile, plan };
    let when: Vec<String> = veto.when.iter().map(|one| names.condition(one)).collect();
    let then = match (veto.effect, &veto.grade) {
        (Effect::Unranked, _) => "取消评优（不排名次、不评等次）".to_owned(),
        (Effect::Zero, _) => "得分计0分".to_owned(),
        (Effect::GradeAtMost, Some(grade)) => format!("等次最高为“{grade}”"),
        (Effect::GradeAtMost, None) => "限定等次".to_owned(),
        (Effect::GradeDown, _) => "等次降一档".to_owned(),
        (Effect::GradeUp, _) => "等次升一档".to_owned(),
    };
    format!("{}的，{then}；无法计算的不适用，另行注明", when.join("且"))
}

/// How points are rounded and how entries count.
pub fn entries_in_words(plan: &ScorePlan) -> String {
    let rounding = match plan.rounding {
        Rounding::Terms => format!("各项四舍五入到{}位小数后相加", plan.decimals),
        Rounding::Total => format!("各项不取整，总分四舍五入到{}位小数", plan.decimals),
    };
    let hold = match plan.entries.hold {
        Hold::Year => "加减分自生效月起计到当年年底",
        Hold::Month => "加减分只计入生效当月",
    };
    let cap = |word: &str, cap: Option<crate::profile::Number>| {
        cap.map_or(String::new(), |cap| format!("，{word}合计不超过{}分", plain(cap.0)))
    };
    let (bonus, penalty) = (cap("加分", plan.entries.bonus_cap), cap("减分", plan.entries.penalty_cap));
    let ends = [("最高", plan.cap), ("最低", plan.floor)];
    let ends: String =
        ends.iter().filter_map(|(word, end)| end.map(|end| format!("，总分{word}{}分", plain(end.0)))).collect();
    format!("{rounding}；{hold}{bonus}{penalty}{ends}")
}
