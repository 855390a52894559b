//! Why fetching stopped: for the operator, with what to do next.

use std::io;
use std::path::PathBuf;

use crate::deliver::secret::NoPassword;

/// What we were about when it stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Waiting for the server's first words.
    Greeting,
    /// From plain text to TLS.
    Encrypting,
    /// User and password.
    LoggingIn,
    /// What the server can do, and who we are.
    Introducing,
    /// Opening the folder.
    Opening,
    /// Which mails there are.
    Searching,
    /// When they came and how large they are.
    Listing,
    /// A mail itself.
    Reading,
}

impl Step {
    /// As it is told.
    pub fn title(self) -> &'static str {
        match self {
            Self::Greeting => "等待服务器应答",
            Self::Encrypting => "转为加密连接",
            Self::LoggingIn => "登录",
            Self::Introducing => "询问服务器功能",
            Self::Opening => "打开邮件文件夹",
            Self::Searching => "查找邮件",
            Self::Listing => "读取邮件清单",
            Self::Reading => "读取邮件",
        }
    }
}

/// Why the conversation with the server ended.
#[derive(Debug, thiserror::Error)]
pub enum Stop {
    /// It said no.
    #[error("服务器拒绝（{}）：{said}", .step.title())]
    Refused {
        /// To what.
        step: Step,
        /// In its words.
        said: String,
    },
    /// The line was closed.
    #[error("连接在“{}”时中断", .0.title())]
    Cut(Step),
    /// No answer came in time.
    #[error("服务器在“{}”时超过{seconds}秒没有应答", .step.title())]
    Silent {
        /// To what.
        step: Step,
        /// How long we waited.
        seconds: u64,
    },
    /// What came is no IMAP.
    #[error("服务器在“{}”时的应答不合 IMAP 规范：{said}", .step.title())]
    Nonsense {
        /// When.
        step: Step,
        /// Its beginning.
        said: String,
    },
}

/// Why no mail, or not all of it, could be fetched. Mails that were fetched before are in the inbox, whole.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// `wuzhang.toml` names no server.
    #[error(
        "wuzhang.toml 里没有写收信服务器：请在 [mail.imap] 下写 server 和 user（需要时写 port、security、folder、ca_file）"
    )]
    NoServer,
    /// No password.
    #[error(transparent)]
    Password(#[from] NoPassword),
    /// A certificate file that cannot be used.
    #[error("ca_file {path} 不能用：{fault}。应是 PEM 格式的证书文件")]
    Certificates {
        /// Which.
        path: PathBuf,
        /// What is wrong.
        fault: String,
    },
    /// Nobody answers there.
    #[error("连不上收信服务器 {server}:{port}（{fault}）：请检查网络、[mail.imap] 的 server 和 port")]
    Unreachable {
        /// Whom.
        server: String,
        /// Where.
        port: u16,
        /// What the system said.
        fault: String,
    },
    /// No TLS with this server.
    #[error("与收信服务器 {server} 建立不了加密连接：{fault}")]
    Tls {
        /// Whom.
        server: String,
        /// What is wrong, and what to do.
        fault: String,
    },
    /// User or password.
    #[error(
        "收信服务器不接受帐号 {user} 的登录（{said}）：请核对 user 和密码；网易、QQ 等邮箱要先在网页上开通 IMAP，\
         密码处填“授权码”"
    )]
    Login {
        /// Who.
        user: String,
        /// What the server said.
        said: String,
    },
    /// No such folder in the mailbox.
    #[error("邮箱里没有文件夹“{folder}”{}：请改 [mail.imap] 的 folder", listed(.known))]
    NoFolder {
        /// What was asked for.
        folder: String,
        /// Those that there are.
        known: Vec<String>,
    },
    /// The conversation ended before its end.
    #[error("{stop}。{}", after(*.taken))]
    Stopped {
        /// Why.
        stop: Stop,
        /// Mails that were written before.
        taken: usize,
    },
    /// The file system.
    #[error("{action} {path} 失败：{source}。请检查权限和磁盘空间；已取到的邮件都是完整的，再运行一次会接着取")]
    Io {
        /// What was tried.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

fn listed(folders: &[String]) -> String {
    match folders {
        [] => String::new(),
        folders => format!("，有的是：{}", folders.join("、")),
    }
}

fn after(taken: usize) -> String {
    match taken {
        0 => "还没有取到邮件，邮箱没有改动；请稍后再运行一次".into(),
        taken => format!("已取到{taken}封，都已完整存好，邮箱没有改动；再运行一次会接着取，不会重复"),
    }
}

impl FetchError {
    /// Whether the operator's settings or words are at fault, and not the line or the machine.
    pub fn is_wrong_use(&self) -> bool {
        match self {
            Self::NoServer | Self::Password(_) | Self::Certificates { .. } => true,
            Self::Login { .. } | Self::NoFolder { .. } => true,
            Self::Unreachable { .. } | Self::Tls { .. } | Self::Stopped { .. } | Self::Io { .. } => false,
        }
    }
}

impl From<Stop> for FetchError {
    fn from(stop: Stop) -> Self {
        Self::Stopped { stop, taken: 0 }
    }
}
