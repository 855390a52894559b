# Why a query has no answer.

query-syntax = 读不懂这条查询：{ $fault }。文字用单引号（'城关镇'），列名不用引号
query-not-a-question = 查询只能是一条 SELECT（或 WITH … SELECT）：台账只能查看，不能用查询改动
query-no-table = 台账里没有表“{ $name }”{ $advice }
query-no-column = 没有列“{ $name }”，最接近的是“{ $nearest }”；不写查询语句的 wuzhang query 列出全部表和列。文字要用单引号
query-outer-join = 外连接的 ON 只能写两张表的列相等（a.key = b.key，可用 AND 连接）：其他条件会让引擎丢掉没有对上的行；请把条件写进子查询：LEFT JOIN (SELECT … WHERE …) AS b ON …
query-engine = 这条查询算不了：{ $fault }
query-written = { $rows }行，写到 { $path }
query-rows = （{ $count }行）
query-yes = 是
query-no = 否
query-empty = 台账里还没有数据：请先运行 wuzhang run
query-places = 历期排名
query-table = { $name } { $title }（{ $periods }，{ $rows }行）
query-span = { $first } 至 { $last }，共{ $count }期
query-nothing-run = ：还没有运行过任何报告期
