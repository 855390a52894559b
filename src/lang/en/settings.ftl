# What is wrong with the settings.
