# wuzhang book: a form of the office's own.

book-drafted = 由工作表“{ $sheet }”起草了账册“{ $title }”：{ $path }
book-read = 照此读取：{ $rows }行。请核对各列的类型和名称，改正后运行 wuzhang book check 检查。
book-read-nothing = 照此读取：0行。没有读到行，请核对文件中的 words 和各字段的 spellings。
book-subject = { $kind }（每行说的是它）
book-amount = 金额
book-rate = 比率
book-count = 个数
book-number = 数值
book-date = 日期
book-choice = 选项
book-text = 文字
book-sound = 账册和口径没有错误：
book-fields = { $count }个字段
book-rules = { $count }条规则
book-measures = { $count }个指标
book-rankings = { $count }个排名
