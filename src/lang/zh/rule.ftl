# The rules of findings: a title, the levels they may have, when they speak, how to mend what they find.

rule-adjustment-ambiguous = 调整对应几个项目
    .level = query
    .when = 设置表“调整”中的一行按名称找到几个项目，不知是哪一个，这一行没有生效。
    .cure = 在“调整”表这一行填写项目代码。

rule-adjustment-contradict = 调整互相矛盾
    .level = error
    .when = “调整”表对同一项目既有“移出”又有“计划调整”，两项都没有生效。
    .cure = 核实项目是否移出：重新列入的加一行“调入”，否则删去其中一项。

rule-adjustment-stale = 调整没有对应的项目
    .level = note
    .when = “调整”表中的一行在本期找不到项目，没有生效。
    .cure = 核对项目名称、代码；已不需要的删去这一行。

rule-amount-impossible = 金额大得不可能
    .level = error
    .when = 读出的金额超过任何项目可能有的数，没有采用。多为单位写错或多敲了位数。
    .cure = 核对计量单位和位数，改正后重报。

rule-amount-interpreted = 金额的写法要核实
    .level = query
    .when = 金额不是单纯的数字（带单位、约数、区间等），程序说明了是按什么数读取的。
    .cure = 核实读取的数对不对，并改成单纯的数字。

rule-amount-no_unit = 没有写明金额单位
    .level = query
    .when = 表头、表名都看不出金额单位，按万元读取。
    .cure = 在表头或表名旁写明“单位：万元”等。

rule-amount-too_large = 数字超出金额的范围
    .level = error
    .when = 数字大到不能按元精确保存，没有读取。
    .cure = 改为正确的金额。

rule-amount-unit_changed = 金额单位像是变了
    .level = query error
    .when = 与上期相比相差约一万倍（或远远超出），像是元与万元混用。整列如此的是强制性问题。
    .cure = 核对本表的计量单位（元、万元、亿元）；属实的说明原因。

rule-amount-unreadable = 金额读不出来
    .level = error
    .when = 单元格不是数字，也不是能看懂的金额写法，没有读取，按未填处理，不当作0。
    .cure = 改为数字后重报。

rule-amount-words = 金额栏写的是文字
    .level = query
    .when = 金额栏写着“无”“待定”一类的话，按未填读取。
    .cure = 没有的留空，情况写在备注。

rule-answer-refused = 强制性问题不能以说明代替
    .level = query
    .when = 设置表“核实说明”或退改单里对一个强制性问题作了说明；这类问题必须改正。
    .cure = 退回单位改正；查实须由汇总单位改的，写在“更正”表。

rule-answer-unused = 说明没有对应的问题
    .level = note query info
    .when = “核实说明”中的一行在本期没有对应的问题。
    .cure = 问题已经消除的，写上有效期或删去。

rule-books-differ = 两本账册里不一致
    .level = query
    .when = 同一项目在两本账册里都有，金额或日期互相矛盾。
    .cure = 请两家核对后统一口径。

rule-cell-outside = 单元格超出工作表范围
    .level = query
    .when = 文件里有位置超出 Excel 工作表范围的单元格，没有读取。多为其他软件生成。
    .cure = 用 Excel 打开后另存，确认数据完整再报送。

rule-cell-scaled = 数字缩小显示
    .level = query
    .when = 单元格按千、按万缩小显示，看到的数与存储的数不同，按存储的数读取。
    .cure = 确认存储的数与表头单位一致，或改为常规格式。

rule-cell-unreadable = 单元格无法读取
    .level = error
    .when = 单元格的内容在文件里已经损坏。
    .cure = 重新填写该单元格。

rule-column-missing = 没有找到必需的列
    .level = error
    .when = 表里没有账册必需的一列，或列名的写法认不出来。
    .cure = 补上这一列，或改用账册的列名。

rule-column-required = 缺少必需的列，整表未汇总
    .level = error
    .when = 缺了少不得的列（如项目名称），整张表没有汇总。
    .cure = 补上这些列后重报。

rule-column-unknown = 不认识的列
    .level = query note
    .when = 表里有一列不是账册的列，没有读取。列中多为数字的要核实。
    .cure = 应读取的，改用账册的列名，或请统计局补上这种写法。

rule-count-interpreted = 个数的写法要核实
    .level = query
    .when = 个数不是单纯的整数，程序说明了是按什么数读取的。
    .cure = 核实并改成整数。

rule-count-mismatch = 标注的个数与行数不符
    .level = query
    .when = 表上写“共N个”，与实有行数不同。
    .cure = 核对是否漏报或多报。

