//! Codes about a run of the command: files that are read and written, lines of a stream.

use crate::diag::{Code, Severity};

/// Every code of this file.
pub(super) const ALL: &[&Code] = &[
    &READ_FAILED,
    &DIRECTORY_LOOP,
    &FILES_LEFT,
    &FOLDER_TOO_FULL,
    &SITE_FOLDERS,
    &FILE_NAME,
    &ENCODING_UNKNOWN,
    &ENCODING_WRONG,
    &OUTPUT_EXISTS,
    &OUTPUT_IS_INPUT,
    &OUTPUT_TWICE,
    &OUTPUT_OUTSIDE,
    &NDJSON_LINE,
    &PANICKED,
    &INTERRUPTED,
    &CODE_UNKNOWN,
    &FRONT_NONE,
    &FRONT_KEY,
    &FRONT_VALUE,
    &SETTINGS_SYNTAX,
    &SETTINGS_KEY,
    &SETTINGS_USED,
];

/// A file of settings that cannot be read.
pub static SETTINGS_SYNTAX: Code =
    Code::new("settings-syntax", Severity::Error, "the file of settings cannot be read")
        .explain(
            "The file `postferry.toml`, or the one that `--config` names, is TOML. The message says where it is not, or which \
             value has the wrong type. Nothing was converted. `--no-config` leaves the file out.",
        )
        .example("# postferry.toml\nfrom = \"jekyll\"\nto = \"hugo\"\ntimezone = \"Europe/Amsterdam\"\npermalink = \"pretty\"");

/// A word in a file of settings that means nothing.
pub static SETTINGS_KEY: Code = Code::new("settings-key", Severity::Error, "the file of settings has an unknown key")
    .explain(
        "A setting is called as the flag is that it stands for, without the dashes in front: `from`, `to`, `encoding`, \
         `timezone`, `permalink`, `map`, `strict`, `no-proof`, `message-format`, `jobs`. Nothing was converted, for a setting \
         with a slip in its name would otherwise be left out without a word.",
    )
    .example("timezon = \"Europe/Amsterdam\"\n# did you mean `timezone`?");

/// Which file of settings is used.
pub static SETTINGS_USED: Code = Code::new("settings-used", Severity::Note, "settings are taken from a file").explain(
    "Of the folder that the command is run in and those above it, the nearest `postferry.toml` is used; `--config` names \
     another. Flags go before it. The note is told with `-v`.",
).example("$ echo 'to = \"hugo\"' > postferry.toml\n$ echo '# Tea' | postferry convert -v -f markdown");

/// A file or folder that cannot be read.
pub static READ_FAILED: Code = Code::new("read-failed", Severity::Error, "a file or folder could not be read").explain(
    "The system gave no access to it, it is not there, or it is neither a file nor a folder. The message has the system's own \
     words. The other posts were converted.",
).example("$ postferry convert no-such-post.md -t hugo");

/// A link that leads back to where it was come from.
pub static DIRECTORY_LOOP: Code = Code::new("directory-loop", Severity::Error, "a folder holds itself")
    .explain(
        "Links to folders are followed, and this one leads back to a folder that it lies in, so that reading on would never \
         end. The link was not followed; everything else was converted. Remove the link, or name the folders that hold posts.",
    )
    .example("ln -s . posts/again\npostferry convert posts -t hugo -o out\n# posts/again leads back to posts");

/// Files of a folder that are no posts.
pub static FILES_LEFT: Code =
    Code::new("files-left", Severity::Note, "files that are no posts were left where they are").explain(
        "Of a folder, the files with an extension that the format has are converted: `.html` and `.md` for Jekyll, say. The \
         others, pictures as a rule, were neither converted nor copied: the message counts them by extension. To convert a post \
         with another extension, name it on the command line. Hidden files count like any others; the folders of version \
         control (`.git` and its kin) are never looked into.",
    ).example("$ mkdir posts\n$ echo '# Tea' > posts/tea.md\n$ touch posts/tea.png\n$ postferry convert posts -f markdown -t hugo -o out");

/// A folder with more in it than anybody would read.
pub static FOLDER_TOO_FULL: Code = Code::new("folder-too-full", Severity::Error, "a folder has too many entries").explain(
    "A folder may have a million entries; the first of them, in the order of their names, were converted, and what lies beyond \
     was not looked at. `--limit entries=N` allows more.",
).example("$ mkdir posts\n$ echo '# Tea' | tee posts/green.md > posts/black.md\n$ postferry convert posts -f markdown -t hugo -o out --limit entries=1");

/// Folders of a site that hold no posts.
pub static SITE_FOLDERS: Code =
    Code::new("site-folders", Severity::Note, "a site's own folders were left where they are").explain(
        "The folder that was named is the root of a Jekyll or Hugo site. Its folders of layouts, data and built pages \
         (`_layouts`, `_includes`, `_site`, `themes`, `public` and their kin) hold files that look like posts and are none; they \
         were not looked into. All else was converted: to convert posts alone, name their folder, `_posts` or `content`.",
    )
    .example("postferry convert my-blog -t hugo -o content\n# better: postferry convert my-blog/_posts -t hugo -o content");

/// A file name that is no text.
pub static FILE_NAME: Code = Code::new("file-name", Severity::Error, "the name of a file is not UTF-8").explain(
    "The bytes of the file's name are not UTF-8, so there is no telling what the converted file should be called. Rename it \
     (`convmv -f latin1 -t utf8` does many at once).",
).example("$ mkdir posts\n$ echo '# Tea' > \"$(printf 'posts/th\\351.md')\"\n$ postferry convert posts -f markdown -t hugo -o out");

