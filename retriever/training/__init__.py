"""Training of the reader: the network that points at the words which answer, or says none do.

Read in this order: :mod:`~retriever.training.rows` (what is learned from),
:mod:`~retriever.training.examples` (what is made of it: windows, near misses, wrong passages),
:mod:`~retriever.training.windows` (as token numbers), :mod:`~retriever.training.network`,
:mod:`~retriever.training.loop` (learning, with checkpoints), :mod:`~retriever.training.measure`
(how well it reads what it has never seen) and :mod:`~retriever.training.weights` (what ships).
Nothing else in the program imports this package, and training texts never enter the repository.
"""
