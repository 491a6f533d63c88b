"""Rules: one folder a category, one file a rule, the file name is the rule id."""
