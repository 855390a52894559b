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
