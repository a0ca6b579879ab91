"""The list of jobs, and the engines that run it."""
