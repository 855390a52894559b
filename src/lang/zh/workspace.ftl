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
