//! Addresses: what a visitor types or a link names, and which file of a site answers.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// The files of a site and the addresses that they answer to.
#[derive(Debug, Default)]
pub(super) struct Site {
    /// The paths of its files from its root, with `/` between their parts, sorted.
    files: Vec<String>,
    /// Where addresses lead on to, by what the page there or the site's list of redirects says.
    redirects: BTreeMap<String, String>,
    /// What stands in front of the site's own addresses in whole ones: `https://example.org/blog`.
    pub(super) base: Option<String>,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// To a file of the site, and there to an element.
    File { file: usize, fragment: Option<String> },
    /// Into the site, to what is not there: the address.
    Missing(String),
    /// Out of the site, or nowhere at all.
    Outside,
}

impl Site {
    pub(super) fn new(mut files: Vec<String>) -> Site {
        files.sort_unstable();
        files.dedup();
        Site { files, ..Site::default() }
    }

    pub(super) fn files(&self) -> &[String] {
        &self.files
    }

    pub(super) fn file(&self, path: &str) -> Option<usize> {
        self.files.binary_search_by(|own| own.as_str().cmp(path)).ok()
    }

    /// The address of a file, by its number.
    pub(super) fn address_of(&self, file: usize) -> String {
        self.files.get(file).map(|path| address(path)).unwrap_or_default()
    }

    /// What is known of redirects: from an address to an address or URL.
    pub(super) fn add_redirect(&mut self, from: &str, to: &str) {
        self.redirects.insert(without_index(from).to_owned(), to.to_owned());
    }

    /// The same for what the site's list says: a file that is there is given all the same.
    pub(super) fn add_listed(&mut self, from: &str, to: &str) {
        if self.answer(from).is_none() {
            self.add_redirect(from, to);
        }
    }

    pub(super) fn is_redirect(&self, file: usize) -> bool {
        self.files.get(file).is_some_and(|path| self.redirects.contains_key(&address(path)))
    }

    /// The file that an address leads to, redirects followed; else the whole URL or the address where the way ends.
    pub(super) fn reach(&self, address: &str) -> Result<usize, String> {
        let mut at = Cow::Borrowed(address);
        for _ in 0..MAX_HOPS {
            let path = without_index(&at);
            let other = match path.strip_suffix('/') {
                Some(path) => path.to_owned(),
                None => format!("{path}/"),
            };
            let next = self.redirects.get(path).or_else(|| self.redirects.get(&other));
            match next {
                Some(next) => {
                    let Some((address, _)) = self.inside(next, path) else { return Err(next.clone()) };
                    at = Cow::Owned(address);
                }
                None => return self.answer(&at).ok_or_else(|| at.into_owned()),
            }
        }
        Err(at.into_owned())
    }

    /// The file that a web server gives for an address.
    fn answer(&self, address: &str) -> Option<usize> {
        let path = address.trim_start_matches('/');
        if path.is_empty() || path.ends_with('/') {
            return self.file(&format!("{path}index.html")).or_else(|| self.file(&format!("{path}index.htm")));
        }
        let with = |end: &str| self.file(&format!("{path}{end}"));
        self.file(path).or_else(|| with("/index.html")).or_else(|| with(".html")).or_else(|| with(".htm"))
    }

    /// Where `url` leads, written in the page at the address `from`.
    pub(super) fn target(&self, url: &str, from: &str) -> Target {
        let Some((address, fragment)) = self.inside(url, from) else { return Target::Outside };
        match self.reach(&address) {
            Ok(file) => Target::File { file, fragment },
            // A redirect may lead out of the site.
            Err(end) if end.contains("://") => Target::Outside,
            Err(_) => Target::Missing(address),
        }
    }

    /// A link within the site as it is compared, whatever its spelling: the file or, if there is none, the address that it
    /// leads to, and the rest of it.
    pub(super) fn spelling(&self, url: &str, from: &str) -> Option<(Result<usize, String>, String)> {
        let to = match self.target(url, from) {
            Target::File { file, .. } => Ok(file),
            Target::Missing(address) => Err(address),
            Target::Outside => return None,
        };
        let (path, fragment) = url.split_once('#').map_or((url, None), |(path, fragment)| (path, Some(fragment)));
        let query = path.split_once('?').map(|(_, query)| format!("?{query}")).unwrap_or_default();
        let fragment = fragment.filter(|fragment| !fragment.is_empty());
        Some((to, query + &fragment.map(|fragment| format!("#{}", decoded(fragment))).unwrap_or_default()))
    }

    /// The address within the site and the fragment that `url` means; `None` if it leads out.
    fn inside(&self, url: &str, from: &str) -> Option<(String, Option<String>)> {
        let url = url.trim();
        let (url, fragment) = match url.split_once('#') {
            Some((url, fragment)) => (url, Some(fragment)),
            None => (url, None),
        };
        // What follows `:~:` is for the browser.
        let fragment = fragment.map(|fragment| fragment.split(":~:").next().unwrap_or_default());
        let fragment = fragment.filter(|fragment| !fragment.is_empty()).map(|fragment| decoded(fragment).into_owned());
        let url = url.split('?').next().unwrap_or_default();
        let base = self.base.as_deref().unwrap_or_default();
        let base_path = base.split_once("://").map_or("", |(_, rest)| rest.find('/').map_or("", |at| &rest[at..]));
        let path = match url.strip_prefix("//") {
            Some(rest) => Cow::Owned(self.below_base(rest)?.to_owned()),
            None if has_scheme(url) => Cow::Owned(self.below_base(url.split_once("://")?.1)?.to_owned()),
            None if url.is_empty() => Cow::Borrowed(from),
            None if url.starts_with('/') => {
                let below = url.strip_prefix(base_path).filter(|below| below.is_empty() || below.starts_with('/'));
                Cow::Borrowed(below.filter(|_| !base_path.is_empty()).unwrap_or(url))
            }
            None => {
                let folder = from.rfind('/').map_or("/", |at| &from[..=at]);
                Cow::Owned(format!("{folder}{url}"))
            }
        };
        Some((normal(&decoded(&path)), fragment))
    }

