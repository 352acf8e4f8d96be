//! The threads that convert posts.

use std::cell::OnceCell;
use std::num::NonZeroUsize;

use postferry::site::Workers;
use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

/// As much as the main thread has: how deep a document may be does not depend on which thread converts it.
const STACK: usize = 8 << 20;

/// Threads that are started once there are two things to do at once.
pub(crate) struct Threads {
    wanted: Option<NonZeroUsize>,
    /// `None` if no threads can be had; then the main one does the work.
    pool: OnceCell<Option<ThreadPool>>,
}

impl Threads {
    /// So many, or one for each core.
    pub(crate) fn new(wanted: Option<NonZeroUsize>) -> Self {
        Threads { wanted, pool: OnceCell::new() }
    }

    /// Does `work` for every item; the results are in the order of the items.
    pub(crate) fn map<T: Send, R: Send>(&self, items: Vec<T>, work: impl Fn(T) -> R + Sync + Send) -> Vec<R> {
        let wanted = self.wanted.map_or(0, NonZeroUsize::get);
        if items.len() < 2 || wanted == 1 {
            return items.into_iter().map(work).collect();
        }
        let start = || ThreadPoolBuilder::new().num_threads(wanted).stack_size(STACK).build().ok();
        match self.pool.get_or_init(start) {
            // One at a time: posts take from microseconds to seconds, and of a batch the last would be done by one thread alone.
            Some(pool) => pool.install(|| items.into_par_iter().with_max_len(1).map(work).collect()),
            None => items.into_iter().map(work).collect(),
        }
    }
}

impl Workers for Threads {
    fn map<T: Send, R: Send>(&self, items: Vec<T>, work: impl Fn(T) -> R + Sync + Send) -> Vec<R> {
        Threads::map(self, items, work)
    }
}
