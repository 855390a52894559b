//! Makes a new workspace, without touching what is already there.

use std::fs;
use std::path::{Path, PathBuf};

use super::{CONFIG, SETTINGS, Workspace, WorkspaceError, write_whole};

const CONFIG_TEXT: &str = r#"# 五账（wuzhang）工作区。井号后是说明；各项都可以不写，不写就用括号里的默认值。

# 县（市、区）名，写在各表标题里，如 "云山县"。
county = ""

# 本县自己的账册和排名设置所在文件夹（profile）；其中没有的，用程序内置的。
# profile = "profile"

# 各单位报来的表放在 inbox/报告期/ 下，如 inbox/2026-10/（inbox）。
# inbox = "inbox"

# 各期合并后的数据（ledger）和程序做出的文件（out）。
# ledger = "ledger"
# out = "out"

# 读过的报表记在 .wuzhang.cache 下，再运行时没有改动的文件不必重读；可以随时删除。最多占用多少 MiB（1024），0 为不记。
# [cache]
# mib = 1024

# 邮件：发送（wuzhang send、wuzhang remind）和取回报表（wuzhang fetch）。发过什么记在 sent/ 下，不要删。密码不写在这里：用环境变量
# WUZHANG_MAIL_PASSWORD，或用 wuzhang send --save-password 存入系统的钥匙串；网易、QQ 等邮箱的密码处填“授权码”。
# 去掉下面各行行首的井号并改成本单位的：
# [mail]
# from = "云山县统计局 <tjj@yunshan.example>"
# server = "smtp.yunshan.example"
# security = "tls"            # tls（465端口）、starttls（587端口）；none 只用于本机的服务器
# user = "tjj@yunshan.example"
# ca_file = "ca.pem"          # 内网服务器用自己的证书时，签发它的 CA 证书
# per_minute = 30             # 每分钟最多几封
# max_bytes = 20971520        # 每封最多多少字节，超过的分几封发
#
# [mail.imap]
# server = "imap.yunshan.example"
# user = "tjj@yunshan.example"
# folder = "INBOX"            # 中文名照写
"#;

const PROFILE_TEXT: &str = "本文件夹放本县自己的设置，可以一直空着。

每一种账册一个文件，排名、档次、序时进度一个文件：
  key_projects.toml   重点建设项目
  preliminary.toml    重大前期项目
  investment.toml     招商引资项目
  reserve.toml        谋划储备项目
  bottlenecks.toml    堵点难题
  initiatives.toml    领导联系事项
  indicators.toml     主要经济指标
  county.toml         序时进度、档次、亮灯、排名

程序自带以上八个文件。要改哪一个，就把改好的同名文件放在这里，它整个替换自带的那一个；
放入其他名字的 .toml 文件，就是新增一种账册（文件名要与其中的 id 一致）。
写错的键、重复的 id、不存在的账册和指标，运行时会逐条指出在哪个文件的第几行，改完再运行即可。
文件须存为 UTF-8 编码。
";

impl Workspace {
    /// Makes a workspace in a folder, which may exist; `settings` are the bytes of the blank
    /// settings workbook. Gives what was made, in order.
    ///
    /// # Errors
    ///
    /// Files that are already there, before anything is made; what the file system refuses.
    pub fn init(folder: &Path, settings: &[u8]) -> Result<Vec<PathBuf>, WorkspaceError> {
        let files = [
            (folder.join(CONFIG), CONFIG_TEXT.as_bytes()),
            (folder.join(SETTINGS), settings),
            (folder.join("profile").join("README.txt"), PROFILE_TEXT.as_bytes()),
        ];
        let present: Vec<PathBuf> =
            files.iter().filter(|(path, _)| path.exists()).map(|(path, _)| path.clone()).collect();
        if !present.is_empty() {
            return Err(WorkspaceError::Exists(present));
        }
        let folders = ["profile", "inbox", "ledger", "out"].map(|name| folder.join(name));
        for path in &folders {
            fs::create_dir_all(path).map_err(|e| refused("新建文件夹", path, e))?;
        }
        for (path, bytes) in &files {
            write_whole(path, bytes).map_err(|e| refused("写入", path, e))?;
        }
        Ok(files.into_iter().map(|(path, _)| path).chain(folders).collect())
    }
}

fn refused(action: &'static str, path: &Path, source: std::io::Error) -> WorkspaceError {
    WorkspaceError::Io { action, path: path.to_owned(), source }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_init_makes_opens_and_is_not_overwritten() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("云山县");
        Workspace::init(&folder, b"workbook").unwrap();
        let workspace = Workspace::open(&folder).unwrap();
        assert!(!workspace.is_bare() && workspace.settings.is_some() && workspace.profile.is_some());
        assert_eq!(workspace.county, None);
        fs::remove_file(folder.join(CONFIG)).unwrap();
        let again = Workspace::init(&folder, b"other");
        assert!(matches!(&again, Err(WorkspaceError::Exists(paths)) if paths.len() == 2), "{again:?}");
        assert!(!folder.join(CONFIG).exists(), "nothing is made where something stands");
        assert_eq!(fs::read(folder.join(SETTINGS)).unwrap(), b"workbook");
    }
}
