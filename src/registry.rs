//! The formats that there are, by name: [`Registry`].

use std::sync::Arc;

use crate::diag::codes;
use crate::dialect::{Hugo, Jekyll, Plain};
use crate::error::Error;
use crate::format::{Dialect, Extensions, FrontMatter, Markup, Reader, Writer};
use crate::front::{HtmlHead, Json, MetaComment, NoFrontMatter, Toml, Yaml};
use crate::json::JsonPost;
use crate::markup::{Html, Markdown};
use crate::nearest::nearest;
use crate::post_format::{Axis, PostFormat};
use crate::spec::{self, FormatSpec, Word};

/// The formats that there are, and the parts that they are made of, by name.
///
/// A value, nothing global: a program may have several. A name that is taken stays as it is, and registering it again is
/// an error.
#[derive(Default)]
pub struct Registry {
    fronts: Vec<Arc<dyn FrontMatter>>,
    markups: Vec<Arc<dyn Markup>>,
    dialects: Vec<Arc<dyn Dialect>>,
    formats: Vec<(String, Entry)>,
}

#[derive(Clone)]
enum Entry {
    Post(PostPreset),
    Whole(WholeFormat),
}

/// A format made of parts that are registered by name. The first of each list is written; all are looked for on reading.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct PostPreset {
    /// What it is, in one line.
    pub description: String,
    /// Names of front matter syntaxes.
    pub fronts: Vec<String>,
    /// Names of markups.
    pub markups: Vec<String>,
    /// The name of the dialect.
    pub dialect: String,
}

impl PostPreset {
    /// A format of `dialect`, in these front matter syntaxes and markups.
    pub fn new(description: &str, fronts: &[&str], markups: &[&str], dialect: &str) -> Self {
        let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        PostPreset {
            description: description.to_owned(),
            fronts: owned(fronts),
            markups: owned(markups),
            dialect: dialect.to_owned(),
        }
    }
}

/// A format that is a whole file of its own.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct WholeFormat {
    /// What it is, in one line.
    pub description: String,
    /// How it is read, if it is.
    pub reader: Option<Arc<dyn Reader>>,
    /// How it is written, if it is.
    pub writer: Option<Arc<dyn Writer>>,
    /// The words that may stand behind its name: reader and writer find them among the extensions.
    pub words: Vec<String>,
    /// The extensions of its files, without the dot.
    pub file_extensions: Vec<String>,
}

impl WholeFormat {
    /// A format that does nothing yet.
    pub fn new(description: &str, file_extensions: &[&str]) -> Self {
        WholeFormat {
            description: description.to_owned(),
            file_extensions: file_extensions.iter().map(|&extension| extension.to_owned()).collect(),
            ..WholeFormat::default()
        }
    }

    /// The same, read by `reader`.
    #[must_use]
    pub fn reader(mut self, reader: impl Reader + 'static) -> Self {
        self.reader = Some(Arc::new(reader));
        self
    }

    /// The same, written by `writer`.
    #[must_use]
    pub fn writer(mut self, writer: impl Writer + 'static) -> Self {
        self.writer = Some(Arc::new(writer));
        self
    }

    /// The same, taking these words.
    #[must_use]
    pub fn words(mut self, words: &[&str]) -> Self {
        self.words = words.iter().map(|&word| word.to_owned()).collect();
        self
    }
}

/// What a list of formats shows of one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FormatInfo {
    /// Its name.
    pub name: String,
    /// What it is, in one line.
    pub description: String,
    /// Whether it can be read.
    pub reads: bool,
    /// Whether it can be written.
    pub writes: bool,
    /// The words for front matter syntaxes, the one that is written first.
    pub fronts: Vec<String>,
    /// The words for markups, the one that is written first.
    pub markups: Vec<String>,
    /// The other words, each with whether it is on unless switched off.
    pub extensions: Vec<(String, bool)>,
    /// The extensions of its files without the dot, the one that is written first.
    pub file_extensions: Vec<String>,
}

