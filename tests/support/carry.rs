//! Carrying posts between formats, as a user of the library would.

use std::sync::{Arc, OnceLock};

use postferry::{Conversion, Converter, Error, FormatSpec, Input, ReadPost, Registry};

use super::fixtures::Fixture;

/// The four formats of the main job.
pub(crate) const FORMATS: [&str; 4] = ["jekyll", "markdown", "hugo", "json"];

/// Every format that the laws are held against.
pub(crate) const TARGETS: [&str; 9] =
    ["jekyll", "jekyll+markdown", "markdown", "markdown+meta", "hugo", "hugo+yaml", "hugo+json", "json", "html"];

/// A text in a format, with the path it has there.
#[derive(Clone, Debug)]
pub(crate) struct Cargo {
    pub(crate) format: String,
    pub(crate) text: String,
    pub(crate) path: Option<String>,
}

impl Cargo {
    pub(crate) fn new(format: &str, text: impl Into<String>, path: Option<&str>) -> Self {
        Cargo { format: format.to_owned(), text: text.into(), path: path.map(str::to_owned) }
    }

    pub(crate) fn input(&self) -> Input<'_> {
        Input::new(&self.text).path(self.path.as_deref())
    }
}

impl From<&Fixture> for Cargo {
    fn from(fixture: &Fixture) -> Self {
        Cargo::new(fixture.format, fixture.text.as_str(), Some(&fixture.path))
    }
}

/// The formats that come with postferry, built once.
pub(crate) fn builtin() -> Arc<Registry> {
    static REGISTRY: OnceLock<Arc<Registry>> = OnceLock::new();
    REGISTRY.get_or_init(|| Arc::new(Registry::builtin())).clone()
}

/// The format `name`, whose name is one.
pub(crate) fn spec(name: &str) -> FormatSpec {
    name.parse().unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A converter between two formats of `registry`.
pub(crate) fn converter(registry: &Arc<Registry>, from: &str, to: &str) -> Converter {
    Converter::new(registry.clone(), Some(&spec(from)), &spec(to))
        .unwrap_or_else(|error| panic!("{from} to {to}: {error}"))
}

/// What `cargo` is in the format `to`.
pub(crate) fn carry(registry: &Arc<Registry>, cargo: &Cargo, to: &str) -> Result<(Cargo, Conversion), Error> {
    let conversion = converter(registry, &cargo.format, to).convert(cargo.input())?;
    let there = Cargo { format: to.to_owned(), text: conversion.text.clone(), path: conversion.path.clone() };
    Ok((there, conversion))
}

/// The post that `cargo` is.
pub(crate) fn read(registry: &Arc<Registry>, cargo: &Cargo) -> Result<ReadPost, Error> {
    converter(registry, &cargo.format, &cargo.format).read(cargo.input())
}

/// Whether a text in the format `detailed` counts as one of the four formats: so `hugo+yaml` as `hugo`.
pub(crate) fn is_of(detailed: &str, format: &str) -> bool {
    detailed.split(['+', '-']).next() == Some(format)
}
