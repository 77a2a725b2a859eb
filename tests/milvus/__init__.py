"""An index in Milvus, tested on what ``make test-milvus`` installs."""
