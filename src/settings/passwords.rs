//! Sheet 密码: what locked workbooks are opened with.

use super::fault::SettingsFault;
use super::sheet::Sheet;
use crate::collect::Password;

/// What sheet 密码 states, in its order; whose a password is serves the office's own memory, since
/// a locked file does not say who sent it.
pub(super) fn passwords(sheet: &Sheet, faults: &mut Vec<SettingsFault>) -> Vec<Password> {
    let mut passwords = Vec::new();
    for password in sheet.rows().filter_map(|row| row.password("密码", faults)) {
        if !passwords.contains(&password) {
            passwords.push(password);
        }
    }
    passwords
}
