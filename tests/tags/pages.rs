//! Cases that the real programs render before and after.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use postferry::{Conversion, Converter, Input, Registry};
use tempfile::TempDir;

use crate::normal::normal;
use crate::support::{dom, generators};

/// One body, and what it is in.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) extension: &'static str,
    /// Whether a tag of it has no form in the target: it is reported, and the pages differ.
    pub(crate) is_untranslatable: bool,
    pub(crate) body: String,
}

pub(crate) fn cases(text: &str) -> Vec<Case> {
    let mut cases = Vec::new();
    for case in text.split("@@ ").filter(|case| !case.is_empty()) {
        let (head, body) = case.split_once('\n').unwrap();
        let mut words = head.split(' ');
        let name = words.next().unwrap().to_owned();
        let extension = if words.next() == Some("html") { "html" } else { "md" };
        cases.push(Case { name, extension, is_untranslatable: words.next() == Some("!"), body: body.to_owned() });
    }
    cases
}

pub(crate) const JEKYLL_CASES: &str = include_str!("jekyll.cases");
pub(crate) const HUGO_CASES: &str = include_str!("hugo.cases");

pub(crate) fn jekyll_post(case: &str, body: &str) -> String {
    format!(
        "---\nlayout: bare\ncase: {case}\ntitle: A title\nfoo: bar\nn: 5\nflag: true\nnest:\n  k: v\nslugish: some-slug\n\
         image: pics/a.png\nmarked: '**strong** text'\ntagged: 'a <b>bold</b> word'\n---\n{body}"
    )
}

pub(crate) fn hugo_post(case: &str, body: &str) -> String {
    format!(
        "+++\ntitle = 'A title'\ndate = 2020-01-01T00:00:00Z\nlayout = 'bare'\ncase = '{case}'\nfoo = 'bar'\nn = 5\nflag = true\n\
         slugish = 'some-slug'\n[nest]\nk = 'v'\n[params]\ndeep = 'below'\n+++\n\n{body}"
    )
}

const OTHER: &str = "---\nlayout: bare\ncase: other\ntitle: Other\npermalink: /2019/05/01/other.html\n---\nOther.\n";
const OTHER_HUGO: &str = "+++\ntitle = 'Other'\ndate = 2019-05-01T00:00:00Z\nlayout = 'bare'\ncase = 'other'\nurl = '/2019/05/01/other.html'\n+++\n\nOther.\n";

pub(crate) fn convert(from: &str, to: &str, path: &str, text: &str) -> Conversion {
    let registry = Arc::new(Registry::builtin());
    let converter = Converter::new(registry, Some(&from.parse().unwrap()), &to.parse().unwrap()).unwrap();
    converter.convert(Input::new(text).path(Some(path))).unwrap()
}

