# wuzhang alone: where the month stands.

stands-help = 全部命令见 wuzhang --help；在工作区文件夹里只输入 wuzhang，会说明本期到了哪一步。
stands-empty = 收件箱里还没有报表。
stands-next = 接下来
stands-put = 把各单位报来的表放进 { $inbox }
stands-files = { $period }：收件箱里有{ $files }个文件
stands-not-run = 还没有运行过
stands-current = 第{ $number }次运行之后，收件箱和设置没有变化
stands-stated-changed = 第{ $number }次运行之后，设置或配置有变化
stands-files-changed = 第{ $number }次运行之后，收件箱有{ $files }个文件新到、改动或移走
stands-clean = 没有强制性问题
stands-errors = 强制性问题{ $count }条，要退回有关单位改正
stands-quick = 只是先看的结果，没有做退改单，还不能发送
stands-not-sent = 成果还没有发送
stands-sent = 已发送邮件{ $count }封
stands-look = 看成果：{ $folder }
stands-run = { $command }      处理报表，做出排名
stands-send = { $command }     看发送计划；加 --confirm 发送
stands-remind = { $command }   催还没有报、没有改的单位
stands-status = { $command }   看谁报了、谁没报
