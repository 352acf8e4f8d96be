//! `--map`, `--permalink`, and which folders are a site's.

use super::support::Folder;

const POST: &str = "---\ntitle: One\nrubriek: nieuws\nstatus: publish\n---\n<p>1</p>\n";

#[test]
fn a_map_of_keys_is_followed() {
    let folder = Folder::new()
        .with("2019-05-01-one.html", POST)
        .with("map.toml", "drop = ['status']\n[rename]\nrubriek = 'category'\n");
    let ran =
        folder.run(&["convert", "2019-05-01-one.html", "-t", "hugo", "--map", "map.toml", "--permalink", "pretty"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert_eq!(
        String::from_utf8_lossy(&ran.stdout),
        "+++\ntitle = 'One'\ndate = 2019-05-01T00:00:00\nurl = '/nieuws/2019/05/01/one/'\ncategories = ['nieuws']\n+++\n\n1\n"
    );
}

#[test]
fn a_map_of_tags_is_followed() {
    let post = "---\ntitle: One\n---\n<p>x</p>\n{% gallery pics %}\n";
    let folder = Folder::new()
        .with("_posts/2019-05-01-one.html", post)
        .with("map.toml", "drop = ['title']\n[tags]\ngallery = { shortcode = 'gallery', names = ['folder'] }\n");
    let ran = folder.run(&["convert", "_posts/2019-05-01-one.html", "-t", "hugo", "--map", "map.toml"]);
    let stdout = String::from_utf8_lossy(&ran.stdout);
    assert!(stdout.contains("{{< gallery folder=\"pics\" >}}"), "{stdout}{}", ran.stderr);
    let broken = Folder::new().with("a.html", post).with("map.toml", "[tags]\ngallery = { shortcod = 'x' }\n");
    let ran = broken.run(&["convert", "a.html", "-t", "hugo", "--map", "map.toml", "--message-format", "short"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.starts_with("map.toml:2:13: error[tag-map]: "), "{}", ran.stderr);
}

#[test]
fn a_map_says_what_the_site_is() {
    let post = "---\ntitle: One\n---\n<p><a href=\"{{ site.baseurl }}/a\">{{ site.github.name }}</a></p>\n";
    let folder = Folder::new()
        .with("_posts/2019-05-01-one.html", post)
        .with("map.toml", "[site]\nbaseurl = '/blog'\ngithub = { name = 'Jo' }\n");
    let ran = folder.run(&["convert", "_posts/2019-05-01-one.html", "-t", "hugo", "--map", "map.toml", "--strict"]);
    assert!(String::from_utf8_lossy(&ran.stdout).ends_with("[Jo](/blog/a)\n"), "{}", ran.stderr);
    assert_eq!(ran.code, Some(0));
}

#[test]
fn a_broken_map_is_said_with_its_place() {
    let folder = Folder::new().with("a.html", POST).with("map.toml", "drop = ['status']\nrenam = {}\n");
    let ran = folder.run(&["convert", "a.html", "-t", "hugo", "--map", "map.toml", "--message-format", "short"]);
    assert_eq!(ran.code, Some(1));
    assert_eq!(
        ran.stderr,
        "map.toml:2:1: error[key-map-field]: `renam` means nothing in a map of keys; did you mean `rename`? there are drop, \
         rename, default, split, join, params, tags, site\n"
    );
    let ran = folder.run(&["convert", "a.html", "-t", "hugo", "--map", "none.toml", "--message-format", "short"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.starts_with("none.toml: error[read-failed]: "), "{}", ran.stderr);
}

#[test]
fn folders_above_posts_are_categories_within_their_site() {
    let post = "---\ntitle: One\n---\n<p>1</p>\n";
    let folder = Folder::new()
        .with("repo/docs/_config.yml", "title: Site\n")
        .with("repo/docs/blog/_posts/2019-05-01-one.html", post);
    let url = "url = '/blog/2019/05/01/one.html'";
    // The repository, the site, the folder of posts, the post: each time the same address.
    for (input, output) in [
        ("repo", "docs/blog/2019-05-01-one.md"),
        ("repo/docs", "blog/2019-05-01-one.md"),
        ("repo/docs/blog/_posts", "2019-05-01-one.md"),
    ] {
        let ran = folder.run(&["convert", input, "-t", "hugo", "-o", "out", "--force"]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        let text = std::fs::read_to_string(folder.path("out").join(output)).unwrap_or_default();
        assert!(text.contains(url), "{input}: {text}{:?}", folder.files());
    }
    let ran = folder.run(&["convert", "repo/docs/blog/_posts/2019-05-01-one.html", "-t", "hugo"]);
    let stdout = String::from_utf8_lossy(&ran.stdout);
    assert!(stdout.contains(url), "{stdout}");
}
