# Where a run stands.

progress-reading = 读取报表
progress-checking = 合并和核验
progress-ranking = 计算和排名
progress-writing = 写出成果
progress-handing-over = 交付成果
progress-files = { $stage } { $done }/{ $all }个文件
progress-rows = { $stage } { $done }/{ $all }个文件，{ $rows }行
progress-files-left = { $stage } { $done }/{ $all }个文件，约剩{ $left }
progress-rows-left = { $stage } { $done }/{ $all }个文件，{ $rows }行，约剩{ $left }
progress-times = 用时：{ $each }，共{ $all }秒
progress-times-of = { $stage }{ $seconds }秒
progress-fetching = 取邮件
progress-stopped = 已中断。正在处理的一期没有改动：成果和台账还是原来的，重新运行即可
progress-passed = 中断时成果正在交付：下一次运行会先把它做完，不会留下半新半旧的成果
progress-waiting = 等待{ $holder }结束…
progress-waiting-unknown = 等待另一个程序结束…
progress-cleared = { $holder }没有正常结束，已清理它留下的半成品，上一次的成果不受影响
