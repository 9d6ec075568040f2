"""The floor: ``ctranslate2.Translator.translate_batch`` on tokens that are ready beforehand.

Tokens are made when the text is first seen, outside the time: the first run warms up. The threads
share each batch, as is the engine's default, or have one each, as in bitrans.
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
    threads, spread = settings["threads"], settings["spread"]
    engine = ctranslate2.Translator(
        folder,
        device=settings["device"],
        compute_type=settings["compute_type"],
        inter_threads=threads if spread else 1,
        intra_threads=1 if spread else threads,
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
            max_batch_size=1024 if spread else 2048,
            batch_type="tokens",
            max_input_length=0,
            max_decoding_length=320,
        )
        return [target.decode(result.hypotheses[0]) for result in results[: settings["shown"]]]

    return translate


if __name__ == "__main__":
    serve(load)
