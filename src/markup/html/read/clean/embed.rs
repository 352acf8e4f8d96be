//! Players of the days of Flash: no browser runs them any more. Those of sites that have a frame for the same become that
//! frame; of others the shell for one old browser goes, if the element in it says all that the shell says.

use html5ever::tendril::StrTendril;
use html5ever::{Attribute, LocalName, QualName, local_name, ns};

use super::super::arena::{Class, Data, Id, NONE, Name, attach, detach, node};
use super::{Cleaner, Kind};

/// Parameters that say how the player looks or what it may do.
const SETTINGS: [&str; 14] = [
    "allowfullscreen",
    "allowscriptaccess",
    "allownetworking",
    "bgcolor",
    "height",
    "loop",
    "menu",
    "name",
    "play",
    "quality",
    "salign",
    "scale",
    "width",
    "wmode",
];

impl Cleaner<'_> {
    /// All players.
    pub(super) fn players(&mut self) {
        for index in 0..self.nodes.len() {
            let Ok(id) = Id::try_from(index) else { return };
            match self.node(id).name() {
                "object" => self.object(id),
                "embed" if self.node(self.node(id).parent).name() != "object" => self.embed(id),
                _ => {}
            }
        }
    }

    fn object(&mut self, id: Id) {
        let Some(found) = self.contents(id) else { return };
        let address = found.embed.and_then(|embed| self.value(embed, "src"));
        let address = address.or_else(|| self.value(id, "data"));
        let address = address.or_else(|| found.param(&["movie", "src"]));
        if let Some(frame) = address.as_deref().and_then(frame_of) {
            let sizes = found.embed.unwrap_or(id);
            return self.frame(id, sizes, frame);
        }
        let Some(embed) = found.embed else { return };
        let says_all = found.params.iter().all(|(name, value)| match name.as_str() {
            "movie" | "src" => self.value(embed, "src").as_ref() == Some(value),
            name if SETTINGS.contains(&name) => true,
            name => self.value(embed, name).as_ref() == Some(value),
        });
        if says_all && self.value(id, "classid").is_some() {
            self.count("shells of Flash players for old browsers", id);
            let (parent, before) = (self.node(id).parent, self.node(id).next);
            detach(self.nodes, embed);
            attach(self.nodes, parent, before, embed);
            detach(self.nodes, id);
        }
    }

    fn embed(&mut self, id: Id) {
        if let Some(frame) = self.value(id, "src").as_deref().and_then(frame_of) {
            self.frame(id, id, frame);
        }
    }

    /// Puts a frame in the element's place.
    fn frame(&mut self, id: Id, sizes: Id, address: String) {
        self.note(Kind::Changed("Flash players became the frames of their sites"), id);
        let mut attrs = vec![attribute("src", address)];
        for name in ["width", "height"] {
            attrs.extend(self.value(sizes, name).map(|value| attribute(name, value)));
        }
        attrs.push(attribute("allowfullscreen", String::new()));
        let span = self.node(id).span();
        let frame = Id::try_from(self.nodes.len()).unwrap_or(NONE);
        let name = Name::Html(local_name!("iframe"));
        self.nodes.push(node(Data::Element(name, attrs.into_boxed_slice()), Class::Opaque, span));
        let (parent, before) = (self.node(id).parent, self.node(id).next);
        if parent != NONE {
            attach(self.nodes, parent, before, frame);
            detach(self.nodes, id);
            self.set_apart(frame);
        }
    }

    /// Gives the frame a block of its own where text stands beside it and may stand below it just as well.
    fn set_apart(&mut self, frame: Id) {
        let parent = self.node(frame).parent;
        let is_first = |cleaner: &Self| {
            let prev = cleaner.node(frame).prev;
            prev == NONE || cleaner.is_blank(prev) && cleaner.node(prev).prev == NONE
        };
        match self.node(parent).class {
            Class::Block if self.node(parent).name() == "p" && is_first(self) => {
                detach(self.nodes, frame);
                let outer = self.node(parent).parent;
                attach(self.nodes, outer, parent, frame);
                self.drop_breaks(self.node(parent).first);
            }
            Class::Block
                if !matches!(
                    self.node(parent).name(),
                    "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "td" | "th" | "dt"
                ) =>
            {
                self.drop_breaks(self.node(frame).next);
            }
            _ => return,
        }
        self.nodes[frame as usize].class = Class::Block;
    }

    /// Takes out line breaks at the start of what begins with this node.
    fn drop_breaks(&mut self, first: Id) {
        let mut next = first;
        while next != NONE && (self.is_blank(next) || self.node(next).name() == "br") {
            let id = next;
            next = self.node(id).next;
            if self.node(id).name() == "br" {
                detach(self.nodes, id);
            }
        }
    }

    /// What an `object` holds, if that is parameters and an `embed` and nothing a reader could read.
    fn contents(&self, object: Id) -> Option<Contents> {
        let mut found = Contents { embed: None, params: Vec::new() };
        let mut open = vec![self.node(object).first];
        while let Some(id) = open.pop() {
            if id == NONE {
                continue;
            }
            let node = self.node(id);
            open.push(node.next);
            match node.name() {
                "param" => {
                    let name = self.value(id, "name").unwrap_or_default().to_ascii_lowercase();
                    found.params.push((name, self.value(id, "value").unwrap_or_default()));
                }
                "embed" if found.embed.is_none() => found.embed = Some(id),
                _ if self.is_blank(id) || matches!(node.data, Data::Comment(_)) => {}
                _ => return None,
            }
        }
        Some(found)
    }

    fn value(&self, id: Id, name: &str) -> Option<String> {
        let (_, attrs) = self.node(id).element()?;
        attrs.iter().find(|attr| &*attr.name.local == name).map(|attr| attr.value.to_string())
    }
}

