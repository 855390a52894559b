# wuzhang send and wuzhang remind: the plan, and what came of sending it.

send-kept = 帐号 { $user } 的密码已存入系统的钥匙串；以后发送不必再设环境变量 { $variable }。
send-waiting = { $why }。等{ $seconds }秒后再试，还有{ $letters }封
send-letter = [{ $done }/{ $all }] { $whom }（{ $address }）：{ $outcome }
send-sent = 已发送（{ $answer }）
send-before = 已于{ $at }发送过，不再发
send-refused = 被拒收：{ $answer }
send-not-sent = 没有发出：{ $why }
send-unknown = 是否送达不明：{ $why }
send-unknown-before = { $at }发出，是否送达不明，没有再发
send-title = { $period }{ $plan }：{ $count }封邮件
send-to-send = 待发送{ $count }封，已发送过{ $before }封
send-count-sent = 已发送{ $count }封
send-count-before = 以前已发送{ $count }封
send-count-refused = 被拒收{ $count }封
send-count-not-sent = 没有发出{ $count }封
send-count-unknown = 是否送达不明{ $count }封
send-unsettled = 要处理的：
send-unsettled-of = { $whom }（{ $address }）{ $what }
send-ask = { $whom }（{ $address }）{ $what }；请问对方是否收到，没有收到的加 --resend { $digest } 再发
send-not-today = { $whom }（{ $address }）{ $what }；今天不再催
send-left-out = 没有发送的：
send-left-out-of = { $whom }：{ $what }。{ $advice }
send-torn = 发送记录第{ $line }行读不懂（可能是写到一半断电），已略过。
send-folder = 计划和邮件在 { $folder }
send-stale = plan.xlsx 没有更新（可能正打开着），其中的状态还是发送前的。
send-stopped =
    没有发完：{ $why }。
    改正后再运行一次，发过的不会重发。
send-confirm = 还没有发送。看过计划后，加 --confirm 发送。