    /// The path below the site's base in an address without its scheme.
    fn below_base<'u>(&self, url: &'u str) -> Option<&'u str> {
        let base = self.base.as_deref()?.split_once("://")?.1;
        let below = url.strip_prefix(base)?;
        (below.is_empty() || below.starts_with('/')).then_some(if below.is_empty() { "/" } else { below })
    }
}

/// How many redirects are followed.
const MAX_HOPS: usize = 8;

/// The address of a file: that of its folder for `index.html`.
pub(super) fn address(path: &str) -> String {
    without_index(&format!("/{path}")).to_owned()
}

fn without_index(address: &str) -> &str {
    let folder = ["/index.html", "/index.htm"].into_iter().find_map(|name| address.strip_suffix(name));
    folder.and_then(|folder| address.get(..=folder.len())).unwrap_or(address)
}

/// Whether a file is a page.
pub(super) fn is_page(path: &str) -> bool {
    let end = path.rsplit_once('.').map_or("", |(_, end)| end);
    ["html", "htm", "xhtml"].iter().any(|known| end.eq_ignore_ascii_case(known))
}

fn has_scheme(url: &str) -> bool {
    let Some((scheme, _)) = url.split_once(':') else { return false };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

/// A path without `.`, `..` and empty parts.
fn normal(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let mut is_folder = true;
    for part in path.split('/') {
        is_folder = matches!(part, "" | "." | "..");
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let end = if is_folder && !parts.is_empty() { "/" } else { "" };
    format!("/{}{end}", parts.join("/"))
}

/// With what `%20` and the like stand for.
fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let code = text.get(at + 1..at + 3).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match code.filter(|_| byte == b'%') {
            Some(code) => {
                out.push(code);
                at += 3;
            }
            None => {
                out.push(byte);
                at += 1;
            }
        }
    }
    match String::from_utf8(out) {
        Ok(text) => Cow::Owned(text),
        Err(_) => Cow::Borrowed(text),
    }
}

/// Reads a list of redirects as Netlify and Cloudflare Pages have it, `/from /to 301`; those with wildcards are left out.
pub(super) fn redirect_list(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter_map(|line| {
        let mut words = line.split('#').next()?.split_ascii_whitespace();
        let (from, to) = (words.next()?, words.next()?);
        let is_redirect = words.next().is_none_or(|status| status.trim_end_matches('!').starts_with('3'));
        (is_redirect && from.starts_with('/') && !from.contains(['*', ':'])).then_some((from, to))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> Site {
        let files = ["index.html", "a/index.html", "b.html", "img/x y.png", "old/index.html"];
        let mut site = Site::new(files.map(str::to_owned).to_vec());
        site.base = Some("https://example.org/blog".to_owned());
        site.add_redirect("/old/", "/a/");
        site.add_redirect("/out/", "https://other.org/");
        site
    }

    #[test]
    fn files_have_addresses() {
        assert_eq!(address("index.html"), "/");
        assert_eq!(address("a/index.html"), "/a/");
        assert_eq!(address("a/myindex.html"), "/a/myindex.html");
        assert_eq!(address("b.html"), "/b.html");
        assert!(is_page("x.HTM") && !is_page("x.png") && !is_page("html"));
    }

    #[test]
    fn links_lead_where_a_browser_goes() {
        let site = site();
        let to = |url: &str| match site.target(url, "/a/") {
            Target::File { file, fragment } => format!("{} {}", site.files()[file], fragment.unwrap_or_default()),
            Target::Missing(address) => format!("missing {address}"),
            Target::Outside => "outside".to_owned(),
        };
        assert_eq!(to("/b.html"), "b.html ");
        assert_eq!(to("../b"), "b.html ");
        assert_eq!(to("/b.html?x=1#top%20y"), "b.html top y");
        assert_eq!(to("#x"), "a/index.html x");
        assert_eq!(to("."), "a/index.html ");
        assert_eq!(to("/a"), "a/index.html ");
        assert_eq!(to("../img/x%20y.png"), "img/x y.png ");
        assert_eq!(to("https://example.org/blog/b.html"), "b.html ");
        assert_eq!(to("//example.org/blog"), "index.html ");
        assert_eq!(to("/blog/b.html"), "b.html ");
        assert_eq!(to("https://example.org/blogs/"), "outside");
        assert_eq!(to("/old/"), "a/index.html ");
        assert_eq!(to("/old"), "a/index.html ");
        assert_eq!(to("/out/"), "outside");
        assert_eq!(to("mailto:x@y.z"), "outside");
        assert_eq!(to("/nope/"), "missing /nope/");
        assert_eq!(to("nope.png"), "missing /a/nope.png");
    }

    #[test]
    fn lists_of_redirects_are_read() {
        let list = "# x\n/a /b 301\n/c https://x.org/\n/d/* /e\n/app /index.html 200\n";
        assert_eq!(redirect_list(list).collect::<Vec<_>>(), [("/a", "/b"), ("/c", "https://x.org/")]);
    }
}
