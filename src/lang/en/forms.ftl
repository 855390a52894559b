# Why forms are not issued.

forms-nobody = There are no forms to issue: the settings sheet 单位 has no unit that owes a report, and the ledger none that reported. Fill in 单位 and 报送 first
forms-changed =
    No forms were issued: these files were changed since they were, may be filled in, and are not overwritten. Move them to the inbox { $inbox } or elsewhere and run again:
      { $files }
forms-io = Cannot write { $path }: { $source }. Check permissions and disk space; close the file if it is open
