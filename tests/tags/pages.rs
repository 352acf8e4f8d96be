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
    /// Whether a tag of it has no form in the target and is kept.
    pub(crate) is_untranslatable: bool,
    /// Whether the pages differ by the nature of the case, which the report has to say; it does not count for the share of
    /// pages that are equal.
    pub(crate) is_other: bool,
    /// Whether it holds what Hugo 0.111 does not have.
    pub(crate) is_new: bool,
    pub(crate) body: String,
}

fn cases(text: &str) -> Vec<Case> {
    let mut cases = Vec::new();
    for case in text.split("@@ ").filter(|case| !case.is_empty()) {
        let (head, body) = case.split_once('\n').unwrap();
        let mut words = head.split(' ');
        let name = words.next().unwrap().to_owned();
        let extension = if words.next() == Some("html") { "html" } else { "md" };
        let mark = words.next();
        let (is_untranslatable, is_new) = (mark == Some("!"), mark == Some("new"));
        let is_other = is_untranslatable || mark == Some("?");
        cases.push(Case { name, extension, is_untranslatable, is_other, is_new, body: body.to_owned() });
    }
    cases
}

/// The cases of a file beside this one.
pub(crate) fn cases_of(file: &str) -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tags").join(file);
    cases(&fs::read_to_string(path).unwrap())
}

pub(crate) fn jekyll_post(case: &str, body: &str) -> String {
    format!(
        "---\nlayout: bare\ncase: {case}\ntitle: A title\nfoo: bar\nn: 5\nzero: 0\nfloat: 1.50\nflag: true\noff: false\nempty: \"\"\n\
         nul:\nlist: [x, y, z]\nnest:\n  k: v\n  list: [a]\nslugish: some-slug\nimage: pics/a.png\nmarked: '**strong** text'\n\
         md: '*em* <i>x</i>'\ntagged: 'a <b>bold</b> word'\nwithtag: 'x {{{{ page.foo }}}} y'\n\
         date: 2020-01-01 10:20:30 +0000\n---\n{body}"
    )
}

pub(crate) fn hugo_post(case: &str, body: &str) -> String {
    format!(
        "+++\ntitle = 'A title'\ndate = 2020-01-01T00:00:00Z\nlayout = 'bare'\ncase = '{case}'\nfoo = 'bar'\nn = 5\nfloat = 1.5\n\
         flag = true\nlist = ['x', 'y']\nslugish = 'some-slug'\nmarked = '**strong** text'\ntagged = 'a <b>bold</b> word'\n[nest]\nk = 'v'\n[params]\ndeep = 'below'\n+++\n\n{body}"
    )
}

const OTHER: &str = "---\nlayout: bare\ncase: other\ntitle: Other\npermalink: /2019/05/01/other.html\n---\nOther.\n";
const OTHER_HUGO: &str = "+++\ntitle = 'Other'\ndate = 2019-05-01T00:00:00Z\nlayout = 'bare'\ncase = 'other'\nurl = '/2019/05/01/other.html'\n+++\n\nOther.\n";

pub(crate) fn convert(from: &str, to: &str, path: &str, text: &str) -> Conversion {
    let registry = Arc::new(Registry::builtin());
    let converter = Converter::new(registry, Some(&from.parse().unwrap()), &to.parse().unwrap()).unwrap();
    converter.convert(Input::new(text).path(Some(path))).unwrap()
}

/// The Hugos that are written for.
pub(crate) const HUGOS: [&str; 2] = ["hugo", "hugo-0.111"];

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
    write(root, "_includes/url.txt", "/u/x");
    write(root, "_posts/other.txt", "other *text*");
    write(root, "_posts/sub/2019-06-01-deep.md", "---\npermalink: /2019/06/01/deep.html\n---\nDeep.\n");
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
    write(root, "layouts/shortcodes/box.html", "<div>{{ .Inner }}</div>");
    write(root, "layouts/shortcodes/mbox.html", "{{ .Inner }}");
    let deep = "+++\ntitle = 'Deep'\ndate = 2019-06-01\nurl = '/2019/06/01/deep.html'\n+++\n";
    write(root, "content/posts/sub/2019-06-01-deep.md", deep);
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
    run(Command::new(program).args(["--buildFuture"]).current_dir(root));
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
    run(Command::new(program).args(["--buildFuture", "--buildDrafts"]).current_dir(root));
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
    /// Cases whose nature it is that the pages differ, and those of them whose pages do not.
    pub(crate) kept: usize,
    pub(crate) kept_and_equal: usize,
    pub(crate) silent: Vec<String>,
    /// Cases of which a tag was kept where none should be, or none where one should.
    pub(crate) unexpected: Vec<String>,
}

