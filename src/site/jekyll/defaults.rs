//! `defaults`: values for files that lie in a scope (Jekyll 4.3, `frontmatter_defaults.rb`).

use super::glob::glob;
use crate::meta::{Map, Value};

/// The sets of values, in the order of the configuration.
#[derive(Clone, Debug, Default)]
pub struct Defaults {
    sets: Vec<Set>,
}

#[derive(Clone, Debug)]
struct Set {
    path: String,
    of_type: Option<String>,
    values: Map,
}

impl Defaults {
    pub(super) fn of(value: Option<&Value>, collections_dir: &str) -> Self {
        let sets = value.and_then(Value::as_list).unwrap_or_default();
        Defaults { sets: sets.iter().filter_map(|set| Set::of(set, collections_dir)).collect() }
    }

    /// Which of the sets hold for a file: those with the same answer have the same values.
    pub fn that_hold(&self, path: &str, of_type: &str) -> Vec<usize> {
        let path = path.trim_start_matches('/');
        let holds = |set: &Set| set.of_type.as_deref().is_none_or(|wanted| wanted == of_type) && set.takes(path);
        self.sets.iter().enumerate().filter(|(_, set)| holds(set)).map(|(index, _)| index).collect()
    }

    /// The values of these sets together: the longer path counts, then the one with a type, then the later.
    pub fn values(&self, sets: &[usize]) -> Map {
        let mut all = Map::new();
        let mut strongest: Option<&Set> = None;
        for set in sets.iter().filter_map(|&index| self.sets.get(index)) {
            if strongest.is_none_or(|old| set.beats(old)) {
                merge(&mut all, &set.values);
                strongest = Some(set);
            } else {
                let mut below = set.values.clone();
                merge(&mut below, &all);
                all = below;
            }
        }
        all
    }
}

impl Set {
    fn of(value: &Value, collections_dir: &str) -> Option<Self> {
        let map = value.as_map()?;
        let values = map.get("values")?.as_map()?.clone();
        let scope = map.get("scope").and_then(Value::as_map);
        let path = scope.and_then(|scope| scope.get("path")?.as_str()).unwrap_or_default();
        let path = path.trim_start_matches('/');
        let below = path.strip_prefix(collections_dir).and_then(|path| path.strip_prefix('/'));
        let of_type = scope.and_then(|scope| scope.get("type")?.as_str()).map(|of_type| {
            // The singular is what early versions called them.
            let is_old = matches!(of_type, "page" | "post" | "draft");
            if is_old { format!("{of_type}s") } else { of_type.to_owned() }
        });
        let path = below.filter(|_| !collections_dir.is_empty()).unwrap_or(path).to_owned();
        Some(Set { path, of_type, values })
    }

    fn takes(&self, path: &str) -> bool {
        if self.path.is_empty() {
            return true;
        }
        if !self.path.contains('*') {
            return path.starts_with(&self.path);
        }
        // What the pattern finds may be the file or a folder above it.
        let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
        ends.into_iter().any(|end| glob(&self.path, &path[..end]))
    }

    fn beats(&self, old: &Set) -> bool {
        let length = |set: &Set| set.path.chars().count();
        match length(self).cmp(&length(old)) {
            std::cmp::Ordering::Equal => self.of_type.is_some() || old.of_type.is_none(),
            order => order.is_gt(),
        }
    }
}

/// Puts what `new` says over `old`: maps are merged, nothing changes nothing.
fn merge(old: &mut Map, new: &Map) {
    for entry in new {
        match (old.get_mut(&entry.key), &entry.value) {
            (Some(_), Value::Null) => {}
            (Some(Value::Map(old)), Value::Map(new)) => merge(old, new),
            (Some(old), new) => *old = new.clone(),
            (None, new) => {
                old.insert(entry.key.clone(), new.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Config;

    #[test]
    fn the_nearest_scope_counts() {
        let text = "defaults:\n- scope: {path: '', type: posts}\n  values: {layout: post, a: 1}\n- scope: {path: ''}\n  values: {layout: all, b: 2}\n\
                    - scope: {path: 'x/*/y'}\n  values: {layout: deep}\n- scope: {path: _posts/en}\n  values: {layout: en}\n";
        let defaults = Config::parse(text, false, &mut ()).unwrap().defaults;
        let layout = |path, kind| {
            let values = defaults.values(&defaults.that_hold(path, kind));
            values.get("layout").and_then(|value| value.as_str()).map(str::to_owned)
        };
        assert_eq!(layout("_posts/2019-05-01-x.md", "posts").as_deref(), Some("post"));
        assert_eq!(layout("_posts/en/2019-05-01-x.md", "posts").as_deref(), Some("en"));
        assert_eq!(layout("about.md", "pages").as_deref(), Some("all"));
        assert_eq!(layout("x/1/y/about.md", "pages").as_deref(), Some("deep"));
        assert_eq!(layout("x/1/2/y/about.md", "pages").as_deref(), Some("all"));
    }
}
