# wuzhang project: a project's whole life.

project-several = 有{ $count }个项目的名称含有“{ $wanted }”，请写全名称，或写项目代码：
project-several-of = { $name }（{ $unit }）{ $code }
project-key = 标识 { $key }
project-key-code = 标识 { $key }　项目代码 { $code }
project-link = { $relation }：“{ $old }”→“{ $new }”（{ $document }）
project-link-from = { $relation }：“{ $old }”→“{ $new }”（{ $document }，{ $from }起）
project-moment = { $period }　{ $book }　{ $unit }　{ $file } › { $sheet } › 第{ $row }行
project-decision = 决定  { $decision }
project-reported = 单位填报{ $value }