/// Hugo as it is today: the shortcodes of older ones are others.
pub(crate) fn todays_hugo(test: &str) -> Option<std::path::PathBuf> {
    let hugo = generators::program("hugo", test)?;
    let version = Command::new(&hugo).arg("version").output().unwrap().stdout;
    let is_old = String::from_utf8_lossy(&version).contains("v0.111");
    if is_old {
        assert!(std::env::var_os("POSTFERRY_NO_SKIP").is_none(), "{test}: Hugo is too old, and no test may skip");
        println!("skipped: {test} wants Hugo 0.168; name its folder in POSTFERRY_GENERATORS");
    }
    (!is_old).then_some(hugo)
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn run(command: &mut Command) {
    let output = command.output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let said: String = said.chars().take(2000).collect();
    assert!(output.status.success(), "{command:?} failed:\n{said}");
}

/// What plugins that many sites have write, by us.
const PLUGINS: &str = include_str!("embeds.rb");

/// What Jekyll shows of each post, by its `case`.
pub(crate) fn jekyll(program: &Path, posts: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let site = TempDir::new().unwrap();
    let root = site.path();
    write(root, "_layouts/bare.html", "case {{ page.case }}\n<main>{{ content }}</main>");
    write(root, "_includes/note.html", "<p>A note.</p>\n");
    write(root, "assets/a.txt", "a\n");
    write(root, "_plugins/embeds.rb", PLUGINS);
    write(
        root,
        "_config.yml",
        "url: https://example.org\nbaseurl: ''\ntitle: The site\nplugins: []\ntimezone: UTC\nhighlighter: none\nkramdown:\n  \
         syntax_highlighter_opts:\n    disable: true\n",
    );
    for (path, text) in posts {
        write(root, path, text);
    }
    run(Command::new(program).args(["build", "--quiet", "--disable-disk-cache"]).current_dir(root));
    shown(&root.join("_site"))
}

/// What Hugo shows of each post, by its `case`.
pub(crate) fn hugo(program: &Path, posts: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let site = TempDir::new().unwrap();
    let root = site.path();
    for layout in ["single", "bare"] {
        write(root, &format!("layouts/_default/{layout}.html"), "case {{ .Params.case }}\n<main>{{ .Content }}</main>");
    }
    // Shortcodes of the site's own, for the cases that stay as they are.
    write(root, "layouts/shortcodes/rawhtml.html", "<p>raw</p>");
    write(root, "content/about.md", "+++\ntitle = 'About'\n+++\n");
    write(
        root,
        "hugo.toml",
        "baseURL = 'https://example.org/'\n\
         disableKinds = ['home', 'section', 'taxonomy', 'term', 'RSS', 'sitemap', 'robotsTXT', '404']\n\
         [params]\nsiteonly = 'site'\n\
         [markup.highlight]\ncodeFences = false\nnoClasses = false\n\
         [markup.goldmark.renderer]\nunsafe = true\n\
         [markup.goldmark.extensions]\nlinkify = false\n",
    );
    for (path, text) in posts {
        write(root, path, text);
    }
    run(Command::new(program).args(["--buildFuture", "--logLevel", "warn"]).current_dir(root));
    shown(&root.join("public"))
}

/// Builds a Hugo site of these posts; any error fails.
pub(crate) fn build_hugo(program: &Path, posts: &BTreeMap<String, String>) {
    let site = TempDir::new().unwrap();
    let root = site.path();
    write(root, "layouts/_default/single.html", "<main>{{ .Content }}</main>");
    write(root, "layouts/_default/list.html", "<main>{{ .Content }}</main>");
    write(
        root,
        "hugo.toml",
        "baseURL = 'https://example.org/'\nrefLinksErrorLevel = 'WARNING'\n\
         disableKinds = ['taxonomy', 'term', 'RSS', 'sitemap', 'robotsTXT', '404']\n\
         [markup.goldmark.renderer]\nunsafe = true\n",
    );
    for (path, text) in posts {
        write(root, &format!("content/{path}"), text);
    }
    run(Command::new(program).args(["--buildFuture", "--buildDrafts", "--logLevel", "warn"]).current_dir(root));
}

/// Builds a Jekyll site of these pages; any error fails.
pub(crate) fn build_jekyll(program: &Path, pages: &BTreeMap<String, String>) {
    let site = TempDir::new().unwrap();
    let root = site.path();
    write(root, "_config.yml", "plugins: []\nhighlighter: none\nstrict_front_matter: true\nfuture: true\n");
    for (path, text) in pages {
        write(root, path, text);
        // Pages that are left out of the corpus.
        for linked in text.split("{% post_url ").skip(1) {
            let name = linked.split(' ').next().unwrap();
            write(root, &format!("_posts/{name}.md"), "---\n---\n");
        }
    }
    run(Command::new(program).args(["build", "--quiet", "--disable-disk-cache"]).current_dir(root));
}

/// The pages below `folder`: the inside of `main`, by case.
fn shown(folder: &Path) -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            pages.extend(shown(&path));
        } else if let Some(page) = fs::read_to_string(&path).ok().filter(|page| page.starts_with("case ")) {
            let (case, page) = page.split_once('\n').unwrap();
            let page = page.trim().strip_prefix("<main>").and_then(|page| page.strip_suffix("</main>")).unwrap();
            pages.insert(case.strip_prefix("case ").unwrap().to_owned(), page.to_owned());
        }
    }
    pages
}

/// What the pages of two programs have in common.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) equal: usize,
    pub(crate) reported: Vec<String>,
    pub(crate) silent: Vec<String>,
}

