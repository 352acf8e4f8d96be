//! Settings of a site that change what its pages show or where they are, and that are not followed.

use crate::diag::codes;
use crate::error::Error;
use crate::meta::Value;

/// A setting that is not followed.
pub(super) struct Known {
    /// Its name, or its path in the configuration.
    pub(super) name: &'static str,
    /// Whether what comes of it is what this value asks for.
    pub(super) is_followed: fn(&Value) -> bool,
    /// What comes of it that it is not.
    pub(super) what: &'static str,
}

impl Known {
    /// What there is to tell of the setting where it stands as `name` and has this value.
    pub(super) fn told(&self, name: &str, value: &Value) -> Option<Error> {
        let message = || format!("the setting `{name}` is not followed: {}", self.what);
        (!(self.is_followed)(value)).then(|| Error::new(&codes::SETTING_PASSED_OVER, message()))
    }
}

pub(super) fn is_on(value: &Value) -> bool {
    *value == Value::Bool(true)
}

pub(super) fn is_off(value: &Value) -> bool {
    matches!(value, Value::Bool(false) | Value::Null)
}
