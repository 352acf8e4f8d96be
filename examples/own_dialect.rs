//! A format put together from parts, of which only the dialect is new: Hexo, whose posts are YAML and Markdown, and call the
//! picture above a post `thumbnail` and a draft `published: false`.
//!
//! `cargo run --example own_dialect`

use std::sync::Arc;

use postferry::format::{Context, Dialect};
use postferry::meta::Value;
use postferry::{Converter, Error, FormatSpec, Input, Post, PostPreset, Registry, Sink};

struct Hexo;

impl Dialect for Hexo {
    fn name(&self) -> &str {
        "hexo"
    }

    /// From Hexo's keys to the canonical ones.
    fn normalize(&self, post: &mut Post, _: &Context<'_>, _: &mut dyn Sink) -> Result<(), Error> {
        post.meta.rename("thumbnail", "image");
        if post.meta.get("published") == Some(&Value::from(false)) {
            post.meta.remove("published");
            post.meta.insert("draft", true);
        }
        Ok(())
    }

    /// And back.
    fn localize(&self, post: &mut Post, _: &Context<'_>, _: &mut dyn Sink) -> Result<(), Error> {
        post.meta.rename("image", "thumbnail");
        if post.meta.get("draft") == Some(&Value::from(true)) {
            post.meta.remove("draft");
            post.meta.insert("published", false);
        }
        Ok(())
    }
}

fn main() -> Result<(), Error> {
    let mut registry = Registry::builtin();
    registry.register_dialect(Hexo)?;
    registry.register_format("hexo", PostPreset::new("Hexo: YAML and Markdown", &["yaml"], &["markdown"], "hexo"))?;
    let registry = Arc::new(registry);

    let post = "---\ntitle: Tea\nthumbnail: /pot.jpg\npublished: false\n---\n\nWarm the pot *first*.\n";
    let (hexo, hugo) = (FormatSpec::new("hexo"), FormatSpec::new("hugo"));
    let there = Converter::new(registry.clone(), Some(&hexo), &hugo)?.convert(Input::new(post))?;
    let back = Converter::new(registry, None, &hexo)?.convert(Input::new(&there.text))?;
    print!("{}\n{}", there.text, back.text);
    Ok(())
}
