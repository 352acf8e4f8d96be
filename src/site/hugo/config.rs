//! `hugo.toml`: what the content leans on, and no more.

use std::collections::BTreeSet;

use crate::diag::Setting;
use crate::front::toml_text;
use crate::site::jekyll::{Config, has_plain_typography};

/// The configuration of the site that `config` was of, with these settings.
pub(crate) fn config(
    config: &Config,
    timezone: Option<&str>,
    feed: Option<&str>,
    settings: &BTreeSet<Setting>,
) -> String {
    let mut out = String::new();
    let host = if config.url.is_empty() { "https://example.org" } else { &config.url };
    out.push_str(&format!("baseURL = {}\n", toml_text(&format!("{host}{}/", config.baseurl))));
    if let Some(title) = &config.title {
        out.push_str(&format!("title = {}\n", toml_text(title)));
    }
    if let Some(zone) = timezone {
        out.push_str(&format!("timeZone = {}\n", toml_text(zone)));
    }
    if config.future {
        out.push_str("buildFuture = true\n");
    }
    if let Some(name) = feed {
        out.push_str(&format!("\n[outputFormats.RSS]\nbaseName = {}\n", toml_text(name)));
    }
    let mut settings = settings.clone();
    if has_plain_typography(&config.map) {
        settings.insert(Setting::new("markup.goldmark.extensions", "typographer = false"));
    }
    if !settings.is_empty() {
        out.push('\n');
        out.push_str(&Setting::to_toml(&settings).replace("\n[", "\n\n["));
    }
    out
}
