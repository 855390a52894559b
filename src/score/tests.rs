//! A county scored.
