# Why a run stops.

run-rules = 账册 { $book } 的规则无法计算：{ $fault }；请核对账册文件 { $book }.toml
run-measure = 排名 { $ranking }（账册 { $book }）无法计算：{ $fault }；请核对账册文件 { $book }.toml 和 county.toml
run-unbalanced = 行数不平，已停止：{ $file } › { $sheet } 有数据行{ $data }行，汇总{ $merged }、并入{ $joined }、退回{ $set_aside }、移出{ $taken_off }；这是程序的错误，请连同该文件报告
run-misshapen = { $file } › { $sheet } 的记录不完整：{ $fault }；这是程序的错误，请连同该文件报告
run-frame = 账册 { $book } 的派生列无法计算：{ $fault }；请核对账册文件 { $book }.toml
run-formulas =
    配置文件有{ $count }处错误，改正后再运行：
      { $faults }
run-no-departments = 市级工作区没有部门的报送情况：哪些县没有报来，看 wuzhang run 做出的核验报告
run-no-inbox = 收件箱 { $path } 不存在：请建立这个文件夹，把各单位报来的表放进去，再重新运行
run-empty-inbox = 收件箱 { $path } 里没有文件：请把各单位报来的表放进去，再重新运行
run-reading = 读不了 { $path }：{ $source }。请检查权限后重新运行
run-same-file = 账册 { $one } 和 { $other } 的成果会同名（{ $file }）：请在其中一本的账册文件里改 short 或 title
run-changed = “{ $file }”在运行过程中被改动：请关闭正在编辑它的程序，等它存好后重新运行；上次的成果未被改动
