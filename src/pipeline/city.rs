//! A higher office's month: the counties' submissions in place of departments' workbooks.

use std::sync::Arc;

use super::{Office, RunError, TakenFile, TakenSheet};
use crate::layout::RowKind;
use crate::merge::{Merged, SheetAccount};
use crate::rollup::{self, Combined, Received, Refusal};
use crate::workspace::Workspace;

/// Why a file of the inbox is not counted.
const PASSED: &str = "未计入的上报文件";

/// Reads the period's inbox and puts the counties together: each file's account, and the rows.
pub(super) fn gather(workspace: &Workspace, office: &Office) -> Result<(Vec<TakenFile>, Merged), RunError> {
    let inbox = workspace.inbox(office.period);
    if !inbox.is_dir() {
        return Err(RunError::NoInbox(inbox));
    }
    let received =
        rollup::receive(&inbox, office.period, &office.profile, (&workspace.limits, &office.settings.passwords));
    let received = received.map_err(|source| RunError::Reading { path: inbox.clone(), source })?;
    if received.is_empty() {
        return Err(RunError::EmptyInbox(inbox));
    }
    let combined = rollup::roll_up(&received, &office.profile, office.period, &workspace.counties);
    let files = received.iter().map(|from| file(from, &combined)).collect();
    let mut account: Vec<SheetAccount> = combined
        .taken
        .iter()
        .flat_map(|(name, (_, books))| books.iter().map(move |(book, rows)| sheet_account(name, book, *rows)))
        .collect();
    account.sort_by(|a, b| (&a.file, &a.sheet).cmp(&(&b.file, &b.sheet)));
    let mut merged = Merged { facts: combined.facts, account, findings: combined.findings, ..Merged::default() };
    merged.origins = combined.origins;
    Ok((files, merged))
}

/// What became of a file.
fn file(from: &Received, combined: &Combined) -> TakenFile {
    let name: Arc<str> = from.name.as_str().into();
    let taken = combined.taken.get(&from.name).map_or(&[][..], |(_, books)| books);
    let sheet = |(book, rows): &(String, usize)| TakenSheet {
        name: book.as_str().into(),
        book: Some(book.clone()),
        kinds: vec![(RowKind::Data, *rows)],
        passed_over: 0,
        reason: None,
        replaced_by: None,
        blank: false,
        header: None,
        of_return: false,
    };
    let mut sheets: Vec<TakenSheet> = taken.iter().map(sheet).collect();
    if let (true, Some(Ok(submission))) = (sheets.is_empty(), &from.content) {
        sheets.extend(submission.books.iter().map(|sheet| TakenSheet {
            name: sheet.id.as_str().into(),
            book: None,
            kinds: Vec::new(),
            passed_over: sheet.rows.rows.len(),
            reason: Some(PASSED),
            replaced_by: None,
            blank: false,
            header: None,
            of_return: false,
        }));
    }
    let opened = !matches!(from.content, Some(Err(Refusal::Unreadable(_))));
    let (digest, size) = (from.digest.clone(), from.size);
    let (sender, sent, modified, copy_of) = (None, None, None, None);
    TakenFile {
        name,
        digest,
        size,
        opened,
        sender,
        sent,
        modified,
        copy_of,
        sheets,
        findings: Vec::new(),
        returned: Vec::new(),
        return_of: None,
    }
}

fn sheet_account(file: &str, book: &str, rows: usize) -> SheetAccount {
    SheetAccount {
        file: file.to_owned(),
        sheet: book.to_owned(),
        book: book.to_owned(),
        kinds: vec![(RowKind::Data, rows)],
        merged: rows,
        joined: 0,
        set_aside: 0,
        taken_off: 0,
    }
}
