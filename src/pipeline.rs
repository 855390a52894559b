//! The stages in order: to come.
