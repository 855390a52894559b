# Why mail cannot be made or sent.

mail-no-user = wuzhang.toml 的 [mail] 里没有 user：先写明登录的帐号，再存密码
mail-nothing-to-keep = 没有要存的密码：请先设环境变量 WUZHANG_MAIL_PASSWORD，再运行
mail-not-run = 还没有 { $period } 的成果：请先运行 wuzhang run，再发送
mail-no-sender = wuzhang.toml 里没有写发件人：请在 [mail] 下加一行，如 from = "云山县统计局 <tjj@yunshan.example>"
mail-no-server = wuzhang.toml 里没有写发信服务器：请在 [mail] 下写 server（和 port、security、user）；只做邮件不发送的，不用 --confirm
mail-nobody = 单位名单和收件人里没有“{ $name }”，最接近的是“{ $nearest }”：请写单位名称、别名或领导姓名
mail-no-digest = --resend { $digest }：计划里没有摘要以此开头的邮件，请照 plan.xlsx 的“摘要”列写（至少8位）
mail-message = 给“{ $whom }”的邮件做不出来：{ $fault }。请检查收件人和 [mail] 里的地址
mail-damaged = { $path } 读不懂（{ $fault }）：请重新运行 wuzhang run
mail-io = { $action } { $path } 失败：{ $source }。请检查权限和磁盘空间；已经发出的邮件记在发送记录里，重新运行不会再发
mail-busy = 另一个 wuzhang 正在发送邮件（{ $path } 被占用）：请等它发完再运行
mail-certificates = ca_file { $path } 不能用：{ $fault }。应是 PEM 格式的证书文件
mail-not-kept = 钥匙串存不了密码：{ $fault }。没有钥匙串的系统，请改用环境变量 WUZHANG_MAIL_PASSWORD
mail-no-password = 没有帐号 { $user } 的密码：请设环境变量 { $variable }，或先用 wuzhang send --save-password 存入系统的钥匙串{ $keyring }；用网易、QQ 等邮箱的，这里要的是“授权码”
mail-quick = { $period } 的成果是用 --quick 做的，没有退改单：请不加 --quick 运行 wuzhang run，再发送
