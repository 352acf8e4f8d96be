//! Posts and tools that lie beside the project. The project builds and passes its tests without them; CI has them.

use std::path::{Path, PathBuf};

/// `../shared/path` from the project's root, or a line that says what was skipped for want of it.
pub(crate) fn find(path: &str, test: &str) -> Option<PathBuf> {
    let full = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(path);
    if full.exists() {
        return Some(full);
    }
    assert!(
        std::env::var_os("POSTFERRY_NO_SKIP").is_none(),
        "{test}: ../shared/{path} is absent, and no test may skip"
    );
    println!("skipped: {test} wants ../shared/{path}, which is absent");
    None
}
