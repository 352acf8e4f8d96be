# Renders Markdown with the real kramdown: a JSON array of {text, options} on stdin, a JSON array of HTML on stdout.
# Options beside those given are Jekyll's, with code highlighting off.
require 'json'
require 'kramdown'
require 'kramdown-parser-gfm'

JEKYLL = { input: 'GFM', auto_ids: true, hard_wrap: false, smart_quotes: 'lsquo,rsquo,ldquo,rdquo',
           toc_levels: (1..6).to_a, entity_output: 'as_char', footnote_nr: 1, syntax_highlighter: nil }.freeze

cases = JSON.parse($stdin.read)
htmls = cases.map do |kase|
  options = JEKYLL.merge((kase['options'] || {}).transform_keys(&:to_sym))
  begin
    Kramdown::Document.new(kase['text'], options).to_html
  rescue StandardError => e
    "error: #{e.message}"
  end
end
# A reference to a surrogate becomes bytes that are no UTF-8.
puts JSON.generate(htmls.map { |html| html.scrub("\u{fffd}") })
