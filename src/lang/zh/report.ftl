# What wuzhang run prints.

report-done = { $period } 处理完毕
report-read = 读入    { $files }个文件{ $unopened ->
        [0] {""}
       *[other] ，其中{ $unopened }个打不开
    }，{ $sheets }张工作表
report-rows = 行数    共{ $all }行：汇总{ $merged }行，搁置{ $aside }行{ $off ->
        [0] {""}
       *[other] ，按决定移出{ $off }行
    }，略过{ $passed }行
report-rows-why = 行数    共{ $all }行：汇总{ $merged }行，搁置{ $aside }行{ $off ->
        [0] {""}
       *[other] ，按决定移出{ $off }行
    }，略过{ $passed }行（{ $why }）
report-rows-of = { $what }{ $count }
report-owed = 报送    应报{ $all }份：{ $each }
report-owed-of = { $state }{ $count }份
report-doubtful = 版式    { $count }张工作表存疑（核验报告“版式存疑”）
report-rules = 规则    核验{ $all }条{ $silent ->
        [0] {""}
       *[other] ，其中{ $silent }条有无法判断的行（“规则执行”）
    }
report-books = 账册
report-books-of = { $count }条
report-decisions = 决定
report-decisions-of = { $count }项
report-findings = 问题
report-findings-of = { $count }条
report-county = 全县
report-schedules = 序时进度
report-documents = 成果
report-returns = { $folder }（退改单{ $count }份：{ $each }）
report-returns-of = { $status }{ $count }份
report-recorded = 台账记为本期第{ $number }次运行
report-same = 与本期第{ $number }次运行完全相同，台账没有新增
report-notice = { $notice }。
report-nothing = 没有读到任何账册的数据：请用 wuzhang inspect 查看收件箱里的表是怎样读的。
report-errors = 有强制性问题：请按核验报告退回有关单位改正，收到后重新运行。
