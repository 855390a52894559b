//! The measures of GB/T 9704-2012 (党政机关公文格式), in twentieths of a point (twips) as Word counts.
//!
//! Where the standard gives millimetres these are rounded to whole twips; 1 mm is 56.69 of them.

/// A4: 210 mm wide.
pub(super) const PAGE_WIDTH: u32 = 11906;
/// A4: 297 mm high.
pub(super) const PAGE_HEIGHT: u32 = 16838;
/// 天头 37 mm.
pub(super) const TOP: u32 = 2098;
/// What a type area 225 mm high leaves below: 35 mm.
pub(super) const BOTTOM: u32 = 1984;
/// 订口 28 mm.
pub(super) const LEFT: u32 = 1587;
/// What a type area 156 mm wide leaves: 26 mm.
pub(super) const RIGHT: u32 = 1474;
/// The type area's width, 156 mm.
pub(super) const WIDTH: u32 = PAGE_WIDTH - LEFT - RIGHT;
/// A line: 22 of them fill the type area's 225 mm (28.95 pt).
pub(super) const LINE: u32 = 579;
/// A character of 3号 with what it gives up.
pub(super) const CHARACTER: u32 = 315;
/// From the type area's top to the masthead's: 35 mm.
pub(super) const ABOVE_MASTHEAD: u32 = 1984;
/// From the paper's lower edge to the page number's line, so that its dashes stand 7 mm below the type area.
pub(super) const FOOTER: u32 = 1417;

/// Half points, as Word counts type: 2号, 22 pt.
pub(super) const SIZE_2: u32 = 44;
/// 3号, 16 pt.
pub(super) const SIZE_3: u32 = 32;
/// 4号, 14 pt.
pub(super) const SIZE_4: u32 = 28;
/// 小四, 12 pt, for captions of tables.
pub(super) const SIZE_SMALL_4: u32 = 24;
/// 五号, 10.5 pt, for tables.
pub(super) const SIZE_5: u32 = 21;

/// Titles.
pub(super) const XIAOBIAOSONG: &str = "方正小标宋简体";
/// The body.
pub(super) const FANGSONG: &str = "仿宋_GB2312";
/// Headings of the second level.
pub(super) const KAITI: &str = "楷体_GB2312";
/// Headings of the first level.
pub(super) const HEITI: &str = "黑体";
/// Tables and page numbers.
pub(super) const SONGTI: &str = "宋体";
