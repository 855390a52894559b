# wuzhang inspect: how a sheet is read.

inspect-hidden = { $file } › { $sheet }（隐藏的工作表）
inspect-book-why = 账册：{ $book }（依据表头：{ $why }）
inspect-book = 账册：{ $book }
inspect-no-book = 账册：不属于任何一种账册
inspect-unit = 填报单位：{ $unit }
inspect-no-unit = 填报单位：没有写明
inspect-header = 表头：第{ $row }行
inspect-headers = 表头：第{ $first }至{ $last }行
inspect-columns = 各列
inspect-unused = 不用
inspect-amount = 金额（{ $unit }）
inspect-amount-unknown = 金额（单位不明）
inspect-rate = 比率
inspect-number = 数字
inspect-date = 日期
inspect-choice = 选项
inspect-text = 文字
inspect-values = { $count }个值
inspect-rows = 各行：{ $each }
inspect-rows-of = { $kind }{ $count }行
inspect-doubts = 存疑（{ $count }处）
inspect-changes = 读时改动（不影响含义）（{ $count }处）
inspect-no-doubt = 没有存疑的地方
inspect-row = 第{ $row }行
inspect-column = { $column }列
inspect-whole = 整表
inspect-level = 【{ $level }】{ $finding }
inspect-layout = 版式：{ $fingerprint }
inspect-workspace = 工作区
inspect-confirm = 照上面的读法确认这种版式，以后不再问（要改哪一列，加 --column 列=字段）：
inspect-confirm-none = 确认它不是账册的表，以后不再提示（如果是，把 - 换成账册名）：
