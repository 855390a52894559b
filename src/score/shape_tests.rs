//! The shapes held against the rules that offices published (domain 2, by their numbers there).

use super::shapes::*;
use crate::amount::{Exact, Fraction, exact, narrowed, widened};
use crate::profile::{Condition, Number, Order, PlaceStep, Rate, Step};

fn f(number: f64) -> Fraction {
    exact(number).unwrap()
}

fn x(number: f64) -> Exact {
    widened(f(number))
}

/// As it is read off a sheet, four decimals at most.
fn shown(points: &Exact) -> String {
    crate::amount::rounded(narrowed(points, 4).unwrap(), 1, 4).unwrap().normalize().to_string()
}

fn rate(to: Option<f64>, per: f64) -> Rate {
    Rate { to: to.map(f), per: f(per) }
}

fn capped(raw: &Exact, floor: Option<f64>, cap: Option<f64>) -> String {
    shown(&settled(raw, None, (floor.map(f), cap.map(f))))
}

#[test]
fn rule_2_plan_completion_of_25_points() {
    // Below plan −0.1 a point; 100–130 % +0.2, above 130 % +0.1; ten points at most either way.
    let above = [rate(Some(30.0), 0.2), rate(None, 0.1)];
    let below = [rate(None, 0.1)];
    let of =
        |completion: f64| capped(&bands(f(25.0), (&above, &below), &x(completion), &x(100.0)), Some(15.0), Some(35.0));
    let cases = [
        (100.0, "25"),
        (99.0, "24.9"),
        (64.4, "21.44"),
        (0.0, "15"),
        (100.5, "25.1"),
        (130.0, "31"),
        (131.0, "31.1"),
        (150.0, "33"),
        (170.0, "35"),
        (400.0, "35"),
    ];
    for (completion, points) in cases {
        assert_eq!(of(completion), points, "{completion} %");
    }
}

#[test]
fn rule_2_places_of_the_half_year() {
    let step = |to, points: f64| PlaceStep { to, points: Number(f(points)) };
    let places = [step(Some(3), 7.0), step(Some(6), 5.0), step(Some(10), 3.0), step(None, 0.0)];
    let of = |place| place_points(place, &places);
    assert_eq!([1, 3, 4, 6, 7, 10, 11, 99].map(of), [7.0, 7.0, 5.0, 5.0, 3.0, 3.0, 0.0, 0.0].map(f));
}

#[test]
fn rule_3_one_point_every_two_percent() {
    let slope = |whole| Slope { points: f(40.0), up: f(1.0), down: f(1.0), each: f(2.0), whole };
    let of = |whole, rate: f64| capped(&per_point(slope(whole), &x(rate), &x(100.0)), Some(25.0), Some(55.0));
    assert_eq!([of(false, 97.0), of(false, 103.0), of(false, 140.0)], ["38.5", "41.5", "55"]);
    // 每2个百分点 as whole steps: three percent short is one step.
    assert_eq!([of(true, 97.0), of(true, 96.0), of(true, 103.9), of(true, 40.0)], ["39", "38", "41", "25"]);
}

#[test]
fn rule_4_full_marks_at_full_completion_limited_to_the_base() {
    let slope = Slope { points: f(30.0), up: f(0.0), down: f(1.0), each: f(1.0), whole: false };
    let of = |rate: f64| capped(&per_point(slope, &x(rate), &x(100.0)), Some(0.0), Some(30.0));
    assert_eq!([of(120.0), of(100.0), of(85.5), of(60.0)], ["30", "30", "15.5", "0"]);
}

#[test]
fn rule_6_bands_about_the_average_mirrored_below() {
    // base + x1·base/20 + x2·base/40 + x3·base/60 by bands of ten points; base 20.
    let third = Rate { to: None, per: Fraction::new(20, 60) };
    let rates = [rate(Some(10.0), 1.0), rate(Some(20.0), 0.5), third];
    let of = |value: f64| shown(&bands(f(20.0), (&rates, &rates), &x(value), &x(70.0)));
    assert_eq!([of(70.0), of(75.0), of(80.0), of(85.0)], ["20", "25", "30", "32.5"]);
    assert_eq!(of(93.0), "36");
    assert_eq!([of(65.0), of(55.0), of(47.0)], ["15", "7.5", "4"]);
}

