//! The front matter syntaxes.
