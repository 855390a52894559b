# What is no period.

period-none = “{ $text }” is no period: write year-month, such as 2026-05; a week as 2026-W38, a closing day as 2026-09-20
