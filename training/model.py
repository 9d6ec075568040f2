"""The network: an encoder-decoder in the Marian layout, as CTranslate2 runs it.

Post-norm layers after Vaswani et al. 2017 (https://arxiv.org/abs/1706.03762), GELU, no norm on
the embeddings, embeddings scaled by the square root of the width, output weights tied to the
decoder's embeddings (https://marian-nmt.github.io).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.vocabulary import PAD


@dataclass(frozen=True)
class ModelSize:
    """Shape of a network; widths are in units, depths in layers."""

    source_size: int
    target_size: int
    width: int = 384
    inner: int = 1536
    heads: int = 12
    encoder_layers: int = 12
    decoder_layers: int = 3
    positions: int = 512
    dropout: float = 0.1


def half_precision(device: str) -> torch.autocast:
    """bfloat16 where the device has units for it; a CPU without them takes longer with it."""
    units = device != "cpu" or any(
        getattr(torch.cpu, name, bool)()
        for name in ("_is_avx512_bf16_supported", "_is_amx_tile_supported")
    )
    return torch.autocast(device, dtype=torch.bfloat16, enabled=units)


class Dropout(nn.Module):
    """Dropout from a pool of masks: drawing fresh bits takes a quarter of a step on a CPU."""

    POOL = 1 << 24

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate
        self.pool: Tensor | None = None

    def forward(self, x: Tensor) -> Tensor:
        """Zero a share of ``x`` and scale the rest up; nothing outside training."""
        if not self.training or not self.rate:
            return x
        if x.is_cuda or x.numel() >= self.POOL:
            return functional.dropout(x, self.rate)
        if self.pool is None or self.pool.dtype != x.dtype:
            self.pool = _draw_pool(self.POOL, self.rate).to(x.dtype)
        start = int(torch.randint(self.POOL - x.numel(), ()))
        return x * self.pool[start : start + x.numel()].view(x.shape)


@cache
def _draw_pool(size: int, rate: float) -> Tensor:
    return (torch.rand(size) >= rate).float() / (1 - rate)


class Attention(nn.Module):
    """Multi-head attention; queries from ``x``, keys and values from ``memory``."""

    def __init__(self, size: ModelSize) -> None:
        super().__init__()
        self.heads = size.heads
        self.q, self.k = nn.Linear(size.width, size.width), nn.Linear(size.width, size.width)
        self.v, self.out = nn.Linear(size.width, size.width), nn.Linear(size.width, size.width)

    def forward(self, x: Tensor, memory: Tensor, mask: Tensor | None, causal: bool) -> Tensor:
        """Attend; shapes ``(batch, length, width)``, ``mask`` ``(batch, 1, 1, length)``."""
        q, k, v = self._split(self.q(x)), self._split(self.k(memory)), self._split(self.v(memory))
        mixed = _attend(q, k, v, mask, causal)
        return self.out(mixed.transpose(1, 2).flatten(2))  # type: ignore[no-any-return]

    def first_head(self, x: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        """Attention of the first head, shape ``(batch, queries, keys)``."""
        wide = self.q.out_features // self.heads
        q, k = (
            functional.linear(states, linear.weight[:wide], linear.bias[:wide])
            for states, linear in ((x, self.q), (memory, self.k))
        )
        scores = (q @ k.transpose(1, 2)).float() / math.sqrt(wide)
        return scores.masked_fill(~mask[:, 0], float("-inf")).softmax(-1)

    def _split(self, x: Tensor) -> Tensor:
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)


class FeedForward(nn.Module):
    """Two linear maps with GELU between them."""

    def __init__(self, size: ModelSize) -> None:
        super().__init__()
        self.first = nn.Linear(size.width, size.inner)
        self.second = nn.Linear(size.inner, size.width)

    def forward(self, x: Tensor) -> Tensor:
        """Map each position by itself."""
        return self.second(functional.gelu(self.first(x)))  # type: ignore[no-any-return]


class EncoderLayer(nn.Module):
    """Self-attention and feed-forward, each added and then normed."""

    def __init__(self, size: ModelSize) -> None:
        super().__init__()
        self.attention, self.ffn = Attention(size), FeedForward(size)
        self.attention_norm, self.ffn_norm = nn.LayerNorm(size.width), nn.LayerNorm(size.width)
        self.dropout = Dropout(size.dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """One layer over ``(batch, length, width)``."""
        x = self.attention_norm(x + self.dropout(self.attention(x, x, mask, False)))
        return self.ffn_norm(x + self.dropout(self.ffn(x)))  # type: ignore[no-any-return]


class DecoderLayer(nn.Module):
    """Causal self-attention, attention to the source, feed-forward."""

    def __init__(self, size: ModelSize) -> None:
        super().__init__()
        self.attention, self.cross, self.ffn = Attention(size), Attention(size), FeedForward(size)
        self.attention_norm, self.cross_norm = nn.LayerNorm(size.width), nn.LayerNorm(size.width)
        self.ffn_norm, self.dropout = nn.LayerNorm(size.width), Dropout(size.dropout)

    def forward(self, x: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        """One layer over ``(batch, length, width)`` with the encoder's ``memory``."""
        return self.finish(self.begin(x), memory, mask)

    def begin(self, x: Tensor) -> Tensor:
        """Self-attention, as far as what then asks the encoder's states."""
        return self.attention_norm(x + self.dropout(self.attention(x, x, None, True)))  # type: ignore[no-any-return]

    def finish(self, x: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        """Attention to the source and feed-forward."""
        x = self.cross_norm(x + self.dropout(self.cross(x, memory, mask, False)))
        return self.ffn_norm(x + self.dropout(self.ffn(x)))  # type: ignore[no-any-return]


class Marian(nn.Module):
    """The whole network."""

    def __init__(self, size: ModelSize) -> None:
        super().__init__()
        self.size, self.scale = size, math.sqrt(size.width)
        self.source = nn.Embedding(size.source_size, size.width)
        self.target = nn.Embedding(size.target_size, size.width)
        self.source_positions = nn.Parameter(sinusoids(size.positions, size.width))
        self.target_positions = nn.Parameter(
            sinusoids(size.positions, size.width), requires_grad=False
        )
        self.encoder = nn.ModuleList(EncoderLayer(size) for _ in range(size.encoder_layers))
        self.decoder = nn.ModuleList(DecoderLayer(size) for _ in range(size.decoder_layers))
        self.bias = nn.Parameter(torch.zeros(size.target_size))
        self.dropout = Dropout(size.dropout)
        for table in (self.source, self.target):
            nn.init.normal_(table.weight, std=size.width**-0.5)
        for layer in self.decoder:
            for module in layer.modules():
                if isinstance(module, nn.Linear):
                    nn.init.xavier_uniform_(module.weight)
                    nn.init.zeros_(module.bias)

    def encode(self, source: Tensor) -> tuple[Tensor, Tensor]:
        """Encoder states and the mask of real positions, for ids ``(batch, length)``."""
        mask = (source != PAD)[:, None, None, :]
        x = self.source(source) * self.scale + self.source_positions[: source.shape[1]]
        x = self.dropout(x)
        for layer in self.encoder:
            x = layer(x, mask)
        return x, mask

    def decode(self, target: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        """Decoder states before the output weights, for ids ``(batch, length)``."""
        return self.decoder[-1].finish(self._ask(target, memory, mask), memory, mask)  # type: ignore[no-any-return, operator]

    def decode_aligned(self, target: Tensor, memory: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Decoder states, and the last layer's first head's attention ``(batch, target, source)``.

        That head is what CTranslate2 gives as the alignment.
        """
        last = self.decoder[-1]
        asking = self._ask(target, memory, mask)
        return last.finish(asking, memory, mask), last.cross.first_head(asking, memory, mask)  # type: ignore[operator, union-attr]

    def _ask(self, target: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        embedded = self.target(target) * (target != PAD).unsqueeze(-1)  # Marian starts from zero
        x = embedded * self.scale + self.target_positions[: target.shape[1]]
        x = self.dropout(x)
        *lower, last = self.decoder
        for layer in lower:
            x = layer(x, memory, mask)
        return last.begin(x)  # type: ignore[no-any-return, operator]

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        """Logits ``(batch, length, target_size)`` for shifted target ids."""
        memory, mask = self.encode(source)
        return self.project(self.decode(target, memory, mask))

    def project(self, states: Tensor) -> Tensor:
        """Logits of decoder states."""
        return functional.linear(states, self.target.weight, self.bias)


def _attend(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None, causal: bool) -> Tensor:
    """Attention written out on a CPU, where the fused kernel's backward pass is slower."""
    if q.is_cuda:
        return functional.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=causal)
    scores = (q * q.shape[-1] ** -0.5) @ k.transpose(2, 3)
    if causal:
        mask = torch.ones(q.shape[2], k.shape[2], dtype=torch.bool).tril()
    if mask is not None:
        away = torch.zeros(mask.shape, dtype=scores.dtype).masked_fill_(~mask, float("-inf"))
        scores = scores + away
    return scores.softmax(-1).to(v.dtype) @ v


def sinusoids(positions: int, width: int) -> Tensor:
    """Position encodings in Marian's order: all sines, then all cosines."""
    angles = torch.arange(positions)[:, None] / 10000 ** (
        2 * torch.arange(width // 2)[None] / width
    )
    return torch.cat([torch.sin(angles), torch.cos(angles)], 1)
