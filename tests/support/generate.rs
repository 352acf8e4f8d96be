//! Makes HTML fragments that converters stumble over, the same for the same seed.

/// Pseudo-random numbers (splitmix64).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x1234_5678_9abc_def1)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

/// A fragment of a few blocks.
pub(crate) fn fragment(seed: u64) -> String {
    let mut maker = Maker { random: Random::new(seed), out: String::new(), depth: 0 };
    maker.blocks();
    maker.out
}

struct Maker {
    random: Random,
    out: String,
    depth: usize,
}

const WORDS: &[&str] = &[
    "a",
    "word",
    "Title:",
    "(x)",
    "\"q\"",
    "1.",
    "2)",
    "-",
    "+",
    "*",
    "_",
    "#",
    "##",
    "&gt;",
    "&lt;b&gt;",
    "&amp;amp;",
    "&amp;lt;",
    "snake_case",
    "*x*",
    "_y_",
    "**",
    "__init__",
    "`",
    "``",
    "~",
    "~~z~~",
    "[r]",
    "[x](y)",
    "![i](j)",
    "]",
    "[ ]",
    "[^1]",
    "http://e.x/a_b",
    "\\",
    "\\*",
    "|",
    "a|b",
    "---",
    "===",
    "***",
    "~~~",
    "```",
    "=",
    "!",
    "Wow!",
    "3 * 4",
    "\u{a0}",
    "&nbsp;",
    "\u{200b}",
    "日本",
    "「語」",
    "é",
    "👍",
    "e\u{301}",
    "$x$",
    "{#id}",
    ":",
    "&copy",
    "100%",
    "C#",
    "'",
    "...",
    "[a]: /u",
    "+++",
    "&#35;",
    "x < y",
];

const URLS: &[&str] = &[
    "/u",
    "",
    "#f",
    "/a b",
    "/a(b)c",
    "/q)(",
    "/x?a=1&amp;b=2",
    "/x?a=1&copy=2",
    "/*_2_*",
    "/\\",
    "/&lt;x&gt;",
    "/`",
    "/é",
    "http://e.x",
    "mailto:a@b.c",
    "/a|b",
    "/[x]",
    "/%20",
    "javascript:x('y')",
];

const TITLES: &[&str] = &["t", "", "say &quot;hi&quot;", "it's", "a\n\nb", "\\", "a|b", "&amp;amp;", "(x)", "`", "\\"];

