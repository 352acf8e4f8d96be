//! `postferry.toml`: what holds for every run in a site. Flags go before it.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use postferry::diag::codes;
use postferry::{Converter, Error, FormatSpec, Registry, Span};
use serde::Deserialize;
use toml::Spanned;

use super::Stop;
use super::args::{CommonArgs, ConvertArgs, MessageFormat, ReadingArgs};
use super::decode::Decode;
use super::reading::user_file;

/// The name of the file.
const NAME: &str = "postferry.toml";

/// Each is called as the flag is.
const KEYS: [&str; 10] =
    ["from", "to", "encoding", "timezone", "permalink", "map", "strict", "no-proof", "message-format", "jobs"];

/// What the file says.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Keys {
    from: Option<Spanned<String>>,
    to: Option<Spanned<String>>,
    encoding: Option<Spanned<String>>,
    timezone: Option<Spanned<String>>,
    permalink: Option<String>,
    map: Option<PathBuf>,
    #[serde(default)]
    strict: bool,
    #[serde(default)]
    no_proof: bool,
    message_format: Option<MessageFormat>,
    jobs: Option<NonZeroUsize>,
}

/// The settings of a run.
#[derive(Debug, Default)]
pub(crate) struct Settings {
    keys: Keys,
    /// The file that they stand in.
    file: Option<PathBuf>,
}

impl Settings {
    /// Those of the file that was named, or else of the nearest one; none if there is none.
    pub(crate) fn load(args: &CommonArgs) -> Result<Self, Stop> {
        let file = match &args.config {
            _ if args.no_config => None,
            Some(file) => Some(file.clone()),
            None => nearest(),
        };
        let Some(file) = file else { return Ok(Settings::default()) };
        let text = user_file(&file)?;
        match parse(&text) {
            Ok(keys) => Ok(Settings { keys, file: Some(file) }),
            Err(error) => Err(Stop::in_file(error, &file, text)),
        }
    }

    /// The file that they stand in, if there is one.
    pub(crate) fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// Fills in what flags about reading do not say.
    pub(crate) fn fill_reading(&self, args: &mut ReadingArgs) {
        let Keys { from, encoding, timezone, permalink, .. } = &self.keys;
        let fill = |flag: &mut Option<String>, key: &Option<Spanned<String>>| {
            if flag.is_none() {
                *flag = key.as_ref().map(|key| key.get_ref().clone());
            }
        };
        fill(&mut args.from, from);
        fill(&mut args.encoding, encoding);
        fill(&mut args.timezone, timezone);
        args.permalink = args.permalink.take().or_else(|| permalink.clone());
    }

    /// Fills in what flags about converting do not say.
    pub(crate) fn fill(&self, args: &mut ConvertArgs) {
        self.fill_reading(&mut args.reading);
        let keys = &self.keys;
        args.to = args.to.take().or_else(|| keys.to.as_ref().map(|to| to.get_ref().clone()));
        args.map = args.map.take().or_else(|| keys.map.as_ref().map(|map| self.beside(map)));
        args.strict |= keys.strict;
        args.no_proof |= keys.no_proof;
        args.message_format = args.message_format.or(keys.message_format);
        args.jobs = args.jobs.or(keys.jobs);
    }

    /// A path in the file counts from the folder that the file lies in.
    fn beside(&self, path: &Path) -> PathBuf {
        let folder = self.file.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
        folder.join(path)
    }
}

/// The nearest file of settings, from the working directory upwards, as seen from there.
fn nearest() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    let mut way = PathBuf::new();
    for folder in here.ancestors() {
        if folder.join(NAME).is_file() {
            return Some(way.join(NAME));
        }
        way.push("..");
    }
    None
}

