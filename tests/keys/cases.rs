//! The table of front matters.

use std::path::PathBuf;

/// One Jekyll post.
#[derive(Debug)]
pub(crate) struct Case {
    /// Where it stands in the site.
    pub(crate) path: &'static str,
    /// The whole file.
    pub(crate) text: &'static str,
}

/// The posts of `cases.txt`: a line `%%%% path`, perhaps a line `%% remark`, then the file.
pub(crate) fn all() -> Vec<Case> {
    let file: &'static str = include_str!("cases.txt");
    file.split("%%%% ")
        .skip(1)
        .map(|case| {
            let (path, text) = case.split_once('\n').unwrap();
            let text = match text.strip_prefix("%% ") {
                Some(remark) => remark.split_once('\n').unwrap().1,
                None => text,
            };
            Case { path, text }
        })
        .collect()
}

/// The zones of the sites that the posts are put into: one where nothing shifts, one where days do.
pub(crate) const ZONES: [&str; 2] = ["UTC", "America/New_York"];

/// A file of this folder that is made by a test.
pub(crate) fn made(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/keys").join(name)
}

#[test]
fn there_are_enough() {
    let cases = all();
    assert!(cases.len() >= 120, "{}", cases.len());
    let mut paths: Vec<_> = cases.iter().map(|case| case.path).collect();
    paths.sort_unstable();
    paths.dedup();
    assert_eq!(paths.len(), cases.len(), "each case has a path of its own");
}
