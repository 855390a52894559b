//! The program from the outside: one binary, a module a matter.

mod sample;
