//! How a term's points came about, in words with the figures in them.

use num_traits::Signed;

use super::desk::Looked;
use super::shapes::Slope;
use super::words::unit_of;
use crate::amount::{Exact, Fraction, YUAN_PER_WAN, narrowed, rounded, wan, widened};
use crate::profile::{MeasuredIn, Missing, MoneyUnit, TermPlan};

/// What a shape has to tell besides its points.
pub(super) enum Told {
    /// Full marks, the target.
    Ratio(Fraction, Exact),
    /// The slope, the reference.
    PerPoint(Slope, Exact),
    /// Full marks, the reference.
    Bands(Fraction, Exact),
    /// The least value of the step.
    Step(Option<Fraction>),
    /// The place.
    Place(u32),
    /// Both ends of the groups.
    Efficacy { base: Fraction, points: Fraction, worst: Exact, best: Exact },
    /// Points of each, how much a step is, what does not count.
    Count(Fraction, Fraction, Fraction),
    /// The base, and what each deduction takes off.
    Deductions(Fraction, Vec<Exact>),
}

/// A number without trailing zeros, at most four decimals: 0.5, 33.3333.
pub fn plain(value: Fraction) -> String {
    rounded(value, 1, 4).map_or_else(|| "—".to_owned(), |number| number.normalize().to_string())
}

/// As [`plain`], of a number of any size, at most two decimals.
fn short(value: &Exact) -> String {
    narrowed(value, 2).map_or_else(|| "—".to_owned(), plain)
}

/// A figure as it stands in evidence: 完成率35.6%（8844.86/24845.1万元）.
pub(super) fn figure(looked: &Looked) -> String {
    let title = &looked.input.title;
    let (Some(value), Some(figure)) = (&looked.value, &looked.input.figure) else {
        return format!("{title}无法计算");
    };
    let unit = unit_of(figure.measured_in, looked.unit);
    let value = match figure.measured_in {
        MeasuredIn::Fraction | MeasuredIn::Points => {
            // Rates always show their decimal: 30.0%.
            narrowed(value, 1).and_then(|value| rounded(value, 1, 1)).map_or_else(|| "—".into(), |v| v.to_string())
        }
        _ => short(value),
    };
    let made_of = match (figure.measured_in, figure.numerator, figure.denominator) {
        (MeasuredIn::Fraction, Some(above), Some(below)) => {
            let money = above.unsigned_abs().max(below.unsigned_abs()) >= YUAN_PER_WAN.unsigned_abs();
            match money {
                true => format!("（{}/{}万元）", wan(above), wan(below)),
                false => format!("（{above}/{below}）"),
            }
        }
        _ => String::new(),
    };
    format!("{title}{value}{unit}{made_of}")
}

/// What became of a term that cannot be computed.
pub(super) fn missing(inputs: &[Looked], missing: Missing) -> String {
    let wanting = |looked: &&Looked| looked.value.is_none();
    let mut titles: Vec<&str> = Vec::new();
    for looked in inputs.iter().filter(wanting) {
        if !titles.contains(&looked.input.title.as_str()) {
            titles.push(&looked.input.title);
        }
    }
    let what = match titles[..] {
        [] => "作分母的目标不大于0".to_owned(),
        _ => format!("{}无法计算", titles.join("、")),
    };
    let then = match missing {
        Missing::None => "不计算得分",
        Missing::Zero => "按规则计0分",
        Missing::Exclude => "本项不计，其余各项按满分折算",
    };
    format!("{what}，{then}")
}

/// How points came about.
pub(super) fn reached(plan: &TermPlan, told: &Told, raw: &Exact, inputs: &[Looked], points: Fraction) -> String {
    let mut words = opening(plan, told, inputs);
    let mut steps = vec![short(raw)];
    let mut value = raw.clone();
    if let Some(weight) = plan.weight {
        value *= widened(weight.0);
        steps.push(format!("×权重{}＝{}", plain(weight.0), short(&value)));
    }
    if let Some(floor) = plan.floor.filter(|floor| value < widened(floor.0)) {
        steps.push(format!("，保底{}", plain(floor.0)));
    }
    if let Some(cap) = plan.cap.filter(|cap| value > widened(cap.0)) {
        steps.push(format!("，封顶{}", plain(cap.0)));
    }
    words += &steps.concat();
    format!("{words}，计{}分", plain(points))
}

