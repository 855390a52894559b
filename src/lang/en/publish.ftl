# Why a document cannot be made.

publish-workbook = The ranking workbook could not be made: { $fault }. The last results were not touched; check the rankings' names in county.toml, memory and temporary space, then run again
publish-no-book = The ranking workbook could not be made: the profile has no book “{ $book }”. Put its TOML file into the profile folder and run again
publish-too-many-rows = The answer has { $rows } rows, more than a sheet holds: add conditions to the query, or use --csv
publish-return = A return could not be made: { $fault }. Other documents are unaffected; check memory and disk space, then run again
publish-markup = The bulletin could not be made: { $fault }
publish-package = The bulletin could not be made: { $fault }
publish-csv = The CSV could not be written: { $fault }
publish-settings-form = The blank settings workbook could not be made: { $fault }