rule-count-unreadable = 个数读不出来
    .level = error
    .when = 单元格不是整数，没有读取。
    .cure = 填写整数。

rule-count-words = 个数栏写的是文字
    .level = query
    .when = 个数栏写着“无”一类的话，按未填读取。
    .cure = 没有的留空，情况写在备注。

rule-date-interpreted = 日期的写法要核实
    .level = query
    .when = 日期不完整或有几种读法，程序说明了是按什么日期读取的。
    .cure = 核实并改成2026-05或2026-05-20这样的写法。

rule-date-unreadable = 日期读不出来
    .level = error
    .when = 单元格不是日期，也不是能看懂的写法，没有读取。
    .cure = 改成2026-05或2026-05-20这样的写法后重报。

rule-date-words = 日期栏写的是文字
    .level = query
    .when = 日期栏写着“待定”一类的话，按未填读取。
    .cure = 没有的留空，情况写在备注。

rule-file-archive = 压缩包打不开
    .level = error
    .when = 不是 .zip 的压缩包（.rar、.7z 等）无法打开。
    .cure = 解压后直接报送表格，或改用 .zip。

rule-file-changing = 文件正被改动
    .level = error
    .when = 读取时文件正在被写入，内容可能不全，没有读取。
    .cure = 等文件保存完毕后重新运行。

rule-file-copy = 内容完全相同的文件
    .level = query
    .when = 与另一个文件内容完全相同，没有重复计入。
    .cure = 应是另一份报表的，重新报送正确的文件。

rule-file-empty = 空文件
    .level = error
    .when = 文件没有任何内容。
    .cure = 确认发送的是填好的表格，重新报送。

rule-file-encoding = 文字编码存疑
    .level = query
    .when = 文本文件的编码看不准，可能有乱码。
    .cure = 核对文字是否正确，另存为 .xlsx 后报送。

rule-file-encrypted = 文件有打开密码
    .level = error
    .when = 文件设有打开密码，没有密码或密码都不对。
    .cure = 取消密码后重报，或由汇总单位把密码填入设置表“密码”。

rule-file-foreign_format = 不能直接读取的格式
    .level = error
    .when = 是别的软件的格式，不能直接读取。
    .cure = 用 Excel 或 WPS 打开，另存为 .xlsx。

rule-file-html = 文件实为网页
    .level = note
    .when = 文件名是表格，内容是网页（HTML），按其中显示的表格读取。
    .cure = 用 Excel 或 WPS 另存为 .xlsx 后报送。

rule-file-no_files = 压缩包或邮件里没有表格
    .level = error
    .when = 打开了，但里面没有文件。
    .cure = 确认表格已经放入，重新报送。

rule-file-outlook = Outlook 专有格式的邮件
    .level = error
    .when = 附件包在 winmail.dat 或 .msg 里，取不出来。
    .cure = 请发件人把邮件格式改为 HTML 或纯文本后重发。

rule-file-stopped = 读取已中止
    .level = error
    .when = 读取这个文件超出了内存或时间的限度，已中止；其他文件不受影响。
    .cure = 用 Excel 打开，删去多余的行、列和图片，另存为 .xlsx。

rule-file-too_large = 文件过大
    .level = error
    .when = 行、列、解压后的大小等超出限度，没有读取。
    .cure = 只保留数据后重新报送；确需读取的，调整 wuzhang.toml 的 [limits]。

rule-file-unknown_format = 不是可以读取的表格
    .level = error note
    .when = 是文档、图片或其他文件，不是表格。作为附件的只提示。
    .cure = 如有要报送的数据，填入表格报送。

rule-file-unread = 读取程序没有启动
    .level = error
    .when = 本机的原因，文件没有读取；文件本身不必重报。
    .cure = 检查内存和程序文件后重新运行。

rule-file-unreadable = 文件已损坏
    .level = error
    .when = 文件打不开或内部结构已损坏。
    .cure = 用 Excel 或 WPS 打开确认，另存为 .xlsx 后重报。

rule-form-beside = 表单附带的说明
    .level = info
    .when = 表单里的填表说明和选项表，没有数据。
    .cure = 不必处理。

rule-form-blank = 表单没有填写
    .level = error
    .when = 发下去的表单原样返回，没有填写。
    .cure = 填写后重新报送。

rule-form-changed = 表单改动过
    .level = note
    .when = 表单的列或表头被改动，改按表头判读。
    .cure = 核对各列的读法；请不要改动表单。

rule-form-extra = 表单右边另有内容
    .level = note
    .when = 表单右边另外填写的内容没有读取。
    .cure = 说明写在“备注”列；要加列的与统计局联系。