/// An encoding that nobody knows.
pub static ENCODING_UNKNOWN: Code =
    Code::new("encoding-unknown", Severity::Error, "no encoding has this name").explain(
        "Encodings have the names of the WHATWG Encoding Standard, those that browsers know: `windows-1252`, `iso-8859-15`, \
         `shift_jis`, `utf-16le`.",
    ).example("postferry convert old.html -t hugo --encoding windows-1252");

/// Bytes that the named encoding does not have.
pub static ENCODING_WRONG: Code =
    Code::new("encoding-wrong", Severity::Error, "the file is not in the encoding that was named").explain(
        "Some bytes of the file stand for no character in the encoding that `--encoding` names, so the file is most likely in \
         another one. Nothing was guessed, and nothing written.",
    ).example("$ printf 'th\\351' | postferry convert -f markdown -t html --encoding shift_jis");

/// A file that stands where the output should go.
pub static OUTPUT_EXISTS: Code = Code::new("output-exists", Severity::Error, "the output exists already").explain(
    "A file stands where the converted post should go, and it was not touched. `--force` replaces such files; `--diff` shows \
     what would become of them.",
).example("postferry convert post.html -t hugo -o post.md\n# post.md exists: add --force to replace it");

/// An output that is one of the inputs.
pub static OUTPUT_IS_INPUT: Code =
    Code::new("output-is-input", Severity::Error, "the output would replace an input").explain(
        "The converted post would go where a post stands that is being read. A source is never overwritten, not even with \
         `--force`: write to another place.",
    ).example("postferry convert post.md -t hugo -o post.md");

/// Several posts for one place.
pub static OUTPUT_TWICE: Code = Code::new("output-twice", Severity::Error, "two posts would go to one file").explain(
    "Two posts have the same file in the target: `a.html` and `a.md` are both `a.md` in Hugo. None of them was written, for \
     one would have been lost; the others were. Rename one, or convert them into different folders.",
).example("postferry convert a.html a.md -t hugo -o out");

/// A path that leads out of the output folder.
pub static OUTPUT_OUTSIDE: Code =
    Code::new("output-outside", Severity::Error, "the post has no place in the output folder").explain(
        "The path that the post has in the target leads out of the folder that `-o` names, as `../a.md` would: a JSON post may \
         say such a path of itself, under `source`; correct it there. Or the post came from a pipe and has no path at all: then \
         `-o` must name the file.",
    ).example("$ echo '{\"version\": 1, \"source\": {\"path\": \"../tea.md\"}, \"body\": {\"markup\": \"html\", \"text\": \"<p>Tea.\"}}' > tea.json\n$ postferry convert tea.json -t hugo -o out/");

/// A line of the stream that is not as it should be.
pub static NDJSON_LINE: Code = Code::new("ndjson-line", Severity::Error, "a line is not a post for `--ndjson`")
    .explain(
        "Each line of the input must be one JSON object with a string `text`, and may have an `id` of any kind and a string \
         `path`. Line and column in the message are those of the stream. The lines after it were converted.",
    )
    .example(r#"{"id": 1, "path": "_posts/2019-05-01-hello.html", "text": "---\ntitle: Hello\n---\n<p>Hi.</p>\n"}"#);

/// A fault of postferry's own.
pub static PANICKED: Code = Code::new("panicked", Severity::Error, "postferry itself failed on a post").explain(
    "This is a bug in postferry or in a library that it uses, not in the post. Nothing was written for this post; the others \
     were converted. Please report it, with the message and, if you can, the post.",
);

/// A run that the user ended.
pub static INTERRUPTED: Code = Code::new("interrupted", Severity::Error, "the run was interrupted").explain(
    "Ctrl-C, or the system, ended the run. The file in hand was finished; no file was left half written. The same command goes \
     on: what stands as it would be written stays as it is and is no error, and the rest is written. A second Ctrl-C ends the \
     program at once, which may leave a file named `.postferry-….tmp` behind.",
);

/// A code that nobody explains.
pub static CODE_UNKNOWN: Code = Code::new("code-unknown", Severity::Error, "no code has this name").explain(
    "`postferry explain` takes the word that stands in brackets in a message. Without one it lists all that there are.",
).example("postferry explain not-utf8");

/// A format without front matter.
pub static FRONT_NONE: Code = Code::new("front-none", Severity::Error, "the format has no front matter").explain(
    "`postferry front` works on the front matter of posts that have one beside a body. A JSON post is one object: programs that \
     work on JSON work on all of it.",
).example("$ echo '{\"version\": 1, \"title\": \"Tea\", \"body\": {\"markup\": \"html\", \"text\": \"<p>Tea.\"}}' > tea.json\n$ postferry front tea.json --get title");

/// A key that is not there.
pub static FRONT_KEY: Code = Code::new("front-key", Severity::Error, "the front matter has no such key").explain(
    "`--get` takes the keys as they are written in the file, `category` and not `categories`. The dots in `params.author` lead \
     into maps, the numbers in `tags.0` into lists, counted from 0.",
).example("postferry front post.md --get titel\n# there are title, date, tags");

/// A value that cannot be set.
pub static FRONT_VALUE: Code = Code::new("front-value", Severity::Error, "the value cannot be set").explain(
    "The front matter with the new value would not read back as what was meant, or its syntax has no form for it: TOML has no \
     null. Nothing was written.",
).example("$ printf '+++\\n+++\\n' > tea.md\n$ postferry front tea.md --set 'cup=[1, null]'");
