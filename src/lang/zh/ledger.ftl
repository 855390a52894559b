# Why the ledger cannot be used.

ledger-io = 台账 { $path } 无法读写：{ $source }；请检查目录权限和磁盘空间后重新运行
ledger-documents = 写不了 { $path }：{ $source }。请检查磁盘空间和权限，关闭已打开的成果文件后重新运行
ledger-parquet = 台账 { $path } 不能作为 Parquet 读写：{ $source }；请检查磁盘空间后重新运行；文件已损坏的，请重新运行该报告期
ledger-newer = 台账 { $path } 是更新版本的 wuzhang 写的（格式{ $found }，本程序只认识到格式{ $known }）：请升级程序后再运行；台账没有改动
ledger-damaged = 台账 { $path } 已损坏或被改动：{ $fault }。其他报告期和其他各次运行不受影响（用 wuzhang runs 查看）；请重新运行该报告期，或从备份恢复这个文件
ledger-no-run = { $period } 还没有运行记录：请先运行该报告期（wuzhang run 工作区 --period 报告期）
ledger-no-such-run = { $period } 没有第 { $given } 次运行：有 { $known }
