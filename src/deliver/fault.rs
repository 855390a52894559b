//! Why mail stops: for the operator, with what to do next.

use std::io;
use std::path::PathBuf;

use crate::publish::PublishError;
use crate::template::TemplateErrors;

/// Why no mail could be made or sent. What was sent before stands in the log.
#[derive(Debug, thiserror::Error)]
pub enum DeliverError {
    /// Nothing to send yet.
    #[error("还没有 {0} 的成果：请先运行 wuzhang run，再发送")]
    NotRun(String),
    /// A run that left the returns out.
    #[error("{0} 的成果是用 --quick 做的，没有退改单：请不加 --quick 运行 wuzhang run，再发送")]
    Quick(String),
    /// `wuzhang.toml` does not say who writes.
    #[error("wuzhang.toml 里没有写发件人：请在 [mail] 下加一行，如 from = \"云山县统计局 <tjj@yunshan.example>\"")]
    NoSender,
    /// `wuzhang.toml` names no server.
    #[error(
        "wuzhang.toml 里没有写发信服务器：请在 [mail] 下写 server（和 port、security、user）；只做邮件不发送的，不用 --confirm"
    )]
    NoServer,
    /// Nobody of that name.
    #[error("单位名单和收件人里没有“{name}”，最接近的是“{nearest}”：请写单位名称、别名或领导姓名")]
    Nobody {
        /// What was asked for.
        name: String,
        /// The nearest name.
        nearest: String,
    },
    /// A digest that no mail has.
    #[error("--resend {0}：计划里没有摘要以此开头的邮件，请照 plan.xlsx 的“摘要”列写（至少8位）")]
    NoDigest(String),
    /// An address or header that cannot be written.
    #[error("给“{whom}”的邮件做不出来：{fault}。请检查收件人和 [mail] 里的地址")]
    Message {
        /// Whom it is for.
        whom: String,
        /// What is wrong.
        fault: String,
    },
    /// A template of the office.
    #[error(transparent)]
    Template(#[from] TemplateErrors),
    /// A document of the run that is not what the program writes.
    #[error("{path} 读不懂（{fault}）：请重新运行 wuzhang run")]
    Damaged {
        /// Which.
        path: PathBuf,
        /// What is wrong.
        fault: String,
    },
    /// The plan.
    #[error(transparent)]
    Publish(#[from] PublishError),
    /// The file system.
    #[error("{action} {path} 失败：{source}。请检查权限和磁盘空间；已经发出的邮件记在发送记录里，重新运行不会再发")]
    Io {
        /// What was tried.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Another process sends.
    #[error("另一个 wuzhang 正在发送邮件（{0} 被占用）：请等它发完再运行")]
    Busy(PathBuf),
    /// A password is needed and not given.
    #[error(transparent)]
    Password(#[from] super::secret::NoPassword),
    /// A certificate file that cannot be used.
    #[error("ca_file {path} 不能用：{fault}。应是 PEM 格式的证书文件")]
    Certificates {
        /// Which.
        path: PathBuf,
        /// What is wrong.
        fault: String,
    },
}

impl DeliverError {
    /// Whether the operator's settings or words are at fault, and not the machine.
    pub fn is_wrong_use(&self) -> bool {
        !matches!(self, Self::Io { .. } | Self::Busy(_) | Self::Publish(_) | Self::Damaged { .. })
    }

    /// For `map_err` of what is done to a file.
    pub(super) fn io(action: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { action, path, source }
    }
}
