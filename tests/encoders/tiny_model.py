"""A sentence-transformers model of two tiny layers with random weights, made on the spot."""

import json
from pathlib import Path

SPECIAL = "[PAD] [UNK] [CLS] [SEP] [MASK]".split()
WORDS = (
    "the harbour storm ship crane was closed opened on monday in of and a minister said .".split()
)
LETTERS = "abcdefghijklmnopqrstuvwxyz"
LONGEST = 32
DIMENSION = 16


def make_model(folder: Path, *, seed: int = 0, more_words: int = 0) -> Path:
    """Write a model into ``folder`` as its makers would lay it out, and return the folder.

    It reads 30 tokens beside [CLS] and [SEP], and has no normalising module: what comes out of it
    is not of unit length. ``more_words`` widens its vocabulary.
    """
    import torch  # seconds, paid only by the tests that make a model
    from transformers import BertConfig, BertModel, BertTokenizer

    torch.manual_seed(seed)
    pieces = {*WORDS, *LETTERS, *(f"##{letter}" for letter in LETTERS)}
    pieces |= {f"word{number}" for number in range(more_words)}
    vocabulary = {piece: number for number, piece in enumerate([*SPECIAL, *sorted(pieces)])}
    tokenizer = BertTokenizer(vocab=vocabulary, model_max_length=LONGEST)
    tokenizer.save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=DIMENSION,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=LONGEST,
    )
    BertModel(config).save_pretrained(folder)
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
        {
            "idx": 1,
            "name": "1",
            "path": "1_Pooling",
            "type": "sentence_transformers.models.Pooling",
        },
    ]
    pooling = {"word_embedding_dimension": DIMENSION, "pooling_mode_mean_tokens": True}
    _write(folder / "modules.json", modules)
    _write(folder / "1_Pooling" / "config.json", pooling)
    _write(folder / "sentence_bert_config.json", {"max_seq_length": LONGEST})
    return folder


def add_dense(folder: Path, *, activation: str, width: int = 24) -> None:
    """Add a dense layer of random weights to the model in ``folder``, after its pooling."""
    import torch  # seconds
    from safetensors.torch import save_file

    generator = torch.Generator().manual_seed(7)
    module = {
        "idx": 2,
        "name": "2",
        "path": "2_Dense",
        "type": "sentence_transformers.models.Dense",
    }
    _write(folder / "modules.json", [*json.loads((folder / "modules.json").read_text()), module])
    config = {"in_features": DIMENSION, "out_features": width, "bias": True}
    _write(folder / "2_Dense" / "config.json", config | {"activation_function": activation})
    weights = {
        "linear.weight": torch.randn(width, DIMENSION, generator=generator),
        "linear.bias": torch.randn(width, generator=generator),
    }
    save_file(weights, folder / "2_Dense" / "model.safetensors")


def _write(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")