/// A format found by its [`FormatSpec`], ready to read and write.
#[derive(Clone)]
#[non_exhaustive]
pub struct Format {
    /// Its name, each word that only says the usual left out.
    pub name: String,
    /// How it is read, if it is.
    pub reader: Option<Arc<dyn Reader>>,
    /// How it is written, if it is.
    pub writer: Option<Arc<dyn Writer>>,
    /// The extensions that are on.
    pub extensions: Extensions,
    /// The parts, if it is made of parts.
    pub(crate) parts: Option<Arc<PostFormat>>,
}

impl Registry {
    /// A registry of nothing.
    pub fn new() -> Self {
        Registry::default()
    }

    /// The formats that come with postferry.
    pub fn builtin() -> Self {
        let markups: Vec<Arc<dyn Markup>> =
            vec![Arc::new(Html), Arc::new(Markdown::commonmark()), Arc::new(Markdown::kramdown())];
        let dialects: Vec<Arc<dyn Dialect>> = vec![Arc::new(Jekyll), Arc::new(Hugo), Arc::new(Plain)];
        let json = Arc::new(JsonPost::new(markups.clone()).dialects(dialects.clone()));
        let json = WholeFormat {
            reader: Some(json.clone()),
            writer: Some(json),
            ..WholeFormat::new("one JSON object, its schema in `postferry schema`", &["json"])
                .words(&["html", "markdown", "kramdown"])
        };
        Registry {
            fronts: vec![
                Arc::new(Yaml),
                Arc::new(Toml),
                Arc::new(Json),
                Arc::new(NoFrontMatter),
                Arc::new(MetaComment),
                Arc::new(HtmlHead),
            ],
            markups,
            dialects,
            formats: builtin_presets()
                .into_iter()
                .map(|(name, preset)| (name.to_owned(), Entry::Post(preset)))
                .chain([("json".to_owned(), Entry::Whole(json))])
                .collect(),
        }
    }

    /// Adds a front matter syntax under its own name.
    ///
    /// # Errors
    /// If the name is taken.
    pub fn register_front(&mut self, front: impl FrontMatter + 'static) -> Result<(), Error> {
        self.check_word(front.name())?;
        self.fronts.push(Arc::new(front));
        Ok(())
    }

    /// Adds a markup under its own name.
    ///
    /// # Errors
    /// If the name is taken.
    pub fn register_markup(&mut self, markup: impl Markup + 'static) -> Result<(), Error> {
        self.check_word(markup.name())?;
        self.markups.push(Arc::new(markup));
        Ok(())
    }

    /// Adds a dialect under its own name.
    ///
    /// # Errors
    /// If the name is taken.
    pub fn register_dialect(&mut self, dialect: impl Dialect + 'static) -> Result<(), Error> {
        let taken = self.dialects.iter().any(|known| known.name() == dialect.name());
        check_free("dialect", dialect.name(), taken)?;
        self.dialects.push(Arc::new(dialect));
        Ok(())
    }

    /// Adds a format made of registered parts.
    ///
    /// # Errors
    /// If the name is taken or no name of a format, or a part is not registered.
    pub fn register_format(&mut self, name: &str, preset: PostPreset) -> Result<(), Error> {
        self.check_format(name)?;
        self.build(name, &preset, &[])?;
        self.formats.push((name.to_owned(), Entry::Post(preset)));
        Ok(())
    }

    /// Adds a format that is a whole file of its own.
    ///
    /// # Errors
    /// If the name is taken or no name of a format.
    pub fn register_whole(&mut self, name: &str, format: WholeFormat) -> Result<(), Error> {
        self.check_format(name)?;
        self.formats.push((name.to_owned(), Entry::Whole(format)));
        Ok(())
    }

    /// The formats, in the order they were registered.
    pub fn formats(&self) -> Vec<FormatInfo> {
        self.formats.iter().map(|(name, entry)| self.info(name, entry)).collect()
    }

    /// The dialect named `name`.
    pub(crate) fn dialects(&self) -> &[Arc<dyn Dialect>] {
        &self.dialects
    }

