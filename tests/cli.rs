//! The command, run as a user runs it: exit status, standard output and standard error, word for word.

#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod cli {
    mod support;

    mod broken;
    mod compare;
    mod convert;
    #[cfg(unix)]
    mod examples;
    #[cfg(unix)]
    mod faults;
    mod front;
    mod generated;
    mod help;
    mod information;
    mod inspect;
    mod keys;
    mod ndjson;
    mod settings;
    #[cfg(unix)]
    mod terminal;
    mod tree;
    mod usage;
}
