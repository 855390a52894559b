# The lines under a score.

scores-bonus = 加分
scores-penalty = 减分
scores-points = { $points }分
scores-minus = -{ $points }分
