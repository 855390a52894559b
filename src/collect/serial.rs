//! Dates as day counts of the 1900 system.
//!
//! Takes what formats write (1904 counts, ISO texts), gives the count that [`super::Value::Date`] holds.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

/// Days between the epochs of the 1904 and the 1900 system.
const EPOCHS_APART: f64 = 1462.0;

/// A day count of the file's system in the 1900 system; a time of day is the same in both.
pub(super) fn of_count(count: f64, is_1904: bool) -> f64 {
    let is_time = count > 0.0 && count < 1.0;
    if is_1904 && !is_time { count + EPOCHS_APART } else { count }
}

/// The time of day that a share of a day is, as a clock shows it.
pub(super) fn clock(share: f64) -> String {
    let seconds = (share * 86_400.0).round() as u32;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match seconds {
        0 => format!("{hours}:{minutes:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

/// The day count of an ISO date, with or without a time.
pub(super) fn of_iso(text: &str) -> Option<f64> {
    let text = text.trim().trim_end_matches('Z');
    let moment = match NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        Ok(day) => day.and_time(NaiveTime::MIN),
        Err(_) => NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok()?,
    };
    let since = moment.signed_duration_since(NaiveDate::from_ymd_opt(1899, 12, 30)?.and_time(NaiveTime::MIN));
    let count = since.num_milliseconds() as f64 / 86_400_000.0;
    // The 1900 system counts a 29 February 1900 that never was.
    Some(if count < 61.0 { count - 1.0 } else { count })
}

/// The share of a day that an ISO duration such as `PT09H30M00S` is.
pub(super) fn of_iso_duration(text: &str) -> Option<f64> {
    let mut seconds = 0.0;
    let mut number = String::new();
    for c in text.trim().strip_prefix("PT")?.chars() {
        match c {
            'H' | 'M' | 'S' => {
                let unit = [('H', 3600.0), ('M', 60.0), ('S', 1.0)].iter().find(|(u, _)| *u == c)?.1;
                seconds += number.parse::<f64>().ok()? * unit;
                number.clear();
            }
            c => number.push(c),
        }
    }
    Some(seconds / 86_400.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iso_dates_count_as_in_a_spreadsheet() {
        assert_eq!(of_iso("2026-10-31"), Some(46326.0));
        assert_eq!(of_iso("1900-03-01"), Some(61.0));
        assert_eq!(of_iso("1900-01-01"), Some(1.0));
        assert_eq!(of_iso("2026-10-31T12:00:00"), Some(46326.5));
        assert_eq!(of_iso("2026-10"), None);
        assert_eq!(of_count(0.0, true), of_iso("1904-01-01").unwrap());
        assert_eq!(of_count(0.5, true), 0.5);
    }

    #[test]
    fn shares_of_a_day_are_times() {
        assert_eq!([62.0 / 1440.0, 0.75, 1.0 / 86_400.0].map(clock), ["1:02", "18:00", "0:00:01"]);
    }

    #[test]
    fn durations_are_shares_of_a_day() {
        assert_eq!(of_iso_duration("PT12H00M00S"), Some(0.5));
        assert_eq!(of_iso_duration("PT1H30M0.000S"), Some(0.0625));
        assert_eq!(of_iso_duration("1:30"), None);
    }
}
