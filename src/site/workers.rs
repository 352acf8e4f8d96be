//! Who does the work: [`Workers`].

/// Does the same to many things, perhaps several at once.
pub trait Workers {
    /// Does `work` for every item; the results are in the order of the items.
    fn map<T: Send, R: Send>(&self, items: Vec<T>, work: impl Fn(T) -> R + Sync + Send) -> Vec<R>;
}

/// One after the other.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct OneByOne;

impl Workers for OneByOne {
    fn map<T: Send, R: Send>(&self, items: Vec<T>, work: impl Fn(T) -> R + Sync + Send) -> Vec<R> {
        items.into_iter().map(work).collect()
    }
}
