//! Front matter in an import script: [`postferry::meta::Meta`] speaks serde, so any serde format will do. Here it is YAML.
//!
//! `cargo run --example serde`

use std::sync::Arc;

use postferry::meta::Meta;
use postferry::{Converter, Input, Registry};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = "examples/posts/2023-04-12-night-ferry.html";
    let text = std::fs::read_to_string(path)?;
    let converter = Converter::new(Arc::new(Registry::builtin()), None, &"hugo".parse()?)?;
    let mut post = converter.read(Input::new(&text).path(Some(path)))?.post;

    // Out of postferry, changed there, and back in.
    let mut yaml = serde_yaml::to_value(&post.meta)?;
    yaml["tags"].as_sequence_mut().ok_or("tags are a list")?.push("scotland".into());
    let meta: Meta = serde_yaml::from_value(yaml)?;
    // Comments do not pass through serde: change the entries and keep the front matter that holds them.
    post.meta.map = meta.map;

    print!("{}", serde_yaml::to_string(&post.meta)?);
    Ok(())
}
