# Why a layout cannot be confirmed.

layout-unopened = { $path } cannot be opened: wuzhang inspect tells why
layout-which-sheet = Say with --sheet which sheet is meant: { $sheets }
layout-no-header = No heading was found in the sheet “{ $sheet }”; its layout cannot be confirmed
layout-no-book = The sheet “{ $sheet }” is of no book; if it is, say with --book which
layout-twice = The field “{ $field }” was given two columns; it can have one
layout-no-subject = No column is “{ $field }”, without which rows cannot be told apart: say with --column which it is
layout-io = Cannot read or write { $path }: { $source }. Check permissions and disk space
layout-unknown-book = There is no book “{ $given }”: it should be one of { $known }
layout-unknown-money = There is no unit of money “{ $given }”: it should be one of { $known }
layout-unknown-column = There is no column “{ $given }”: it should be one of { $known }
layout-unknown-field = There is no field “{ $given }”: it should be one of { $known }
