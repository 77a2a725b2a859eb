"""What is fuzzed, by name: a module each, which has ``TARGET``."""

NAMES = ("readers", "sidecars", "manifests", "indexes", "endpoints", "answers", "questions")
