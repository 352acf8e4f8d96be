//! Every post of real sites: no tag is lost, none reaches a page unreported, and the target's generator builds them all.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use postferry::ast::{Meaning, Place, PlacedTag};
use postferry::format::Proof;
use postferry::{Conversion, Converter, Input, Registry};

use crate::pages::{HUGOS, build_hugo, build_jekyll};
use crate::support::{generators, shared};

/// The posts of one site: path within the site, and text.
type Site = BTreeMap<String, String>;

fn sites(set: &str, test: &str) -> BTreeMap<String, Site> {
    let mut sites = BTreeMap::new();
    let Some(root) = shared::find(&format!("corpus/{set}"), test) else { return sites };
    for entry in fs::read_dir(root).unwrap() {
        let folder = entry.unwrap().path();
        let mut files = Vec::new();
        collect(&folder, &mut files);
        let posts = files.into_iter().filter_map(|file| {
            let text = fs::read_to_string(&file).ok()?;
            let has_front_matter = ["---", "+++", "{\n"].iter().any(|fence| text.starts_with(fence));
            has_front_matter.then(|| (file.strip_prefix(&folder).unwrap().to_string_lossy().into_owned(), text))
        });
        sites.insert(folder.file_name().unwrap().to_string_lossy().into_owned(), posts.collect());
    }
    sites
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path
            .extension()
            .is_some_and(|extension| ["md", "markdown", "html"].iter().any(|known| extension == *known))
        {
            files.push(path);
        }
    }
}

/// Text with its white space folded and the entities of HTML undone, as far as tags need it.
fn folded(text: &str) -> String {
    let text = text.replace("&#123;", "{").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    let text = text
        .replace("&amp;", "&")
        .replace("-&#45;", "--")
        .replace("%3C", "<")
        .replace("%3E", ">")
        .replace("&#10;", " ");
    let text = text.replace("{{</*", "{{<").replace("*/>}}", ">}}").replace("{{%/*", "{{%").replace("*/%}}", "%}}");
    let text = text.replace("{% raw %}", "").replace("{% endraw %}", "").replace("\\|", "|");
    text.split_whitespace().collect()
}

/// What is wrong with the tags of a conversion.
fn faults(text: &str, tags: &[PlacedTag], conversion: &Conversion) -> Vec<String> {
    let mut faults = Vec::new();
    let found = conversion.report.diagnostics();
    let is_reported = |tag: &PlacedTag, codes: &[&str]| {
        found.iter().any(|d| codes.contains(&d.code.name) && d.span.is_some_and(|span| span.start == tag.span.start))
    };
    let written = folded(&conversion.text);
    let mut known = String::new();
    for tag in tags.iter().filter(|tag| tag.place != Place::Fence) {
        let is_reported_now = is_reported(tag, &["tag-untranslated", "tag-dropped"]);
        if tag.tag.details.meaning == Meaning::Unknown && !is_reported_now {
            faults.push(format!("not reported: {}", tag.tag.text));
        }
        // The definition of a link that nobody uses shows nothing.
        let before = text.get(..tag.span.start).unwrap_or_default().lines().next_back().unwrap_or_default();
        let is_definition = before.trim_start().starts_with('[') && before.trim_end().ends_with("]:");
        if is_reported(tag, &["tag-dropped"]) && !is_definition {
            faults.push(format!("dropped: {}", tag.tag.text));
        } else if tag.inner.is_empty() && is_reported_now && !written.contains(&folded(&tag.tag.text)) {
            faults.push(format!("lost: {}", tag.tag.text));
        }
    }
    // What stands between the tags is text, and so is a tag that is kept and reported.
    let mut at = 0;
    for tag in tags {
        known.push_str(&folded(text.get(at..tag.span.start).unwrap_or_default()));
        at = tag.span.end;
        if is_reported(tag, &["tag-untranslated"]) {
            known.push_str(&folded(&tag.tag.text));
        }
        known.push_str(&tag.tag.details.body.as_deref().map(folded).unwrap_or_default());
        if let Meaning::Text(text) = &tag.tag.details.meaning {
            known.push_str(&folded(text));
        }
    }
    known.push_str(&folded(text.get(at..).unwrap_or_default()));
    if tags.is_empty() {
        return faults;
    }
    let shown = without_comments(&conversion.text);
    for (start, end) in [("{%", "%}"), ("{{", "}}")] {
        let mut rest = shown.as_str();
        while let Some((_, behind)) = rest.split_once(start) {
            let Some((inside, _)) = behind.split_once(end) else { break };
            rest = behind;
            // What we write ourselves.
            let is_shortcode = start == "{{" && (inside.starts_with('<') || inside.starts_with('%'));
            let ours =
                [" post_url ", " site.url ", " page.", " highlight ", " endhighlight ", " comment ", " endcomment "];
            let is_liquid = conversion.from.name == "hugo" && ours.iter().any(|ours| inside.starts_with(ours));
            let tag = folded(&format!("{start}{inside}{end}"));
            if !is_shortcode && !is_liquid && !known.contains(&tag) {
                faults.push(format!("on the page: {start}{inside}{end}"));
            }
        }
    }
    faults
}

fn without_comments(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("<!--") {
        out.push_str(before);
        rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
    }
    out + rest
}

