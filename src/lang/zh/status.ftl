# wuzhang status: who reported.

status-title = { $period }报送情况：{ $units }个单位，应报{ $owed }份
status-no-inbox = 收件箱里还没有这个报告期的文件夹。
status-unit = 单位
status-report = 报表
status-state = 状态
status-due = 期限
status-came = 收到时间
status-by = 依据
status-rows = 行数
status-file = 文件
status-note = 说明
status-late = 迟报{ $days }天
status-returned = 退改{ $times }次
status-extra = { $state }（额外）
status-by-report = 按份数  { $each }
status-by-unit = 按单位  { $each }
status-reports-of = { $state }{ $count }份({ $percent })
status-units-of = { $state }{ $count }个({ $percent })
status-unknown = 看不出是哪个单位的文件：{ $files }
status-absent = 设置表“收文”登记了、收件箱里没有的文件：{ $files }
status-former = 收到过、现已不在收件箱的文件：
status-former-of = { $file }（{ $digest }）
