# What is wrong with the profile.
