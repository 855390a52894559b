//! publish: to come.
