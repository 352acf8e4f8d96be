//! Every post gets a place of its own, before anything is written: [`places`].

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use postferry::Error;
use postferry::diag::codes;

use super::gather::{Job, Sought, shown};
use super::work::Made;
use super::{Deed, Target};
use crate::cli::message::Message;
use crate::cli::output::{self, Existing};

/// Where a post goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Stdout,
    File(PathBuf),
    /// None, but this is where it would be in a folder.
    Nowhere(PathBuf),
}

/// The place of each post that was made, or why it has none.
pub(super) fn places(
    target: &Target,
    deed: Deed,
    jobs: &[Sought],
    made: &[Made<'_>],
) -> Vec<Result<Place, Box<Message>>> {
    let mut places: Vec<_> = made
        .iter()
        .map(|made| {
            let job = made.job;
            place(target, job, made.path.as_deref())
                .map_err(|error| Message::from_error(&error).about(&job.shown).into())
        })
        .collect();
    refuse_shared(&mut places, made);
    if let Deed::Write(existing) = deed {
        refuse_standing(&mut places, existing, jobs, made);
    } else {
        refuse_standing(&mut places, Existing::Replace, jobs, made);
    }
    places
}

fn place(target: &Target, job: &Job, path: Option<&str>) -> Result<Place, Error> {
    let folder = match target {
        Target::Stdout => return Ok(Place::Stdout),
        Target::File(file) => return Ok(Place::File(file.clone())),
        Target::Folder(folder) => Some(folder),
        Target::Nowhere => None,
    };
    if job.file().is_some_and(|file| file.to_str().is_none()) {
        return Err(Error::new(&codes::FILE_NAME, "the name of the file is not UTF-8").help("rename it"));
    }
    let outside = |path: &str| {
        Error::new(&codes::OUTPUT_OUTSIDE, format!("the post's path `{path}` has no place in the output folder"))
            .help("correct the path that the post names as its source")
    };
    let path = path.ok_or_else(|| {
        Error::new(&codes::OUTPUT_OUTSIDE, "the post has no name of its own").help("name the file to write with -o")
    })?;
    let is_inside = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    if !is_inside || path.is_empty() || path.ends_with('/') || path.contains('\0') {
        return Err(outside(path));
    }
    Ok(folder.map_or_else(|| Place::Nowhere(path.into()), |folder| Place::File(folder.join(path))))
}

/// Of posts that share a place none is written.
fn refuse_shared(places: &mut [Result<Place, Box<Message>>], made: &[Made<'_>]) {
    let mut claims: BTreeMap<OsString, Vec<usize>> = BTreeMap::new();
    for (at, place) in places.iter().enumerate() {
        if let Ok(Place::File(file) | Place::Nowhere(file)) = place {
            claims.entry(key(file)).or_default().push(at);
        }
    }
    for claim in claims.into_values().filter(|claim| claim.len() > 1) {
        for &at in &claim {
            let Some(&other) = claim.iter().find(|other| **other != at) else { continue };
            let Ok(Place::File(file) | Place::Nowhere(file)) = &places[at] else { continue };
            let other = &made[other].job.shown;
            let text = format!("this post and {other} would both go to {}: neither was written", shown(file));
            let message = Message::new(&codes::OUTPUT_TWICE, text).about(&made[at].job.shown);
            places[at] = Err(message.help("rename one of them, or convert them into different folders").into());
        }
    }
}

/// What file systems take for the same name.
fn key(file: &Path) -> OsString {
    if cfg!(any(windows, target_os = "macos")) {
        file.to_string_lossy().to_lowercase().into()
    } else {
        file.as_os_str().to_owned()
    }
}

/// What stands is replaced only if told, and a source never.
fn refuse_standing(places: &mut [Result<Place, Box<Message>>], existing: Existing, jobs: &[Sought], made: &[Made<'_>]) {
    let mut sources: Option<BTreeMap<PathBuf, Arc<str>>> = None;
    for (place, made) in places.iter_mut().zip(made) {
        let Ok(Place::File(file)) = place else { continue };
        let Ok(standing) = fs::metadata(&*file) else { continue };
        if !standing.is_file() {
            continue;
        }
        let sources = sources.get_or_insert_with(|| sources_of(jobs));
        let source = fs::canonicalize(&*file).ok().and_then(|path| sources.get(&path));
        let message = if let Some(source) = source {
            let text = format!("the output would replace {source}, which is being read");
            Message::new(&codes::OUTPUT_IS_INPUT, text).help("write to another place")
        } else if existing == Existing::Keep && made.text.as_deref().is_some_and(|text| !output::says(file, text)) {
            let text = format!("{} exists and was left as it is", shown(file));
            Message::new(&codes::OUTPUT_EXISTS, text)
                .help("add --force to replace it, or --diff to see what would change")
        } else {
            continue;
        };
        *place = Err(message.about(&made.job.shown).into());
    }
}

fn sources_of(jobs: &[Sought]) -> BTreeMap<PathBuf, Arc<str>> {
    let canonical = |job: &Job| Some((fs::canonicalize(job.file()?).ok()?, job.shown.clone()));
    jobs.iter().flatten().filter_map(canonical).collect()
}