    /// The names of the folders that some dialect's posts lie in: the path of a post counts from there.
    pub fn post_folders(&self) -> Vec<&str> {
        self.dialects.iter().flat_map(|dialect| dialect.post_folders().iter().copied()).collect()
    }

    /// The front matter syntaxes.
    pub(crate) fn fronts(&self) -> &[Arc<dyn FrontMatter>] {
        &self.fronts
    }

    /// Whether files with this extension hold posts of some format.
    pub fn knows_file_extension(&self, extension: &str) -> bool {
        let is = |known: &str| known.eq_ignore_ascii_case(extension);
        self.markups.iter().any(|markup| markup.file_extensions().iter().any(|known| is(known)))
            || self.formats.iter().any(|(_, entry)| match entry {
                Entry::Whole(whole) => whole.file_extensions.iter().any(|known| is(known)),
                Entry::Post(_) => false,
            })
    }

    /// Finds the format that `spec` names.
    ///
    /// # Errors
    /// If there is none of this name, or a word behind it does not fit; the error says what does, and what is near.
    pub fn resolve(&self, spec: &FormatSpec) -> Result<Format, Error> {
        let Some((name, entry)) = self.formats.iter().find(|(name, _)| *name == spec.name) else {
            return Err(self.unknown_format(&spec.name));
        };
        match entry {
            Entry::Post(preset) => self.build(name, preset, &spec.words),
            Entry::Whole(whole) => resolve_whole(name, whole, &spec.words),
        }
    }

