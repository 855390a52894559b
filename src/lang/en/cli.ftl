# What the command line itself says.

cli-taken = { $path } already holds files, which are not overwritten: name an empty folder
cli-no-project = The ledger has no project whose name holds, or whose code is, “{ $project }”: check the wording, and that wuzhang run has seen its period
cli-output = Cannot write to standard output: { $source }
cli-missing-argument = The argument { $argument } is missing
cli-unknown-argument = There is no argument { $argument }
cli-unknown-command = There is no command { $command }
cli-conflict = { $argument } cannot go with { $other }
cli-no-command = Say what to do: wuzhang --help lists all commands
cli-no-value = { $argument } wants a value
cli-wrong-value = { $argument } cannot be “{ $value }”
cli-bad-value = The value of { $argument } is wrong
cli-too-many-values = { $argument } has too many values
cli-wrong = The command line is wrong ({ $fault })
cli-see-help =
    { $what }.
    wuzhang --help shows how it is used.
cli-apology =
    We are sorry: a fault of the program, and nothing was done; earlier results were not touched.
    Move the latest files away one by one and run again to find which one causes it, and hand it, with this sentence, to whoever keeps the program:
      { $what }
cli-no-language = --lang cannot be “{ $language }”: there are zh and en
cli-pages = The manual pages are in { $folder }; try: man { $page }
cli-complaint = wuzhang: { $text }