impl Maker {
    fn tagged(&mut self, name: &str, inner: impl FnOnce(&mut Self)) {
        self.out.push('<');
        self.out.push_str(name);
        self.attributes();
        self.out.push('>');
        inner(self);
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    fn attributes(&mut self) {
        if self.random.one_in(12) {
            let attribute = self.random.pick(&[
                " class=\"c\"",
                " id=i",
                " style=\"color: red\"",
                " dir=ltr",
                " data-x=\"a&quot;b\"",
                " title=\"t\n\nu\"",
                " hidden",
            ]);
            self.out.push_str(attribute);
        }
    }

    fn blocks(&mut self) {
        for _ in 0..=self.random.below(4) {
            self.block();
            let gap = self.random.pick(&["", "", "\n", "\n\n", " "]);
            self.out.push_str(gap);
        }
    }

    fn block(&mut self) {
        if self.depth > 4 {
            return self.inlines();
        }
        self.depth += 1;
        match self.random.below(24) {
            0..=6 => self.tagged("p", Self::inlines),
            7 | 8 => self.inlines(),
            9 => {
                let name = self.random.pick(&["h1", "h2", "h3", "h6"]);
                self.tagged(name, Self::inlines);
            }
            10 | 11 => self.tagged("blockquote", Self::blocks),
            12..=15 => self.list(),
            16 => self.code(),
            17 => self.table(),
            18 => self.out.push_str("<hr>"),
            19 | 20 => {
                let name = self.random.pick(&["div", "section", "figure", "center", "details", "aside", "main"]);
                self.tagged(name, Self::blocks);
            }
            21 => {
                let raw = self.random.pick(&[
                    "<!--more-->",
                    "<!-- a\n\nb -->",
                    "<script>if (a < b) {\n  x('*y*');\n}</script>",
                    "<style>a { b: c }</style>",
                    "<iframe src=\"/v\"></iframe>",
                    "<video controls src=\"/v\"></video>",
                    "<p></p>",
                    "<p>&nbsp;</p>",
                    "<details><summary>s <b>t</b></summary><p>u</p></details>",
                    "<o:p>x</o:p>",
                    "<textarea>a\n\nb</textarea>",
                    "<svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"/></svg>",
                    "<figure><img src=\"/i\"><figcaption>c</figcaption></figure>",
                ]);
                self.out.push_str(raw);
            }
            22 => self.tagged("dl", |maker| {
                maker.tagged("dt", Self::inlines);
                maker.tagged("dd", Self::blocks);
            }),
            _ => {
                let name = self.random.pick(&["b", "em", "a", "span", "del"]);
                self.tagged(name, Self::blocks);
            }
        }
        self.depth -= 1;
    }

    fn list(&mut self) {
        let name = self.random.pick(&["ul", "ul", "ol", "ol start=\"3\"", "ol start=\"0\""]);
        self.out.push_str(&format!("<{name}>"));
        let is_loose = self.random.one_in(3);
        for _ in 0..=self.random.below(3) {
            self.tagged("li", |maker| {
                if maker.random.one_in(10) {
                    maker.out.push_str("<input type=\"checkbox\" disabled> ");
                }
                if is_loose != maker.random.one_in(6) {
                    maker.tagged("p", Self::inlines);
                } else if !maker.random.one_in(8) {
                    maker.inlines();
                }
                if maker.random.one_in(3) {
                    maker.blocks();
                }
            });
            let gap = self.random.pick(&["", "\n"]);
            self.out.push_str(gap);
        }
        self.out.push_str(if name.starts_with("ol") { "</ol>" } else { "</ul>" });
    }

    fn code(&mut self) {
        let (open, close) = match self.random.below(4) {
            0 => ("<pre>", "</pre>"),
            1 => ("<pre><code class=\"language-rust\">", "</code></pre>"),
            2 => ("<pre class=\"highlight\"><code><span class=\"k\">let</span> ", "</code></pre>"),
            _ => ("<pre><code>", "</code></pre>"),
        };
        self.out.push_str(open);
        for _ in 0..self.random.below(5) {
            let line = self.random.pick(&[
                "\n",
                "x\n",
                "  y\n",
                "```\n",
                "~~~~\n",
                "- z\n",
                "&lt;b&gt;\n",
                "\t\n",
                "\n\n",
                "end",
                "    w\n",
            ]);
            self.out.push_str(line);
        }
        self.out.push_str(close);
    }

    fn table(&mut self) {
        let width = 1 + self.random.below(3);
        let has_head = !self.random.one_in(5);
        let align = self.random.pick(&["", "", " align=\"left\"", " style=\"text-align: right\""]);
        self.out.push_str("<table>");
        if has_head {
            self.out.push_str("<thead><tr>");
            for _ in 0..width {
                self.out.push_str(&format!("<th{align}>"));
                self.inlines();
                self.out.push_str("</th>");
            }
            self.out.push_str("</tr></thead>");
        }
        self.out.push_str("<tbody>");
        for _ in 0..self.random.below(3) {
            self.out.push_str("<tr>");
            let cells = if self.random.one_in(10) { width + 1 } else { width };
            for _ in 0..cells {
                self.out.push_str(&format!("<td{align}>"));
                if self.random.one_in(20) {
                    self.block();
                } else {
                    self.inlines();
                }
                self.out.push_str("</td>");
            }
            self.out.push_str("</tr>");
        }
        self.out.push_str("</tbody></table>");
    }

    fn inlines(&mut self) {
        for _ in 0..self.random.below(6) {
            self.inline();
            let gap = self.random.pick(&["", " ", " ", "\n", "  "]);
            self.out.push_str(gap);
        }
    }

    fn inline(&mut self) {
        if self.depth > 9 {
            let word = self.random.pick(WORDS);
            return self.out.push_str(word);
        }
        self.depth += 1;
        match self.random.below(24) {
            0..=9 => {
                let word = self.random.pick(WORDS);
                self.out.push_str(word);
            }
            10..=14 => {
                let name = self.random.pick(&["em", "strong", "b", "i", "del", "em", "strong"]);
                self.tagged(name, Self::inlines);
            }
            15 | 16 => {
                let (url, title) = (self.random.pick(URLS), self.random.pick(TITLES));
                self.out.push_str(&format!("<a href=\"{url}\""));
                if self.random.one_in(3) {
                    self.out.push_str(&format!(" title=\"{title}\""));
                }
                self.out.push('>');
                self.inlines();
                self.out.push_str("</a>");
            }
            17 => {
                let (url, alt, title) = (self.random.pick(URLS), self.random.pick(WORDS), self.random.pick(TITLES));
                let width = self.random.pick(&["", "", " width=\"5\""]);
                self.out
                    .push_str(&format!("<img src=\"{url}\" alt='{}' title=\"{title}\"{width}>", alt.replace('\'', "")));
            }
            18 | 19 => self.out.push_str("<br>"),
            20 | 21 => {
                let code = self.random.pick(&[
                    "x",
                    " x ",
                    "`",
                    "a`b",
                    "``",
                    "a|b",
                    "*y*",
                    "&lt;p&gt;",
                    "\\",
                    " ",
                    "",
                    "a  b",
                    "\\|",
                ]);
                self.out.push_str(&format!("<code>{code}</code>"));
            }
            22 => {
                let name = self.random.pick(&["span", "sub", "kbd", "mark", "u", "font", "code", "small", "ins", "q"]);
                self.tagged(name, Self::inlines);
            }
            _ => {
                let raw = self.random.pick(&[
                    "<!-- c -->",
                    "<input type=\"text\">",
                    "<a name=\"n\"></a>",
                    "<iframe src=\"/v\"></iframe>",
                    "<script>a*b*c</script>",
                    "<o:p></o:p>",
                    "<img src=\"/i\">",
                    "<br clear=\"all\">",
                    "<button>b</button>",
                ]);
                self.out.push_str(raw);
            }
        }
        self.depth -= 1;
    }
}

/// The text with one small thing changed.
pub(crate) fn mutate(text: &str, random: &mut Random) -> String {
    let chars: Vec<char> = text.chars().collect();
    let at = random.below(chars.len());
    let mut out = chars.clone();
    const SIGNS: &[char] = &[
        '*', '_', '`', '#', '-', '>', '<', '/', '!', '[', ']', '(', ')', '\\', '\n', ' ', '&', '|', '~', 'x', '1', '.',
        '"',
    ];
    match random.below(8) {
        0 | 1 => {
            out.remove(at);
        }
        2 | 3 => out.insert(at, SIGNS[random.below(SIGNS.len())]),
        4 => out[at] = SIGNS[random.below(SIGNS.len())],
        5 => {
            let other = random.below(chars.len());
            out.swap(at, other);
        }
        6 => {
            // A line goes.
            let lines: Vec<&str> = text.split('\n').collect();
            let gone = random.below(lines.len());
            let kept: Vec<&str> =
                lines.iter().enumerate().filter(|(index, _)| *index != gone).map(|(_, line)| *line).collect();
            return kept.join("\n");
        }
        _ => {
            // A tag's name changes, or a line is doubled.
            let lines: Vec<&str> = text.split('\n').collect();
            let doubled = random.below(lines.len());
            let mut kept = lines.clone();
            kept.insert(doubled, lines[doubled]);
            return kept.join("\n");
        }
    }
    out.into_iter().collect()
}

/// One of the cases, or some of them, changed as hostile hands and careless editors would: nested, joined, tags added,
/// taken away, renamed and given attributes.
pub(crate) fn vary(cases: &[String], random: &mut Random) -> String {
    let mut html = cases[random.below(cases.len())].clone();
    for _ in 0..=random.below(3) {
        html = change(&html, cases, random);
    }
    html
}

fn change(html: &str, cases: &[String], random: &mut Random) -> String {
    const AROUND: &[&str] = &[
        "div",
        "blockquote",
        "section",
        "figure",
        "center",
        "details",
        "b",
        "em",
        "span",
        "a",
        "del",
        "p",
        "pre",
        "code",
        "h2",
        "td",
        "li",
        "ul",
        "dd",
        "sup",
        "font",
        "main",
        "strong",
        "i",
        "u",
    ];
    const ATTRIBUTES: &[&str] = &[
        " class=c",
        " id='i'",
        " style='color: red'",
        " align=center",
        " title=\"a\n\nb\"",
        " dir=rtl",
        " data-x='`|*'",
        " width=5",
        " hidden",
        " start=7",
        " lang=de",
        " onclick=\"x('&amp;<y>')\"",
    ];
    const TAGS: &[&str] = &[
        "<b>",
        "</b>",
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<em>",
        "</em>",
        "<br>",
        "<hr>",
        "<li>",
        "</li>",
        "<ul>",
        "</ul>",
        "<a href=/x>",
        "</a>",
        "<img src=x>",
        "<!-- c -->",
        "<table><tr><td>",
        "</table>",
        "<pre>",
        "</pre>",
        "<blockquote>",
        "</blockquote>",
        "<code>",
        "</code>",
        "<span>",
        "</span>",
        "<wbr>",
        "<h1>",
        "</h1>",
        "<del>",
        "<script>*</script>",
        "<input type=checkbox disabled>",
        "<q>",
        "<ol>",
        "</ol>",
        "<font size=2>",
        "<u></u>",
    ];
    // Where tags begin and end.
    let tags: Vec<(usize, usize)> =
        html.match_indices('<').filter_map(|(at, _)| Some((at, at + html[at..].find('>')? + 1))).collect();
    let mut borders: Vec<usize> = tags.iter().flat_map(|(start, end)| [*start, *end]).collect();
    borders.extend([0, html.len()]);
    let border = borders[random.below(borders.len())];
    let anywhere = loop {
        let at = random.below(html.len() + 1);
        if html.is_char_boundary(at) {
            break at;
        }
    };
    let at = if random.one_in(3) { anywhere } else { border };
    let insert = |what: &str| format!("{}{what}{}", &html[..at], &html[at..]);
    let tag = (!tags.is_empty()).then(|| tags[random.below(tags.len().max(1))]);
    match (random.below(14), tag) {
        (0, _) => {
            let name = random.pick(AROUND);
            format!("<{name}>{html}</{name}>")
        }
        (1, _) => {
            let (name, attribute) = (random.pick(AROUND), random.pick(ATTRIBUTES));
            let (from, to) = (at.min(border), at.max(border));
            format!("{}<{name}{attribute}>{}</{name}>{}", &html[..from], &html[from..to], &html[to..])
        }
        (2, _) => {
            let name = random.pick(AROUND);
            let (from, to) = (at.min(border), at.max(border));
            format!("{}<{name}>{}</{name}>{}", &html[..from], &html[from..to], &html[to..])
        }
        (3 | 4, _) => insert(random.pick(TAGS)),
        (5, Some((start, end))) => format!("{}{}", &html[..start], &html[end..]),
        (6, Some((start, end))) if !html[start..].starts_with("</") && !html[start..].starts_with("<!") => {
            let attribute = random.pick(ATTRIBUTES);
            format!("{}{attribute}{}", &html[..end - 1], &html[end - 1..])
        }
        (7, Some((start, end))) => {
            let name = random.pick(AROUND);
            let slash = if html[start..].starts_with("</") { "/" } else { "" };
            format!("{}<{slash}{name}>{}", &html[..start], &html[end..])
        }
        (8, _) => {
            let between = random.pick(&["", "", "\n", " ", "<br>", "\n\n"]);
            format!("{html}{between}{}", cases[random.below(cases.len())])
        }
        (9, _) => insert(&cases[random.below(cases.len())]),
        (10, _) => insert(random.pick(WORDS)),
        (11, _) => insert(random.pick(&["\n\n", " ", "\n", "\t", "&nbsp;", "\u{a0}", "\r\n", "\u{3000}", "\u{2028}"])),
        (12, _) => {
            let (from, to) = (at.min(border), at.max(border));
            format!("{}{}{}", &html[..to], &html[from..to], &html[to..])
        }
        _ => {
            let (from, to) = (at.min(border), at.max(border));
            format!("{}{}", &html[..from], &html[to..])
        }
    }
}
