# Why forms are not issued.

forms-nobody = There are no forms to issue: the settings sheet 单位 has no unit that owes a report, and the ledger none that reported. Fill in 单位 and 报送 first
forms-changed =
    No forms were issued: these files were changed since they were, may be filled in, and are not overwritten. Move them to the inbox { $inbox } or elsewhere and run again:
      { $files }
forms-io = Cannot write { $path }: { $source }. Check permissions and disk space; close the file if it is open
forms-no-unit = There is no unit “{ $name }”{ $advice }: check the sheet 单位 of the settings
forms-no-book = There is no book “{ $name }”{ $advice }
forms-issued = Issued { $forms ->
        [one] 1 form
       *[other] { $forms } forms
    } with { $rows } projects filled in: { $folder }
forms-rows = { $count ->
        [one] 1 row
       *[other] { $count } rows
    }
forms-from = as of { $period }
forms-from-nothing = the ledger has nothing earlier
forms-without =
    Units without a form, since nothing says which they report: { $units }
    State it in the sheet 报送 of the settings, or name them with --unit and --book.
forms-removed = Forms that nobody owes any longer, taken back: { $files }
