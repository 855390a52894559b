//! The `wuzhang` program: see [`wuzhang::cli`].

fn main() {}
