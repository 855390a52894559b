//! Real mail servers, started by the tests that need them, and what stands between them and us.
//!
//! SMTP is aiosmtpd (Debian: python3-aiosmtpd), IMAP is Dovecot (Debian: dovecot-imapd), what arrived is
//! parsed by Python's email library. Where one of them is missing the test says so and passes; with
//! `WUZHANG_MAIL_SERVERS=required` it fails instead.

mod certificates;
mod imap;
mod proxy;
mod python;
mod smtp;
#[cfg(test)]
mod themselves;

pub use certificates::Authority;
pub use imap::{ImapServer, PASSWORD, USER};
pub use proxy::{Fault, Proxy, Side};
pub use python::{parsed, python_with};
pub use smtp::SmtpServer;

/// Says why a test is not run; stops it where servers are required, as in CI.
pub fn skipped(what: &str) {
    assert!(std::env::var_os("WUZHANG_MAIL_SERVERS").is_none(), "{what} is not installed, but is required");
    eprintln!("not tested: {what} is not installed");
}
