# What is wrong with the profile's files.
profile-id-name = id “{ $id }” may have small letters, digits and underscores only, a letter first
profile-id-name-bare = id may have small letters, digits and underscores only, a letter first
profile-id-taken = id “{ $id }” is used already: take another
profile-id-file = id “{ $id }” is not the name of the file { $stem }.toml: make them the same
profile-no-field = “{ $field }” is no field of this book{ $advice }
profile-only-named = a book with only_named is known by its sheets' names: write at least one word in words
profile-no-schedule-of = the measure “{ $measure }” compares with last year and has no schedule: take schedule out
profile-choices = the field “{ $field }”: choices go with kind = "choice", and only with it
profile-own-rankings = a ranking in a book's file is of that book ({ $book }) only
profile-not-rate = “{ $field }” is no field of { $wanted }
profile-one-whole = write one of whole and whole_of, and only one
profile-score-taken = “score” is kept for scores: take another id
profile-schedule-no-book = the schedule “{ $schedule }”: there is no book “{ $book }”{ $advice }
profile-schedule-twice = the book “{ $book }” has the schedule above already, and can have one only
profile-no-band = at least one band is needed
profile-no-book-has = no book has a field “{ $field }”; the nearest is “{ $nearest }”
profile-measure-fault = the measure “{ $measure }”: { $fault }
profile-ranking-fault = the ranking “{ $ranking }”: { $fault }
profile-no-score = the ranking “{ $ranking }” uses a score, and there is no [[score]] with book = "{ $book }" and ranking = "{ $id }": add it
profile-colour = the colour “{ $colour }” should be six hexadecimal digits, such as 92D050
profile-name-taken = “{ $name }” is used already: take another name
profile-last-open = the last band has no lower end: take open out
profile-band-end = “{ $name }” is not the last band: state its lower end with from (or relative, score, share)
profile-last-end = the last band has no lower end: take { $key } out
profile-one-basis = bands are drawn in one way only, and those above use { $known }: make them the same
profile-one-end = write only one of from, relative, score, share
profile-descending = the lower end of “{ $name }” should be below that of the band above
profile-share = the share of “{ $name }” should lie between 0 and 1, such as 0.3
profile-share-open = bands by share of places have no open: take it out
profile-shares-whole = the shares together should be less than 1: the rest is the last band's
profile-up-or-below = write only one of up_to (with the number) and below (without it)
profile-first-end = “{ $name }” is the first band and has no upper end: take { $key } out
profile-no-floor = the band above has no lower end to hold it against: take { $key } out
profile-bands-both = “{ $name }” and “{ $other }” both hold { $written }: they overlap
profile-bands-neither = neither “{ $name }” nor “{ $other }” holds { $written }: that point is missing
profile-bands-gap = between “{ $name }” and “{ $other }” the stretch from { $written } to { $known } is missing
profile-bands-overlap = “{ $name }” and “{ $other }” overlap from { $known } to { $written }
profile-mend = { $which }
profile-ranking-no-book = the ranking “{ $ranking }”: there is no book “{ $book }”{ $advice }
profile-book-no-measure = the book { $book } has no measure “{ $id }”{ $advice }
profile-minimum = at_least should be above 0, amounts in 万元
profile-minimum-rate = “{ $measure }” is a rate, and a minimum is an amount or a count
profile-whole-roster = group = "whole" has one row and can have no roster
profile-whole-leaders = group = "whole" has one row and can have no leaders
profile-within = only units have groups (the column 分组 of the sheet 单位), and this ranking is not of units
profile-roster = the roster does not fit group = "{ $group }"
profile-unranked = sort = "name" lists and does not rank, and can have no { $key }
profile-no-lag = the book { $book } has no measure that compares with the schedule: say with marked_by which measure decides
profile-no-lag-relative = the book { $book } has no measure that compares with the schedule, so relative cannot be used
profile-relative = relative looks at how much less than the schedule it is, and “{ $measure }” of marked_by is no measure that compares with the schedule
profile-first-schedule = at least one is needed: the first is the county's schedule
profile-campaign-days = the last day of “{ $campaign }”, { $last }, is before its first, { $first }
profile-schedule-fault = the schedule “{ $schedule }”: { $fault }
profile-no-schedule = county.toml has no schedule “{ $id }”{ $advice }
profile-no-campaign = there is no [[campaign]] “{ $id }”{ $advice }
profile-campaign-kind = a campaign is not counted by months of the year: use days, milestones or curve
profile-plan-wants = kind = "plan" wants { $key }, such as "SUM(plan)"
profile-plan-only = only kind = "plan" has numerator and denominator
profile-points-wanted = points are wanted, such as points = [{"{"} by = "06-30", share = 0.5 {"}"}]
profile-points-only = only milestones and curve have points
profile-point-share = share = { $share } should lie between 0 and 1
profile-points-order = points go by date, and their shares never fall: { $day }, { $share }
profile-curve-end = the last point of a curve should be the last day (by = "{ $end }")
profile-day-outside = by = "{ $day }" is not within “{ $campaign }” ({ $first } to { $last })
profile-day-year = by = "{ $day }": a yearly schedule names no year; write "{ $short }"
profile-role-taken = “{ $title }” is another role's name already, and the sheet 收件人 could not tell them apart: take another
profile-role-missing = at least one role with of = "{ $key }" is needed: the addresses of the sheet { $sheet } belong to the first of them
profile-answer-days = answers are waited for between 0 and { $longest_answer } days
profile-role-nothing = the role “{ $role }” gets nothing: write gets, or take it out
profile-role-unit = the role “{ $role }” is of units and cannot get { $key } ({ $title }), which holds other units' projects and findings: use group_ranking
profile-role-county = the role “{ $role }” is of no unit and has no { $key } ({ $title }) of its own: take it out, or write of = "unit"
profile-bulletin-date = bulletin: its date should be 0 to { $latest } days after the period's end
profile-bulletin-rows = bulletin: most_rows is 6 at least (the first 3 and the last 3)
profile-bulletin-projects = bulletin: most_projects is 1 at least
profile-bulletin-number = bulletin: issues are numbered from 1, never 0
profile-bulletin-twice = bulletin: number { $number } is given to two periods of a year: change one
profile-bulletin-period = bulletin: “{ $text }” is no period: write it like 2026-05, 2026-W38 or 2026-09-20
profile-bulletin-no-rankings = bulletin: the book “{ $book }” has no rankings to list
profile-bulletin-no-ranking = bulletin: the book “{ $book }” has no ranking “{ $ranking }”{ $advice }
profile-bulletin-no-measure = bulletin: the ranking “{ $ranking }” does not list the measure “{ $measure }”{ $advice }
profile-bulletin-columns = bulletin: a table lists 1 to { $most_columns } measures; upright paper holds no more
profile-chart-fault = the chart “{ $chart }”: { $message }
profile-no-book = there is no book “{ $id }”{ $advice }
profile-chart-few = to compare, at least one of rankings and two of measures are needed
profile-chart-whole = the book { $book } has no ranking “{ $id }” with group = "whole"{ $advice }
profile-chart-measure = the ranking “{ $ranking }” has no measure “{ $id }”{ $advice }
profile-chart-units = the measures of a chart are counted in the same
profile-form-internal = a book that the program makes has no blank form: take [form] out
profile-form-twice = “{ $field }” is listed already, and a form has one column a field
profile-form-wants = the form lacks “{ $field }” ({ $title }): without it, rows that come back are known by nothing or cannot be used
profile-form-number = “{ $field }” is no number, so there is no earlier one to compare with
profile-form-asked = “{ $field }” is neither in fixed nor in kept, so it is filled in each period anyway
profile-form-spare = at most { $most_spare } spare rows
profile-large = { $key } = { $rows } will not do: 1 to { $most }, as many rows as a sheet holds
profile-reports-book = reports: there is no book “{ $id }” to report{ $advice }
profile-reports-due = { $days } days until a report is due are too many: 0 to { $latest_due }
profile-score-again = the ranking “{ $book }/{ $ranking }” has a score already, and can have one only
profile-score-fault = the score “{ $score }”: { $fault }
profile-decimals = at most { $most_decimals } decimals
profile-cap = cap should not be below floor
profile-score-terms = at least one [[score.term]] is needed
profile-not-negative = { $key } is a number not below 0
profile-no-rankings = the book “{ $book }” has no rankings{ $advice }
profile-no-ranking = the book { $book } has no ranking “{ $ranking }”{ $advice }
profile-score-whole = “{ $ranking }” is one total and has no units to score
profile-score-missing = a term without full points cannot be scaled: write missing as "none" or "zero"
profile-score-weight = weight should be above 0
profile-score-part = there is no [[score.part]] “{ $part }”{ $advice }
profile-score-unlike = “{ $one }” and “{ $other }” are counted in different units and cannot be compared
profile-score-condition = the condition of “{ $measure }” says neither at_least nor below
profile-score-below = below of “{ $measure }” should be above at_least
profile-score-from = there is no ranking “{ $from }” (written BOOK/RANKING){ $advice }
profile-score-measure = the book { $book } has no measure “{ $measure }”{ $advice }
profile-score-unit = “{ $measure }” is no amount and has no unit
profile-score-no-term = no term says part = "{ $part }"
profile-score-when = it does not say when it takes effect
profile-score-grade-wanted = grade_at_most wants grade, the best that can be had
profile-score-grade-only = only effect = "grade_at_most" has grade
profile-score-grade = there is no grade “{ $grade }”{ $advice }
profile-shape-key = shape = "{ $shape }" has no { $key }; its keys are { $keys }
profile-shape-deduct = only shape = "deductions" has deduct
profile-shape-measure = it does not say which measure it looks at: add measure
profile-shape-points = it does not say how many points: add points
profile-shape-each = each, the size of a step, should be above 0
profile-shape-at = write one of at (a number), at_measure (a measure) and at_average = true (the units' average), and only one
profile-shape-target = at, the target below the line, should be above 0
profile-shape-up-down = write at least one of up (points for each step above) and down (for each below)
profile-shape-signs = { $key } is a number not below 0: up adds points, down takes them
profile-shape-last = the last step has neither at_least nor and: all the rest is its, such as {"{"} points = 0 {"}"}
profile-shape-only-last = only the last step may have no condition: nothing behind it would ever be reached
profile-shape-descending = at_least goes from high to low
profile-shape-places = write places, the points of each place, or points of the first and less for each behind it
profile-shape-places-one = write either places, or points and less
profile-shape-places-to = to of places goes from small to large, and only the last has none
profile-shape-base = base should not be above points
profile-shape-best = write both best and worst, not the same, or neither
profile-shape-best-alone = with best and worst there is no order and no equal
profile-shape-no-deduct = it does not say what points are taken: add deduct
profile-shape-deduct-signs = points and most of deduct are numbers not below 0 (points taken), each is above 0
profile-shape-no-sides = write above, the stretches over it, or below, those under it
profile-shape-sides-to = to of { $key } goes from small to large (above 0), the last has none; a stretch without points says per = 0
profile-shape-sides-per = per of { $key } is a number not below 0: above adds points, below takes them
profile-wrong-file = this office's rankings and definitions stand in { $choices }: rename this file or move it away
profile-no-county = this file is missing: it states rankings, bands and schedules
profile-no-folder = this folder cannot be opened: { $error }
profile-not-read = it cannot be read ({ $error }): save it as text in UTF-8
profile-not-among = “{ $found }” is none of the values that may stand here{ $advice }
profile-should-be = here should stand { $wanted }
profile-cannot-be = the value here cannot be used ({ $message })
profile-no-key = there is no key `{ $key }`{ $advice }
profile-key-missing = the key { $key } is missing: add it
profile-a-text = text (in double quotes)
profile-a-list = a list (written [ … ]; tables are written [[…]])
profile-a-table = keys and values (a part headed [name])
profile-a-number = a number (without quotes)
profile-a-truth = true or false
profile-a-day = a day (in double quotes: one day is "2026-09-01", a day of each year "06-30")
profile-toml = not as TOML is written: { $hint } ({ $message })
profile-toml-twice = a key stands twice: take one out
profile-toml-string = a text is not closed: check the double quotes
profile-toml-array = square brackets do not match, or a comma is missing between the parts of a list
profile-toml-other = check that quotes, brackets and equals signs are the plain ones and match
profile-advice-one = {""}: there is only `{ $nearest }`
profile-advice = {""}: is `{ $nearest }` meant? There are { $all }
profile-fault-at = { $file } line { $line }, column { $column }: { $fault }
profile-fault = { $file }: { $fault }
profile-faults = { $count ->
        [one] The profile has a fault; mend it and run again:
       *[other] The profile has { $count } faults; mend them and run again:
    }
profile-internal-words = a book with internal = true is made by the program and read from no sheet: words should be empty
profile-internal-spellings = a book with internal = true is made by the program and read from no sheet: spellings should be empty
profile-numbers = amounts, counts or numbers
profile-rates = rates (kind = "rate")
profile-built-in = (built in) { $name }
profile-day-of-campaign = a day of a campaign names its year, such as "{ $example }"
