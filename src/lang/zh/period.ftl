# What is no period.

period-none = “{ $text }”不是报告期：应写成年-月，如 2026-05；按周的写 2026-W38，按截止日的写 2026-09-20
