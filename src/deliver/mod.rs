//! Deliver: what a run made reaches the people it is for, each with only what it should see, once.

pub mod fetch;
mod secret;
mod tls;

pub use secret::{NoPassword, NotKept, Secret, keep_password, password};
