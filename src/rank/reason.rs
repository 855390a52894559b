//! Why a group has no place.

use crate::amount::{self, Fraction, YUAN_PER_WAN};
use crate::measure::Group;
use crate::profile::{Book, MeasuredIn, Minimum, RankingPlan};

/// What a ranking asks of a group.
pub(super) struct Reasons<'a> {
    pub(super) plan: &'a RankingPlan,
    pub(super) book: &'a Book,
}

impl Reasons<'_> {
    /// The first reason against giving a group a place; `None` where there is none.
    pub(super) fn against(&self, group: &Group) -> Option<String> {
        let apart = group.apart.as_ref().map(|why| format!("{why}，不参与排名"));
        apart
            .or_else(|| self.not_computable(group))
            .or_else(|| self.plan.minimum.iter().find_map(|minimum| self.too_small(minimum, group)))
    }

    fn title<'t>(&'t self, measure: &'t str) -> &'t str {
        self.book.measures.iter().find(|known| known.id == measure).map_or(measure, |known| &known.title)
    }

    fn not_computable(&self, group: &Group) -> Option<String> {
        let figure = group.figure(&self.plan.by);
        if figure.as_ref().is_some_and(|figure| figure.value.is_some()) {
            return None;
        }
        let why = match figure.as_ref().map(|figure| (figure.numerator, figure.denominator)) {
            _ if group.empty => "本期没有记录",
            Some((None, _)) => "没有上报可以计算的数",
            Some((_, None)) => "没有上报作分母的数",
            Some((_, Some(denominator))) if denominator <= 0 => "作分母的数不大于0",
            _ => "缺少可以计算的数",
        };
        Some(format!("{}无法计算（{why}），不参与排名", self.title(&self.plan.by)))
    }

    fn too_small(&self, minimum: &Minimum, group: &Group) -> Option<String> {
        let figure = group.figure(&minimum.measure);
        let (scale, unit) = match figure.as_ref().map(|figure| figure.measured_in) {
            Some(MeasuredIn::Yuan) => (YUAN_PER_WAN, "万元"),
            _ => (1, "个"),
        };
        let least = minimum.at_least.0 * Fraction::from_integer(scale.into());
        let enough = figure.as_ref().and_then(|figure| figure.value).is_some_and(|value| value >= least);
        let shown = || {
            amount::rounded(minimum.at_least.0, 1, 4).map_or_else(String::new, |least| least.normalize().to_string())
        };
        let said = || format!("{}不足{}{unit}，不参与排名", self.title(&minimum.measure), shown());
        (!enough).then(|| minimum.words.clone().unwrap_or_else(said))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::sample;
    use crate::measure::Figure;

    #[test]
    fn each_reason_says_what_is_missing() {
        let (book, profile) = (sample::key_projects(), sample::profile());
        let plan = profile.county.rankings.iter().find(|plan| plan.id == "towns").unwrap();
        let of = |numerator, denominator| {
            let figure = Figure {
                measure: "completion".into(),
                measured_in: MeasuredIn::Fraction,
                value: None,
                numerator,
                denominator,
            };
            Group { name: "甲".into(), figures: [figure].into(), ..Group::default() }
        };
        let against = |group: &Group| Reasons { plan, book: &book }.against(group).unwrap();
        assert_eq!(against(&of(Some(5), Some(0))), "完成率无法计算（作分母的数不大于0），不参与排名");
        assert_eq!(against(&of(None, Some(5))), "完成率无法计算（没有上报可以计算的数），不参与排名");
        assert_eq!(against(&Group { empty: true, ..of(None, None) }), "完成率无法计算（本期没有记录），不参与排名");
        let closed = Group { apart: Some("单位已于2026年3月停用".into()), ..of(Some(1), Some(2)) };
        assert_eq!(against(&closed), "单位已于2026年3月停用，不参与排名");
    }
}
