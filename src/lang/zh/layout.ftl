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
layout-kept = 已记入 { $path }，同样的版式以后都照此读取。
layout-title = 版式 { $fingerprint }
layout-book = 账册：{ $book }
layout-is-no-book = 账册：不是账册的表
layout-unit = 填报单位：{ $unit }
layout-no-unit = 填报单位：没有写明
layout-money = 金额单位：{ $unit }（表中没有写明时）
layout-stale = 表头中的{ $words }按本期读取
layout-unused = 不用
layout-listed-no-book = 不是账册
layout-columns = { $count }列
layout-none = 还没有确认过版式
layout-forgotten = 版式 { $fingerprint }不再照确认的读，下次按表头重新判读。
layout-forgotten-of = 版式 { $fingerprint }（{ $unit }）不再照确认的读，下次按表头重新判读。
layout-unknown = 没有确认过版式 { $fingerprint }；用 wuzhang layout list 查看全部。
layout-column-field = “{ $text }”应写成 列=字段，如 G=done
