"""The list of stages, the work ledger at work, and where stages run.

Import from the modules: `names` is light, `stages` loads every stage.
"""
