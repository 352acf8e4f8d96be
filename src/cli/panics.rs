//! A panic on one post, a bug, must not take the others down.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};

use postferry::diag::codes;

use super::message::Message;

thread_local! {
    /// `Some` while this thread works on a post: then what a panic says is kept here instead of printed.
    static SAID: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Makes panics inside [`guard`] silent. Others are printed as ever.
pub(crate) fn install() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let is_guarded = SAID.with_borrow_mut(|said| match said {
            Some(said) => {
                *said = info.to_string();
                true
            }
            None => false,
        });
        if !is_guarded {
            usual(info);
        }
    }));
}

/// Does `work`; a panic in it becomes a message.
pub(crate) fn guard<T>(work: impl FnOnce() -> T) -> Result<T, Box<Message>> {
    let around = SAID.replace(Some(String::new()));
    // What a panic leaves half done was this post's alone: the converter holds no state of posts.
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    let said = SAID.replace(around).unwrap_or_default();
    result.map_err(|_| {
        let text = format!("postferry itself failed on this post: {}", said.replace('\n', " "));
        Box::new(Message::new(&codes::PANICKED, text).help("this is a bug in postferry: please report it"))
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use std::fmt;

    use postferry::format::{Input, ReadOptions, Reader, WriteOptions, Writer};
    use postferry::{Error, Post, Registry, Sink, WholeFormat};

    use super::*;

    /// A format that panics on the text `fall over`, as a library with a bug does.
    struct Brittle;

    impl Reader for Brittle {
        fn read(&self, input: Input<'_>, _: &ReadOptions, _: &mut dyn Sink) -> Result<Post, Error> {
            assert!(input.text != "fall over", "the ferry sank");
            let mut post = Post::default();
            post.path = input.path.map(str::to_owned);
            Ok(post)
        }
    }

    impl Writer for Brittle {
        fn write(&self, _: &Post, _: &WriteOptions, _: &mut dyn fmt::Write, _: &mut dyn Sink) -> Result<(), Error> {
            Ok(())
        }

        fn path(&self, post: &Post) -> Option<String> {
            post.path.clone()
        }
    }

    /// A registry of that format alone, named `brittle`.
    pub(crate) fn falls_over() -> Registry {
        let mut registry = Registry::builtin();
        let brittle = WholeFormat::new("it falls over", &["txt"]).reader(Brittle).writer(Brittle);
        registry.register_whole("brittle", brittle).unwrap();
        registry
    }

    #[test]
    fn a_guard_inside_a_guard_leaves_the_outer_one_as_it_was() {
        install();
        let outer = guard(|| {
            let inner = guard(|| panic!("inner"));
            assert!(inner.unwrap_err().text.contains("inner"));
            panic!("outer")
        });
        assert!(outer.unwrap_err().text.contains("outer"));
        assert!(guard(|| 1).is_ok_and(|one| one == 1));
    }
}
