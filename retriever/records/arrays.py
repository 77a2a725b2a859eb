"""The types of arrays: numpy checks a shape when it runs, so the name says it, and so does this.

A docstring that narrows it says so in place, ``(len(rows), dimension) float32``.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatVector = NDArray[np.float32]  # (n,): scores by row, or the vector of one text
FloatMatrix = NDArray[np.float32]  # (n, d): a vector a row
Codes = NDArray[np.int8]  # (n, d): unit vectors in eight bits a number
ByteCodes = NDArray[np.uint8]  # (n, bytes): vectors as a product quantiser codes them
OriginCodes = NDArray[np.int32]  # (n, 4): what each article states of its origin, by number
OriginColumn = NDArray[np.int32]  # (n,): one of these, by article row
RowNumbers = NDArray[np.int64]  # (n,): rows of passages, sentences or articles; they count from 0
IntTable = NDArray[np.int64]  # (n, columns): places, such as passage row, start and end
IntVector = NDArray[np.signedinteger[Any]]  # (n,): counts, lengths, or where parts begin
DoubleVector = NDArray[np.float64]  # (n,): what has more digits than it is kept with
TokenIds = NDArray[np.int64]  # (tokens,): what a network reads of one text
BoolVector = NDArray[np.bool_]  # (n,): whether each row is meant
ShingleCodes = NDArray[np.uint64]  # (n,): the shingles of one text
ClusterTable = NDArray[np.int32]  # (n, 3): of each article, whose reprint and version it is
Signatures = NDArray[np.uint16]  # (n, 129): what stands for the shingles of each article
AnyArray = NDArray[Any]
