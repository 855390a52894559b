# Why the register of receipts cannot be used.

register-io = 收文登记 { $path } 无法读写：{ $source }；请检查目录权限和磁盘空间后重新运行
register-damaged = 收文登记 { $path } 已损坏（{ $fault }）：请把它移走，重新运行该报告期即可重建；台账和成果未受影响
register-newer = 收文登记 { $path } 由更新版本的程序写成（格式{ $format }，本程序只认到{ $known }）：请升级程序后再运行
