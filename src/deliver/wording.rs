//! From figures to a message's subject and bodies, by the office's templates.

use serde::Serialize;

use super::DeliverError;
use crate::template::{TemplateErrors, TemplateFault, Templates};

/// What all messages can tell.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Frame {
    /// 云山县; may be empty.
    pub(super) county: String,
    /// Who writes: 云山县统计局.
    pub(super) office: String,
    /// 2026年5月
    pub(super) period: String,
    /// The unit or leader.
    pub(super) whom: String,
    /// The person; none where nobody is named.
    pub(super) name: Option<String>,
    /// Who else of the unit gets the same.
    pub(super) also_to: Vec<String>,
    /// The names of what is attached.
    pub(super) attachments: Vec<String>,
    /// The names of what belongs to it and is too large to be sent.
    pub(super) too_large: Vec<String>,
    /// Which of how many messages; none where one is enough.
    pub(super) part: Option<Part>,
    /// What it takes the place of; none for a first message.
    pub(super) correction: Option<Correction>,
}

/// Which of how many messages.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Part {
    pub(super) number: usize,
    pub(super) of: usize,
}

/// What a message takes the place of.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Correction {
    /// When that was sent.
    pub(super) sent: String,
    /// The attachments that are new or different.
    pub(super) changed: Vec<String>,
}

/// What a template gets: the frame, and what the kind of mail tells besides.
#[derive(Debug, Serialize)]
struct Context<'a, S: Serialize> {
    #[serde(flatten)]
    frame: &'a Frame,
    #[serde(flatten)]
    says: &'a S,
}

/// A message in words.
pub(super) struct Worded {
    pub(super) subject: String,
    pub(super) text: String,
    pub(super) html: String,
}

/// Fills in `mail/<kind>.txt.j2`, whose first line is the subject, and `mail/<kind>.html.j2`.
pub(super) fn worded<S: Serialize>(
    templates: &Templates,
    kind: &str,
    frame: &Frame,
    says: &S,
) -> Result<Worded, DeliverError> {
    let context = Context { frame, says };
    let name = format!("mail/{kind}.txt.j2");
    let text = templates.render(&name, &context)?;
    let html = templates.render(&format!("mail/{kind}.html.j2"), &context)?;
    let (subject, text) = text.trim_start().split_once('\n').unwrap_or((text.trim(), ""));
    let subject = subject.trim();
    let subject = subject.strip_prefix("主题：").or(subject.strip_prefix("主题:")).unwrap_or(subject).trim();
    if subject.is_empty() {
        let fault = TemplateFault::of_file(name, "第一行应是邮件主题，如“主题：2026年5月退改单”");
        return Err(TemplateErrors(vec![fault]).into());
    }
    let subject: String = subject.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    Ok(Worded { subject, text: format!("{}\n", text.trim()), html })
}
