//! The time that work takes, whatever else runs on the machine.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// How long this thread has had the processor; where the system does not say, how long the program has run.
pub(crate) fn processor_time() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    // What has run since the last tick counts only once the scheduler has looked: to yield makes it look.
    std::thread::yield_now();
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = stat.and_then(|stat| stat.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}
