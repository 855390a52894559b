# The rules of findings: a title, the levels they may have, when they speak, how to mend what they find.

rule-adjustment-ambiguous = An adjustment fits several projects
    .level = query
    .when = A row of the settings sheet 调整 names several projects; it was not applied.
    .cure = Fill in the project code in that row of 调整.

rule-adjustment-contradict = Adjustments contradict one another
    .level = error
    .when = The sheet 调整 both takes a project off the list and changes its plan; neither was applied.
    .cure = Find out whether the project is off: add a row 调入 if it came back, else delete one of the two.

rule-adjustment-stale = An adjustment fits no project
    .level = note
    .when = A row of 调整 names no project of this period; it was not applied.
    .cure = Check name and code; delete the row if it is no longer needed.

rule-amount-impossible = An amount beyond the possible
    .level = error
    .when = The amount read is larger than any project can have and was not used; mostly a wrong unit or extra digits.
    .cure = Check unit and digits, mend, report again.

rule-amount-interpreted = An amount to be confirmed
    .level = query
    .when = The amount is more than a bare number (a unit, about, a range); the finding says what was read.
    .cure = Confirm what was read and type a bare number.

rule-amount-no_unit = No unit of money
    .level = query
    .when = Neither heading nor caption states the unit of money; 万元 was assumed.
    .cure = State the unit beside the heading or title.

rule-amount-too_large = A number too large for an amount
    .level = error
    .when = The number cannot be kept exactly in yuan and was not read.
    .cure = Type the right amount.

rule-amount-unit_changed = The unit of money seems to have changed
    .level = query error
    .when = Against last period the amount is about ten thousand times more or less, as when yuan and 万元 are mixed. A whole column is an error.
    .cure = Check the unit of the sheet; if it is right, say why.

rule-amount-unreadable = An amount that cannot be read
    .level = error
    .when = The cell is neither a number nor an amount in any known writing; it counts as empty, not as 0.
    .cure = Type a number and report again.

rule-amount-words = Words in place of an amount
    .level = query
    .when = The cell says something like none or to be settled; it was read as empty.
    .cure = Leave it empty and write the circumstances into the remarks.

rule-answer-refused = An explanation does not replace a correction
    .level = query
    .when = An explanation was given to an error; errors have to be mended.
    .cure = Send it back to the unit; what the office has to set itself goes into 更正.

rule-answer-unused = An explanation without its question
    .level = note query info
    .when = A row of 核实说明 answers nothing of this period.
    .cure = Give it an end date or delete it.

rule-books-differ = Two books differ
    .level = query
    .when = A project stands in two books with amounts or dates that contradict.
    .cure = Both units should agree on one figure.

rule-cell-outside = Cells outside a sheet's range
    .level = query
    .when = The file holds cells beyond Excel's last row or column; they were not read.
    .cure = Open it in Excel, save again, see that all data is there.

rule-cell-scaled = Numbers shown scaled down
    .level = query
    .when = Cells are shown in thousands or ten thousands; the stored number was read.
    .cure = See that the stored number is in the heading's unit, or use a general format.

rule-cell-unreadable = A cell that cannot be read
    .level = error
    .when = The cell's content is damaged in the file.
    .cure = Fill the cell in again.

rule-column-missing = A required column was not found
    .level = error
    .when = A column that the book needs is missing, or its heading is not recognised.
    .cure = Add the column or use the book's heading.