fn opening(plan: &TermPlan, told: &Told, inputs: &[Looked]) -> String {
    let own = inputs.first().map(figure).unwrap_or_default();
    let reference = |at: &Exact| match inputs.get(1).filter(|_| plan.at_measure.is_some()) {
        Some(looked) => figure(looked),
        None if plan.at_average => format!("平均{}", short(at)),
        None => short(at),
    };
    let apart = |at: &Exact| {
        let distance = inputs.first().and_then(|looked| looked.value.as_ref()).map(|value| value - at);
        let distance = distance.unwrap_or_else(|| widened(Fraction::from_integer(0)));
        let word = if distance.is_negative() { "低" } else { "高" };
        format!("{own}，比{}{word}{}{}：", reference(at), short(&distance.abs()), step_of(inputs.first()))
    };
    match told {
        Told::Ratio(points, at) => format!("{own}÷{}×{}＝", reference(at), plain(*points)),
        Told::PerPoint(slope, at) => {
            let below = inputs.first().and_then(|looked| looked.value.as_ref()).is_some_and(|value| value < at);
            let (does, rate) = if below { ("减", slope.down) } else { ("加", slope.up) };
            let unit = step_of(inputs.first());
            let each = each_in_words(slope.each, slope.whole);
            format!("{}{}分{each}{unit}{does}{}分，得", apart(at), plain(slope.points), plain(rate))
        }
        Told::Bands(points, at) => format!("{}{}分，按段加减，得", apart(at), plain(*points)),
        Told::Step(Some(least)) => format!("{}，达到{}一级，得", all_in_words(inputs), plain(*least)),
        Told::Step(None) => format!("{}，得", all_in_words(inputs)),
        Told::Place(place) => format!("{own}，第{place}名，得"),
        Told::Efficacy { worst, best, .. } if worst == best => format!("{own}，各单位相同，得"),
        Told::Efficacy { base, points, worst, best } => format!(
            "{own}：{}＋{}×（本单位－{}）÷（{}－{}）＝",
            plain(*base),
            plain(*points - *base),
            short(worst),
            short(best),
            short(worst)
        ),
        Told::Count(points, each, beyond) => {
            let beyond = match *beyond == Fraction::from_integer(0) {
                true => String::new(),
                false => format!("，超过{}的部分", plain(*beyond)),
            };
            format!("{own}{beyond}，每{}计{}分：", plain(*each), plain(*points))
        }
        Told::Deductions(points, off) => {
            let minus: Vec<String> =
                inputs.iter().zip(off).map(|(looked, off)| format!("－{}（{}）", short(off), figure(looked))).collect();
            format!("{}{}＝", plain(*points), minus.concat())
        }
    }
}

/// What a step of a figure is counted in: rates go by 百分点.
fn step_of(looked: Option<&Looked>) -> &'static str {
    let figure = looked.and_then(|looked| Some((looked.input.figure.as_ref()?.measured_in, looked.unit)));
    match figure {
        Some((MeasuredIn::Fraction, _)) => "个百分点",
        Some((measured_in, unit)) => unit_of(measured_in, unit),
        None => "",
    }
}

/// 每2, 每满10.
fn each_in_words(each: Fraction, whole: bool) -> String {
    format!("{}{}", if whole { "每满" } else { "每" }, plain(each))
}

fn all_in_words(inputs: &[Looked]) -> String {
    inputs.iter().map(figure).collect::<Vec<_>>().join("，")
}

/// The unit of money of a term's own measure, where it is one.
pub(super) fn money(unit: Option<MoneyUnit>) -> &'static str {
    match unit {
        Some(MoneyUnit::Yi) => "亿元",
        _ => "万元",
    }
}