#[test]
fn rule_6_a_third_of_a_point_off_each() {
    let of = |projects: f64| count(&x(projects), Fraction::new(-1, 3), f(1.0), f(0.0), false);
    assert_eq!([shown(&of(3.0)), shown(&of(1.0)), shown(&of(0.0))], ["-1", "-0.3333", "0"]);
}

#[test]
fn rule_7_actual_over_scheduled_target() {
    let of = |actual: f64, target: f64| {
        ratio(f(30.0), &x(actual), &x(target)).map(|raw| capped(&raw, Some(0.0), Some(30.0)))
    };
    assert_eq!(of(3.0, 4.0).as_deref(), Some("22.5"));
    assert_eq!(of(5.0, 4.0).as_deref(), Some("30"), "full when reached");
    assert_eq!((of(3.0, 0.0), of(3.0, -1.0)), (None, None), "no target, no points, not infinity");
    // +2 for every extra project, six at most.
    let extra = |projects: f64| capped(&count(&x(projects), f(2.0), f(1.0), f(4.0), true), None, Some(6.0));
    assert_eq!([extra(4.0), extra(2.0), extra(5.0), extra(9.0)], ["0", "0", "2", "6"]);
}

#[test]
fn rule_8_is_not_capped() {
    let raw = ratio(f(0.5), &x(120.0), &x(100.0)).unwrap();
    assert_eq!(capped(&raw, None, None), "0.6");
    assert_eq!(capped(&raw, None, Some(0.5)), "0.5", "but the combined item is");
}

/// Rule 9: ≥100 % of the task and ≥20 % of the money in → 100; ≥80 % → 75; ≥50 % → 50; else 0.
fn rule_9() -> Vec<Step> {
    let step = |at_least: Option<f64>, and, points: f64| Step {
        at_least: at_least.map(|n| Number(f(n))),
        and,
        points: Number(f(points)),
    };
    let money =
        Condition { measure: "arrival".into(), from: None, unit: None, at_least: Some(Number(f(20.0))), below: None };
    vec![
        step(Some(100.0), vec![money], 100.0),
        step(Some(80.0), vec![], 75.0),
        step(Some(50.0), vec![], 50.0),
        step(None, vec![], 0.0),
    ]
}

#[test]
fn rule_9_steps_with_two_conditions() {
    let steps = rule_9();
    let of = |task: f64, money: Option<f64>| {
        let holds = |condition: &Condition| Some(money? >= crate::amount::to_f64(condition.at_least.unwrap().0));
        step(&steps, &x(task), holds).map(|at| crate::amount::to_f64(steps[at].points.0))
    };
    assert_eq!(of(100.0, Some(20.0)), Some(100.0), "both ends included");
    assert_eq!(of(120.0, Some(19.9)), Some(75.0), "without the money it is the next step");
    assert_eq!([of(99.9, Some(50.0)), of(80.0, None), of(79.9, None)], [Some(75.0), Some(75.0), Some(50.0)]);
    assert_eq!([of(50.0, None), of(49.9, None)], [Some(50.0), Some(0.0)]);
    assert_eq!(of(100.0, None), None, "money unknown where it decides: not computable, never a lower step");
}

#[test]
fn rule_10_a_point_a_day_until_exhausted() {
    let of = |days: f64, items: f64| {
        let off = deduction(&x(days), f(1.0), f(1.0), None) + deduction(&x(items), f(0.5), f(1.0), Some(f(2.0)));
        capped(&(x(10.0) - off), Some(0.0), None)
    };
    assert_eq!([of(0.0, 0.0), of(3.0, 0.0), of(3.0, 3.0), of(0.0, 9.0), of(12.0, 0.0)], ["10", "7", "5.5", "8", "0"]);
    assert_eq!(shown(&deduction(&x(-2.0), f(1.0), f(1.0), None)), "0", "nothing is given back");
}

