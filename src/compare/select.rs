//! CSS selectors, as many of them as pick parts of a page: names, `#id`, `.class`, attributes, `:not()`, `:first-child`,
//! `:last-child`, joined by space, `>`, `+`, `~` and commas.

use super::page::Page;
use crate::diag::codes;
use crate::error::Error;
use crate::markup::arena::Id;

/// A list of selectors, as `--select` takes it.
#[derive(Clone, Debug)]
pub struct Selector {
    any: Vec<Complex>,
}

/// Elements that stand in some relation, the last first.
#[derive(Clone, Debug)]
struct Complex {
    subject: Compound,
    /// What stands left of it, each with how it is joined to what stands right of it.
    left: Vec<(Joint, Compound)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joint {
    Inside,
    Child,
    Next,
    Later,
}

#[derive(Clone, Debug, Default)]
struct Compound {
    tests: Vec<Test>,
}

#[derive(Clone, Debug)]
enum Test {
    Name(String),
    Id(String),
    Class(String),
    Attr { name: String, matching: Option<(Matching, String)> },
    Not(Compound),
    FirstChild,
    LastChild,
}

#[derive(Clone, Copy, Debug)]
enum Matching {
    Is,
    Word,
    Dash,
    Start,
    End,
    Part,
}

impl Selector {
    /// Reads a list of selectors.
    ///
    /// # Errors
    /// If it is not CSS, or CSS that is not known here.
    pub fn parse(text: &str) -> Result<Selector, Error> {
        let mut parser = Parser { rest: text.trim() };
        let mut any = Vec::new();
        loop {
            any.push(parser.complex().map_err(|what| {
                Error::new(&codes::SELECTOR, format!("`{text}` is no selector: {what}"))
                    .help("names, #id, .class, [attribute=value], :not(), :first-child and :last-child can be used")
            })?);
            if !parser.take(',') {
                break;
            }
        }
        Ok(Selector { any })
    }

    pub(super) fn matches(&self, page: &Page, id: Id) -> bool {
        page.is_element(id) && self.any.iter().any(|complex| complex.matches(page, id))
    }
}

impl Complex {
    fn matches(&self, page: &Page, id: Id) -> bool {
        self.subject.matches(page, id) && leads(page, id, &self.left)
    }
}

/// Whether what stands left of an element is there. Each step tries all elements that come into question, so that the
/// time is bounded by the depth of the page and the few steps of a selector.
fn leads(page: &Page, id: Id, left: &[(Joint, Compound)]) -> bool {
    let mut from = vec![id];
    for (joint, compound) in left {
        let mut next: Vec<Id> = Vec::new();
        for &id in &from {
            let found = reach(page, id, *joint).into_iter().filter(|&id| compound.matches(page, id));
            next.extend(found);
        }
        next.sort_unstable();
        next.dedup();
        from = next;
    }
    !from.is_empty()
}

fn reach(page: &Page, id: Id, joint: Joint) -> Vec<Id> {
    let parents = std::iter::successors(page.parent(id), |&id| page.parent(id)).filter(|&id| page.is_element(id));
    match joint {
        Joint::Inside => parents.collect(),
        Joint::Child => parents.take(1).collect(),
        Joint::Next | Joint::Later => {
            let Some(parent) = page.parent(id) else { return Vec::new() };
            let mut before: Vec<Id> =
                page.children(parent).take_while(|&sibling| sibling != id).filter(|&id| page.is_element(id)).collect();
            if joint == Joint::Next {
                before.drain(..before.len().saturating_sub(1));
            }
            before
        }
    }
}

impl Compound {
    fn matches(&self, page: &Page, id: Id) -> bool {
        self.tests.iter().all(|test| test.holds(page, id))
    }
}

impl Test {
    fn holds(&self, page: &Page, id: Id) -> bool {
        match self {
            Test::Name(name) => page.name(id).eq_ignore_ascii_case(name),
            Test::Id(own) => page.attr(id, "id") == Some(own),
            Test::Class(class) => page.classes(id).any(|own| own == class),
            Test::Attr { name, matching } => page.attr(id, name).is_some_and(|value| match matching {
                None => true,
                Some((how, wanted)) => how.holds(value, wanted),
            }),
            Test::Not(compound) => !compound.matches(page, id),
            Test::FirstChild => siblings(page, id).first() == Some(&id),
            Test::LastChild => siblings(page, id).last() == Some(&id),
        }
    }
}

fn siblings(page: &Page, id: Id) -> Vec<Id> {
    page.parent(id).map_or(vec![id], |parent| page.children(parent).filter(|&id| page.is_element(id)).collect())
}

impl Matching {
    fn holds(self, value: &str, wanted: &str) -> bool {
        match self {
            Matching::Is => value == wanted,
            Matching::Word => value.split_ascii_whitespace().any(|word| word == wanted),
            Matching::Dash => value.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')),
            Matching::Start => !wanted.is_empty() && value.starts_with(wanted),
            Matching::End => !wanted.is_empty() && value.ends_with(wanted),
            Matching::Part => !wanted.is_empty() && value.contains(wanted),
        }
    }
}

struct Parser<'t> {
    rest: &'t str,
}

