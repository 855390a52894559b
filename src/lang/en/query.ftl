# Why a query has no answer.

query-syntax = The query cannot be understood: { $fault }. Text stands in single quotes ('城关镇'), names of columns in none
query-not-a-question = A query is one SELECT (or WITH … SELECT): the ledger can be looked at, not changed
query-no-table = The ledger has no table “{ $name }”{ $advice }
query-no-column = There is no column “{ $name }”; the nearest is “{ $nearest }”. wuzhang query without a query lists all tables and columns. Text stands in single quotes
query-outer-join = An outer join's ON may only say that columns of both tables are equal (a.key = b.key, joined by AND): with anything else the engine drops rows that have no match. Put conditions into a subquery: LEFT JOIN (SELECT … WHERE …) AS b ON …
query-engine = The query cannot be answered: { $fault }
query-written = { $rows ->
        [one] 1 row
       *[other] { $rows } rows
    }, written to { $path }
query-rows = ({ $count ->
        [one] 1 row
       *[other] { $count } rows
    })
query-yes = yes
query-no = no
query-empty = The ledger has no data yet: run wuzhang run first
query-places = rankings of all periods
query-table = { $name } { $title } ({ $periods }, { $rows ->
        [one] 1 row
       *[other] { $rows } rows
    })
query-span = { $first } to { $last }, { $count } periods
query-nothing-run = {""}: no period has been run yet
