//! Why a month cannot be worked on a cluster: for the engineer, with what to do next.

use std::io;
use std::path::{Path, PathBuf};

use crate::cluster::AnswerFault;

/// Why a month cannot be worked on a cluster.
#[derive(Debug, thiserror::Error)]
pub enum ClusterFault {
    /// An office that reads no departments' files.
    #[error("{0} 是市级工作区，没有部门报来的文件：请给出各县的工作区，市级工作区用 --for 给出")]
    NotCounty(PathBuf),
    /// An office that ranks others' files and is no higher office.
    #[error("{0} 不是市级工作区，不能汇总别的县：请在它的 wuzhang.toml 里写 level = \"city\"，或者不给 --office")]
    NotCity(PathBuf),
    /// No list of units.
    #[error("{0} 没有单位名单：各台机器分别读表，单位名称只能按同一份名单认定；请在 settings.xlsx 的“单位”表填写")]
    NoRoster(PathBuf),
    /// An office without a name.
    #[error("{0} 的 wuzhang.toml 没有写 county：汇总到上级要有县名")]
    Nameless(PathBuf),
    /// A county that the higher office does not expect.
    #[error("上级的 wuzhang.toml 里没有“{name}”，只有：{known}")]
    Unknown {
        /// The county.
        name: String,
        /// Those that it expects.
        known: String,
    },
    /// Two offices of one name.
    #[error("有两个工作区都叫“{0}”：请改正 wuzhang.toml 里的 county")]
    SameName(String),
    /// A book whose columns are of other types than those of the higher office.
    #[error("{name}的账册 {book} 与上级的列类型不同：请统一两级的账册文件")]
    OtherColumns {
        /// The county.
        name: String,
        /// The book's id.
        book: String,
    },
    /// A list that names a file that is not there.
    #[error("收件箱里没有“{0}”：清单和收件箱不一致，请重新运行 wuzhang cluster plan")]
    NoFile(String),
    /// A list with nothing in it.
    #[error("清单是空的：一行写一个文件，从收件箱算起")]
    EmptyList,
    /// A line of what is to be settled that cannot be understood.
    #[error("待并账清单第{line}行读不懂：{fault}")]
    Line {
        /// Which.
        line: usize,
        /// What is wrong.
        fault: String,
    },
    /// What a task has registered cannot be understood.
    #[error("收文登记 {path} 读不懂：{fault}。请换一个空的工作文件夹重新提交作业")]
    Registered {
        /// Where it stands.
        path: PathBuf,
        /// What is wrong.
        fault: String,
    },
    /// A file of the inbox that no task has registered.
    #[error(
        "“{0}”没有读表登记：共享文件夹还没有同步的，过一会儿再提交同一作业；收件箱在读表之后变了的，请换一个空的工作文件夹提交"
    )]
    Unread(String),
    /// What came back.
    #[error(transparent)]
    Answers(#[from] AnswerFault),
    /// The file system refused.
    #[error("读写 {path} 失败：{source}。请检查权限和磁盘空间；同一个任务可以再运行一次")]
    Io {
        /// On what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl ClusterFault {
    /// What makes a file system's refusal a fault that names the place.
    pub fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }

    /// Whether the engineer gave us something wrong, so that trying again is no use.
    pub fn is_wrong_use(&self) -> bool {
        !matches!(self, Self::Io { .. })
    }
}
