# Why mail cannot be made or sent.

mail-no-user = wuzhang.toml has no user under [mail]: state the account first, then keep its password
mail-nothing-to-keep = There is no password to keep: set the environment variable WUZHANG_MAIL_PASSWORD and run again
mail-not-run = There are no results of { $period } yet: run wuzhang run first, then send
mail-no-sender = wuzhang.toml names no sender: add a line under [mail], such as from = "云山县统计局 <tjj@yunshan.example>"
mail-no-server = wuzhang.toml names no server to send by: write server (and port, security, user) under [mail]; to make the mails without sending them, leave out --confirm
mail-nobody = Neither units nor recipients know “{ $name }”; the nearest is “{ $nearest }”: give a unit's name or alias, or a leader's name
mail-no-digest = --resend { $digest }: no mail of the plan has a digest that begins so; copy it from the column 摘要 of plan.xlsx (8 characters at least)
mail-message = The mail to “{ $whom }” cannot be made: { $fault }. Check the recipients and the addresses under [mail]
mail-damaged = { $path } cannot be understood ({ $fault }): run wuzhang run again
mail-io = { $action } { $path } failed: { $source }. Check permissions and disk space; mails already sent are on record and are not sent again
mail-busy = Another wuzhang is sending mail ({ $path } is held): run again when it has done
mail-certificates = ca_file { $path } cannot be used: { $fault }. It should be a certificate file in PEM form
mail-not-kept = The keyring did not keep the password: { $fault }. On a system without one, use the environment variable WUZHANG_MAIL_PASSWORD
mail-no-password = There is no password for the account { $user }: set the environment variable { $variable }, or keep it in the system's keyring with wuzhang send --save-password{ $keyring }; NetEase, QQ and the like want an authorisation code here
mail-quick = the results of { $period } were made with --quick and have no returns: run wuzhang run without --quick, then send