/// Converts a site and looks at every post. Gives what was written, and how many posts had tags.
fn convert(site: &str, posts: &Site, from: &str, to: &str) -> (Site, usize, Vec<String>) {
    let registry = Arc::new(Registry::builtin());
    let converter = Converter::new(registry, Some(&from.parse().unwrap()), &to.parse().unwrap()).unwrap();
    // The bodies of these are those of `hugo`.
    let converter = converter.proof(if to.starts_with("hugo+") { Proof::Off } else { Proof::On });
    let (mut written, mut with_tags, mut faulty) = (Site::new(), 0, Vec::new());
    for (path, text) in posts {
        let input = Input::new(text).path(Some(path));
        // Broken front matter is an error, and told elsewhere.
        let (Ok(read), Ok(conversion)) = (converter.read(input), converter.convert(input)) else { continue };
        let tags = read.post.body.tags();
        if tags.is_empty() {
            let about_tags = |name: &str| name.starts_with("tag-") && name != "tag-unclosed";
            // Entities of the source may be braces.
            let is_untouched =
                text.contains(['{', '&']) || !conversion.text.contains("{{") && !conversion.text.contains("{%");
            if !is_untouched {
                faulty.push(format!("{site}/{path}: braces that were not there"));
            }
            if conversion.report.diagnostics().iter().any(|d| about_tags(d.code.name)) {
                faulty.push(format!("{site}/{path}: reports about tags where there are none"));
            }
        } else {
            with_tags += 1;
        }
        faulty.extend(faults(text, tags, &conversion).into_iter().map(|fault| format!("{site}/{path}: {fault}")));
        written.insert(conversion.path.clone().unwrap(), conversion.text);
    }
    (written, with_tags, faulty)
}

/// What came of all sites.
#[derive(Default)]
struct Sum {
    posts: usize,
    with_tags: usize,
    faults: Vec<String>,
}

impl Sum {
    /// Converts a site and counts; gives what was written.
    fn add(&mut self, site: &str, posts: &Site, from: &str, to: &str) -> Site {
        let (written, with_tags, mut faulty) = convert(site, posts, from, to);
        println!("{site} to {to}: {} posts, {with_tags} with tags, {} faults", written.len(), faulty.len());
        self.posts += written.len();
        self.with_tags += with_tags;
        self.faults.append(&mut faulty);
        written
    }

    fn check(self, what: &str) {
        println!("{what}: {} posts, {} with tags, {} faults", self.posts, self.with_tags, self.faults.len());
        assert!(self.faults.is_empty(), "{what}: {}", self.faults.join("\n"));
    }
}

#[test]
fn no_tag_of_a_real_jekyll_post_is_lost_and_hugo_builds_them_all() {
    let test = "no_tag_of_a_real_jekyll_post_is_lost_and_hugo_builds_them_all";
    let hugos: Vec<PathBuf> = HUGOS.iter().filter_map(|hugo| generators::program(hugo, test)).collect();
    std::thread::scope(|scope| {
        for to in ["hugo", "hugo+yaml", "hugo+json"] {
            let hugos = &hugos;
            scope.spawn(move || {
                let mut sum = Sum::default();
                for (site, posts) in ["jekyll-html", "jekyll-md"].into_iter().flat_map(|set| sites(set, test)) {
                    let written = sum.add(&site, &posts, "jekyll", to);
                    for hugo in hugos {
                        build_hugo(hugo, &written);
                    }
                }
                sum.check(&format!("Jekyll to {to}"));
            });
        }
    });
}

#[test]
fn no_shortcode_of_a_real_hugo_page_is_lost_and_jekyll_builds_them_all() {
    let test = "no_shortcode_of_a_real_hugo_page_is_lost_and_jekyll_builds_them_all";
    let jekyll = generators::program("jekyll", test);
    std::thread::scope(|scope| {
        for to in ["jekyll+markdown", "jekyll"] {
            let jekyll = &jekyll;
            scope.spawn(move || {
                let mut sum = Sum::default();
                let sets = ["hugo-toml", "hugo-yaml", "hugo-json"];
                for (site, pages) in sets.into_iter().flat_map(|set| sites(set, test)) {
                    let written = sum.add(&site, &pages, "hugo", to);
                    if let Some(jekyll) = jekyll {
                        build_jekyll(jekyll, &written);
                    }
                }
                sum.check(&format!("Hugo to {to}"));
            });
        }
    });
}

#[test]
fn what_only_looks_like_a_tag_in_markdown_is_none_in_hugo_and_jekyll() {
    let test = "what_only_looks_like_a_tag_in_markdown_is_none_in_hugo_and_jekyll";
    for (site, pages) in sites("other-md", test) {
        let mut sum = Sum::default();
        for to in ["hugo", "jekyll", "jekyll+markdown"] {
            let written = sum.add(&site, &pages, "markdown", to);
            if to == "hugo" {
                for hugo in HUGOS.iter().filter_map(|hugo| generators::program(hugo, test)) {
                    build_hugo(&hugo, &written);
                }
            } else if let Some(jekyll) = generators::program("jekyll", test) {
                build_jekyll(&jekyll, &written);
            }
        }
        sum.check(&format!("{site} from Markdown"));
    }
}
