//! The corpus' Hugo sites, as Hugo shows them, as Jekyll shows what became of them, and as Hugo shows what came back.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use tempfile::TempDir;

use crate::compare::{Figures, compare};
use crate::corpus::{said, show};
use crate::{generators, site};

/// A site of the corpus, which holds content alone: the settings that it is built with, and its shortcodes.
struct Corpus {
    name: &'static str,
    folder: &'static str,
    settings: &'static str,
    /// Files whose address another has too: Hugo shows one of them.
    doubled: &'static [&'static str],
    shortcodes: &'static [(&'static str, &'static str)],
}

const INNER: &str = "<div class=\"box\">{{ .Inner | markdownify }}</div>\n";
const DEFINED: &str = "<div class=\"def\">{{ .Inner | markdownify }}</div>\n";
const MARK: &str = "<div>{{ .Get 0 }}</div>\n";
const INLINE: &str = "<span>{{ .Get \"src\" }}</span>";

const SITES: [Corpus; 4] = [
    Corpus { name: "lowrisc", folder: "hugo-toml/lowRISC+lowrisc-site", settings: "", doubled: &[], shortcodes: &[] },
    Corpus {
        name: "nats",
        folder: "hugo-toml/nats-io+nats-site",
        settings: "",
        doubled: &[],
        shortcodes: &[
            ("column", INNER),
            ("columns", INNER),
            ("buttons/social", MARK),
            ("client_glc", MARK),
            ("connectors", MARK),
            ("event-list", MARK),
            ("newsletter", MARK),
            ("partners", MARK),
            ("recent-posts", MARK),
            ("servers", MARK),
            ("streaming_client_glc", MARK),
        ],
    },
    Corpus {
        name: "digitalgov",
        folder: "hugo-yaml/GSA+digitalgov.gov",
        settings: "",
        doubled: &[],
        shortcodes: &[("img", INLINE), ("legacy-img-right", INLINE), ("legacy-img", INLINE)],
    },
    Corpus {
        name: "letsencrypt",
        folder: "hugo-yaml/letsencrypt+website",
        settings: "contentDir = 'content/en'\n",
        doubled: &[
            "post/2015-7-1-legal-transparency-report.markdown",
            "post/2016-4-1-legal-transparency-report.markdown",
        ],
        shortcodes: &[
            ("clients", INNER),
            ("clientslastmod", MARK),
            ("def", DEFINED),
            ("docs_index", MARK),
            ("plotly", MARK),
            ("renderglossary", MARK),
        ],
    },
];

const CONFIG: &str = "baseURL = 'https://example.org/'\ntitle = 'Corpus'\nrefLinksErrorLevel = 'WARNING'\n";
const UNSAFE: &str = "[markup.goldmark.renderer]\nunsafe = true\n[security]\nallowContent = ['.*']\n";

pub(crate) type Built = BTreeMap<String, Vec<u8>>;

/// The pages with what one generator says of a page without a date as the other does.
pub(crate) fn without_year_one(built: Built) -> Built {
    let changed = |(path, bytes): (String, Vec<u8>)| {
        let bytes = match String::from_utf8(bytes) {
            Ok(text) if path.ends_with(".html") => text.replacen("\"date\":-62135596800", "\"date\":null", 1).into(),
            Ok(text) => text.into(),
            Err(error) => error.into_bytes(),
        };
        (path, bytes)
    };
    built.into_iter().map(changed).collect()
}

/// What became of each address, by the table of the new site.
pub(crate) fn fates(new: &Path) -> BTreeMap<String, String> {
    let table = fs::read_to_string(new.join("postferry-urls.csv")).unwrap();
    let rows = table.lines().skip(1).filter_map(|line| {
        let (rest, how) = line.rsplit_once(',')?;
        let address = rest.split(',').next()?.trim_start_matches('/');
        let index = if address.is_empty() || address.ends_with('/') { "index.html" } else { "" };
        Some((format!("{address}{index}"), how.to_owned()))
    });
    rows.collect()
}

/// The old site's files that are content or copies; of the others it is asked only that they are accounted for.
pub(crate) fn content(was: Built, fates: &BTreeMap<String, String>, is: &Built, wrong: &mut Vec<String>) -> Built {
    let mut out = Built::new();
    for (path, bytes) in was {
        match fates.get(&path).map(String::as_str) {
            Some("url" | "copied") => {
                out.insert(path, bytes);
            }
            Some("not content") => {}
            Some(how) if is.contains_key(&path) => assert!(matches!(how, "alias" | "made by jekyll"), "{path}: {how}"),
            // Feeds and the map of the site are Hugo's own, as is the page that leads on from `/en/`.
            None if path.ends_with(".xml") || path == "en/index.html" => {}
            how => wrong.push(format!("{path} is nowhere: {how:?}")),
        }
    }
    out
}

