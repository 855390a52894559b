# Why a document cannot be made.

publish-workbook = 排名工作簿未能生成：{ $fault }。上次的结果未被改动；请检查 county.toml 中的排名名称和内存、临时目录空间后重新运行
publish-no-book = 排名工作簿未能生成：配置中没有台账“{ $book }”。请在 profile 目录补上它的 TOML 文件后重新运行
publish-too-many-rows = 结果有{ $rows }行，一张工作表放不下：请在查询中加条件，或用 --csv
publish-return = 退改单未能生成：{ $fault }。其他成果未受影响；请检查内存和磁盘空间后重新运行
publish-markup = 督查通报未能生成：{ $fault }
publish-package = 督查通报未能生成：{ $fault }
publish-csv = 写不出 CSV：{ $fault }
publish-settings-form = 做不出空白设置表：{ $fault }
