# Why a layout cannot be confirmed.

layout-unopened = 打不开 { $path }：请用 wuzhang inspect 查看原因
layout-which-sheet = 要用 --sheet 写明是哪张工作表：{ $sheets }
layout-no-header = 工作表“{ $sheet }”里没有找到表头，不能确认版式
layout-no-book = 工作表“{ $sheet }”不是任何一本账册的表：如果是，请用 --book 写明是哪一本
layout-twice = 字段“{ $field }”给了两列：一个字段只能取自一列
layout-no-subject = 没有一列是“{ $field }”，这张表的行无从认起：请用 --column 写明是哪一列
layout-io = 读写 { $path } 失败：{ $source }。请检查权限和磁盘空间
layout-unknown-book = 没有账册“{ $given }”：应是 { $known } 之一
layout-unknown-money = 没有金额单位“{ $given }”：应是 { $known } 之一
layout-unknown-column = 没有列“{ $given }”：应是 { $known } 之一
layout-unknown-field = 没有字段“{ $given }”：应是 { $known } 之一
