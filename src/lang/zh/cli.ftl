# What the command line itself says.

cli-taken = { $path } 里已有文件，不覆盖：请换一个空文件夹
cli-no-project = 台账里没有名称含有“{ $project }”或代码为“{ $project }”的项目：请核对写法，并先用 wuzhang run 处理过有关的报告期
cli-output = 写不到标准输出：{ $source }
cli-missing-argument = 缺少参数 { $argument }
cli-unknown-argument = 没有参数 { $argument }
cli-unknown-command = 没有命令 { $command }
cli-conflict = { $argument } 不能与 { $other } 同时用
cli-no-command = 要写明做什么：wuzhang --help 列出全部命令
cli-no-value = { $argument } 后面要有值
cli-wrong-value = { $argument } 不能是“{ $value }”
cli-bad-value = { $argument } 的值不对
cli-too-many-values = { $argument } 后面的值太多
cli-wrong = 命令行有误（{ $fault }）
cli-see-help =
    { $what }。
    用 wuzhang --help 查看用法。
cli-apology =
    很抱歉，程序内部出错，没有完成；已有的结果没有改动。
    请逐个移开最近收到的文件再运行，找出是哪一个引起的，并把它和下面这句话转给程序维护人员：
      { $what }
cli-no-language = --lang 不能是“{ $language }”：只有 zh 和 en
cli-pages = 手册页写到了 { $folder }，例如：man { $page }
cli-complaint = wuzhang：{ $text }