impl Tally {
    pub(crate) fn compare(&mut self, case: &Case, before: &str, after: &str, conversion: &Conversion) {
        let difference = dom::reader_equal(&normal(before), &normal(after));
        let about_tags = |code: &str| code.starts_with("tag-") && !matches!(code, "tag-address" | "tag-page-link");
        let is_reported = conversion.report.diagnostics().iter().any(|found| about_tags(found.code.name));
        match difference {
            Ok(()) if case.is_other => self.kept_and_equal += 1,
            Ok(()) => self.equal += 1,
            Err(_) if is_reported && case.is_other => self.kept += 1,
            Err(difference) if is_reported => self.reported.push(format!("{}: {difference}", case.name)),
            Err(difference) => self.silent.push(format!(
                "{}: {difference}\n--- source\n{}\n--- shown before\n{before}\n--- written\n{}\n--- shown after\n{after}\n",
                case.name, case.body, conversion.text
            )),
        }
        let is_untranslated = conversion.report.diagnostics().iter().any(|found| found.code.name == "tag-untranslated");
        if is_untranslated != case.is_untranslatable {
            self.unexpected.push(format!("{}: {:?}", case.name, conversion.report.diagnostics()));
        }
    }

    pub(crate) fn check(&self, what: &str) {
        let all = self.equal + self.reported.len() + self.silent.len();
        println!(
            "{what}: {} of {all} equal, {} reported, {} silent; of those with tags that have no form, {} reported, {} equal",
            self.equal,
            self.reported.len(),
            self.silent.len(),
            self.kept,
            self.kept_and_equal,
        );
        for reported in &self.reported {
            println!("  reported: {reported}");
        }
        assert!(self.unexpected.is_empty(), "{what}: {}", self.unexpected.join("\n"));
        assert!(self.silent.is_empty(), "{what}: pages differ and nobody says so:\n{}", self.silent.join("\n"));
        assert!(self.equal * 100 >= all * 95, "{what}: only {} of {all} are equal", self.equal);
        assert!(all >= 100, "{what}: {all} cases are too few");
    }
}

fn page_of(conversion: &Conversion) -> String {
    format!("content/posts/{}", conversion.path.as_deref().unwrap())
}

#[test]
fn jekyll_and_hugo_show_the_same_of_a_jekyll_post() {
    let test = "jekyll_and_hugo_show_the_same_of_a_jekyll_post";
    let Some(jekyll) = generators::program("jekyll", test) else { return };
    let mut cases = cases_of("jekyll.cases");
    cases.extend(cases_of("jekyll-kept.cases"));
    let other = "_posts/2019-05-01-other.md";
    let mut posts = BTreeMap::from([(other.to_owned(), OTHER.to_owned())]);
    for case in &cases {
        posts
            .insert(format!("_posts/2020-01-01-{}.{}", case.name, case.extension), jekyll_post(&case.name, &case.body));
    }
    let before = self::jekyll(&jekyll, &posts);
    for to in ["hugo", "hugo+yaml", "hugo+json"] {
        let (mut pages, mut conversions) = (BTreeMap::new(), BTreeMap::new());
        for (path, text) in &posts {
            let conversion = convert("jekyll", to, path, text);
            pages.insert(page_of(&conversion), conversion.text.clone());
            let name = path.trim_start_matches("_posts/2020-01-01-").rsplit_once('.').unwrap().0;
            conversions.insert(name.to_owned(), conversion);
        }
        for hugo in HUGOS {
            let Some(program) = generators::program(hugo, test) else { continue };
            let after = self::hugo(&program, &pages);
            let mut tally = Tally::default();
            for case in &cases {
                tally.compare(case, &before[&case.name], &after[&case.name], &conversions[&case.name]);
            }
            tally.check(&format!("Jekyll to {to}, {hugo}"));
        }
    }
}

#[test]
fn hugo_and_jekyll_show_the_same_of_a_hugo_post() {
    let test = "hugo_and_jekyll_show_the_same_of_a_hugo_post";
    let Some(jekyll) = generators::program("jekyll", test) else { return };
    for hugo in HUGOS {
        let Some(program) = generators::program(hugo, test) else { continue };
        let is_known = |case: &Case| hugo == "hugo" || !case.is_new;
        let cases: Vec<Case> =
            ["hugo.cases", "hugo-kept.cases"].into_iter().flat_map(cases_of).filter(is_known).collect();
        let mut pages = BTreeMap::from([("content/posts/2019-05-01-other.md".to_owned(), OTHER_HUGO.to_owned())]);
        for case in &cases {
            pages.insert(format!("content/posts/2020-01-01-{}.md", case.name), hugo_post(&case.name, &case.body));
        }
        let before = self::hugo(&program, &pages);
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
            tally.check(&format!("{hugo} to {to}"));
        }
    }
}
