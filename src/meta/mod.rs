//! Front matter as data: [`Meta`], an ordered [`Map`] of typed [`Value`]s with the comments between them.

mod comment;
mod map;
mod number;
mod serde_impl;
mod time;
mod value;

pub use comment::{Comment, CommentPlace, Step, pointer};
pub use map::{Entry, Map};
pub use number::{Float, Integer};
pub use time::{Date, LocalDateTime, Offset, OffsetDateTime, Time};
pub use value::Value;

/// The keys that every dialect knows under some name, as the canonical post spells them, in the order JSON writes them.
pub const CANONICAL_KEYS: [&str; 19] = [
    "title",
    "date",
    "updated",
    "publish_date",
    "expiry_date",
    "draft",
    "slug",
    "url",
    "aliases",
    "categories",
    "tags",
    "authors",
    "description",
    "summary",
    "keywords",
    "image",
    "lang",
    "layout",
    "weight",
];

/// The canonical keys whose value is a date or a datetime.
pub const DATE_KEYS: [&str; 4] = ["date", "updated", "publish_date", "expiry_date"];

/// The front matter of one post: ordered entries and the comments written between them.
///
/// It reads like a map. With serde it is one: `serde_yaml::to_value(&post.meta)`; comments are not part of that.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Meta {
    /// The entries, in the order of the source.
    pub map: Map,
    /// The comments, each with the place it belongs to, in the order of the source.
    pub comments: Vec<Comment>,
}

impl Meta {
    /// Empty front matter.
    pub fn new() -> Self {
        Meta::default()
    }

    /// The value of `key` at top level.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.map.get(key)
    }

    /// The text of `key` at top level, if it is a string.
    pub fn get_str(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Value::as_str)
    }

    /// Sets `key`: in place where it stands already, else at the end. Gives back the value it had.
    pub fn insert(&mut self, key: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        self.map.insert(key, value)
    }

    /// Takes `key` out, with the comments that belong to it.
    pub fn remove(&mut self, key: &str) -> Option<Value> {
        let value = self.map.remove(key)?;
        self.comments.retain(|comment| comment.top_key() != Some(key));
        Some(value)
    }

    /// Gives the entry `from` the name `to`, in place, its comments with it. Does nothing where `from` is absent or
    /// `to` is taken, and says which happened.
    pub fn rename(&mut self, from: &str, to: &str) -> bool {
        if from == to || self.map.contains_key(to) || !self.map.rename(from, to) {
            return false;
        }
        for comment in &mut self.comments {
            if let Some(Step::Key(key)) = comment.path.first_mut()
                && key == from
            {
                to.clone_into(key);
            }
        }
        true
    }

    /// Lets the comments of the top-level entry `key` follow it into the map `under`.
    pub(crate) fn nest_comments(&mut self, key: &str, under: &str) {
        for comment in self.comments.iter_mut().filter(|comment| comment.top_key() == Some(key)) {
            comment.path.insert(0, Step::Key(under.to_owned()));
        }
    }

    /// Lets the comments of the entry `key` follow it out of the map `under` to top level.
    pub(crate) fn lift_comments(&mut self, key: &str, under: &str) {
        for comment in self.comments.iter_mut().filter(|comment| comment.top_key() == Some(under)) {
            if matches!(comment.path.get(1), Some(Step::Key(inner)) if inner == key) {
                comment.path.remove(0);
            }
        }
    }

    /// Whether there is neither an entry nor a comment.
    pub fn is_empty(&self) -> bool {
        self.map.is_empty() && self.comments.is_empty()
    }
}

impl From<Map> for Meta {
    fn from(map: Map) -> Self {
        Meta { map, comments: Vec::new() }
    }
}
