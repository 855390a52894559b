//! What a run leaves out or makes otherwise, told to the operator: of very many projects, and in haste.

use super::{Office, Outcome};
use crate::finding::Level;
use crate::merge::Facts;
use crate::publish::{self, FINDINGS_CSV};
use crate::rollup::ROLLUP;
use crate::workspace::Workspace;

/// Whether the month's rows are more than a workbook should carry one by one, such as that for the higher office.
pub(super) fn is_large(office: &Office, outcome: &Outcome) -> bool {
    let rows: usize = outcome.merged.facts.values().map(Facts::height).sum();
    rows > office.profile.county.large.projects
}

/// What stands elsewhere because it is too much for its document, a sentence each.
pub(super) fn notices(workspace: &Workspace, office: &Office, outcome: &Outcome) -> Vec<String> {
    let large = &office.profile.county.large;
    let mut told = Vec::new();
    for book in &office.profile.books {
        let Some(facts) = outcome.merged.facts.get(&book.id) else { continue };
        if facts.height() > large.projects && !book.internal {
            let file = publish::detail_file_name(book, office.period);
            let (title, all, most) = (&book.title, facts.height(), large.projects);
            told.push(format!(
                "{title}共{all}条，超过一本工作簿逐个列出的{most}条：排名工作簿列汇总底表，各清单列前{}条，全部明细在“{file}”",
                large.listed
            ));
        }
        for by_ends in publish::rankings_by_ends(&office.profile, office.period, book, &outcome.rankings) {
            let (ranking, file) = (by_ends.ranking, by_ends.file);
            let (title, all, most, ends) = (&ranking.title, ranking.rows.len(), large.groups, large.ends);
            let evidence = by_ends.evidence.map(|file| format!("，得分依据全部在“{file}”")).unwrap_or_default();
            told.push(format!(
                "“{title}”共{all}个，超过一张工作表所列的{most}个：工作表列首尾各{ends}个，全部在“{file}”{evidence}"
            ));
        }
    }
    let findings = outcome.findings.iter().filter(|finding| finding.level != Level::Info).count();
    if findings > large.findings {
        told.push(format!("问题共{findings}条，核验报告按级别列前{}条，全部在“{FINDINGS_CSV}”", large.findings));
    }
    if outcome.stated.lines.len() > large.findings {
        let left_out = outcome.stated_lines().left_out(large.findings);
        told.extend(left_out.map(|left_out| format!("核验报告的填报数复算：{left_out}")));
    }
    if workspace.county.is_some() && is_large(office, outcome) {
        told.push(format!("行数太多，没有做{ROLLUP}：请把整个 ledger 文件夹交给上级，放在其收件箱中本单位的文件夹下"));
    }
    if workspace.quick {
        told.push("这次用 --quick 运行，没有做退改单；发送前请不加 --quick 再运行一次".to_owned());
    }
    told
}
