//! Files that are written: whole or not at all.

use std::borrow::Cow;
use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

/// What to do about a file that stands where one is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Existing {
    /// It stays; writing is an error of the kind [`AlreadyExists`](io::ErrorKind::AlreadyExists).
    Keep,
    /// It goes.
    Replace,
}

/// Writes `text` to `path`: into a file beside it first, which takes its name once it is whole. Folders that lack are made.
///
/// What is no file, a pipe or `/dev/null`, is written to as it is. A link stays, and the file that it leads to is replaced.
pub(crate) fn write(path: &Path, text: &str, existing: Existing) -> io::Result<()> {
    write_in(None, path, text, existing)
}

/// The same; a folder `root` is not made: what lies in it is written as long as it is there.
pub(crate) fn write_in(root: Option<&Path>, path: &Path, text: &str, existing: Existing) -> io::Result<()> {
    let (path, standing) = behind_links(path);
    match &standing {
        Some(standing) if standing.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
        Some(standing) if !standing.is_file() => {
            return File::options().write(true).open(&path)?.write_all(text.as_bytes());
        }
        Some(_) if existing == Existing::Keep => return Err(io::ErrorKind::AlreadyExists.into()),
        _ => {}
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = match beside(folder, standing.as_ref()) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if root.is_some_and(|root| !root.is_dir()) {
                return Err(io::Error::new(io::ErrorKind::NotFound, "the output folder is gone"));
            }
            fs::create_dir_all(folder)?;
            beside(folder, standing.as_ref())?
        }
        file => file?,
    };
    file.write_all(text.as_bytes())?;
    let written = match existing {
        Existing::Keep => file.persist_noclobber(&path),
        Existing::Replace => file.persist(&path),
    };
    written.map(drop).map_err(|error| error.error)
}

/// Whether the file at `path` is just this text.
pub(crate) fn says(path: &Path, text: &str) -> bool {
    fs::metadata(path).is_ok_and(|file| file.len() == text.len() as u64)
        && fs::read(path).is_ok_and(|bytes| bytes == text.as_bytes())
}

/// A file that has no name yet that anybody knows, with the rights that the new file is to have.
fn beside(folder: &Path, standing: Option<&Metadata>) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(".postferry-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Without a file to go by, those that the user's mask leaves, as for any new file.
        let usual = fs::Permissions::from_mode(0o666);
        builder.permissions(standing.map_or(usual, Metadata::permissions));
    }
    #[cfg(not(unix))]
    let _ = standing;
    builder.tempfile_in(folder)
}

/// Where links lead, and what stands there.
fn behind_links(path: &Path) -> (Cow<'_, Path>, Option<Metadata>) {
    match fs::symlink_metadata(path) {
        Ok(standing) if standing.is_symlink() => {
            (fs::canonicalize(path).map_or(path.into(), PathBuf::into), fs::metadata(path).ok())
        }
        Ok(standing) => (path.into(), Some(standing)),
        Err(_) => (path.into(), None),
    }
}

/// The system's own words for `error`, without its number, as part of a sentence.
pub(crate) fn describe(error: &io::Error) -> String {
    // Libraries wrap the system's error in words of their own, which say what our message says already.
    let inner =
        error.get_ref().and_then(std::error::Error::source).and_then(|source| source.downcast_ref::<io::Error>());
    if let Some(inner) = inner {
        return describe(inner);
    }
    let text = error.to_string();
    let words = text.split_once(" (os error").map_or(text.as_str(), |(words, _)| words);
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_is_replaced_only_if_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b/post.md");
        write(&path, "one", Existing::Keep).unwrap();
        let error = write(&path, "two", Existing::Keep).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&path).unwrap(), "one");
        write(&path, "two", Existing::Replace).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        let left: Vec<_> = fs::read_dir(path.parent().unwrap()).unwrap().collect();
        assert_eq!(left.len(), 1, "no other file is left");
    }

    #[cfg(unix)]
    #[test]
    fn links_and_rights_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real.md"), folder.path().join("link.md"));
        fs::write(&real, "one").unwrap();
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("real.md", &link).unwrap();
        write(&link, "two", Existing::Replace).unwrap();
        assert_eq!(fs::read_to_string(&real).unwrap(), "two");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    }
}
