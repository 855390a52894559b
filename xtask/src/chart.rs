//! A chart of cost against size: processor time per file over the number of files, both in powers.
//!
//! A flat line is a cost that does not grow with the size of the set. Plain SVG, so that it needs no library
//! and can be read in a review.

use std::fmt::Write;

use crate::report::{Line, Report, Subject};

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 420.0;
/// Room for the labels: left, top, right, bottom.
const ROOM: [f64; 4] = [70.0, 40.0, 170.0, 50.0];

/// What is drawn: its colour and its name.
const SERIES: [(Subject, &str, &str); 3] = [
    (Subject::Run, "#c00000", "wuzhang run"),
    (Subject::Yardstick, "#606060", "A, the bare reader"),
    (Subject::Peer, "#2f5597", "the peer"),
];

/// Powers of ten that an axis goes from and to.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Axis {
    from: f64,
    to: f64,
}

impl Axis {
    /// The whole powers of ten around some values; at least one apart.
    fn around(values: impl Iterator<Item = f64> + Clone) -> Self {
        let from = values.clone().fold(f64::INFINITY, f64::min).max(1e-3).log10().floor();
        let to = values.fold(1e-3, f64::max).log10().ceil();
        Self { from, to: to.max(from + 1.0) }
    }

    /// Where a value stands between 0 and 1.
    fn place(self, value: f64) -> f64 {
        (value.max(1e-3).log10() - self.from) / (self.to - self.from)
    }

    /// The powers themselves.
    fn ticks(self) -> impl Iterator<Item = f64> {
        (self.from as i32..=self.to as i32).map(|power| 10f64.powi(power))
    }
}

/// Milliseconds of processor time per file.
fn cost(line: &Line) -> f64 {
    line.cpu() * 1_000.0 / line.files.max(1) as f64
}

/// The chart of a report, as SVG; sets of one file are not drawn, since their cost is not one of files.
pub(crate) fn drawn(report: &Report) -> String {
    let lines: Vec<&Line> = report
        .lines
        .iter()
        .filter(|line| line.files > 1 && SERIES.iter().any(|(subject, ..)| *subject == line.subject))
        .collect();
    let across = Axis::around(lines.iter().map(|line| line.files as f64));
    let up = Axis::around(lines.iter().map(|line| cost(line)));
    let x = |files: f64| ROOM[0] + across.place(files) * (WIDTH - ROOM[0] - ROOM[2]);
    let y = |cost: f64| HEIGHT - ROOM[3] - up.place(cost) * (HEIGHT - ROOM[1] - ROOM[3]);
    let (left, right, top, bottom) = (ROOM[0], WIDTH - ROOM[2], ROOM[1], HEIGHT - ROOM[3]);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"white\"/>\n\
         <text x=\"{left}\" y=\"22\" font-size=\"14\">Processor time per file against the size of the set</text>\n"
    );
    for tick in across.ticks() {
        let at = x(tick);
        let _ = writeln!(
            svg,
            "<path d=\"M{at:.1} {top}V{bottom}\" stroke=\"#ddd\"/><text x=\"{at:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{tick}</text>",
            bottom + 18.0
        );
    }
    for tick in up.ticks() {
        let at = y(tick);
        let _ = writeln!(
            svg,
            "<path d=\"M{left} {at:.1}H{right}\" stroke=\"#ddd\"/><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{tick} ms</text>",
            left - 8.0,
            at + 4.0
        );
    }
    let _ = writeln!(
        svg,
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">workbooks in the set</text>",
        (left + right) / 2.0,
        HEIGHT - 10.0
    );
    for (subject, colour, name) in SERIES {
        let mut points: Vec<(f64, f64, f64)> = lines
            .iter()
            .filter(|line| line.subject == subject)
            .map(|line| (x(line.files as f64), y(cost(line)), cost(line)))
            .collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        let Some((last_x, last_y, _)) = points.last().copied() else { continue };
        let path: Vec<String> = points.iter().map(|(x, y, _)| format!("{x:.1},{y:.1}")).collect();
        let _ = writeln!(
            svg,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>",
            path.join(" ")
        );
        for (x, y, cost) in &points {
            let _ = writeln!(
                svg,
                "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\" fill=\"{colour}\"/><text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\" fill=\"{colour}\">{cost:.1}</text>",
                y - 8.0
            );
        }
        let _ =
            writeln!(svg, "<text x=\"{:.1}\" y=\"{:.1}\" fill=\"{colour}\">{name}</text>", last_x + 10.0, last_y + 4.0);
    }
    svg + "</svg>\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measured::Took;

    #[test]
    fn an_axis_goes_by_whole_powers_around_its_values() {
        let axis = Axis::around([60.0, 10_000.0].into_iter());
        assert_eq!(axis, Axis { from: 1.0, to: 4.0 });
        assert_eq!((axis.place(10.0), axis.place(10_000.0)), (0.0, 1.0));
        assert_eq!(axis.ticks().collect::<Vec<_>>(), [10.0, 100.0, 1_000.0, 10_000.0]);
        assert_eq!(Axis::around([10.0].into_iter()), Axis { from: 1.0, to: 2.0 });
    }

    #[test]
    fn a_line_for_each_subject_and_a_point_for_each_set() {
        let mut report = Report::default();
        let took = |cpu| Took { cpu, largest: 1.0, together: 1.0, wall: 1.0, status: Some(0) };
        for (set, files) in [("county", 60), ("city", 1_000), ("one-big", 1)] {
            report.add((set, files, 1), Subject::Run, took(files as f64 / 100.0));
            report.add((set, files, 1), Subject::Yardstick, took(files as f64 / 200.0));
        }
        let svg = drawn(&report);
        assert_eq!((svg.matches("<polyline").count(), svg.matches("<circle").count()), (2, 4), "{svg}");
        // 10 ms a file in both sets: a flat line.
        let line = svg.lines().find(|line| line.contains("#c00000")).unwrap();
        let heights: Vec<&str> =
            line.split('"').nth(1).unwrap().split(' ').map(|p| p.split_once(',').unwrap().1).collect();
        assert_eq!(heights[0], heights[1]);
    }
}
