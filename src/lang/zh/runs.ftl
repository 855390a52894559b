# wuzhang runs and wuzhang rerun: the recorded runs.

runs-new = 记为第{ $number }次运行
runs-same = 与第{ $number }次运行相同
runs-errors = 强制性问题{ $count }条
runs-rows = { $count }行
runs-none = 台账里还没有运行记录：请先运行 wuzhang run
runs-bare = 只有数据，没有运行记录（由旧版本写成）
runs-number = 第{ $number }次
runs-stands = 现用
runs-of = { $files }个文件，{ $rows }行，设置表与现在相同，{ $program }
runs-of-other = { $files }个文件，{ $rows }行，设置表与现在不同，{ $program }
runs-damaged = 已损坏：{ $fault }
runs-taken-out = { $period }第{ $number }次运行的成果和当时的设置：
