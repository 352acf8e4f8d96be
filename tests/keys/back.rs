//! Hugo's posts, through postferry and the real programs: what Jekyll makes of them.

use postferry::{Input, Site};

use crate::cases::{self, Case};
use crate::facts::Facts;
use crate::programs::{self, program};
use crate::table::{compare, converter, none};

/// The posts of `hugo.txt`; their paths begin with `content/`.
fn all() -> Vec<Case> {
    cases::parse(include_str!("hugo.txt"))
}

/// Compares what Hugo makes of the posts, with these permalinks for the section `posts`, with what Jekyll makes of what
/// they become; gives how many were compared.
fn compare_all(permalinks: Option<&str>, wrong: &mut Vec<String>) -> usize {
    let test = "keys: Hugo's posts in Jekyll";
    let (Some(hugo), Some(jekyll)) = (program("hugo", test), program("jekyll", test)) else { return 0 };
    let cases = all();
    // Permalinks are a section's: of the others Hugo has its own.
    let cases = cases.iter().filter(|case| permalinks.is_none() || case.path.starts_with("content/posts/"));
    let cases: Vec<&Case> = cases.collect();
    let below = |path: &str| path.strip_prefix("content/").unwrap().to_owned();
    let config = permalinks.map(|template| format!("[permalinks]\nposts = '{template}'\n")).unwrap_or_default();
    let files: Vec<_> = cases.iter().map(|case| (below(case.path), case.text)).collect();
    let pages = programs::hugo(&hugo, files.iter().map(|(path, text)| (path.as_str(), *text)), &config);

    let converter = converter("hugo", "jekyll", None).from_site(Site::new().permalink(permalinks.map(str::to_owned)));
    let mut converted = Vec::new();
    for case in &cases {
        let conversion = converter.convert(Input::new(case.text).path(Some(case.path))).unwrap();
        converted.push((format!("_posts/{}", below(&conversion.path.unwrap())), conversion.text));
    }
    let posts = converted.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    let lines = programs::jekyll(&jekyll, posts, "timezone: UTC\n");
    let mut compared = 0;
    for (case, (path, text)) in cases.iter().zip(&converted) {
        // Two pages of one address are one file.
        let Some((page, file)) = pages.get(&below(case.path)) else { continue };
        let Some(line) = lines.iter().find(|line| line["path"].as_str() == Some(path)) else {
            wrong.push(format!("{path} is no post to Jekyll\n{text}"));
            continue;
        };
        let (got, wanted) = (Facts::of_jekyll(line, false), Facts::of_hugo(page, file, false));
        compare(wrong, permalinks.unwrap_or("no permalinks"), case, &got, &wanted);
        compared += 1;
    }
    assert!(compared >= cases.len() * 3 / 4, "{compared} of {} pages, {permalinks:?}", cases.len());
    compared
}

#[test]
fn jekyll_makes_of_hugos_posts_what_hugo_did() {
    let mut wrong = Vec::new();
    let compared = compare_all(None, &mut wrong);
    none(&wrong);
    println!("measured: {compared} of {compared} pages of real Jekyll equal real Hugo's");
}

#[test]
fn addresses_are_hugos_by_every_token() {
    const TEMPLATES: [&str; 8] = [
        "/:year/:month/:day/:slug/",
        "/:section/:title-:day",
        "/:sections/:contentbasename/",
        "/:yearday/:monthname/:weekdayname/:weekday/:slugorcontentbasename/",
        "/:06/:1/:02/:contentbasename.html",
        "/:sections[last]/:contentbasename/",
        "/x/:sections[1:]/:contentbasename/",
        "/:2006-:01/:slugorcontentbasename/:sectionslug/",
    ];
    let mut wrong = Vec::new();
    let compared: usize = TEMPLATES.iter().map(|template| compare_all(Some(template), &mut wrong)).sum();
    none(&wrong);
    println!("measured: {compared} of {compared} addresses equal real Hugo's by {} templates", TEMPLATES.len());
}
