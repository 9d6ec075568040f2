"""Hugging Face transformers ``generate`` on the same weights, in float32 as it runs Marian.

Batches are sorted by length, as a careful user would; the rest is ``MarianMTModel``'s own way.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from protocol import Documents, Translate, serve

BATCH = 32


def load(settings: dict[str, Any]) -> Translate:
    """The model from the folder of the CTranslate2 one."""
    import sentencepiece
    import torch

    torch.set_num_threads(settings["threads"])
    device = "cuda" if settings["device"] == "cuda" else "cpu"
    folder = Path(settings["model"])
    source = sentencepiece.SentencePieceProcessor(str(folder / "source.spm"))
    target = sentencepiece.SentencePieceProcessor(str(folder / "target.spm"))
    ids = {piece: i for i, piece in enumerate(_read_vocabulary(folder, "source"))}
    pieces = _read_vocabulary(folder, "target")
    model = build_model(folder, pieces, ids).to(device)
    pad, end, unknown = ids["<pad>"], ids["</s>"], ids["<unk>"]

    def encode(segments: list[str]) -> tuple[torch.Tensor, torch.Tensor]:
        rows = [
            [ids.get(p, unknown) for p in source.encode(text, out_type=str)] + [end]
            for text in segments
        ]
        width = max(map(len, rows))
        table = torch.tensor([row + [pad] * (width - len(row)) for row in rows], device=device)
        return table, (table != pad).long()

    def translate(documents: Documents) -> list[str]:
        segments = [one for document in documents for lines in document for one in lines]
        order = sorted(range(len(segments)), key=lambda i: -len(segments[i]))
        english = [""] * len(segments)
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            table, mask = encode([segments[i] for i in places])
            with torch.inference_mode():
                found = model.generate(
                    input_ids=table,
                    attention_mask=mask,
                    num_beams=settings["beam"],
                    do_sample=False,
                    max_length=320,
                )
            for place, row in zip(places, found.tolist(), strict=True):
                kept = [pieces[i] for i in row if pieces[i] not in ("<pad>", "</s>")]
                english[place] = target.decode(kept)
        return english[: settings["shown"]]

    return translate


def build_model(folder: Path, pieces: list[str], ids: dict[str, int]) -> Any:
    """A ``MarianMTModel`` with the weights of a CTranslate2 ``model.bin``.

    The layouts are the same: post-norm, no norm on the embeddings, these scaled by the square root
    of the width, output weights tied to the decoder's embeddings. The encoder's positions were
    trained and replace the sinusoids.
    """
    import torch
    from transformers import MarianConfig, MarianMTModel

    from training.shipped import read_state

    state = read_state(folder / "model.bin")
    width = state["source.weight"].shape[1]
    positions = state["source_positions"].shape[0]
    pad, end = pieces.index("<pad>"), pieces.index("</s>")
    config = MarianConfig(
        vocab_size=len(ids),
        decoder_vocab_size=len(pieces),
        share_encoder_decoder_embeddings=False,
        tie_word_embeddings=True,
        d_model=width,
        encoder_layers=sum(key.endswith(".ffn.first.weight") for key in state if "encoder" in key),
        decoder_layers=sum(key.endswith(".ffn.first.weight") for key in state if "decoder" in key),
        encoder_attention_heads=width // 32,
        decoder_attention_heads=width // 32,
        encoder_ffn_dim=state["encoder.0.ffn.first.weight"].shape[0],
        decoder_ffn_dim=state["decoder.0.ffn.first.weight"].shape[0],
        max_position_embeddings=positions,
        activation_function="gelu",
        scale_embedding=True,
        pad_token_id=pad,
        eos_token_id=end,
        decoder_start_token_id=pad,
        bos_token_id=None,
        forced_eos_token_id=None,
        bad_words_ids=None,
    )
    model = MarianMTModel(config).eval()
    named = dict(_rename(state))
    known = model.state_dict()
    assert not named.keys() - known.keys(), sorted(named.keys() - known.keys())[:3]
    with torch.no_grad():
        for name, value in named.items():
            known[name].copy_(value.reshape(known[name].shape))
        # decoding starts from an embedding of zeros; the output weight of <pad> goes with it, so
        # that <pad> is kept from being chosen by its bias
        known["model.decoder.embed_tokens.weight"][pad] = 0
        known["final_logits_bias"][0, pad] = -1e9
    return model


def _rename(state: dict[str, Any]) -> Any:
    """The weights under the names of ``MarianMTModel``."""
    fixed = {
        "source.weight": "model.encoder.embed_tokens.weight",
        "target.weight": "model.decoder.embed_tokens.weight",
        "source_positions": "model.encoder.embed_positions.weight",
        "target_positions": "model.decoder.embed_positions.weight",
        "bias": "final_logits_bias",
    }
    inner = {
        "attention.q": "self_attn.q_proj",
        "attention.k": "self_attn.k_proj",
        "attention.v": "self_attn.v_proj",
        "attention.out": "self_attn.out_proj",
        "attention_norm": "self_attn_layer_norm",
        "cross.q": "encoder_attn.q_proj",
        "cross.k": "encoder_attn.k_proj",
        "cross.v": "encoder_attn.v_proj",
        "cross.out": "encoder_attn.out_proj",
        "cross_norm": "encoder_attn_layer_norm",
        "ffn.first": "fc1",
        "ffn.second": "fc2",
        "ffn_norm": "final_layer_norm",
    }
    for name, value in state.items():
        if name in fixed:
            yield fixed[name], value
            continue
        side, layer, rest = name.split(".", 2)
        part, kind = rest.rsplit(".", 1)
        yield f"model.{side}.layers.{layer}.{inner[part]}.{kind}", value


def _read_vocabulary(folder: Path, side: str) -> list[str]:
    pieces: list[str] = json.loads((folder / f"{side}_vocabulary.json").read_text(encoding="utf-8"))
    return pieces


if __name__ == "__main__":
    serve(load)