impl Parser<'_> {
    fn complex(&mut self) -> Result<Complex, String> {
        self.space();
        let mut parts = vec![(Joint::Inside, self.compound()?)];
        loop {
            let had_space = self.space();
            let joint = match self.rest.chars().next() {
                None | Some(',') => break,
                Some('>') => Joint::Child,
                Some('+') => Joint::Next,
                Some('~') => Joint::Later,
                Some(_) if had_space => Joint::Inside,
                Some(other) => return Err(format!("`{other}` has no place there")),
            };
            if joint != Joint::Inside {
                self.rest = &self.rest[1..];
                self.space();
            }
            parts.push((joint, self.compound()?));
        }
        // `a > b` is kept as: b, in which `>` leads to a.
        let joints: Vec<Joint> = parts.iter().skip(1).map(|(joint, _)| *joint).rev().collect();
        let mut compounds = parts.into_iter().map(|(_, compound)| compound).rev();
        let subject = compounds.next().unwrap_or_default();
        Ok(Complex { subject, left: joints.into_iter().zip(compounds).collect() })
    }

    fn compound(&mut self) -> Result<Compound, String> {
        let mut tests = Vec::new();
        let any = self.take('*');
        if let Some(name) = self.word() {
            tests.push(Test::Name(name));
        }
        loop {
            let test = match self.rest.chars().next() {
                Some('#') => self.after_sign().map(Test::Id)?,
                Some('.') => self.after_sign().map(Test::Class)?,
                Some('[') => self.attribute()?,
                Some(':') => self.pseudo_class()?,
                _ => break,
            };
            tests.push(test);
        }
        if tests.is_empty() && !any {
            return Err("an element is missing".to_owned());
        }
        Ok(Compound { tests })
    }

    fn after_sign(&mut self) -> Result<String, String> {
        let sign = self.rest.get(..1).unwrap_or_default();
        self.rest = self.rest.get(1..).unwrap_or_default();
        self.word().ok_or_else(|| format!("`{sign}` needs a name"))
    }

    fn attribute(&mut self) -> Result<Test, String> {
        self.take('[');
        self.space();
        let name = self.word().ok_or("`[` needs a name")?.to_ascii_lowercase();
        self.space();
        let signs = [
            ("~=", Matching::Word),
            ("|=", Matching::Dash),
            ("^=", Matching::Start),
            ("$=", Matching::End),
            ("*=", Matching::Part),
            ("=", Matching::Is),
        ];
        let found = signs.iter().find_map(|(sign, how)| Some((self.rest.strip_prefix(sign)?, *how)));
        let mut matching = None;
        if let Some((rest, how)) = found {
            self.rest = rest;
            self.space();
            matching = Some((how, self.value()?));
            self.space();
        }
        if self.take(']') { Ok(Test::Attr { name, matching }) } else { Err("`[` is never closed".to_owned()) }
    }

    fn value(&mut self) -> Result<String, String> {
        for quote in ['"', '\''] {
            if self.take(quote) {
                let (value, rest) = self.rest.split_once(quote).ok_or("quotes are never closed")?;
                self.rest = rest;
                return Ok(value.to_owned());
            }
        }
        self.word().ok_or_else(|| "a value is missing".to_owned())
    }

    fn pseudo_class(&mut self) -> Result<Test, String> {
        self.take(':');
        let name = self.word().unwrap_or_default();
        match name.as_str() {
            "first-child" => Ok(Test::FirstChild),
            "last-child" => Ok(Test::LastChild),
            "not" if self.take('(') => {
                self.space();
                let compound = self.compound()?;
                self.space();
                if self.take(')') { Ok(Test::Not(compound)) } else { Err("`:not(` takes one element".to_owned()) }
            }
            _ => Err(format!("`:{name}` is not known here")),
        }
    }

    fn word(&mut self) -> Option<String> {
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii();
        let mut word = String::new();
        loop {
            let mut chars = self.rest.chars();
            match chars.next() {
                Some(c) if is_part(c) => word.push(c),
                // `\:` is a colon, as in `md\:flex`.
                Some('\\') => word.push(chars.next()?),
                _ => break,
            }
            self.rest = chars.as_str();
        }
        (!word.is_empty()).then_some(word)
    }

    fn space(&mut self) -> bool {
        let rest = self.rest.trim_start();
        let had = rest.len() < self.rest.len();
        self.rest = rest;
        had
    }

    fn take(&mut self, sign: char) -> bool {
        match self.rest.strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selectors_find_what_css_would() {
        let page = Page::parse(
            "<main id=m class='a b'><p lang=en-GB>1</p><p class=md:x>2</p><div><a href='/x.png'>3</a><b>4</b></div></main>",
        )
        .unwrap();
        let found = |text: &str| {
            let selector = Selector::parse(text).unwrap();
            let elements = page.elements().into_iter().filter(|&id| selector.matches(&page, id));
            elements.map(|id| page.text_of(id)).collect::<Vec<_>>().join("|")
        };
        assert_eq!(found("p"), "1|2");
        assert_eq!(found("#m.a.b > p, b"), "1|2|4");
        assert_eq!(found("main a"), "3");
        assert_eq!(found("main > a"), "");
        assert_eq!(found("p + p"), "2");
        assert_eq!(found("p ~ div"), "3 4");
        assert_eq!(found("[lang|=en]"), "1");
        assert_eq!(found("a[href$='.png'], a[href^=\"/y\"]"), "3");
        assert_eq!(found("main p:not(:first-child)"), "2");
        assert_eq!(found("div > *:last-child"), "4");
        assert_eq!(found(".md\\:x"), "2");
        for wrong in ["", "p >", "p,", "[x", "a:hover", "a::before", "#", "a b)"] {
            assert!(Selector::parse(wrong).is_err(), "{wrong}");
        }
    }
}
