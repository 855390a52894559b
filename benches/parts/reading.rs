//! What layout and values cost over bare reading.
//!
//! `collect` is the bare reading; the groups beside it add a stage each, so that their differences are the
//! stages. A thousand rows are one department's largest sheet, forty its usual one.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput};
use wuzhang::collect::{Limits, SourceFile, read_bytes};
use wuzhang::layout::{Confirmed, Reader, Vocabulary};
use wuzhang::period::Period;
use wuzhang::profile::Profile;
use wuzhang::record;
use wuzhang::value::{read_date, read_money};

use crate::sheets::workbook;

fn collect(bytes: &[u8]) -> SourceFile {
    read_bytes(bytes.to_vec(), "城关镇.xlsx", &Limits::default())
}

/// Reading, with layout, with typing.
pub(crate) fn stages(criterion: &mut Criterion) {
    let profile = Profile::built_in();
    let vocabulary = Vocabulary::new(&profile);
    let period: Period = "2026-10".parse().unwrap();
    let reader = Reader { profile: &profile, vocabulary: &vocabulary, period, confirmed: Confirmed::NONE };
    let layouts = |file: &SourceFile| file.grids.iter().map(|grid| reader.layout(file, grid)).collect::<Vec<_>>();
    let tables = |file: &SourceFile| {
        let layouts = layouts(file);
        let read = |(grid, layout)| record::read(file, grid, layout, &profile.books[0], period);
        file.grids.iter().zip(&layouts).map(read).collect::<Vec<_>>()
    };
    let mut group = criterion.benchmark_group("reading");
    for rows in [40, 1_000] {
        let bytes = workbook("城关镇", rows);
        let read = tables(&collect(&bytes));
        assert_eq!(read[0].rows.len(), rows as usize, "every project is read");
        group.throughput(Throughput::Elements(u64::from(rows)));
        group.bench_function(BenchmarkId::new("collect", rows), |bencher| bencher.iter(|| collect(&bytes)));
        group.bench_function(BenchmarkId::new("collect, layout", rows), |bencher| {
            bencher.iter(|| layouts(&collect(&bytes)));
        });
        group.bench_function(BenchmarkId::new("collect, layout, record", rows), |bencher| {
            bencher.iter(|| tables(&collect(&bytes)));
        });
    }
    group.finish();
}

/// The grammar of values, from the plainest to what takes every pattern.
pub(crate) fn values(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("values");
    for text in ["12000", "1.2亿元", "约3000万元", "5000（其中专项债3000）", "正在办理前期手续"] {
        group.bench_function(BenchmarkId::new("money", text), |bencher| bencher.iter(|| read_money(black_box(text))));
    }
    for text in ["2026-03-15", "2026年3月", "一季度", "预计2026年6月底前完工", "正在办理前期手续"]
    {
        group.bench_function(BenchmarkId::new("date", text), |bencher| {
            bencher.iter(|| read_date(black_box(text), 2026));
        });
    }
    group.finish();
}
