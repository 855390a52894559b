cluster-not-county = { $path } is a city's workspace, to which no department reports: give the counties' workspaces, and the city's with --for
cluster-not-city = { $path } is no city's workspace and cannot rank other counties: write level = "city" in its wuzhang.toml, or give no --office
cluster-no-roster = { $path } has no list of units: machines read apart and know units only by one list; fill in the sheet “单位” of settings.xlsx
cluster-nameless = the wuzhang.toml of { $path } does not say county: what goes to the higher office has a county's name
cluster-unknown = the higher office's wuzhang.toml has no county “{ $name }”, only: { $known }; write the same name in both
cluster-same-name = two workspaces are called “{ $name }”: mend county in wuzhang.toml
cluster-other-columns = the book { $book } of { $name } has columns of other types than the higher office's: use one file for both
cluster-no-file = the inbox has no “{ $name }”: list and inbox differ, run wuzhang cluster plan again
cluster-empty-list = the list is empty: write a file a line, as seen from the inbox
cluster-line = line { $line } of what is to be settled cannot be understood: { $fault }
cluster-registered = the register { $path } cannot be understood: { $fault }. Submit the job again with an empty work folder
cluster-unread = no task has read “{ $name }”: if the shared folder is not in step yet, submit the same job a little later; if the inbox has changed since it was read, submit with an empty work folder
cluster-io = { $path } cannot be read or written: { $source }. Look at rights and disk space; the same task can be run again
cluster-answer-line = line { $line } of the cluster's answers cannot be understood: reckon again with the program in cluster/
cluster-other-plan = the cluster's answers were not reckoned with today's profile, settings and program: reckon again
cluster-missing = the cluster's answers have no “{ $name }”: it did not come to an end, reckon again
