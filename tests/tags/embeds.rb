# What plugins that many sites have write, by us: jekyll-gist, players, the img tag of Octopress, jekyll-figure.
module Embeds
  class Gist < Liquid::Tag
    def initialize(n, m, t) = (super; @words = m.split)
    def render(_)
      file = @words[1] ? "?file=#{@words[1]}" : ""
      "<script src=\"https://gist.github.com/#{@words[0]}.js#{file}\"></script>"
    end
  end
  class Player < Liquid::Tag
    def initialize(n, m, t) = (super; @id = m.strip.delete('"')[/[\w-]+\z/])
    def render(_)
      host = @tag_name == "vimeo" ? "player.vimeo.com/video" : "www.youtube.com/embed"
      "<div style=\"padding-bottom: 50%\"><iframe src=\"https://#{host}/#{@id}\"></iframe></div>"
    end
  end
  class Img < Liquid::Tag
    def initialize(n, m, t) = (super; @markup = m)
    def render(_)
      m = @markup.match(/(?<class>\S.*\s+)?(?<src>(?:https?:\/\/|\/)\S+)(?:\s+(?<width>\d+))?(?:\s+(?<height>\d+))?(?<title>\s+.+)?/)
      t = m["title"].to_s.match(/'(?<title>[^']+)'\s+'(?<alt>[^']+)'/)
      pairs = {"class" => m["class"]&.strip, "src" => m["src"], "width" => m["width"], "height" => m["height"],
               "title" => t && t["title"], "alt" => t && t["alt"]}
      "<img #{pairs.map { |k, v| "#{k}=\"#{v}\"" if v }.compact.join(' ')}>"
    end
  end
  class Figure < Liquid::Block
    def initialize(n, m, t) = (super; @markup = m)
    def render(context)
      inside = context.registers[:site].find_converter_instance(Jekyll::Converters::Markdown).convert(super)
      "<figure class=\"#{@markup[/class: "([^"]+)"/, 1]}\">#{inside}<figcaption>#{@markup[/caption: "([^"]+)"/, 1]}</figcaption></figure>"
    end
  end
end
Liquid::Template.register_tag("gist", Embeds::Gist)
Liquid::Template.register_tag("youtube", Embeds::Player)
Liquid::Template.register_tag("vimeo", Embeds::Player)
Liquid::Template.register_tag("img", Embeds::Img)
Liquid::Template.register_tag("figure", Embeds::Figure)
