//! Makes posts for trying things at scale: JSON lines as `postferry convert --ndjson` takes them, the same on every run.
//!
//! ```console
//! $ cargo run --release --example many_posts -- --bytes 10G | postferry convert --ndjson -t hugo > /dev/null
//! $ cargo run --release --example many_posts -- --count 20000 --folder /tmp/posts
//! ```

use std::error::Error;
use std::fmt::Write as _;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::{env, fs};

use serde_json::json;

/// Where to stop.
#[derive(Default)]
struct Wanted {
    count: Option<u64>,
    bytes: Option<u64>,
    /// Files go here instead of lines to standard output.
    folder: Option<PathBuf>,
}

fn wanted() -> Result<Wanted, Box<dyn Error>> {
    let mut wanted = Wanted::default();
    let mut arguments = env::args().skip(1);
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or("a value is missing")?;
        match name.as_str() {
            "--count" => wanted.count = Some(value.parse()?),
            "--bytes" => wanted.bytes = Some(size(&value)?),
            "--folder" => wanted.folder = Some(value.into()),
            _ => return Err(format!("there is no option {name}").into()),
        }
    }
    Ok(wanted)
}

fn size(text: &str) -> Result<u64, Box<dyn Error>> {
    let digits = text.trim_end_matches(['K', 'M', 'G']);
    let unit = match &text[digits.len()..] {
        "K" => 1 << 10,
        "M" => 1 << 20,
        "G" => 1 << 30,
        _ => 1,
    };
    Ok(digits.parse::<u64>()? * unit)
}

/// Numbers that look random and are the same on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

const WORDS: [&str; 24] = [
    "ferry", "harbour", "the", "tide", "under", "a", "lantern", "of", "rope", "and", "salt", "winter", "in", "its",
    "slow", "engine", "we", "waited", "morning", "letters", "for", "every", "captain", "island",
];

fn sentence(dice: &mut Dice, out: &mut String) {
    for at in 0..6 + dice.below(14) {
        let word = WORDS[usize::try_from(dice.below(24)).unwrap_or_default()];
        let gap = if at == 0 { "" } else { " " };
        let _ = match dice.below(40) {
            0 => write!(out, "{gap}<strong>{word}</strong>"),
            1 => write!(out, "{gap}<em>{word}</em>"),
            2 => write!(out, "{gap}<a href=\"/{word}/{at}.html\">{word}</a>"),
            3 => write!(out, "{gap}<code>{word}_{at}</code>"),
            _ => write!(out, "{gap}{word}"),
        };
    }
    out.push_str(". ");
}

/// A Jekyll post with an HTML body, some eight kilobytes long.
pub(crate) fn post(number: u64) -> (String, String) {
    let mut dice = Dice(number);
    let (year, month, day) = (2004 + dice.below(20), 1 + dice.below(12), 1 + dice.below(28));
    let mut text = format!(
        "---\nlayout: post\ntitle: \"Letter {number}: the night ferry\"\ndate: {year}-{month:02}-{day:02} 12:09:07 +0200\ntags: [ferry, letter]\n---\n"
    );
    for _ in 0..10 + dice.below(14) {
        match dice.below(8) {
            0 => {
                let _ = writeln!(text, "<h2>Part {}</h2>", dice.below(100));
            }
            1 => {
                text.push_str("<ul>\n");
                for _ in 0..2 + dice.below(5) {
                    text.push_str("<li>");
                    sentence(&mut dice, &mut text);
                    text.push_str("</li>\n");
                }
                text.push_str("</ul>\n");
            }
            2 => text.push_str("<pre><code class=\"language-sh\">tar xf letters.tar &amp;&amp; ls\n</code></pre>\n"),
            3 => {
                text.push_str("<blockquote><p>");
                sentence(&mut dice, &mut text);
                text.push_str("</p></blockquote>\n");
            }
            _ => {
                text.push_str("<p>");
                for _ in 0..4 + dice.below(6) {
                    sentence(&mut dice, &mut text);
                }
                text.push_str("</p>\n");
            }
        }
    }
    (format!("_posts/{year}-{month:02}-{day:02}-letter-{number}.html"), text)
}

fn main() -> Result<(), Box<dyn Error>> {
    let wanted = wanted()?;
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    let mut written = 0;
    for number in 0..wanted.count.unwrap_or(u64::MAX) {
        if wanted.bytes.is_some_and(|bytes| written >= bytes) {
            break;
        }
        let (path, text) = post(number);
        written += text.len() as u64;
        if let Some(folder) = &wanted.folder {
            let file = folder.join(path);
            fs::create_dir_all(file.parent().ok_or("a post lies in a folder")?)?;
            fs::write(file, text)?;
        } else if let Err(error) = writeln!(out, "{}", json!({"id": number, "path": path, "text": text})) {
            // Whoever reads may have had enough.
            return if error.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(error.into()) };
        }
    }
    out.flush()?;
    Ok(())
}
