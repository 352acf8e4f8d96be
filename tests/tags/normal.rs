//! What two generators' pages are compared by: code as its text, players by what they play.

/// A page's HTML in a form in which the frames that each generator puts around code and players are gone.
pub(crate) fn normal(html: &str) -> String {
    let html = code_tables(&languages(html));
    let html = html.replace("<figure class=\"highlight\"><pre>", "<pre>").replace("</pre></figure>", "</pre>");
    // A figure inside a paragraph ends it; what is left of the paragraph holds nothing.
    let html = html.replace("</figure>\n</p>", "</figure>");
    let html = without_frames(&html, "<div class=\"highlight\">", "<div>", "</div>");
    let html = players(&html);
    inline_code(&comments(&html))
}

/// Jekyll spells `c++` as `c--` in a class, and as it is beside it.
fn languages(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, behind)) = rest.split_once("\" data-lang=\"") {
        let (language, behind) = behind.split_once('"').expect("a language that ends");
        match before.rsplit_once("class=\"language-") {
            Some((before, _)) => out.push_str(&format!("{before}class=\"language-{language}\"")),
            // Somebody's own attribute.
            None => out.push_str(&format!("{before}\" data-lang=\"{language}\"")),
        }
        rest = behind;
    }
    out + rest
}

/// Hugo's table of line numbers and code is the code.
fn code_tables(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, table)) = rest.split_once("<div class=\"chroma\">\n<table class=\"lntable\">") {
        let (table, behind) = table.split_once("</table>\n</div>").expect("a table that ends");
        let code = table.rsplit_once("<pre").expect("a table with code").1;
        let code = code.split_once("</pre>").expect("code that ends").0;
        out.push_str(before);
        out.push_str(&format!("<pre{code}</pre>"));
        rest = behind;
    }
    let html = out + rest;
    // Numbers in front of the lines.
    let mut out = String::new();
    let mut rest = html.as_str();
    while let Some((before, number)) = rest.split_once("<span class=\"ln\">") {
        out.push_str(before);
        rest = number.split_once("</span>").expect("a number that ends").1;
    }
    out + rest
}

/// Takes `open` away with its closing tag; elements named as `inner` may lie in it.
fn without_frames(html: &str, open: &str, inner: &str, close: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, inside)) = rest.split_once(open) {
        let (mut depth, mut at) = (1, 0);
        let name = inner.trim_end_matches('>');
        while depth > 0 {
            let next_close = inside[at..].find(close).expect("an element that ends") + at;
            match inside[at..next_close].find(name) {
                Some(found) => {
                    depth += 1;
                    at += found + name.len();
                }
                None => {
                    depth -= 1;
                    at = next_close + close.len();
                }
            }
        }
        out.push_str(before);
        out.push_str(inside[..at].strip_suffix(close).unwrap());
        rest = &inside[at..];
    }
    out + rest
}

/// A player, with the box around it that keeps its shape, is the video it plays.
fn players(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(start) = rest.find("<iframe") {
        let (before, frame) = rest.split_at(start);
        let (frame, behind) = frame.split_once("</iframe>").expect("a frame that ends");
        let source = frame.split_once("src=\"").expect("a frame with an address").1.split_once('"').unwrap().0;
        let id = source.split(['?', '&']).next().unwrap().rsplit('/').next().unwrap();
        let times: Vec<&str> = source
            .split(['?', '&', ';'])
            .filter(|part| part.starts_with("start=") || part.starts_with("end="))
            .collect();
        let times: Vec<&str> = times.into_iter().filter(|part| !part.ends_with("=0")).collect();
        let is_boxed = before.trim_end().ends_with('>')
            && before.rfind("<div").is_some_and(|at| before[at..].contains("padding-bottom"));
        let before = if is_boxed { &before[..before.rfind("<div").unwrap()] } else { before };
        out.push_str(before);
        out.push_str(&format!("<p>player {id} {}</p>", times.join(" ")));
        rest = if is_boxed { behind.trim_start().strip_prefix("</div>").expect("a box that ends") } else { behind };
    }
    out + rest
}

fn comments(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, comment)) = rest.split_once("<!--") {
        out.push_str(before);
        rest = comment.split_once("-->").expect("a comment that ends").1;
    }
    out + rest
}

/// Highlighted code in running text is its text.
fn inline_code(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, code)) = rest.split_once("<code class=\"code-inline") {
        let (code, behind) = code.split_once("</code>").expect("code that ends");
        let code = code.split_once('>').unwrap().1;
        let mut text = String::new();
        let mut inside = code;
        while let Some((words, tag)) = inside.split_once('<') {
            text.push_str(words);
            inside = tag.split_once('>').unwrap().1;
        }
        out.push_str(&format!("{before}<code>{text}{inside}</code>"));
        rest = behind;
    }
    out + rest
}