#[test]
fn rule_12_efficacy_coefficients() {
    let all: Vec<Exact> = [20.0, 35.0, 60.0].map(x).to_vec();
    let of = |value: f64, order| {
        let range = ends(&all, order).unwrap();
        shown(&efficacy(&x(value), range, (f(60.0), f(100.0), f(100.0))))
    };
    assert_eq!([20.0, 35.0, 60.0].map(|value| of(value, Order::Highest)), ["60", "75", "100"]);
    assert_eq!([20.0, 35.0, 60.0].map(|value| of(value, Order::Lowest)), ["100", "85", "60"]);
    // Weighted 30 of 100.
    assert_eq!(shown(&settled(&x(75.0), Some(f(0.3)), (None, None))), "22.5");
}

#[test]
fn rule_12_where_all_are_equal_nobody_is_behind() {
    let all = vec![x(35.0), x(35.0)];
    let range = ends(&all, Order::Highest).unwrap();
    assert_eq!(shown(&efficacy(&x(35.0), range, (f(60.0), f(100.0), f(100.0)))), "100");
    assert_eq!(shown(&efficacy(&x(35.0), range, (f(60.0), f(100.0), f(80.0)))), "80", "or what the profile says");
    assert!(ends(&[], Order::Highest).is_none());
}

#[test]
fn rule_14_half_a_point_every_ten_percent_over_and_nothing_short_of_it() {
    let step = |at_least: Option<f64>, points: f64| Step {
        at_least: at_least.map(|n| Number(f(n))),
        and: Vec::new(),
        points: Number(f(points)),
    };
    let steps = [step(Some(100.0), 60.0), step(None, 0.0)];
    let of = |rate: f64| {
        let reached = step_points(&steps, rate);
        let slope = Slope { points: f(0.0), up: f(0.5), down: f(0.0), each: f(10.0), whole: true };
        let over = per_point(slope, &x(rate), &x(100.0));
        shown(&(widened(reached) + settled(&over, None, (Some(f(0.0)), Some(f(10.0))))))
    };
    let cases = [(99.9, "0"), (100.0, "60"), (109.9, "60"), (110.0, "60.5"), (135.0, "61.5"), (500.0, "70")];
    for (rate, points) in cases {
        assert_eq!(of(rate), points, "{rate} %");
    }
}

fn step_points(steps: &[Step], value: f64) -> Fraction {
    steps[step(steps, &x(value), |_| None).unwrap()].points.0
}

#[test]
fn places_are_shared_and_skipped() {
    let all: Vec<Exact> = [1.0, 3.0, 3.0, 4.0].map(x).to_vec();
    let places = |order| all.iter().map(|value| place(value, &all, order)).collect::<Vec<_>>();
    assert_eq!(places(Order::Highest), [4, 2, 2, 1]);
    assert_eq!(places(Order::Lowest), [1, 2, 2, 4]);
    assert_eq!([1, 2, 21].map(|at| shown(&per_place(at, f(10.0), f(0.5)))), ["10", "9.5", "0"]);
}

#[test]
fn what_is_exact_stays_exact() {
    // A third of a point a step, three steps: one point, not 0.9999.
    let slope = Slope { points: f(0.0), up: Fraction::new(1, 3), down: f(0.0), each: f(1.0), whole: false };
    assert_eq!(per_point(slope, &x(103.0), &x(100.0)), x(1.0));
    // Amounts of a county in yuan: products beyond an i128 are no trouble.
    let big = |n: i128, d: i128| widened(Fraction::new(n, d));
    let all = [big(1, 999_999_999_937), big(999_999_999_877, 999_999_999_893), big(999_999_999_989, 999_999_999_961)];
    let range = ends(&all, Order::Highest).unwrap();
    let points = efficacy(&all[1], range, (f(60.0), f(100.0), f(100.0)));
    assert!(points > x(99.0) && points < x(100.0));
}
