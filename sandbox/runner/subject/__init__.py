"""The learner's side: a process with the learner's uid, files and nothing else."""