rule-form-recognised = 按表单的标记读取
    .level = info
    .when = 认出是程序发下去的表单。
    .cure = 不必处理。

rule-form-unit = 表单用错了单位
    .level = query
    .when = 表单是发给另一个单位的，按表上写的填报单位计。
    .cure = 核对是哪个单位的数。

rule-header-ambiguous = 列名有歧义
    .level = query
    .when = 列名没有写明是今年以来还是开工以来等，程序说明了是按哪种读取的。
    .cure = 在列名中写明。

rule-header-foreign_money = 外币金额
    .level = query
    .when = 列名以外币为单位，没有按人民币读取。
    .cure = 另列折合人民币的金额。

rule-header-stale_period = 列名是别的月份
    .level = query
    .when = 列名中的月份不是本期。
    .cure = 核对是否为本期数，更正列名。

rule-header-unusual = 列名的写法不一致
    .level = query note
    .when = 列名与账册的写法不一样，程序说明了按哪一列读取。
    .cure = 确认该列的含义。

rule-layout-changed = 版式与确认过的不同
    .level = query
    .when = 这张表的版式以前确认过，这次变了，重新按表头判读。
    .cure = 核对读法，由统计局重新确认版式。

rule-layout-confirmed = 已确认的版式
    .level = info
    .when = 按确认过的版式处理。
    .cure = 不必处理。

rule-leader-unknown = 领导名单中没有这个姓名
    .level = query
    .when = 包抓领导的姓名不在设置表“领导”中，暂按所填姓名统计。
    .cure = 核对姓名，或在“领导”表补上。

rule-link-ambiguous = 认定对应几个项目
    .level = query
    .when = “认定”表中的一行按名称找到几个项目，没有生效。
    .cure = 填写现代码。

rule-link-both_reported = 认定的两个项目都在报
    .level = query
    .when = “认定”说新项目代替了原项目，但本期两个都在报，可能重复统计。
    .cure = 核实后由单位删去其中一行，或删去这项认定。

rule-link-contradict = 认定互相矛盾
    .level = error
    .when = 两项认定给同一项目两个来历，都没有生效。
    .cure = 只留一项。

rule-link-stale = 认定没有对应的项目
    .level = note
    .when = “认定”中的项目本期和以前都没有，没有生效。
    .cure = 核对名称、代码，或删去。

rule-mail-no_report = 邮件不是报表
    .level = note query
    .when = 退信、自动回复或没有表格的邮件，没有读取。
    .cure = 看一下这封邮件；应是报表的，请发件人附上表格重发。

rule-number-interpreted = 数字带有单位
    .level = query
    .when = 数字后面写着单位，按所写数字读取。
    .cure = 只填数字。

rule-number-unreadable = 数字读不出来
    .level = error
    .when = 单元格不是数字，没有读取。
    .cure = 改为数字后重报。

rule-number-words = 数字栏写的是文字
    .level = query
    .when = 写着“无”一类的话，按未填读取。
    .cure = 没有的留空，情况写在备注。

rule-override-ambiguous = 更正对应几个项目
    .level = query
    .when = “更正”表中的一行按名称找到几个项目，没有生效。
    .cure = 填写项目代码。

rule-override-contradict = 更正互相矛盾
    .level = error
    .when = 同一项目的同一字段有两个更正值（或与“调整”矛盾），都没有生效。
    .cure = 只留一项；年度计划的变动写在“调整”表。

rule-override-needless = 更正已不需要
    .level = note
    .when = 单位填报的已与更正一致。
    .cure = 写上截止时间或删去这项更正。

rule-override-stale = 更正没有对应的项目
    .level = note
    .when = “更正”表中的一行本期找不到项目，没有生效。
    .cure = 核对名称、代码，或删去。

rule-period-mismatch = 报的不是本期
    .level = error
    .when = 表名或标题写的是别的报告期。
    .cure = 核对是否报错了月份；数据是本期的，更正标题。

rule-project-duplicate = 同一项目报了两行
    .level = error
    .when = 同一单位对同一项目报了两行，只汇总一行，另一行搁置。
    .cure = 删去重复的一行；确为两个项目的，写清各自的名称和代码。

rule-project-joined = 可能是项目合并
    .level = query
    .when = 以前的几个项目本期没有，新报的一个投资额正好是它们之和。
    .cure = 是合并的，在“认定”逐个登记“合并”；不是的，分别说明。

rule-project-moved = 项目换了账册
    .level = query note
    .when = 上期在另一本账册的项目，本期在这本账册。
    .cure = 核实是否按程序转入。