pub(crate) fn build_jekyll(program: &Path, new: &Path, work: &Path, name: &str) -> Built {
    let (bare, to) = (work.join(format!("{name}-bare")), work.join(format!("{name}-built")));
    site::copy_all(new, &bare);
    site::bare_jekyll(&bare);
    site::write(&bare, "_layouts/list.html", "{{ content }}");
    site::build_jekyll(program, &bare, &to);
    site::files(&to)
}

pub(crate) fn build_hugo(program: &Path, root: &Path, work: &Path, name: &str) -> Built {
    let (bare, to) = (work.join(format!("{name}-bare")), work.join(format!("{name}-built")));
    site::copy_all(root, &bare);
    site::build_hugo(program, &bare, &to);
    site::files(&to)
}

/// The figures there, and back, with HTML shown or left out as Hugo leaves it.
fn measure(
    corpus: &Corpus,
    (source, shows_html): (&Path, bool),
    jekyll: &Path,
    hugo: &Path,
) -> (Figures, Figures, Vec<String>) {
    let name = if shows_html { corpus.name.to_owned() } else { format!("{} without HTML", corpus.name) };
    let work = TempDir::new().unwrap();
    let old = work.path().join("old");
    site::copy_all(source, &old);
    let _ = fs::remove_dir_all(old.join("backup"));
    for path in corpus.doubled {
        fs::remove_file(old.join("content/en").join(path)).unwrap();
    }
    let html = if shows_html { UNSAFE } else { &UNSAFE.replace("unsafe = true", "unsafe = false") };
    site::write(&old, "hugo.toml", format!("{CONFIG}{}{html}", corpus.settings));
    for (name, text) in corpus.shortcodes {
        site::write(&old, &format!("layouts/shortcodes/{name}.html"), text);
    }
    let was = without_year_one(build_hugo(hugo, &old, work.path(), "was"));
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs().cast_signed();
    let (new, report) = (work.path().join("new"), work.path().join("report"));
    let output = site::migrate(&old, &new, &["--report", report.to_str().unwrap()]);
    assert!(output.status.success(), "{name}: {}", site::said(&output));
    let told = said(&report.join("report.json"));
    let is = build_jekyll(jekyll, &new, work.path(), "is");
    let mut wrong = Vec::new();
    let was = content(was, &fates(&new), &is, &mut wrong);
    let there = compare(&was, &is, &told, now);
    println!("measured {name}, to Jekyll: {}", there.line());
    let (again, back) = (work.path().join("again"), work.path().join("report-back"));
    let output = site::migrate(&new, &again, &["--report", back.to_str().unwrap()]);
    assert!(output.status.success(), "{name}, back: {}", site::said(&output));
    let came = without_year_one(build_hugo(hugo, &again, work.path(), "came"));
    let back = compare(&was, &came, &told, now);
    println!("measured {name}, and back: {}", back.line());
    if std::env::var_os("POSTFERRY_SHOW").is_some() {
        show(&there);
        println!("and back");
        show(&back);
    }
    if std::env::var_os("POSTFERRY_KEEP").is_some() {
        println!("{name} lies in {}", work.keep().display());
    }
    (there, back, wrong)
}

#[test]
fn the_corpus_sites_go_there_and_back() {
    let test = "the_corpus_sites_go_there_and_back";
    let (Some(jekyll), Some(hugo)) = (generators::program("jekyll", test), generators::program("hugo", test)) else {
        return;
    };
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if !corpus.is_dir() {
        assert!(std::env::var_os("POSTFERRY_NO_SKIP").is_none(), "{test}: the corpus is absent, and no test may skip");
        println!("skipped: {test} wants ../shared/corpus");
        return;
    }
    let wanted = std::env::var("POSTFERRY_SITES").unwrap_or_default();
    let mut wrong = Vec::new();
    for (index, site) in SITES.iter().enumerate() {
        let is_wanted = match wanted.as_str() {
            "" => index < 1,
            "all" => true,
            names => names.split(',').any(|wanted| wanted == site.name),
        };
        if !is_wanted {
            continue;
        }
        for shows_html in [true, false] {
            let from = corpus.join(site.folder);
            let (there, back, nowhere) = measure(site, (&from, shows_html), &jekyll, &hugo);
            wrong.extend(nowhere);
            for (way, figures) in [("to Jekyll", &there), ("and back", &back)] {
                let lost = [&figures.missing, &figures.titles, &figures.dates, &figures.terms].into_iter().flatten();
                wrong.extend(lost.map(|lost| format!("{}, {way}: {lost}", site.name)));
                let of_thousand = if way == "and back" { 20 } else { 25 };
                if figures.text.len() * 1000 > figures.pages * of_thousand {
                    wrong.push(format!("{}, {way}: {:?}", site.name, figures.text));
                }
                wrong.extend(
                    figures.silent.iter().map(|page| format!("{}, {way}: nothing is said of {page}", site.name)),
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
