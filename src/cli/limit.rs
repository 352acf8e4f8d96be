//! A limit on the command line: `--limit front=1M`.

/// A limit that was set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    Text(usize),
    Front(usize),
    Nesting(usize),
    Attributes(usize),
    Entries(usize),
}

impl Limit {
    /// Reads `NAME=SIZE`.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let (name, size) = text.split_once('=').ok_or("it must be a name, = and a number")?;
        let digits = size.trim_end_matches(['K', 'M', 'G']);
        let unit = match &size[digits.len()..] {
            "" => 1,
            "K" => 1 << 10,
            "M" => 1 << 20,
            "G" => 1 << 30,
            _ => return Err(format!("`{size}` is no size")),
        };
        let number: Option<usize> = digits.parse().ok();
        let size = number.and_then(|number| number.checked_mul(unit)).ok_or_else(|| format!("`{size}` is no size"))?;
        match name {
            "text" => Ok(Limit::Text(size)),
            "front" => Ok(Limit::Front(size)),
            "nesting" => Ok(Limit::Nesting(size)),
            "attributes" => Ok(Limit::Attributes(size)),
            "entries" => Ok(Limit::Entries(size)),
            _ => Err(format!("there is no limit `{name}`; there are text, front, nesting, attributes, entries")),
        }
    }
}
