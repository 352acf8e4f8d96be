//! Where in the target everything lies.

use std::collections::{BTreeMap, BTreeSet};

use super::hugo::{Names, branches, is_portable};
use super::jekyll::Config;
use super::plan::{Fate, Item, Plan, Problem};
use crate::diag::codes;
use crate::error::Error;

/// Gives every file that is written its path in the target.
pub(super) fn place(plan: &mut Plan, terms: &BTreeMap<&'static str, BTreeSet<String>>) {
    let mut names = Names::default();
    let mut targets: Vec<Option<String>> = Vec::with_capacity(plan.items.len());
    for item in &plan.items {
        let target = match item.fate {
            Fate::Post | Fate::Page | Fate::Document => Some(content_path(&plan.config, item, &mut names)),
            Fate::Static | Fate::Text => item.address.as_deref().map(static_path),
            Fate::Data => item.path.strip_prefix(&plan.config.folders.data).map(|below| format!("data{below}")),
            _ => None,
        };
        targets.push(target);
    }
    let content = || plan.items.iter().zip(&targets).filter(|(item, _)| item.fate.is_content());
    let branches = branches(content().filter_map(|(_, target)| target.as_deref()), terms);
    let moved: Vec<(usize, String)> = (0..plan.items.len())
        .filter(|&index| plan.items[index].fate.is_content())
        .filter_map(|index| {
            let branch = branches.get(plan.items[index].address.as_deref()?)?;
            (targets[index].as_deref() != Some(branch.as_str())).then(|| (index, branch.clone()))
        })
        .collect();
    for (index, branch) in moved {
        if names.take(&branch) {
            targets[index] = Some(branch);
        }
    }
    for (index, target) in targets.into_iter().enumerate() {
        let Some(target) = target else { continue };
        if !is_portable(&target) {
            let error = Error::new(&codes::NAME_NOT_PORTABLE, format!("`{target}` is no name on every file system"));
            plan.problems.push(Problem { path: plan.items[index].path.clone(), error });
        }
        plan.items[index].target = Some(target.into());
    }
}

fn static_path(address: &str) -> String {
    let index = if address.ends_with('/') { "index.html" } else { "" };
    format!("static{address}{index}")
}

fn content_path(config: &Config, item: &Item, names: &mut Names) -> String {
    let dir = &config.collections_dir;
    let path = match item.fate {
        Fate::Page => &*item.path,
        _ => item.path.strip_prefix(dir.as_str()).filter(|_| !dir.is_empty()).unwrap_or(&item.path),
    };
    let mut folders: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let name = folders.pop().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if item.fate == Fate::Post {
        folders.retain(|folder| !matches!(*folder, "_posts" | "_drafts"));
        folders.insert(0, "posts");
    }
    if item.fate != Fate::Post
        && matches!(stem, "index" | "_index")
        && let Some(branch) = names.branch(&folders)
    {
        return branch;
    }
    names.content(&folders, stem)
}
