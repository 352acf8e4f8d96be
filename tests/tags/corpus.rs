//! Every post of real sites: no tag is lost, none reaches a page unreported, and the target's generator builds them all.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use postferry::ast::{Meaning, Place, PlacedTag};
use postferry::{Conversion, Converter, Input, Registry};

use crate::pages::{build_hugo, build_jekyll, todays_hugo};
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
            let has_front_matter = text.starts_with("---") || text.starts_with("+++");
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
        if is_reported(tag, &["tag-dropped"]) {
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

#[test]
fn no_tag_of_a_real_jekyll_post_is_lost_and_hugo_builds_them_all() {
    let test = "no_tag_of_a_real_jekyll_post_is_lost_and_hugo_builds_them_all";
    let hugo = todays_hugo(test);
    let (mut all, mut all_with_tags, mut all_faulty) = (0, 0, Vec::new());
    for set in ["jekyll-html", "jekyll-md"] {
        for (site, posts) in sites(set, test) {
            let (written, with_tags, mut faulty) = convert(&site, &posts, "jekyll", "hugo");
            println!("{site}: {} posts, {with_tags} with tags, {} faults", written.len(), faulty.len());
            all += written.len();
            all_with_tags += with_tags;
            all_faulty.append(&mut faulty);
            if let Some(hugo) = &hugo {
                build_hugo(hugo, &written);
            }
        }
    }
    println!("{all} posts, {all_with_tags} with tags, {} faults", all_faulty.len());
    assert!(all_faulty.is_empty(), "{}", all_faulty.join("\n"));
}

#[test]
fn no_shortcode_of_a_real_hugo_page_is_lost_and_jekyll_builds_them_all() {
    let test = "no_shortcode_of_a_real_hugo_page_is_lost_and_jekyll_builds_them_all";
    let jekyll = generators::program("jekyll", test);
    let (mut all, mut all_with_tags, mut all_faulty) = (0, 0, Vec::new());
    for set in ["hugo-toml", "hugo-yaml"] {
        for (site, pages) in sites(set, test) {
            let (written, with_tags, mut faulty) = convert(&site, &pages, "hugo", "jekyll+markdown");
            println!("{site}: {} pages, {with_tags} with tags, {} faults", written.len(), faulty.len());
            all += written.len();
            all_with_tags += with_tags;
            all_faulty.append(&mut faulty);
            if let Some(jekyll) = &jekyll {
                build_jekyll(jekyll, &written);
            }
        }
    }
    println!("{all} pages, {all_with_tags} with tags, {} faults", all_faulty.len());
    assert!(all_faulty.is_empty(), "{}", all_faulty.join("\n"));
}
