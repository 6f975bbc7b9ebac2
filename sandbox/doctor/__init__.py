"""What an operator should know of this machine before learners' programs run on it.

`versions`, `engine` and `host` judge what `gather` reads; `walls` judges what `program`, run as a
learner's, tells. `examine` brings them together; the judges themselves do no input and no output.
"""
