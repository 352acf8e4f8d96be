//! Hostile tags: never a crash, and time grows with the length of the text.

use std::time::{Duration, Instant};

use crate::pages::convert;

/// The time that a conversion takes; the better of two, for other programs run too.
fn time(from: &str, to: &str, path: &str, text: &str) -> Duration {
    let once = || {
        let start = Instant::now();
        convert(from, to, path, text);
        start.elapsed()
    };
    once().min(once())
}

const BODIES: &[(&str, &str)] = &[
    ("unclosed tags", "{% a "),
    ("unclosed outputs", "{{ a "),
    ("unclosed shortcodes", "{{< a "),
    ("unclosed markup shortcodes", "{{% a "),
    ("unclosed quotes", "{{< \"\\\" "),
    ("unclosed backticks", "{{< ` "),
    ("unclosed escapes", "{{</* "),
    ("unclosed raw", "{% raw %} "),
    ("unclosed comments", "{% comment %} "),
    ("unclosed highlights", "{% highlight c %} "),
    ("unclosed pairs", "{{< highlight c >}} "),
    ("tags in tags", "{% a {{ b {{< c "),
    ("braces", "{"),
    ("closed and unclosed", "{{ a }} {{ b } "),
    ("outputs in one line", "{{ a }}"),
    ("outputs in lines", "{{ a }}\n"),
    ("outputs in paragraphs", "a {{ a }}\n\n"),
    ("shortcodes in one line", "{{< a >}}"),
    ("shortcodes in lines", "{{< a >}}\n"),
    ("raw in one line", "{% raw %}{{ a }}{% endraw %}"),
    ("raw in paragraphs", "{% raw %}\n{{ a }}\n{% endraw %}\n\n"),
    ("raw in one line, unbalanced", "{% endraw %}"),
    ("highlights", "{% highlight c %}\na\n{% endhighlight %}\n"),
    ("details", "{{< details >}}\na\n{{< /details >}}\n"),
    ("nested details", "{{< details >}}\n"),
    ("links", "[a]({{ b }}) "),
    ("addresses", "[a]({{ site.baseurl }}/b) "),
    ("words in an address", "<a href=\"{{ b }}{{ c }}\">x</a>\n"),
    ("comments", "{% comment %}a{% endcomment %} "),
    ("lone delimiters in code", "`{{<` "),
    ("escapes", "{{</* a */>}} "),
];

#[test]
fn ten_times_the_tags_take_no_more_than_twenty_times_the_time() {
    for (name, body) in BODIES {
        let is_hugo = body.contains("{{<") || body.contains("{{%");
        let (from, to, front) = match is_hugo {
            true => ("hugo", "jekyll+markdown", "+++\ntitle = 'x'\n+++\n"),
            false => ("jekyll", "hugo", "---\nlayout: post\n---\n"),
        };
        for path in ["2020-01-01-a.md", "2020-01-01-a.html"] {
            let measured = || {
                let of = |count| time(from, to, path, &format!("{front}{}", body.repeat(count)));
                (of(150), of(1_500))
            };
            // What grows too fast does so each time; another program's work does not.
            let mut times = measured();
            for _ in 0..3 {
                if times.1 > times.0 * 20 + Duration::from_millis(300) {
                    times = measured();
                }
            }
            let (small, large) = times;
            let allowed = small * 20 + Duration::from_millis(300);
            assert!(large <= allowed, "{name}, {from}, {path}: {small:?}, ten times as many {large:?}");
        }
    }
}

#[test]
fn a_hundred_thousand_unclosed_tags_and_a_huge_raw_are_read() {
    for body in ["{% a ", "{{ a ", "{{< a ", "{{% a \"b ", "{% raw %}{{ a "] {
        let text = format!("---\nlayout: post\n---\n{}", body.repeat(100_000));
        let start = Instant::now();
        for from in ["jekyll", "hugo+yaml"] {
            convert(from, "json", "2020-01-01-a.md", &text);
        }
        assert!(start.elapsed() < Duration::from_secs(60), "{body:?}: {:?}", start.elapsed());
    }
    let raw = "Some {{ text }} and {% tags %} in a line.\n\n".repeat(250_000);
    let text = format!("---\nlayout: post\n---\n{{% raw %}}{raw}{{% endraw %}}\n");
    assert!(text.len() > 10_000_000);
    let conversion = convert("jekyll", "hugo", "2020-01-01-a.md", &text);
    assert!(conversion.text.trim_end().ends_with("Some {{ text }} and {% tags %} in a line."));
    assert!(conversion.report.is_lossless());
}
