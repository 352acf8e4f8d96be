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
    SAID.set(Some(String::new()));
    // What a panic leaves half done was this post's alone: the converter holds no state of posts.
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    let said = SAID.take().unwrap_or_default();
    result.map_err(|_| {
        let text = format!("postferry itself failed on this post: {}", said.replace('\n', " "));
        Box::new(Message::new(&codes::PANICKED, text).help("this is a bug in postferry: please report it"))
    })
}