struct Contents {
    embed: Option<Id>,
    params: Vec<(String, String)>,
}

impl Contents {
    fn param(&self, names: &[&str]) -> Option<String> {
        self.params.iter().find(|(name, _)| names.contains(&name.as_str())).map(|(_, value)| value.clone())
    }
}

fn attribute(name: &str, value: String) -> Attribute {
    Attribute { name: QualName::new(None, ns!(), LocalName::from(name)), value: StrTendril::from(value) }
}

/// The address of the frame that shows what this player plays.
fn frame_of(player: &str) -> Option<String> {
    let rest = player.strip_prefix("https:").or_else(|| player.strip_prefix("http:")).unwrap_or(player);
    let rest = rest.strip_prefix("//")?;
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let (site, path) = rest.split_once('/')?;
    let is_id = |id: &&str| !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    let first = |path: &'static str, of: &str| of.strip_prefix(path).map(|rest| word(rest).to_owned());
    match site {
        "youtube.com" | "youtube-nocookie.com" => {
            let id = first("v/", path).filter(|id| is_id(&id.as_str()))?;
            let start = parameter(path, "start").map_or_else(String::new, |start| format!("?start={start}"));
            Some(format!("https://www.{site}/embed/{id}{start}"))
        }
        "vimeo.com" => {
            let id = parameter(path.strip_prefix("moogaloop.swf")?, "clip_id").filter(is_id)?;
            Some(format!("https://player.vimeo.com/video/{id}"))
        }
        "dailymotion.com" => {
            let id = first("swf/video/", path).or_else(|| first("swf/", path)).filter(|id| is_id(&id.as_str()))?;
            Some(format!("https://www.dailymotion.com/embed/video/{id}"))
        }
        _ => None,
    }
}

/// What stands before the first sign that ends a name in an address.
fn word(text: &str) -> &str {
    text.split(['?', '&', '/', '#']).next().unwrap_or_default()
}

fn parameter<'t>(path: &'t str, name: &str) -> Option<&'t str> {
    path.split(['?', '&']).skip(1).find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')).map(word)
}

#[cfg(test)]
mod tests {
    use super::frame_of;

    #[test]
    fn players_have_frames() {
        for (player, frame) in [
            ("http://www.youtube.com/v/PhvHhDbvCSw&hl=en", Some("https://www.youtube.com/embed/PhvHhDbvCSw")),
            ("//www.youtube.com/v/a-b_1?fs=1&start=30", Some("https://www.youtube.com/embed/a-b_1?start=30")),
            (
                "http://www.vimeo.com/moogaloop.swf?clip_id=913378&server=www.vimeo.com",
                Some("https://player.vimeo.com/video/913378"),
            ),
            ("http://www.dailymotion.com/swf/x1&v3=1", Some("https://www.dailymotion.com/embed/video/x1")),
            ("http://example.org/player.swf?file=x", None),
            ("http://www.youtube.com/p/LIST", None),
        ] {
            assert_eq!(frame_of(player).as_deref(), frame, "{player}");
        }
    }
}
