//! What front matter may ask for. Input is hostile; no real post comes near.

/// How deep lists and maps may stand in one another.
pub(super) const MAX_DEPTH: usize = 64;

/// How many values the aliases of one YAML front matter may repeat, all together, or as many as it has bytes if those are
/// more: a "billion laughs" file stops here.
pub(super) const MAX_REPEATED: usize = 10_000;

/// How long a YAML key may be that stands without `?`, in characters: the longest that libyaml looks for (YAML 1.1,
/// section 9.3.1). Longer keys are written with `?`.
pub(super) const MAX_SIMPLE_KEY: usize = 1024;
