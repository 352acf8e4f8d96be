//! Plain layouts, so that there are pages to see before a theme is chosen. Every Hugo since 0.111 reads them.

const BASE: &str = r#"<!doctype html>
<html lang="{{ site.Language.Lang }}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>{{ with .Title }}{{ . }}{{ else }}{{ site.Title }}{{ end }}</title>
  <style>
    body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; font: 1.05rem/1.6 Georgia, serif; color: #222; }
    img, video, iframe { max-width: 100%; }
    pre { overflow-x: auto; padding: .8rem; background: #f6f6f4; }
    time, .terms { color: #666; font-size: .9rem; }
    table { border-collapse: collapse; } td, th { border: 1px solid #ccc; padding: .2rem .5rem; }
  </style>
</head>
<body>
  <header><a href="{{ "/" | relURL }}">{{ site.Title }}</a></header>
  {{ block "main" . }}{{ end }}
</body>
</html>
"#;

const SINGLE: &str = r#"{{ define "main" }}
<main>
  <article>
    {{ with .Title }}<h1>{{ . }}</h1>{{ end }}
    {{ if not .Date.IsZero }}<time datetime="{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}">{{ .Date.Format "2 January 2006" }}</time>{{ end }}
    {{ .Content }}
    <p class="terms">
      {{ range .GetTerms "categories" }}<a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a> {{ end }}
      {{ range .GetTerms "tags" }}<a href="{{ .RelPermalink }}">#{{ .LinkTitle }}</a> {{ end }}
    </p>
  </article>
</main>
{{ end }}
"#;

const LIST: &str = r#"{{ define "main" }}
<main>
  {{ with .Title }}<h1>{{ . }}</h1>{{ end }}
  {{ .Content }}
  <ul>
    {{ range .Pages }}<li>{{ if not .Date.IsZero }}<time>{{ .Date.Format "2006-01-02" }}</time> {{ end }}<a href="{{ .RelPermalink }}">{{ with .LinkTitle }}{{ . }}{{ else }}{{ .RelPermalink }}{{ end }}</a></li>
    {{ end }}
  </ul>
</main>
{{ end }}
"#;

const HOME: &str = r#"{{ define "main" }}
<main>
  {{ .Content }}
  <ul>
    {{ range .Site.RegularPages.ByDate.Reverse }}<li>{{ if not .Date.IsZero }}<time>{{ .Date.Format "2006-01-02" }}</time> {{ end }}<a href="{{ .RelPermalink }}">{{ with .LinkTitle }}{{ . }}{{ else }}{{ .RelPermalink }}{{ end }}</a></li>
    {{ end }}
  </ul>
</main>
{{ end }}
"#;

/// The layouts, by their paths in the site.
pub(crate) const LAYOUTS: [(&str, &str); 4] = [
    ("layouts/_default/baseof.html", BASE),
    ("layouts/_default/single.html", SINGLE),
    ("layouts/_default/list.html", LIST),
    ("layouts/index.html", HOME),
];
