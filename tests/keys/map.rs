//! `--map FILE` and the options of sites, from the library.

use std::sync::Arc;

use postferry::{Converter, Input, KeyMap, Registry, Site};

use crate::corpus::front_of;

fn converter(from: &str, to: &str) -> Converter {
    let (from, to) = (from.parse().unwrap(), to.parse().unwrap());
    Converter::new(Arc::new(Registry::builtin()), Some(&from), &to).unwrap()
}

fn hugo(converter: &Converter, path: &str, text: &str) -> String {
    let text = converter.convert(Input::new(text).path(Some(path))).unwrap().text;
    front_of(&text).trim_start_matches("+++\n").trim_end_matches("+++\n").to_owned()
}

#[test]
fn every_wish_is_done() {
    let map = KeyMap::parse(
        "drop = ['status']\nparams = ['subtitle']\n\
         [rename]\nrubriek = 'category'\nkop = 'linkTitle'\n\
         [default]\ntype = 'photo'\nlang = 'nl'\n\
         [split]\ntags = ','\n\
         [join]\nkeywords = ', '\n",
    )
    .unwrap();
    let converter = converter("jekyll", "hugo").key_map(Some(map));
    let text = "---\ntitle: X\nrubriek: nieuws\nkop: Kort\nstatus: publish\ntags: a b, c,, d\nkeywords: [k, l]\nsubtitle: S\n---\n";
    assert_eq!(
        hugo(&converter, "about.html", text),
        "title = 'X'\ncategories = ['nieuws']\nlinkTitle = 'Kort'\ntags = ['a b', 'c', 'd']\nkeywords = 'k, l'\n\
         type = 'photo'\nlang = 'nl'\n\n[params]\nsubtitle = 'S'\n"
    );
}

#[test]
fn a_map_changes_a_post_within_its_format() {
    let map = KeyMap::parse("[rename]\nimg = 'image'\n").unwrap();
    let converter = converter("jekyll", "jekyll").key_map(Some(map));
    let text = "---\n# kept\ntitle:   'X'\nimg: a.png\n---\n<p>x</p>\n";
    let changed = converter.convert(Input::new(text)).unwrap().text;
    assert_eq!(changed, "---\n# kept\ntitle:   'X'\nimage: a.png\n---\n<p>x</p>\n");
}

#[test]
fn a_site_says_what_its_posts_do_not() {
    let mut defaults = postferry::meta::Map::new();
    defaults.insert("layout", "post");
    let site = Site::new()
        .permalink(Some("/:short_year/:title/".to_owned()))
        .timezone(Some("Europe/Amsterdam".to_owned()))
        .excerpt_separator(Some("<!-- more -->".to_owned()))
        .defaults(defaults);
    let converter = converter("jekyll", "hugo").from_site(site.clone());
    let text = "---\ntitle: X\ndate: '2019-05-01 00:30'\n---\n<p>a</p>\n<!-- more -->\n<p>b</p>\n";
    let conversion = converter.convert(Input::new(text).path(Some("_posts/2019-05-01-x.html"))).unwrap();
    assert_eq!(
        conversion.text,
        "+++\ntitle = 'X'\ndate = 2019-05-01T00:30:00+02:00\nurl = '/19/x/'\nlayout = 'post'\n+++\n\na\n\n<!--more-->\n\nb\n"
    );
    assert!(conversion.report.diagnostics().iter().all(|it| it.code.name != "address-assumed"));

    // The site that it goes to finds the address by itself, and divides posts at the mark.
    let back = self::converter("hugo", "jekyll").to_site(site.excerpt_separator(Some("<!--more-->".to_owned())));
    let again = back.convert(Input::new(&conversion.text).path(conversion.path.as_deref())).unwrap();
    assert_eq!(front_of(&again.text), "---\ntitle: X\ndate: 2019-05-01T00:30:00+02:00\nlayout: post\n---\n");
    assert!(again.report.is_empty(), "{:?}", again.report);
}

#[test]
fn a_post_is_divided_by_its_own_separator_alone() {
    // Wherever it stands; and `<!--more-->` beside it is a comment that nobody takes for the mark.
    for (separator, jekyll, hugo) in [
        ("XX", "a XX b\n\nc\n", "a <!--more-->b\n\nc\n"),
        ("XX", "a\n\nXX\n\nb\n", "a\n\n<!--more-->\n\nb\n"),
        ("XX", "a <!--more-->b XX c\n\n<!-- more-->\n", "a <!-- more-->b <!--more-->c\n\n<!--  more-->\n"),
        ("XX", "- a <!--more-->b\n\nc\n", "- a <!-- more-->b\n\nc\n"),
        ("XX", "[l]: /u\n\na XX b [l]\n\nc\n", "a <!--more-->b [l](/u)\n\nc\n"),
        ("'<!-- more-->'", "<!--more-->\n\n<!-- more-->\n\nb\n", "<!-- more-->\n\n<!--more-->\n\nb\n"),
        ("'<!--x-->'", "a <!--x-->b \\<!--x-->\n\nc\n", "a <!--more-->b \\<!--x-->\n\nc\n"),
    ] {
        let text = format!("---\nexcerpt_separator: {separator}\n---\n\n{jekyll}");
        let body = |text: &str| text.splitn(3, "---\n").last().unwrap().trim_start().to_owned();
        let to = |from: &str, to: &str, text: &str| converter(from, to).convert(Input::new(text)).unwrap();
        let there = to("jekyll+markdown", "hugo+yaml", &text);
        assert_eq!(body(&there.text), hugo);
        let json = to("jekyll+markdown", "json", &text);
        assert!(there.report.is_lossless() && json.report.is_lossless());
        let back = to("json", "jekyll+markdown", &json.text);
        assert_eq!(body(&back.text).replace("(/u)", ""), jekyll.trim_start_matches("[l]: /u\n\n"));
        assert!(back.report.is_empty(), "{:?}", back.report);
    }
}

#[test]
fn styles_give_jekylls_addresses() {
    let address = |style: &str| {
        let site = Site::new().permalink(Some(style.to_owned()));
        let converter = converter("jekyll", "json").from_site(site);
        let text = "---\ntitle: X\ncategories: [A b, c]\n---\n";
        let post = converter.read(Input::new(text).path(Some("_posts/2019-05-01-Hello_World.md"))).unwrap().post;
        post.meta.get_str("url").map(str::to_owned)
    };
    assert_eq!(address("date").as_deref(), Some("/a b/c/2019/05/01/Hello_World.html"));
    assert_eq!(address("pretty").as_deref(), Some("/a b/c/2019/05/01/Hello_World/"));
    assert_eq!(address("ordinal").as_deref(), Some("/a b/c/2019/121/Hello_World.html"));
    assert_eq!(address("weekdate").as_deref(), Some("/a b/c/2019/W18/Wed/Hello_World.html"));
    assert_eq!(address("none").as_deref(), Some("/a b/c/Hello_World.html"));
    assert_eq!(address("/blog/:slug").as_deref(), Some("/blog/hello-world.html"));
    assert_eq!(address("/:nonsense/"), None);
}