rule-project-new = 新报的项目
    .level = note query
    .when = 以前各期都没有的项目。
    .cure = 核实是否经批准新列入，在“调整”登记“调入”；改了名称的在“认定”登记。

rule-project-packed = 打包项目与子项目同时填报
    .level = query
    .when = 一个项目的总投资正好是另外几个之和，可能重复统计。
    .cure = 总的和分的只报一种。

rule-project-renamed = 可能是改了名称
    .level = query
    .when = 以前的项目本期没有，新报的一个与它很像。
    .cure = 是改名的，在“认定”登记“更名”；不是的，分别说明。

rule-project-reported_twice = 两个单位都填报
    .level = query note
    .when = 同一项目由两个单位填报，已合并为一个；不一致处列出。
    .cure = 两家核对一致。

rule-project-same_name = 同名项目
    .level = query
    .when = 两个单位各有一个同名项目，代码不同或没有代码。
    .cure = 是同一项目的，填写相同的代码或只由一家填报。

rule-project-similar = 名称相近的项目
    .level = query
    .when = 两行名称很相近，可能是同一项目；两行都已汇总。
    .cure = 核实是否同一项目。

rule-project-split = 可能是项目拆分
    .level = query
    .when = 以前的一个项目本期没有，新报的几个投资额之和与它相同。
    .cure = 是拆分的，在“认定”逐个登记“拆分”；不是的，分别说明。

rule-project-vanished = 上期的项目没有了
    .level = query
    .when = 上期报过的项目本期没有。
    .cure = 核实是否漏报；改名、拆分、移出的在“认定”或“调整”登记。

rule-rate-interpreted = 比率的写法要核实
    .level = query
    .when = 看不出是小数还是百分数，或带有说明，程序说明了是按什么数读取的。
    .cure = 统一写成百分数。

rule-rate-unreadable = 比率读不出来
    .level = error
    .when = 单元格不是百分数，没有读取。
    .cure = 改为百分数后重报。

rule-rate-words = 比率栏写的是文字
    .level = query
    .when = 写着“无”一类的话，按未填读取。
    .cure = 没有的留空，情况写在备注。

rule-report-replaced = 已由后报的代替
    .level = note
    .when = 后报的报表代替了这一份（的部分行）。
    .cure = 如两份都应汇总，在“收文”登记相同的收到时间。

rule-report-shrunk = 后报的比先报的少
    .level = query
    .when = 更正后的报表少了一些项目，这些项目已不再汇总。
    .cure = 核实是否应当去掉；漏填的补上后重报。

rule-rollup-altered = 汇总上报表被改动过
    .level = error
    .when = 与生成时的摘要不一致，整县未计入。
    .cure = 请该县重新运行，把生成的文件原样上报。

rule-rollup-book = 有本级没有的账册
    .level = note query
    .when = 县里有本级没有的账册，没有汇总。
    .cure = 要汇总的，把账册文件放进本级的 profile。

rule-rollup-column = 有本级没有的列
    .level = note query
    .when = 县里的账册多出列，没有汇总。
    .cure = 统一两级的账册文件。

rule-rollup-copy = 同一个县的两份上报
    .level = query note
    .when = 与另一份相同，或以台账为准，没有重复计入。
    .cure = 核对是否为最新的上报。

rule-rollup-folder = 放错了文件夹
    .level = query
    .when = 文件夹名与内容写明的县不同，按内容计入。
    .cure = 核对是否放错。

rule-rollup-missing = 没有报来
    .level = error
    .when = 名单中的县没有报来本期的汇总。
    .cure = 催报；收到后重新运行。

rule-rollup-nameless = 没有写明是哪个县
    .level = error
    .when = 上报表里没有县名，整县未计入。
    .cure = 请该县在 wuzhang.toml 写明 county 后重报。

rule-rollup-newer = 由更新版本的程序生成
    .level = error
    .when = 本程序不认识它的格式，整县未计入。
    .cure = 升级本级的程序。

rule-rollup-other_file = 不是汇总上报表
    .level = note
    .when = 收件箱里有别的文件，没有汇总。
    .cure = 请县里报送汇总上报表或 ledger 文件夹。

rule-rollup-period = 不是本期的汇总
    .level = error
    .when = 是另一报告期的，整县未计入。
    .cure = 请该县上报本期的汇总。

rule-rollup-program = 程序版本不同
    .level = query
    .when = 由另一版本生成，口径可能不同。
    .cure = 统一版本后重新上报。

