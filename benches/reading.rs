//! What layout and values cost over bare reading: `cargo bench --bench reading`.
//!
//! Takes no files: the workbooks are made in memory. `collect` is the bare reading; the two groups
//! beside it add a stage each, so that their differences are the stages. A thousand rows are one
//! department's largest sheet, forty its usual one.

// A benchmark that cannot be set up has nothing to measure, and the macros write no documentation.
#![allow(clippy::unwrap_used, missing_docs)]

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use rust_xlsxwriter::{Format, Workbook};
use wuzhang::collect::{Limits, SourceFile, read_bytes};
use wuzhang::layout::{Confirmed, Reader, Vocabulary};
use wuzhang::period::Period;
use wuzhang::profile::Profile;
use wuzhang::record;
use wuzhang::value::{read_date, read_money};

const HEADINGS: [&str; 12] = [
    "序号",
    "项目名称",
    "建设内容及规模",
    "建设性质",
    "总投资（万元）",
    "2026年度计划投资（万元）",
    "1-10月累计完成投资（万元）",
    "开工时间",
    "竣工时间",
    "责任单位",
    "形象进度",
    "备注",
];

/// A department's sheet: title, caption, header, `rows` projects in sections of twenty, a total.
fn workbook(rows: u32) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.merge_range(0, 0, 0, 11, "云山县2026年重点项目进展情况表", &Format::new()).unwrap();
    sheet.write(1, 0, "填报单位（盖章）：城关镇人民政府").unwrap();
    for (column, heading) in (0..).zip(HEADINGS) {
        sheet.write(2, column, heading).unwrap();
    }
    let mut at = 3;
    for project in 1..=rows {
        if project % 20 == 1 {
            sheet
                .write(
                    at,
                    0,
                    format!("第{}部分", "一二三四五六七八九十".chars().nth(project as usize / 20 % 10).unwrap()),
                )
                .unwrap();
            at += 1;
        }
        let (total, plan) = (f64::from(project * 137 % 90_000), f64::from(project * 31 % 9_000));
        sheet.write(at, 0, project).unwrap();
        sheet.write(at, 1, format!("第{project}号道路改造工程")).unwrap();
        sheet.write(at, 2, "改造道路3.2公里，铺设管网，配套绿化和照明").unwrap();
        sheet.write(at, 3, if project % 3 == 0 { "续建" } else { "新开工" }).unwrap();
        sheet.write(at, 4, total).unwrap();
        sheet.write(at, 5, plan).unwrap();
        sheet
            .write(at, 6, if project % 10 == 0 { format!("约{}", plan / 2.0) } else { format!("{}", plan / 2.0) })
            .unwrap();
        sheet.write(at, 7, format!("2025年{}月", project % 12 + 1)).unwrap();
        sheet.write(at, 8, format!("2027.{}", project % 12 + 1)).unwrap();
        sheet.write(at, 9, "县住建局").unwrap();
        sheet.write(at, 10, "完成路基施工，正在铺设管网").unwrap();
        at += 1;
    }
    sheet.write(at, 1, "合计").unwrap();
    workbook.save_to_buffer().unwrap()
}

fn collect(bytes: &[u8]) -> SourceFile {
    read_bytes(bytes.to_vec(), "城关镇.xlsx", &Limits::default())
}

fn stages(criterion: &mut Criterion) {
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
        let bytes = workbook(rows);
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
fn values(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("values");
    for text in ["12000", "1.2亿元", "约3000万元", "5000（其中专项债3000）", "正在办理前期手续"] {
        group.bench_function(BenchmarkId::new("money", text), |bencher| bencher.iter(|| read_money(black_box(text))));
    }
    for text in ["2026-03-15", "2026年3月", "一季度", "预计2026年6月底前完工", "正在办理前期手续"]
    {
        group.bench_function(BenchmarkId::new("date", text), |bencher| {
            bencher.iter(|| read_date(black_box(text), 2026))
        });
    }
    group.finish();
}

criterion_group!(benches, stages, values);
criterion_main!(benches);
