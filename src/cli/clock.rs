//! The clock on the wall, by Beijing's time.

use std::thread;
use std::time::{Duration, SystemTime};

use chrono::{DateTime, FixedOffset, Utc};

use crate::deliver::Clock;

/// Beijing's offset from UTC, in seconds.
const BEIJING: i32 = 8 * 3600;

/// The machine's clock.
pub(super) struct WallClock;

impl Clock for WallClock {
    fn now(&self) -> DateTime<FixedOffset> {
        let beijing = FixedOffset::east_opt(BEIJING).expect("eight hours are less than a day");
        DateTime::<Utc>::from(SystemTime::now()).with_timezone(&beijing)
    }

    fn wait(&self, long: Duration) {
        thread::sleep(long);
    }
}
