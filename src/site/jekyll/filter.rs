//! Which entries of a folder Jekyll looks at (Jekyll 4.3, `entry_filter.rb`).

use super::config::Config;
use super::glob::fnmatch;

/// The patterns of a configuration, made ready.
pub(super) struct Filter {
    include: Vec<String>,
    exclude: Vec<String>,
}

impl Filter {
    pub(super) fn new(config: &Config) -> Self {
        let exclude = config.exclude.iter().filter(|pattern| !config.include.contains(pattern));
        Filter {
            include: config.include.iter().map(|pattern| rooted(pattern)).collect(),
            exclude: exclude.map(|pattern| rooted(pattern)).collect(),
        }
    }

    /// Whether the entry of the folder `base` is read. The entry may be a path below it.
    pub(super) fn takes(&self, base: &str, entry: &str, is_folder: bool) -> bool {
        if entry.ends_with('.') {
            return false;
        }
        let name = entry.rsplit('/').next().unwrap_or(entry);
        let is_included = any(&self.include, &rooted(entry), is_folder) || any(&self.include, &rooted(name), is_folder);
        if is_included {
            return true;
        }
        let whole = if base.is_empty() { rooted(entry) } else { rooted(&format!("{base}/{entry}")) };
        let is_special = |text: &str| text.starts_with(['.', '_', '#', '~']);
        !any(&self.exclude, &whole, is_folder) && !is_special(entry) && !is_special(name) && !entry.ends_with('~')
    }
}

/// The pattern or path as told from the site's root, with one slash in front.
fn rooted(path: &str) -> String {
    let mut out = String::with_capacity(path.len() + 1);
    out.push('/');
    for c in path.chars() {
        if c != '/' || !out.ends_with('/') {
            out.push(c);
        }
    }
    out
}

fn any(patterns: &[String], path: &str, is_folder: bool) -> bool {
    patterns.iter().any(|pattern| {
        path.starts_with(pattern.as_str())
            || (is_folder && pattern.strip_suffix('/') == Some(path))
            || (pattern.contains(['*', '?', '[', '\\']) && fnmatch(pattern, path))
    })
}

#[cfg(test)]
mod tests {
    use super::super::Config;
    use super::Filter;

    #[test]
    fn what_is_read() {
        let config =
            Config::parse("include: [.well-known, _pages]\nexclude: [vendor/, README, '*.tmp', a/b]\n", false, &mut ());
        let filter = Filter::new(&config.unwrap());
        assert!(filter.takes("", ".well-known", true));
        assert!(filter.takes("", "_pages", true));
        assert!(!filter.takes("", "_posts", true));
        assert!(!filter.takes("", "README.md", false), "a pattern is the start of a path");
        assert!(filter.takes("docs", "README.md", false));
        assert!(!filter.takes("x", "y.tmp", false));
        assert!(!filter.takes("a", "b", true));
        assert!(!filter.takes("", "vendor", true));
        assert!(!filter.takes("", "file~", false) && !filter.takes("", "#file", false));
        assert!(filter.takes("_posts", "sub/2019-05-01-x.md", false));
        assert!(!filter.takes("_posts", "sub/_x.md", false));
    }
}
