//! Passwords of mail servers: from the environment or the system's keyring, never from a file, never in a message.

use std::fmt;

use crate::say;

/// The service under which the keyring knows our passwords.
const SERVICE: &str = "wuzhang";

/// A password. It is shown nowhere, also where a server repeats it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Secret {
    /// A password as it was given.
    pub fn new(password: String) -> Self {
        Self(password)
    }

    /// The password itself, for the server alone.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// A text in which neither the password nor the forms that logins send it in can be read.
    pub fn hidden_in(&self, text: &str, user: &str) -> String {
        let forms = [base64(&format!("\0{user}\0{}", self.0)), base64(&self.0), self.0.clone()];
        forms.iter().filter(|form| !form.is_empty()).fold(text.to_owned(), |text, form| text.replace(form, "******"))
    }
}

/// No password where one is needed.
#[derive(Debug, thiserror::Error)]
#[error("{}", say!("mail-no-password", user = user, variable = variable, keyring = keyring))]
pub struct NoPassword {
    user: String,
    variable: &'static str,
    keyring: String,
}

/// The password of an account: the one that was given (the environment's), else the keyring's.
///
/// # Errors
///
/// Neither has one; `variable` is the name that the environment would have it under.
pub fn password(given: Option<String>, user: &str, variable: &'static str) -> Result<Secret, NoPassword> {
    if let Some(given) = given.filter(|given| !given.is_empty()) {
        return Ok(Secret::new(given));
    }
    let kept = keyring::Entry::new(SERVICE, user).and_then(|entry| entry.get_password());
    kept.map(Secret::new).map_err(|error| {
        let absent = matches!(error, keyring::Error::NoEntry);
        let keyring = if absent { String::new() } else { format!("（钥匙串打不开：{error}）") };
        NoPassword { user: user.to_owned(), variable, keyring }
    })
}

/// The keyring could not keep a password.
#[derive(Debug, thiserror::Error)]
#[error("{}", say!("mail-not-kept", fault = _0))]
pub struct NotKept(String);

/// Puts the password of an account into the system's keyring.
///
/// # Errors
///
/// What the keyring says.
pub fn keep_password(secret: &Secret, user: &str) -> Result<(), NotKept> {
    let kept = keyring::Entry::new(SERVICE, user).and_then(|entry| entry.set_password(secret.reveal()));
    kept.map_err(|error| NotKept(error.to_string()))
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Base64 of text, with padding.
pub(super) fn base64(text: &str) -> String {
    let mut out = String::new();
    for chunk in text.as_bytes().chunks(3) {
        let bytes = [chunk[0], chunk.get(1).copied().unwrap_or(0), chunk.get(2).copied().unwrap_or(0)];
        let word = u32::from_be_bytes([0, bytes[0], bytes[1], bytes[2]]);
        for at in 0..4 {
            let sextet = (word >> (18 - 6 * at)) & 63;
            out.push(if at > chunk.len() { '=' } else { char::from(ALPHABET[sextet as usize]) });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of RFC 4648, section 10.
    #[test]
    fn base64_is_that_of_the_rfc() {
        let known =
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy")];
        for (plain, coded) in known {
            assert_eq!(base64(plain), coded);
        }
    }

    #[test]
    fn what_a_server_repeats_of_a_password_is_not_told() {
        let secret = Secret::new("授权码abc".into());
        let echoed = format!("535 bad {} or {}", base64("\0tjj\0授权码abc"), "授权码abc");
        let told = secret.hidden_in(&echoed, "tjj");
        assert_eq!(told, "535 bad ****** or ******");
        assert_eq!(format!("{secret:?}"), "Secret(…)");
    }
}
