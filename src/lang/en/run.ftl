# Why a run stops.

run-rules = The rules of book { $book } cannot be evaluated: { $fault }. Check { $book }.toml
run-measure = The ranking { $ranking } (book { $book }) cannot be computed: { $fault }. Check { $book }.toml and county.toml
run-unbalanced = Stopped, since rows do not add up: { $file } › { $sheet } has { $data } data rows; merged { $merged }, joined { $joined }, set aside { $set_aside }, taken off { $taken_off }. This is a fault of the program; please report it with the file
run-misshapen = The records of { $file } › { $sheet } are not whole: { $fault }. This is a fault of the program; please report it with the file
run-frame = The derived columns of book { $book } cannot be computed: { $fault }. Check { $book }.toml
run-formulas =
    { $count ->
        [one] The profile has a fault; mend it and run again:
       *[other] The profile has { $count } faults; mend them and run again:
    }
      { $faults }
run-no-departments = A city's workspace knows no departments: which counties have not reported stands in the check report of wuzhang run
run-no-inbox = The inbox { $path } does not exist: make the folder, put the departments' sheets into it, run again
run-empty-inbox = The inbox { $path } is empty: put the departments' sheets into it, run again
run-reading = Cannot read { $path }: { $source }. Check permissions and run again
run-same-file = the books { $one } and { $other } would have results of one name ({ $file }): change short or title in the file of one of them
run-changed = “{ $file }” was changed while the run was under way: close the program that edits it and run again; the last results were not touched
