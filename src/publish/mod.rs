//! publish: to come.

mod settings_form;

pub use settings_form::{FormError, settings_form};