rule-rollup-schedule = 各县的序时进度不同
    .level = query
    .when = 完成率可以比，超欠序时进度不能直接比。
    .cure = 统一口径，或只按完成率排名。

rule-rollup-twice = 同一个县两份不同的汇总
    .level = error
    .when = 不知以哪份为准，两份都未计入。
    .cure = 只留下正确的一份。

rule-rollup-unknown = 名单中没有这个县
    .level = error
    .when = 不在 wuzhang.toml 的 counties 中，未计入。
    .cure = 核对县名或补进名单。

rule-rollup-unreadable = 台账读不出来
    .level = error
    .when = 县里的 ledger 文件夹不完整，整县未计入。
    .cure = 请该县重新复制完整的文件夹。

rule-share-ambiguous = 分摊对应几个项目
    .level = query
    .when = “分摊”表中的一行找到几个项目，没有生效。
    .cure = 填写项目代码。

rule-share-stale = 分摊没有对应的项目
    .level = note
    .when = “分摊”表中的一行本期找不到项目，没有生效。
    .cure = 核对名称、代码，或删去。

rule-sheet-changing = 文件正被改动
    .level = error
    .when = 读取时工作表正在被写入，没有读取。
    .cure = 等文件保存完毕后重新运行。

rule-sheet-empty = 空工作表
    .level = error info
    .when = 工作表是空的。
    .cure = 不必处理；应有数据的重新报送。

rule-sheet-encrypted = 工作表有打开密码
    .level = error
    .when = 无法读取。
    .cure = 取消密码后重报。

rule-sheet-no_book = 不是账册的表
    .level = note query
    .when = 像表，但不是任何一本账册的表，没有读取。
    .cure = 应报的表请核对表名和列名；需要新账册的联系统计局。

rule-sheet-no_rows = 没有数据行
    .level = note
    .when = 表头下面没有数据。
    .cure = 本期没有内容的，在表中注明。

rule-sheet-no_table = 封面、说明或选项表
    .level = info
    .when = 没有找到账册的表头，不作为报表。
    .cure = 不必处理。

rule-sheet-quotes = 双引号不成对
    .level = query
    .when = 文本文件的双引号不成对，其后的行可能读进了同一格。
    .cure = 检查双引号，或另存为 .xlsx。

rule-sheet-stopped = 读取已中止
    .level = error
    .when = 读取这张表超出了限度，已中止。
    .cure = 删去多余的行、列后另存为 .xlsx。

rule-sheet-too_large = 工作表过大
    .level = error
    .when = 行、列或内容超出限度，这张表没有读取。
    .cure = 只保留数据后重报。

rule-sheet-unreadable = 工作表已损坏
    .level = error
    .when = 这张表读不出来，其他表不受影响。
    .cure = 用 Excel 打开确认，另存为 .xlsx 后重报。

rule-sheet-xlsb = xlsb 的格式信息读不全
    .level = query
    .when = 合并单元格、隐藏行列、百分比等认不出，数值按原样读取。
    .cure = 另存为 .xlsx 后重报。

rule-stated-unlike = 填报的比率与复算不符
    .level = query
    .when = 表中写的完成率、占比与按表中金额复算的不同（已考虑四舍五入）。
    .cure = 核对比率和所依据的数，改正有误的。

rule-subject-missing = 没有项目名称
    .level = error
    .when = 一行有数据而没有项目名称，没有汇总。
    .cure = 补填名称；不是数据行的删去。

rule-text-mark = 名称前的标记
    .level = info
    .when = 名称前的★等标记没有算作名称。
    .cure = 不必处理。

rule-text-unreadable = 文字读不出来
    .level = error
    .when = 单元格是错误值或没有结果的公式，没有读取。
    .cure = 改为文字后重报。

rule-total-mismatch = 合计与各行之和不符
    .level = query
    .when = 合计（小计）行的数与各行相加不同。
    .cure = 核对合计数和各行数。

rule-town-several = 涉及几个乡镇
    .level = query
    .when = 一个项目写了几个乡镇，按第一个统计。
    .cure = 核实归哪个乡镇统计。

rule-unit-silent = 整个单位没有报
    .level = query
    .when = 上期报了、本期一行也没有。
    .cure = 催报；确无数据的报空表说明。

rule-unit-unknown = 名单中没有这个单位
    .level = query
    .when = 填报单位或责任单位不在设置表“单位”中。
    .cure = 核对名称，或在“单位”补上名称或别名。

rule-unit-untold = 看不出填报单位
    .level = query
    .when = 表头、文件名、邮件都看不出是谁报的。
    .cure = 在表头写明填报单位，或以单位名称命名文件。