/// Reads the text, and sees that what it names is there.
fn parse(text: &str) -> Result<Keys, Error> {
    let span = |range: Option<std::ops::Range<usize>>| range.map(|range| Span::new(range.start, range.end));
    let broken = |message: &str, range| {
        let line = message.lines().next().unwrap_or("this is not TOML");
        Error::new(&codes::SETTINGS_SYNTAX, line.to_owned()).at(span(range).unwrap_or_default())
    };
    let document = toml_edit::Document::parse(text).map_err(|error| broken(error.message(), error.span()))?;
    for (key, _) in document.as_table() {
        if !KEYS.contains(&key) {
            let place = document.as_table().key(key).and_then(toml_edit::Key::span);
            return Err(unknown(key).at(span(place).unwrap_or_default()));
        }
    }
    let keys: Keys = toml::from_str(text).map_err(|error| broken(error.message(), error.span()))?;
    check(&keys)?;
    Ok(keys)
}

fn unknown(key: &str) -> Error {
    // Words are written with `_` as often as with `-`.
    let near = similar::get_close_matches(key.replace('_', "-").as_str(), &KEYS, 1, 0.6);
    let near = near.first().map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
    Error::new(&codes::SETTINGS_KEY, format!("there is no setting `{key}`"))
        .help(format!("{near}there are {}", KEYS.join(", ")))
}

/// That the formats, the encoding and the zone exist: of a flag, the message shows the word; here it shows the line.
fn check(keys: &Keys) -> Result<(), Error> {
    let registry = Arc::new(Registry::builtin());
    let converter = |from: Option<&FormatSpec>, to: &FormatSpec| Converter::new(registry.clone(), from, to);
    let json = FormatSpec::new("json");
    at(&keys.from, |from| converter(Some(&from.parse()?), &json).map(drop))?;
    at(&keys.to, |to| converter(None, &to.parse()?).map(drop))?;
    at(&keys.timezone, |zone| converter(None, &json)?.timezone(Some(zone.to_owned())).map(drop))?;
    at(&keys.encoding, |name| Decode::named(Some(name)).map(drop))
}

/// The error about a value, with its place.
fn at(value: &Option<Spanned<String>>, check: impl Fn(&str) -> Result<(), Error>) -> Result<(), Error> {
    let Some(value) = value else { return Ok(()) };
    check(value.get_ref()).map_err(|error| error.at(Span::new(value.span().start, value.span().end)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_known_by_its_name() {
        let text = "from = 'jekyll'\nto = 'hugo+yaml'\nencoding = 'windows-1252'\ntimezone = 'Europe/Amsterdam'\n\
                    permalink = 'pretty'\nmap = 'keys.toml'\nstrict = true\nno-proof = true\nmessage-format = 'short'\n\
                    jobs = 2\n";
        assert_eq!(text.lines().count(), KEYS.len());
        let keys = parse(text).unwrap();
        assert!(keys.from.is_some() && keys.to.is_some() && keys.encoding.is_some() && keys.timezone.is_some());
        assert!(keys.permalink.is_some() && keys.map.is_some() && keys.strict && keys.no_proof);
        assert!(keys.message_format == Some(MessageFormat::Short) && keys.jobs == NonZeroUsize::new(2));
    }

    #[test]
    fn errors_have_a_place() {
        let error = |text: &str| {
            let error = parse(text).unwrap_err().locate(text);
            format!("{}: {}: {}", error.position().unwrap(), error.code().name, error.message())
        };
        assert_eq!(error("to = 'hugo'\ntimezon = 'UTC'\n"), "2:1: settings-key: there is no setting `timezon`");
        assert_eq!(error("[map]\n"), "1:1: settings-syntax: invalid type: map, expected path string");
        assert_eq!(error("jobs = 0\n"), "1:8: settings-syntax: invalid value: integer `0`, expected a nonzero usize");
        assert_eq!(error("to = 'hugoo'\n"), "1:6: format-unknown: there is no format `hugoo`");
        assert_eq!(error("\ntimezone = 'Mars'\n"), "2:12: timezone-unknown: there is no time zone `Mars`");
        assert_eq!(error("encoding = 'klingon'\n"), "1:12: encoding-unknown: there is no encoding `klingon`");
        assert!(error("to = \n").starts_with("1:6: settings-syntax: "), "{}", error("to = \n"));
    }

    #[test]
    fn an_underscore_is_no_riddle() {
        let error = parse("message_format = 'json'\n").unwrap_err();
        assert!(error.help_text().unwrap().starts_with("did you mean `message-format`? "));
    }
}
