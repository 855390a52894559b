# What is wrong with the office's templates.
template-fault-at = { $file } 第{ $line }行：{ $fault }
template-fault = { $file }：{ $fault }
template-faults = 模板有{ $count }处错误，改正后再运行（把 profile 里的这个文件移走，就用回内置的模板）：
template-detail = （{ $detail }）
template-no-data = { $written }没有这个数据：请对照内置模板开头的说明，改用其中列出的名称
template-syntax = 写法有误{ $detail }：请检查 {"{{ }}"}、{"{% %}"} 是否成对，if、for 是否有对应的 endif、endfor
template-no-filter = { $written }用了没有的过滤器{ $detail }：请检查“|”后面的名称
template-no-function = { $written }用了没有的函数{ $detail }：请检查名称
template-no-template = 没有要引用的模板{ $detail }：只能引用内置名称的模板
template-arguments = { $written }参数个数不对{ $detail }：请对照内置模板改正
template-wrong = { $written }不能这样用{ $detail }：请对照内置模板改正
template-missing = 没有“{ $name }”这个数据：请改用有的名称
template-missing-known = 没有“{ $name }”这个数据：请改用有的名称（有：{ $known }）
template-folder = 读不了这个文件夹：{ $error }。请检查权限
template-encoding = 不是 UTF-8 编码的文本：请用记事本打开，另存为时编码选 UTF-8
template-unread = 读不了：{ $error }。请检查权限
template-unknown = 没有“{ $name }”这个模板，放在这里不起作用：可以替换的模板是{ $known }，请改名或移走
