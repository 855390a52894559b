# What is wrong with the folders.

workspace-not-found = 没有文件夹 { $path }：请检查路径是否写对
workspace-not-folder = { $path } 是文件，不是文件夹：请给出放报表的文件夹，或用 wuzhang inspect 查看单个文件
workspace-name-taken = 文件夹 { $path } 与结果文件夹重名，结果会混入报表：请把它改名（如 inbox）后再运行
workspace-exists = 不覆盖已有的文件：{ $files }。请换一个空文件夹，或先移走它们
workspace-io = { $action } { $path } 失败：{ $source }。请检查权限和磁盘空间，再重新运行
workspace-reading = 读取
workspace-writing = 写入
workspace-making = 新建文件夹
workspace-opening = 打开
workspace-locking = 锁定
workspace-clearing = 清理
workspace-busy = 工作区正由另一个程序使用：{ $holder }。请等它结束后再运行，或加 --wait 等它结束
workspace-busy-unknown = 工作区正由另一个程序使用，是哪个不清楚。请等它结束后再运行，或加 --wait 等它结束
workspace-replacing = 换上
workspace-connecting = 准备网络连接
workspace-stopped = 已按要求停止
workspace-holder = 进程 { $process }（wuzhang { $command }，{ $ago }前开始）
workspace-seconds = { $seconds }秒
workspace-minutes = { $minutes }分{ $seconds }秒
workspace-hours = { $hours }小时{ $minutes }分
workspace-password = 密码不写在工作区的文件里（文件会被复制、备份）：请删去这一行，发信时用环境变量 WUZHANG_MAIL_PASSWORD 给出，或用 wuzhang send --save-password 存入系统的钥匙串
workspace-retries = 重发前等待的秒数最多写10个，每个不超过3600
workspace-retries-order = 重发前等待的秒数应一次比一次长，如 [10, 60, 300]
workspace-imap-user = 没有写 user：收信要登录邮箱，请写邮箱帐号
workspace-imap-folder = folder 没有写，收件箱写 INBOX
workspace-bytes = max_bytes 应在{ $least }至{ $most }字节之间
workspace-host = “{ $host }”不是服务器名：只写名称，如 smtp.example.com；端口另写 port
workspace-port = 端口应在1至65535之间
workspace-timeout = timeout_seconds 应在1至3600秒之间
workspace-insecure = security = "none" 时邮件和密码在网上不加密，只用于本机的服务器：请改为 "tls" 或 "starttls"；内网确实不能加密的，另写 insecure = true
workspace-no-account = user 是空的：请写邮箱帐号，不用登录的删去这一行
workspace-mailbox = “{ $text }”不是邮箱，应写成 云山县统计局 <tjj@yunshan.example>
workspace-no-profile = profile 所指的文件夹 { $folder } 不存在
workspace-memory = limits.memory_mib 是 { $given }，至少应为 { $least_memory_mib }（单位 MiB）
workspace-zero = limits.{ $key } 是 0，什么文件也读不了：请写一个正数，或删去这一项
workspace-mails = per_minute 应在{ $least }至{ $most }封之间
