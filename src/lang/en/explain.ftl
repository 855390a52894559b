# wuzhang explain: what a rule means.

explain-all =
    The program's own rules:
    { $own }
    The books' rules:
    { $books }
    One rule: wuzhang explain RULE
explain-own =
    { $rule } ({ $level }): { $title }
      When: { $when }
      Cure: { $cure }
explain-book =
    { $rule } ({ $level }, book “{ $book }”): { $message }
      Expected: { $expected }
      Cure: { $advice }
      Rule: { $holds }
      Source: { $source }
explain-unknown = There is no rule “{ $rule }”; wuzhang explain lists all of them
explain-unknown-near = There is no rule “{ $rule }”; the nearest is “{ $near }”; wuzhang explain lists all of them
explain-level-error = error (强制性, must be mended)
explain-level-query = query (核实性, to be confirmed)
explain-level-note = note (提示性, advice)
explain-level-info = info (说明)
