"""Fuzzing: ``python -m tests.fuzzing`` gives readers and the rest what nobody would write.

``targets/`` has a file for each part that takes what others made; ``inputs/`` holds inputs that
broke one, or come close, which the tests give to it again.
"""
