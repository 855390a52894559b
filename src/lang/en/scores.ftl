# The lines under a score.

scores-bonus = bonus
scores-penalty = penalty
scores-points = { $points } points
scores-minus = -{ $points } points
