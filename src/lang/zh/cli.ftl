# What the command line itself says.

cli-taken = { $path } 里已有文件，不覆盖：请换一个空文件夹
cli-no-project = 台账里没有名称含有“{ $project }”或代码为“{ $project }”的项目：请核对写法，并先用 wuzhang run 处理过有关的报告期
cli-output = 写不到标准输出：{ $source }