rule-column-required = Without a required column a sheet does not count
    .level = error
    .when = A column that nothing can do without (the project's name) is missing; the whole sheet was set aside.
    .cure = Add the columns and report again.

rule-column-unknown = An unknown column
    .level = query note
    .when = A column of the sheet belongs to no field of the book and was not read.
    .cure = If it should be, use the book's heading or ask the office to add the wording.

rule-count-interpreted = A count to be confirmed
    .level = query
    .when = The count is more than a bare whole number; the finding says what was read.
    .cure = Confirm and type a whole number.

rule-count-mismatch = A stated count differs from the rows
    .level = query
    .when = The sheet states a number of projects that differs from its rows.
    .cure = See whether rows are missing or too many.

rule-count-unreadable = A count that cannot be read
    .level = error
    .when = The cell is no whole number and was not read.
    .cure = Type a whole number.

rule-count-words = Words in place of a count
    .level = query
    .when = The cell says something like none; it was read as empty.
    .cure = Leave it empty and write the circumstances into the remarks.

rule-date-interpreted = A date to be confirmed
    .level = query
    .when = The date is incomplete or may mean several; the finding says what was read.
    .cure = Confirm and write it as 2026-05 or 2026-05-20.

rule-date-unreadable = A date that cannot be read
    .level = error
    .when = The cell is no date in any known writing and was not read.
    .cure = Write it as 2026-05 or 2026-05-20 and report again.

rule-date-words = Words in place of a date
    .level = query
    .when = The cell says something like to be settled; it was read as empty.
    .cure = Leave it empty and write the circumstances into the remarks.

rule-file-archive = An archive that cannot be opened
    .level = error
    .when = An archive other than .zip cannot be opened.
    .cure = Send the workbooks themselves or use .zip.

rule-file-changing = A file is being changed
    .level = error
    .when = The file was written to while it was read, so it was left out.
    .cure = Wait until it is saved and run again.

rule-file-copy = A copy of another file
    .level = query
    .when = Its content is that of another file; it was not counted twice.
    .cure = If another report was meant, send the right file.

rule-file-empty = An empty file
    .level = error
    .when = The file has no content.
    .cure = Make sure that the filled sheet is sent, report again.

rule-file-encoding = A doubtful text encoding
    .level = query
    .when = The encoding of a text file is uncertain; characters may be wrong.
    .cure = Check the text, save as .xlsx.

rule-file-encrypted = A file with a password
    .level = error
    .when = The file needs a password to open and none fits.
    .cure = Remove it and report again, or enter it into the settings sheet 密码.

rule-file-foreign_format = A format that cannot be read
    .level = error
    .when = The file is of another program's format.
    .cure = Open it in Excel or WPS and save it as .xlsx.

rule-file-html = A web page called a workbook
    .level = note
    .when = The file is HTML under a workbook's name; the tables in it were read.
    .cure = Open it in Excel or WPS and save it as .xlsx.

rule-file-no_files = Nothing in an archive or mail
    .level = error
    .when = It was opened but holds no file.
    .cure = Make sure that the sheet was put in, report again.

rule-file-outlook = Outlook's own mail format
    .level = error
    .when = The sheets are wrapped in winmail.dat or .msg and cannot be taken out.
    .cure = The sender should switch to HTML or plain text and send again.

rule-file-stopped = Reading was stopped
    .level = error
    .when = Reading the file went beyond the limit of memory or time; other files are unaffected.
    .cure = Open it in Excel, delete surplus rows, columns and pictures, save as .xlsx.

rule-file-too_large = A file too large
    .level = error
    .when = Rows, columns or unpacked size exceed the limit; it was not read.
    .cure = Keep only the data; if it must be read, change [limits] in wuzhang.toml.

rule-file-unknown_format = No sheet that can be read
    .level = error note
    .when = It is a document, a picture or something else. As a companion of a report it is only noted.
    .cure = If it holds data to report, put them into a sheet.

rule-file-unread = The reading process did not start
    .level = error
    .when = A cause on our side; the file itself need not be sent again.
    .cure = Check memory and program file, run again.

rule-file-unreadable = A damaged file
    .level = error
    .when = The file cannot be opened or its structure is broken.
    .cure = Open it in Excel or WPS, save as .xlsx, report again.

rule-form-beside = What belongs to a form
    .level = info
    .when = The guide and the choices of an issued form; no data.
    .cure = Nothing to do.

rule-form-blank = A form that was not filled in
    .level = error
    .when = The issued form came back as it was.
    .cure = Fill it in and report again.

rule-form-changed = A form was changed
    .level = note
    .when = Columns or headings of the form were changed; it was read by its headings.
    .cure = Check how the columns were read; do not change forms.

rule-form-extra = More beside the form
    .level = note
    .when = What was written to the right of the form was not read.
    .cure = Write it into 备注; ask the office for another column.

rule-form-recognised = Read by the form's mark
    .level = info
    .when = The sheet is a form that this program issued.
    .cure = Nothing to do.

rule-form-unit = A form of another unit
    .level = query
    .when = The form was issued to another unit; the unit stated on the sheet counts.
    .cure = Find out whose figures these are.

rule-header-ambiguous = An ambiguous heading
    .level = query
    .when = The heading does not say whether it counts from January or from the start of construction; the finding says how it was read.
    .cure = Say so in the heading.

rule-header-foreign_money = Foreign currency
    .level = query
    .when = The column is in a foreign currency and was not read as yuan.
    .cure = Add a column with the amount in yuan.

rule-header-stale_period = A heading of another month
    .level = query
    .when = The heading names a month that is not this period's.
    .cure = See whether the figures are this period's; mend the heading.

rule-header-unusual = An unusual heading
    .level = query note
    .when = The wording differs from the book's; the finding says as what it was read.
    .cure = Confirm what the column means.

rule-layout-changed = A layout changed
    .level = query
    .when = The layout was confirmed earlier and differs now; it was read by its headings.
    .cure = Check and have the office confirm it again.

rule-layout-confirmed = A confirmed layout
    .level = info
    .when = It was read as the office confirmed.
    .cure = Nothing to do.

rule-leader-unknown = A leader who is not on the list
    .level = query
    .when = The name is not in the settings sheet 领导; it counts as written.
    .cure = Check the name or add it to 领导.

rule-link-ambiguous = A link fits several projects
    .level = query
    .when = A row of 认定 names several projects; it was not applied.
    .cure = Fill in the present code.

rule-link-both_reported = Both ends of a link are reported
    .level = query
    .when = 认定 says that one project took the place of another, but both are reported.
    .cure = Find out; the unit deletes one row, or the link goes.

rule-link-contradict = Links contradict one another
    .level = error
    .when = Two rows of 认定 give a project two origins; neither was applied.
    .cure = Keep one.

rule-link-stale = A link fits no project
    .level = note
    .when = The projects of the row are in no period; it was not applied.
    .cure = Check name and code, or delete it.

rule-mail-no_report = A mail without a report
    .level = note query
    .when = A bounce, an automatic answer or a mail without a sheet.
    .cure = Have a look; ask the sender to attach the sheet if one was meant.

rule-number-interpreted = A number with a unit
    .level = query
    .when = The number carries a unit; the number as written was read.
    .cure = Type the number only.

rule-number-unreadable = A number that cannot be read
    .level = error
    .when = The cell is no number and was not read.
    .cure = Type a number and report again.

rule-number-words = Words in place of a number
    .level = query
    .when = The cell says something like none; it was read as empty.
    .cure = Leave it empty and write the circumstances into the remarks.

rule-override-ambiguous = A correction fits several projects
    .level = query
    .when = A row of 更正 names several projects; it was not applied.
    .cure = Fill in the project code.

rule-override-contradict = Corrections contradict one another
    .level = error
    .when = A field of a project has two corrected values, or one that contradicts 调整; none was applied.
    .cure = Keep one; changes of the plan belong into 调整.

rule-override-needless = A correction is no longer needed
    .level = note
    .when = The unit now reports the same.
    .cure = Give it an end or delete it.

rule-override-stale = A correction fits no project
    .level = note
    .when = A row of 更正 names no project of this period.
    .cure = Check name and code, or delete it.

rule-period-mismatch = Another period
    .level = error
    .when = Sheet name or title state another period.
    .cure = See whether the wrong month was sent; if the data is right, mend the title.

rule-project-duplicate = A project in two rows
    .level = error
    .when = A unit reports a project twice; one row counts, the other is set aside.
    .cure = Delete one; if they are two projects, give each its own name and code.

rule-project-joined = Projects may have been joined
    .level = query
    .when = Several projects are gone and a new one has the sum of their investment.
    .cure = If joined, enter each into 认定; else explain.

rule-project-moved = A project changed its book
    .level = query note
    .when = Last period it stood in another book.
    .cure = See whether it was moved in due form.

rule-project-new = A new project
    .level = note query
    .when = It is in no earlier period.
    .cure = See whether it was approved; enter it into 调整 or, if renamed, 认定.

rule-project-packed = A package and its parts
    .level = query
    .when = A project's investment is the sum of others reported with it.
    .cure = Report either the whole or the parts.

rule-project-renamed = A project may have been renamed
    .level = query
    .when = One project is gone and a new one is much like it.
    .cure = If renamed, enter it into 认定; else explain.

rule-project-reported_twice = Two units report a project
    .level = query note
    .when = It was merged into one; what differs is listed.
    .cure = Both units should agree.

rule-project-same_name = Projects of the same name
    .level = query
    .when = Two units have projects of one name without a common code.
    .cure = If it is one project, use one code or let one unit report it.

rule-project-similar = Projects of similar names
    .level = query
    .when = Two rows are much alike; both were counted.
    .cure = See whether they are one project.

rule-project-split = A project may have been split
    .level = query
    .when = One project is gone and several new ones have its investment in sum.
    .cure = If split, enter each into 认定; else explain.

rule-project-vanished = A project is gone
    .level = query
    .when = It was reported last period and is not in this one.
    .cure = See whether it was forgotten; enter what happened into 认定 or 调整.

rule-rate-interpreted = A rate to be confirmed
    .level = query
    .when = It may be a fraction or a percentage; the finding says what was read.
    .cure = Write percentages throughout.

rule-rate-unreadable = A rate that cannot be read
    .level = error
    .when = The cell is no percentage and was not read.
    .cure = Type a percentage and report again.

rule-rate-words = Words in place of a rate
    .level = query
    .when = The cell says something like none; it was read as empty.
    .cure = Leave it empty and write the circumstances into the remarks.

rule-report-replaced = Replaced by a later report
    .level = note
    .when = A later report took the place of this one or of some rows.
    .cure = If both should count, enter one time of receipt for both into 收文.

rule-report-shrunk = The later report has fewer projects
    .level = query
    .when = Projects of the first report are missing in the later one and no longer count.
    .cure = See whether they should go; else add them and report again.

rule-rollup-altered = A county's submission was altered
    .level = error
    .when = It differs from what was generated; the county was left out.
    .cure = The county should run again and send the file as it is.

rule-rollup-book = A book that this level has not
    .level = note query
    .when = The county has a book of its own; it was not put together.
    .cure = Put the book's file into this level's profile.

rule-rollup-column = A column that this level has not
    .level = note query
    .when = The county's book has more columns; they were left out.
    .cure = Use the same book files on both levels.

rule-rollup-copy = A county came twice
    .level = query note
    .when = It equals another submission, or the ledger counts.
    .cure = See which is the latest.

rule-rollup-folder = In another county's folder
    .level = query
    .when = The folder's name differs from the county stated inside; the content counts.
    .cure = See whether it was misplaced.

rule-rollup-missing = A county is missing
    .level = error
    .when = A county of the list has not submitted.
    .cure = Ask for it; run again when it came.

rule-rollup-nameless = A submission without a name
    .level = error
    .when = It does not say which county it is of.
    .cure = The county should state county in wuzhang.toml and send again.

rule-rollup-newer = Made by a newer program
    .level = error
    .when = This program does not know its format.
    .cure = Upgrade this level's program.

rule-rollup-other_file = No submission
    .level = note
    .when = Another file lies in the inbox.
    .cure = The county should send its submission or ledger folder.

rule-rollup-period = A submission of another period
    .level = error
    .when = The county was left out.
    .cure = The county should send this period's.

rule-rollup-program = Another version of the program
    .level = query
    .when = Definitions may differ.
    .cure = Use one version and send again.

rule-rollup-schedule = Counties use different schedules
    .level = query
    .when = Rates compare, leads over the schedule do not.
    .cure = Agree on one schedule or rank by rate only.

rule-rollup-twice = Two different submissions of a county
    .level = error
    .when = Neither counts.
    .cure = Keep the right one.

rule-rollup-unknown = A county that is not on the list
    .level = error
    .when = It is not among the counties of wuzhang.toml.
    .cure = Check the name or add it.

rule-rollup-unreadable = A ledger that cannot be read
    .level = error
    .when = The county's ledger folder is incomplete.
    .cure = The county should copy the whole folder again.

rule-share-ambiguous = Shares fit several projects
    .level = query
    .when = A row of 分摊 names several projects; it was not applied.
    .cure = Fill in the project code.

rule-share-stale = Shares fit no project
    .level = note
    .when = A row of 分摊 names no project of this period.
    .cure = Check name and code, or delete it.

rule-sheet-changing = A sheet is being changed
    .level = error
    .when = It was written to while it was read.
    .cure = Wait until it is saved and run again.

rule-sheet-empty = An empty sheet
    .level = error info
    .when = The sheet is empty.
    .cure = Nothing to do, unless data was meant.

rule-sheet-encrypted = A sheet with a password
    .level = error
    .when = It cannot be read.
    .cure = Remove the password and report again.

rule-sheet-no_book = No book's sheet
    .level = note query
    .when = It has a heading but belongs to no book.
    .cure = If it should, check its name and headings; ask the office for a new book.

rule-sheet-no_rows = No rows
    .level = note
    .when = Nothing stands below the heading.
    .cure = If there is nothing to report, say so in the sheet.

rule-sheet-no_table = A cover, a guide or a list
    .level = info
    .when = No book's heading was found.
    .cure = Nothing to do.

rule-sheet-quotes = An odd number of quotes
    .level = query
    .when = Lines after it may have run into one cell.
    .cure = Check the quotes or save as .xlsx.

rule-sheet-stopped = Reading of a sheet was stopped
    .level = error
    .when = It went beyond the limits.
    .cure = Delete surplus rows and columns, save as .xlsx.

rule-sheet-too_large = A sheet too large
    .level = error
    .when = Rows, columns or contents exceed the limits; this sheet was not read.
    .cure = Keep only the data and report again.

rule-sheet-unreadable = A damaged sheet
    .level = error
    .when = It cannot be read; other sheets are unaffected.
    .cure = Open it in Excel, save as .xlsx, report again.

rule-sheet-xlsb = Formats of an .xlsb sheet
    .level = query
    .when = Merged cells, hidden rows and percentages are not recognised; values were read as they are.
    .cure = Save as .xlsx and report again.

rule-stated-unlike = A stated rate differs from its figures
    .level = query
    .when = The rate in the sheet is not what its amounts give, rounding considered.
    .cure = Check rate and amounts, mend what is wrong.

rule-subject-missing = A row without a name
    .level = error
    .when = The row has figures but no project name; it was set aside.
    .cure = Fill in the name or delete the row.

rule-text-mark = A mark before a name
    .level = info
    .when = Marks such as ★ are not part of the name.
    .cure = Nothing to do.

rule-text-unreadable = A text that cannot be read
    .level = error
    .when = The cell is an error or a formula without a value.
    .cure = Type the text and report again.

rule-total-mismatch = A total differs from its rows
    .level = query
    .when = The total's figure is not the sum of the rows.
    .cure = Check the total and the rows.

rule-town-several = Several towns
    .level = query
    .when = A project names several towns; the first counts.
    .cure = Say which town it counts for.

rule-unit-silent = A unit is silent
    .level = query
    .when = It reported last period and has no row in this one.
    .cure = Ask for the report; an empty sheet will do.

rule-unit-unknown = A unit that is not on the list
    .level = query
    .when = The unit is not in the settings sheet 单位.
    .cure = Check the name or add it, or an alias, to 单位.

rule-unit-untold = Nobody knows who reported
    .level = query
    .when = Neither heading, file name nor mail say who it is from.
    .cure = State the unit in the heading or name the file after it.
