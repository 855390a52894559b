# wuzhang trace: the cells that a figure is made from, and why there is no such figure.

trace-changed = Mind: what follows is reckoned from the workspace as it is now, which may differ from the run in the ledger:
trace-not-run = The period has not been run: what follows is reckoned from inbox and settings as they are now
trace-file-new = { $file } came after run { $run }
trace-file-changed = { $file } was changed after run { $run }
trace-file-gone = { $file } was there at run { $run } and is no longer
trace-adds-up = Checked: all this comes to the figure exactly.
trace-does-not = It does not add up:
trace-report = This is a fault of the program; please report it with this page.
trace-figure = { $period }  { $group }  { $title }: { $figure }
trace-ratio = { $period }  { $group }  { $title }: { $figure } (numerator { $above }, denominator { $below })
trace-words = Definition: { $words }
trace-role = [{ $role }]
trace-number = [{ $role }] { $number }  { $words }
trace-setting = [{ $role }] { $place }  says “{ $written }”, read as { $read }
trace-missing = [{ $role }] none: { $why }
trace-project = Project
trace-cell = Cell
trace-content = Content
trace-written = Says
trace-read = Read as
trace-above = Numerator
trace-below = Denominator
trace-said = Findings and decisions
trace-sum = Total
trace-rows = { $count ->
        [one] 1 row
       *[other] { $count } rows
    }
trace-others = { $count ->
        [one] 1 more row gives
       *[other] { $count } more rows give
    } 0 or nothing: --all lists them
trace-no-sum = The figure is not the sum of the rows; a formula over them gives it
trace-column = { $title } ({ $roles })
trace-finding = { $rule }: { $finding }
trace-reported = reported as { $value }
trace-of-register = { $file } (register of receipts)
trace-no-column = { $place } (no such column)
trace-formula = { $text } (formula)
trace-no-book = This period has no book “{ $name }”{ $advice }
trace-no-ranking = This period has no ranking “{ $name }”{ $advice }
trace-no-measure = The ranking “{ $ranking }” has no measure “{ $name }”{ $advice }
trace-no-group = The ranking “{ $ranking }” has no unit “{ $name }”{ $advice }
trace-several = { $count } books have such a figure; say with --book which one is meant: { $books }
trace-no-figure = There is no such figure: { $book }/{ $ranking } { $group } { $measure }
trace-no-data = This period has no data of the book “{ $book }”
