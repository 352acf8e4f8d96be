//! Whether the user wants the run to end: Ctrl-C, or what the system sends before it takes a program down.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// What a program answers that was interrupted: 128 and the number of the signal.
pub(crate) const EXIT_CODE: u8 = 130;

/// Says whether the run was interrupted. Whoever does long work asks between one post and the next.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// From now on an interruption is noted. A second one ends the program at once.
    ///
    /// Where the system has no such thing the program ends at the first, as any does.
    pub(crate) fn watch() -> Self {
        let interrupt = Interrupt::default();
        for signal in [SIGINT, SIGTERM] {
            // In this order: the first finds nothing noted yet.
            let _ = flag::register_conditional_shutdown(signal, EXIT_CODE.into(), interrupt.0.clone());
            let _ = flag::register(signal, interrupt.0.clone());
        }
        interrupt
    }

    pub(crate) fn came(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
