//! `{% post_url %}` and `{% link %}`: the addresses of other files.

use std::collections::BTreeMap;

use super::jekyll::Config;
use super::plan::{Fate, Item};
use crate::ast::{Meaning, Tag};
use crate::format::{TagConverter, TagText};

/// The addresses of posts by their names, and of all files by their paths.
pub(super) struct Links {
    base: String,
    host: String,
    posts: BTreeMap<Box<str>, Box<str>>,
    files: BTreeMap<Box<str>, Box<str>>,
}

impl Links {
    pub(super) fn new(items: &[Item], config: &Config) -> Self {
        let mut links = Links {
            base: config.baseurl.clone(),
            host: config.url.clone(),
            posts: BTreeMap::new(),
            files: BTreeMap::new(),
        };
        for item in items {
            let Some(address) = &item.address else { continue };
            if item.fate == Fate::Post {
                let name = item.path.rsplit('/').next().unwrap_or(&item.path);
                let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
                links.posts.insert(stem.into(), address.clone());
            }
            if item.fate.is_content() {
                links.files.insert(without_extension(&item.path).into(), address.clone());
            }
        }
        links
    }
}

fn without_extension(path: &str) -> &str {
    let start = path.rfind('/').map_or(0, |at| at + 1);
    path[start..].rfind('.').map_or(path, |at| &path[..start + at])
}

impl TagConverter for Links {
    fn convert(&self, tag: &Tag, target: &str) -> Option<TagText> {
        let Meaning::PageLink(link) = &tag.details.meaning else { return None };
        if target != "hugo" || tag.dialect != "jekyll" {
            return None;
        }
        let page = link.page.trim_start_matches('/');
        let address = match tag.name.as_str() {
            "post_url" => self.posts.get(page.rsplit('/').next()?),
            _ => self.files.get(page).or_else(|| self.posts.get(page.rsplit('/').next()?)),
        }?;
        let host = if link.is_absolute { &self.host } else { "" };
        Some(TagText::Markup(format!("{host}{}{}{}", self.base, encoded(address), link.fragment)))
    }
}

/// The address as it stands in a link.
fn encoded(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for byte in address.bytes() {
        let is_plain = byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=:@".contains(&byte);
        if is_plain {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
