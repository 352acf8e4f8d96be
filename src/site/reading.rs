//! What holds for all pages of a Jekyll site: its includes, and what Hugo reads everywhere or nowhere.

use std::fs;

use super::head::Head;
use super::jekyll::{Includes, Kind, SourceFile};
use super::links::SiteValues;
use super::plan::{Plan, Problem};
use crate::diag::codes;
use crate::error::Error;

impl Plan {
    pub(super) fn read_includes(&mut self, files: &[SourceFile]) -> Includes {
        let mut includes = Includes {
            baseurl: self.config.baseurl.clone(),
            url: self.config.url.clone(),
            values: SiteValues::new(&self.config),
            ..Includes::default()
        };
        let folder = format!("{}/", self.config.folders.includes);
        for file in files.iter().filter(|file| file.kind == Kind::Include) {
            let read = fs::read(self.root.join(&*file.path));
            let error = match read.map(String::from_utf8) {
                Ok(Ok(text)) => {
                    let name = file.path.strip_prefix(&folder).unwrap_or(&file.path).to_owned();
                    includes.insert(name, text);
                    continue;
                }
                Ok(Err(_)) => Error::new(&codes::NOT_UTF8, "it is not UTF-8"),
                Err(error) => Error::new(&codes::READ_FAILED, "it cannot be read").caused_by(error),
            };
            self.problems.push(Problem { path: file.path.clone(), error });
        }
        includes
    }

    /// What Hugo reads on the whole site or nowhere, such as attributes of blocks, all pages are written with in mind.
    pub(super) fn read_alike(&mut self, heads: &[Option<Head>], wanted: &[String]) {
        wanted.iter().for_each(|name| self.groups.switch_on(name));
        let any = |is_so: fn(&Head) -> bool| heads.iter().flatten().any(is_so);
        if any(|head| head.has_attributes) {
            self.groups.switch_on("block_attributes");
        }
        if any(|head| head.has_formulas) && !wanted.iter().any(|name| name == "hugo_0_111") {
            self.groups.switch_on("passthrough");
        }
    }
}