    fn unknown_format(&self, name: &str) -> Error {
        let names: Vec<&str> = self.formats.iter().map(|(name, _)| name.as_str()).collect();
        let known = format!("known are {}", names.join(", "));
        let help = match nearest(name, names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`? {known}"),
            None => known,
        };
        Error::new(&codes::FORMAT_UNKNOWN, format!("there is no format `{name}`")).help(help)
    }

    fn build(&self, name: &str, preset: &PostPreset, words: &[Word]) -> Result<Format, Error> {
        let part = |kind: &str, part: &str| {
            Error::new(&codes::FORMAT_UNKNOWN, format!("format `{name}` needs the {kind} `{part}`, which is not there"))
        };
        let front = |front: &str| self.front(front).ok_or_else(|| part("front matter syntax", front));
        let markup = |markup: &str| self.markup(markup).ok_or_else(|| part("markup", markup));
        let dialect = self
            .dialects
            .iter()
            .find(|known| known.name() == preset.dialect)
            .ok_or_else(|| part("dialect", &preset.dialect))?;

        let mut fronts = preset.fronts.iter().map(|name| front(name)).collect::<Result<Vec<_>, _>>()?;
        let mut markups = preset.markups.iter().map(|name| markup(name)).collect::<Result<Vec<_>, _>>()?;
        let (Some(usual_front), Some(usual_markup)) = (fronts.first().cloned(), markups.first().cloned()) else {
            return Err(part("part", "at least one front matter syntax and one markup"));
        };

        let mut extensions: Extensions = dialect.default_extensions().iter().copied().collect();
        let mut switched = String::new();
        let (mut named_front, mut named_markup) = (None::<&str>, None::<&str>);
        for word in words {
            match word {
                Word::Plus(word) if self.front(word).is_some() => {
                    one_per_axis(name, "front matter syntax", &mut named_front, word)?;
                    fronts = vec![front(word)?];
                }
                Word::Plus(word) if self.markup(word).is_some() => {
                    one_per_axis(name, "markup", &mut named_markup, word)?;
                    // A dialect has a Markdown of its own.
                    markups = vec![markup(if word == "markdown" { dialect.markdown() } else { word })?];
                }
                Word::Plus(_) | Word::Minus(_) => {}
            }
        }
        let known = known_extensions(dialect.as_ref(), fronts.first(), &markups);
        for word in &spec::joined(words, &known) {
            match word {
                Word::Plus(word) if self.front(word).is_some() || self.markup(word).is_some() => {}
                Word::Plus(word) | Word::Minus(word) => {
                    if !known.contains(&word.as_str()) {
                        return Err(self.unknown_word(name, word, &known));
                    }
                    let is_on = extensions.has(word);
                    match word_sign(word, words) {
                        '+' if !is_on => {
                            extensions.switch_on(word.clone());
                            switched.push('+');
                            switched.push_str(word);
                        }
                        '-' if is_on => {
                            extensions.switch_off(word);
                            switched.push('-');
                            switched.push_str(word);
                        }
                        _ => {}
                    }
                }
            }
        }

        let format = PostFormat {
            name: (name.to_owned(), switched),
            usual: (usual_front.name().to_owned(), usual_markup.name().to_owned()),
            front: Axis { written: fronts[0].clone(), read: fronts },
            markup: Axis { written: markups[0].clone(), read: markups },
            dialect: dialect.clone(),
            fronts: self.fronts.clone(),
        };
        let name = format.name_with(Some(format.front.written.name()), format.markup.written.name());
        let format = Arc::new(format);
        Ok(Format { name, reader: Some(format.clone()), writer: Some(format.clone()), extensions, parts: Some(format) })
    }

    /// The front matter syntax named `name`.
    pub fn front(&self, name: &str) -> Option<Arc<dyn FrontMatter>> {
        self.fronts.iter().find(|front| front.name() == name).cloned()
    }

    fn markup(&self, name: &str) -> Option<Arc<dyn Markup>> {
        self.markups.iter().find(|markup| markup.name() == name).cloned()
    }

    fn unknown_word(&self, format: &str, word: &str, extensions: &[&str]) -> Error {
        let fronts: Vec<&str> = self.fronts.iter().map(|front| front.name()).collect();
        let markups: Vec<&str> = self.markups.iter().map(|markup| markup.name()).collect();
        let near = nearest(word, fronts.iter().chain(&markups).chain(extensions).copied());
        let meant = near.map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
        Error::new(&codes::FORMAT_WORD, format!("`{word}` does not go with the format `{format}`")).help(format!(
            "{meant}front matter: {}; markup: {}; extensions: {}",
            fronts.join(", "),
            markups.join(", "),
            extensions.join(", ")
        ))
    }

    fn check_word(&self, name: &str) -> Result<(), Error> {
        let taken = self.front(name).is_some() || self.markup(name).is_some();
        check_free("front matter syntax or markup", name, taken)
    }

    fn check_format(&self, name: &str) -> Result<(), Error> {
        if name.parse::<FormatSpec>().is_ok_and(|spec| !spec.words.is_empty()) || name.is_empty() {
            return Err(Error::new(&codes::FORMAT_SYNTAX, format!("`{name}` cannot be the name of a format")));
        }
        name.parse::<FormatSpec>()?;
        check_free("format", name, self.formats.iter().any(|(known, _)| known == name))
    }

    fn info(&self, name: &str, entry: &Entry) -> FormatInfo {
        match entry {
            Entry::Post(preset) => self.preset_info(name, preset),
            Entry::Whole(whole) => FormatInfo {
                name: name.to_owned(),
                description: whole.description.clone(),
                reads: whole.reader.is_some(),
                writes: whole.writer.is_some(),
                fronts: Vec::new(),
                markups: Vec::new(),
                extensions: whole.words.iter().map(|word| (word.clone(), false)).collect(),
                file_extensions: whole.file_extensions.clone(),
            },
        }
    }

    fn preset_info(&self, name: &str, preset: &PostPreset) -> FormatInfo {
        let dialect = self.dialects.iter().find(|dialect| dialect.name() == preset.dialect);
        let on = dialect.map(|dialect| dialect.default_extensions()).unwrap_or_default();
        let markups: Vec<_> = preset.markups.iter().filter_map(|name| self.markup(name)).collect();
        let fronts: Vec<_> = preset.fronts.iter().filter_map(|name| self.front(name)).collect();
        FormatInfo {
            name: name.to_owned(),
            description: preset.description.clone(),
            reads: true,
            writes: true,
            fronts: preset.fronts.clone(),
            markups: preset.markups.clone(),
            extensions: dialect
                .map(|dialect| known_extensions(dialect.as_ref(), fronts.first(), &markups))
                .unwrap_or_default()
                .into_iter()
                .map(|extension| (extension.to_owned(), on.contains(&extension)))
                .collect(),
            file_extensions: markups
                .iter()
                .flat_map(|markup| markup.file_extensions().iter().map(|&extension| extension.to_owned()))
                .collect(),
        }
    }
}

impl std::fmt::Debug for Registry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.formats.iter().map(|(name, _)| name)).finish()
    }
}

impl std::fmt::Debug for WholeFormat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WholeFormat").field("description", &self.description).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Format").field("name", &self.name).finish_non_exhaustive()
    }
}

fn builtin_presets() -> [(&'static str, PostPreset); 4] {
    [
        (
            "jekyll",
            PostPreset::new("Jekyll: YAML and HTML, or kramdown", &["yaml", "toml"], &["html", "kramdown"], "jekyll"),
        ),
        (
            "hugo",
            PostPreset::new(
                "Hugo: TOML, YAML or JSON, and Markdown",
                &["toml", "yaml", "json"],
                &["markdown", "html"],
                "hugo",
            ),
        ),
        (
            "markdown",
            PostPreset::new(
                "Markdown, the title its first heading",
                &["none", "meta", "yaml", "toml", "json"],
                &["markdown", "html"],
                "plain",
            ),
        ),
        ("html", PostPreset::new("HTML, a whole page or a fragment", &["head"], &["html"], "plain")),
    ]
}

fn resolve_whole(name: &str, whole: &WholeFormat, words: &[Word]) -> Result<Format, Error> {
    let mut extensions = Extensions::new();
    for word in words {
        let (Word::Plus(text) | Word::Minus(text)) = word;
        if !whole.words.contains(text) {
            let known = whole.words.join(", ");
            return Err(Error::new(&codes::FORMAT_WORD, format!("`{text}` does not go with the format `{name}`"))
                .help(if known.is_empty() { "it takes no words".to_owned() } else { format!("it takes {known}") }));
        }
        match word {
            Word::Plus(word) => extensions.switch_on(word.clone()),
            Word::Minus(word) => extensions.switch_off(word),
        }
    }
    let mut full = name.to_owned();
    for word in extensions.iter() {
        full.push('+');
        full.push_str(word);
    }
    Ok(Format { name: full, reader: whole.reader.clone(), writer: whole.writer.clone(), extensions, parts: None })
}

fn one_per_axis<'w>(format: &str, axis: &str, named: &mut Option<&'w str>, word: &'w str) -> Result<(), Error> {
    match named.replace(word) {
        Some(other) if other != word => Err(Error::new(
            &codes::FORMAT_WORD,
            format!("`{format}` is given two words for its {axis}: `{other}` and `{word}`"),
        )
        .help("name one of them")),
        _ => Ok(()),
    }
}

/// The last sign in front of `word` counts.
fn word_sign(word: &str, words: &[Word]) -> char {
    let last = words.iter().rev().find(|w| matches!(w, Word::Plus(w) | Word::Minus(w) if w == word));
    if matches!(last, Some(Word::Minus(_))) { '-' } else { '+' }
}

/// The extensions that some part of a format knows; of its front matter syntaxes the one that is written.
fn known_extensions<'a>(
    dialect: &'a dyn Dialect,
    front: Option<&'a Arc<dyn FrontMatter>>,
    markups: &'a [Arc<dyn Markup>],
) -> Vec<&'a str> {
    let of_front = front.map(|front| front.extensions()).unwrap_or_default();
    let of_markups = markups.iter().flat_map(|markup| markup.extensions());
    let mut known: Vec<&str> = dialect.extensions().iter().chain(of_front).chain(of_markups).copied().collect();
    known.sort_unstable();
    known.dedup();
    known
}

fn check_free(kind: &str, name: &str, taken: bool) -> Result<(), Error> {
    if taken {
        return Err(Error::new(&codes::FORMAT_TAKEN, format!("a {kind} named `{name}` is registered already")));
    }
    Ok(())
}
