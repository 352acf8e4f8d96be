# A plugin for Jekyll 4.3: writes what Jekyll made of each post, one JSON object a line, to the file that the site's
# `dump` names.
require "json"

Jekyll::Hooks.register :site, :post_write do |site|
  lines = site.posts.docs.map do |doc|
    separated = doc.data["excerpt"].is_a?(Jekyll::Excerpt)
    excerpt = separated ? doc.data["excerpt"].output : doc.data["excerpt"]
    JSON.generate(
      "path" => doc.relative_path,
      "title" => doc.data["title"],
      "date" => doc.date.to_i,
      "hidden" => !doc.data.fetch("published", true) || doc.draft? && doc.relative_path.include?("_drafts/"),
      "url" => doc.url,
      "file" => doc.destination(site.dest).delete_prefix(site.dest),
      "categories" => doc.data["categories"],
      "tags" => doc.data["tags"],
      "excerpt" => excerpt,
      "separated" => separated,
    )
  end
  File.write(site.config["dump"], lines.sort.join("\n") + "\n")
end
