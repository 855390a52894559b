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
layout-kept = Kept in { $path }: all sheets of this layout are read so from now on.
layout-title = Layout { $fingerprint }
layout-book = Book: { $book }
layout-is-no-book = Book: none
layout-unit = Reported by: { $unit }
layout-no-unit = Reported by: does not say
layout-money = Amounts in: { $unit } (where the sheet does not say)
layout-stale = { $words } in the header are read as this period
layout-unused = unused
layout-listed-no-book = no book
layout-columns = { $count ->
        [one] 1 column
       *[other] { $count } columns
    }
layout-none = No layout has been confirmed yet
layout-forgotten = Layout { $fingerprint } is no longer read as it was confirmed; next time its header decides.
layout-forgotten-of = Layout { $fingerprint } ({ $unit }) is no longer read as it was confirmed; next time its header decides.
layout-unknown = Layout { $fingerprint } was never confirmed; wuzhang layout list shows all.
layout-column-field = “{ $text }” should be COLUMN=FIELD, such as G=done
