# Why mail cannot be fetched.

fetch-no-server = wuzhang.toml 里没有写收信服务器：请在 [mail.imap] 下写 server 和 user（需要时写 port、security、folder、ca_file）
fetch-certificates = ca_file { $path } 不能用：{ $fault }。应是 PEM 格式的证书文件
fetch-unreachable = 连不上收信服务器 { $server }:{ $port }（{ $fault }）：请检查网络、[mail.imap] 的 server 和 port
fetch-tls = 与收信服务器 { $server } 建立不了加密连接：{ $fault }
fetch-login = 收信服务器不接受帐号 { $user } 的登录（{ $said }）：请核对 user 和密码；网易、QQ 等邮箱要先在网页上开通 IMAP，密码处填“授权码”
fetch-step-greeting = 等待服务器应答
fetch-step-encrypting = 转为加密连接
fetch-step-logging-in = 登录
fetch-step-introducing = 询问服务器功能
fetch-step-opening = 打开邮件文件夹
fetch-step-searching = 查找邮件
fetch-step-listing = 读取邮件清单
fetch-step-reading = 读取邮件
fetch-refused = 服务器拒绝（{ $step }）：{ $said }
fetch-cut = 连接在“{ $step }”时中断
fetch-silent = 服务器在“{ $step }”时超过{ $seconds }秒没有应答
fetch-nonsense = 服务器在“{ $step }”时的应答不合 IMAP 规范：{ $said }
fetch-no-folder = 邮箱里没有文件夹“{ $folder }”：请改 [mail.imap] 的 folder
fetch-no-folder-known = 邮箱里没有文件夹“{ $folder }”，有的是：{ $known }：请改 [mail.imap] 的 folder
fetch-stopped-empty = { $stop }。还没有取到邮件，邮箱没有改动；请稍后再运行一次
fetch-stopped = { $stop }。已取到{ $taken }封，都已完整存好，邮箱没有改动；再运行一次会接着取，不会重复
fetch-io = { $action } { $path } 失败：{ $source }。请检查权限和磁盘空间；已取到的邮件都是完整的，再运行一次会接着取
fetch-no-day = “{ $text }”不是日期，应写成 2026-10-25
fetch-done = { $from }至{ $to }收到的邮件：新取{ $taken }封{ $already ->
        [0] {""}
       *[other] ，以前取过{ $already }封
    }{ $removed ->
        [0] {""}
       *[other] ，取过、已从收件文件夹移走{ $removed }封
    }{ $left ->
        [0] {""}
       *[other] ，没有取{ $left }封
    }
fetch-taken = 取到 { $inbox } ：
fetch-taken-of = { $file }  { $sender }《{ $subject }》：{ $attachments }
fetch-left = 没有取的邮件：
fetch-left-of = { $day } { $sender }《{ $subject }》：{ $why }
fetch-no-date = 日期不明
fetch-unsaid = （没有写）
fetch-again = 移走的邮件如要再取，加 --again。
fetch-why-no-files = 没有附件
fetch-why-link-only = 没有附件，正文里有超大附件的链接：请打开邮件下载，放进收件文件夹
fetch-why-no-table = 发件人不在单位名册里，附件中没有表格
fetch-why-bounce = 退信（有邮件没有送到）：请打开看原因，核对收件单位的邮箱
fetch-why-own = 本单位自己发出的
fetch-why-too-large = 太大（{ $megabytes } MB），没有取：请在网页上下载附件，或调大 [mail.imap] 的 max_bytes
fetch-why-unreadable = 不是能读懂的邮件：请在网页上打开，把附件另存到收件文件夹
fetch-why-gone = 正在取时被人从邮箱里移走了