impl Tally {
    pub(crate) fn compare(&mut self, case: &Case, before: &str, after: &str, conversion: &Conversion) {
        let difference = dom::reader_equal(&normal(before), &normal(after));
        let about_tags = |code: &str| code.starts_with("tag-") && !matches!(code, "tag-address" | "tag-page-link");
        let is_reported = conversion.report.diagnostics().iter().any(|found| about_tags(found.code.name));
        match difference {
            Ok(()) => self.equal += 1,
            Err(difference) if is_reported => self.reported.push(format!("{}: {difference}", case.name)),
            Err(difference) => self.silent.push(format!(
                "{}: {difference}\n--- source\n{}\n--- shown before\n{before}\n--- written\n{}\n--- shown after\n{after}\n",
                case.name, case.body, conversion.text
            )),
        }
        let is_untranslated = conversion.report.diagnostics().iter().any(|found| found.code.name == "tag-untranslated");
        assert_eq!(is_untranslated, case.is_untranslatable, "{}: {:?}", case.name, conversion.report.diagnostics());
    }

    pub(crate) fn check(&self, what: &str) {
        let all = self.equal + self.reported.len() + self.silent.len();
        println!(
            "{what}: {} of {all} equal, {} reported, {} silent",
            self.equal,
            self.reported.len(),
            self.silent.len()
        );
        for reported in &self.reported {
            println!("  reported: {reported}");
        }
        assert!(self.silent.is_empty(), "{what}: pages differ and nobody says so:\n{}", self.silent.join("\n"));
        assert!(self.equal * 100 >= all * 95, "{what}: only {} of {all} are equal", self.equal);
        assert!(all >= 100, "{what}: {all} cases are too few");
    }
}

#[test]
fn jekyll_and_hugo_show_the_same_of_a_jekyll_post() {
    let test = "jekyll_and_hugo_show_the_same_of_a_jekyll_post";
    let (Some(jekyll), Some(hugo)) = (generators::program("jekyll", test), todays_hugo(test)) else { return };
    let cases = cases(JEKYLL_CASES);
    let (mut posts, mut pages, mut conversions) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let other = "_posts/2019-05-01-other.md";
    posts.insert(other.to_owned(), OTHER.to_owned());
    let conversion = convert("jekyll", "hugo", other, OTHER);
    pages.insert(format!("content/posts/{}", conversion.path.unwrap()), conversion.text);
    for case in &cases {
        let text = jekyll_post(&case.name, &case.body);
        let path = format!("_posts/2020-01-01-{}.{}", case.name, case.extension);
        let conversion = convert("jekyll", "hugo", &path, &text);
        pages.insert(format!("content/posts/{}", conversion.path.as_deref().unwrap()), conversion.text.clone());
        posts.insert(path, text);
        conversions.insert(case.name.clone(), conversion);
    }
    let (before, after) = (self::jekyll(&jekyll, &posts), self::hugo(&hugo, &pages));
    let mut tally = Tally::default();
    for case in &cases {
        tally.compare(case, &before[&case.name], &after[&case.name], &conversions[&case.name]);
    }
    tally.check("Jekyll to Hugo");
}

#[test]
fn hugo_and_jekyll_show_the_same_of_a_hugo_post() {
    let test = "hugo_and_jekyll_show_the_same_of_a_hugo_post";
    let (Some(jekyll), Some(hugo)) = (generators::program("jekyll", test), todays_hugo(test)) else { return };
    let cases = cases(HUGO_CASES);
    let mut pages = BTreeMap::new();
    pages.insert("content/posts/2019-05-01-other.md".to_owned(), OTHER_HUGO.to_owned());
    for case in &cases {
        pages.insert(format!("content/posts/2020-01-01-{}.md", case.name), hugo_post(&case.name, &case.body));
    }
    let before = self::hugo(&hugo, &pages);
    for to in ["jekyll+markdown", "jekyll"] {
        let (mut posts, mut conversions) = (BTreeMap::new(), BTreeMap::new());
        let other = convert("hugo", to, "2019-05-01-other.md", OTHER_HUGO);
        posts.insert(format!("_posts/{}", other.path.unwrap()), other.text);
        for case in &cases {
            let path = format!("2020-01-01-{}.md", case.name);
            let conversion = convert("hugo", to, &path, &hugo_post(&case.name, &case.body));
            posts.insert(format!("_posts/{}", conversion.path.as_deref().unwrap()), conversion.text.clone());
            conversions.insert(case.name.clone(), conversion);
        }
        let after = self::jekyll(&jekyll, &posts);
        let mut tally = Tally::default();
        for case in &cases {
            tally.compare(case, &before[&case.name], &after[&case.name], &conversions[&case.name]);
        }
        tally.check(&format!("Hugo to {to}"));
    }
}
