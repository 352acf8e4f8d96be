use std::fmt::Write as _;

/// One step from a map or list down to a value in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums)] // maps and lists are all there is
pub enum Step {
    /// Into a map.
    Key(String),
    /// Into a list, from 0.
    Index(usize),
}

/// On which side of its value a comment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CommentPlace {
    /// On lines of its own, above the entry.
    Before,
    /// Behind the value, on its line.
    Trailing,
    /// On lines of its own, below the last entry of the map or list that the path names.
    End,
}

/// A comment in front matter, and where it belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Comment {
    /// The way from the top to the value it belongs to; empty for the front matter as a whole.
    pub path: Vec<Step>,
    /// On which side of it.
    pub place: CommentPlace,
    /// The text of one line behind the comment sign, white space in front of it included (` like this`);
    /// `None` is an empty line, kept so that groups of keys stay apart.
    pub text: Option<String>,
}

impl Comment {
    /// A comment line.
    pub fn new(path: Vec<Step>, place: CommentPlace, text: impl Into<String>) -> Self {
        Comment { path, place, text: Some(text.into()) }
    }

    /// The top-level key it belongs to, if it belongs to one.
    pub fn top_key(&self) -> Option<&str> {
        match self.path.first() {
            Some(Step::Key(key)) => Some(key),
            _ => None,
        }
    }
}

/// The path as a JSON Pointer (RFC 6901): `/extra/0/a~1b`.
pub fn pointer(path: &[Step]) -> String {
    let mut out = String::new();
    for step in path {
        match step {
            Step::Key(key) => {
                out.push('/');
                out.push_str(&key.replace('~', "~0").replace('/', "~1"));
            }
            Step::Index(index) => {
                let _ = write!(out, "/{index}");
            }
        }
    }
    out
}
