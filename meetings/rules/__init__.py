"""Who may do what in a meeting: every rule is a question, the tables of workflow.py answer most of them."""
