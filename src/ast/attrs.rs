use std::collections::BTreeSet;

/// HTML attributes in the order they were written, names in lower case, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attrs {
    pairs: Vec<(String, String)>,
}

impl Attrs {
    /// No attributes.
    pub fn new() -> Self {
        Attrs::default()
    }

    /// Attributes whose names the caller knows to differ.
    pub fn from_unique(pairs: Vec<(String, String)>) -> Self {
        Attrs { pairs }
    }

    /// The value of `name`; an attribute without a value has the empty one.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// The value of `id`.
    pub fn id(&self) -> Option<&str> {
        self.get("id")
    }

    /// The words of `class`.
    pub fn classes(&self) -> impl Iterator<Item = &str> {
        self.get("class").into_iter().flat_map(|classes| classes.split_ascii_whitespace())
    }

    /// Sets `name`: in place where it stands already, else at the end.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        let (name, value) = (name.into(), value.into());
        match self.pairs.iter_mut().find(|(n, _)| *n == name) {
            Some(pair) => pair.1 = value,
            None => self.pairs.push((name, value)),
        }
    }

    /// Takes `name` out.
    pub fn remove(&mut self, name: &str) -> Option<String> {
        let index = self.pairs.iter().position(|(n, _)| n == name)?;
        Some(self.pairs.remove(index).1)
    }

    /// Names with values, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.pairs.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }
}

/// Of two pairs with one name the first wins, as in HTML.
impl FromIterator<(String, String)> for Attrs {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(iter: I) -> Self {
        let mut attrs = Attrs::new();
        let mut names = BTreeSet::new();
        for (name, value) in iter {
            if names.insert(name.clone()) {
                attrs.pairs.push((name, value));
            }
        }
        attrs
    }
}
