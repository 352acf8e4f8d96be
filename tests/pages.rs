//! What the pages say is so: every block of code in the README and the book is run, parsed or compiled, by one mechanism;
//! every link leads somewhere; the book has all its pages.
//!
//! | block | what is done with it |
//! |---|---|
//! | `console` | a line `$ …` is a command, run; the lines up to the next are its output, a line `...` any number of lines |
//! | `sh` | run as a script, which must succeed |
//! | `toml`, `yaml`, `json`, `html`, `markdown` | parsed; with `file=NAME` also written, for the commands below |
//! | `rust` | compiled and run as a documentation test (`src/lib.rs` names the page), or a passage of a program in `examples/` |
//! | `python` | a passage of a program in `examples/` |
//! | `text` | what no machine reads, on the pages that [`blocks::DRAWN`] names |
//!
//! The commands of a page run one after the other in a folder that has the project's `examples/` and a stream of posts,
//! `posts.ndjson`.

#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod pages {
    mod blocks;
    mod book;
    mod links;
    mod programs;
    mod shown;
}
