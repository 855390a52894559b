# Why a book cannot be drafted.

draft-id = “{ $id }”不能作账册的代号：只能用小写英文字母、数字和下划线，以字母开头
draft-taken = 已有账册 { $id }（{ $path }），不覆盖：请用 --id 换一个代号，或先移走那个文件
draft-bare = { $path } 不是工作区，没有 profile 文件夹可放：请先用 wuzhang init 新建工作区
draft-no-table = { $file } 里没有找到表格：{ $why }
draft-io = { $path } 无法写入：{ $source }；请检查目录权限和磁盘空间
