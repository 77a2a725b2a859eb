"""Milvus as the engine of the vectors, for an index that outgrows the memory of one machine."""
