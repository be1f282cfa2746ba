"""The attribution tagger's network, as it is trained.

A BERT encoder whose input also holds each word's tag and relation; from its states

    cue        for each word: outside, begin, inside of a cue
    near, far  for each word: what it is as a cue, and what it is as a word seen from one

and for each pair of a cue and a word of its paragraph the scores of O, B-source, I-source,
B-content, I-content, from `near` of the cue, `far` of the word and the features of the pair. A
linear-chain CRF over the words of the paragraph makes the spans of one cue come out whole. That the
labels are asked for each cue is span-based semantic role labelling's way (He et al. 2017, "Deep
semantic role labeling"); one word may thus belong to several attributions, and nest.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from training.batches import Batch

from sayso.learned.attribution import decoding, features

N_CUE = 3


@dataclass(frozen=True)
class Shape:
    """Sizes of the encoder and of the scorer."""

    vocabulary: int = 30522
    hidden: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    positions: int = 512
    pair: int = 128
    """Width of `near`, `far` and the pair features."""
    eps: float = 1e-12
    """Of the layer norms."""
    buckets: int = 0
    """Classes of distance between two pieces that attention is biased by, shared by all layers;
    0: none."""


class Attention(nn.Module):
    """What each place sees of all others, by heads (Vaswani et al. 2017)."""

    def __init__(self, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.dropout = dropout

    def forward(self, q: Tensor, k: Tensor, v: Tensor, added: Tensor | None) -> Tensor:
        """`q`, `k`, `v`: batch by places by width; `added`: to the scores, by heads and places."""
        q, k, v = (one.unflatten(-1, (self.heads, -1)).transpose(1, 2) for one in (q, k, v))
        scores = q @ k.transpose(-1, -2) / q.shape[-1] ** 0.5
        if added is not None:
            scores = scores + added
        weights = functional.dropout(scores.softmax(-1), self.dropout, self.training)
        return (weights @ v).transpose(1, 2).flatten(2)


class Layer(nn.Module):
    """One transformer layer as BERT has it (post-norm)."""

    def __init__(self, shape: Shape, dropout: float, attention_dropout: float = 0.0) -> None:
        super().__init__()
        self.dropout = dropout
        self.attend = Attention(shape.heads, attention_dropout)
        self.qkv = nn.Linear(shape.hidden, 3 * shape.hidden)
        self.out = nn.Linear(shape.hidden, shape.hidden)
        self.norm1 = nn.LayerNorm(shape.hidden, eps=shape.eps)
        self.up = nn.Linear(shape.hidden, shape.inner)
        self.down = nn.Linear(shape.inner, shape.hidden)
        self.norm2 = nn.LayerNorm(shape.hidden, eps=shape.eps)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        q, k, v = self.qkv(x).chunk(3, -1)
        seen = self.out(self.attend(q, k, v, mask))
        x = self.norm1(x + functional.dropout(seen, self.dropout, self.training))
        inner = self.down(functional.gelu(self.up(x)))
        return self.norm2(x + functional.dropout(inner, self.dropout, self.training))


class Encoder(nn.Module):
    """Word pieces and word features to states of words, then to cue scores, near and far."""

    def __init__(self, shape: Shape, dropout: float = 0.1, attention_dropout: float = 0.0) -> None:
        super().__init__()
        self.shape = shape
        self.dropout = dropout
        self.words = nn.Embedding(shape.vocabulary, shape.hidden)
        self.places = nn.Embedding(shape.positions, shape.hidden)
        self.kind = nn.Parameter(torch.zeros(shape.hidden))
        self.norm = nn.LayerNorm(shape.hidden, eps=shape.eps)
        self.tags = nn.Embedding(features.N_TAGS, shape.hidden)
        self.relations = nn.Embedding(features.N_RELATIONS, shape.hidden)
        nn.init.zeros_(self.tags.weight)
        nn.init.zeros_(self.relations.weight)
        if shape.buckets:
            self.apart = nn.Embedding(shape.buckets, shape.heads)
        self.layers = nn.ModuleList(
            Layer(shape, dropout, attention_dropout) for _ in range(shape.layers)
        )
        self.cue = nn.Linear(shape.hidden, N_CUE)
        self.near = nn.Linear(shape.hidden, shape.pair)
        self.far = nn.Linear(shape.hidden, shape.pair)

    def forward(
        self, ids: Tensor, mask: Tensor | None, tags: Tensor, relations: Tensor, first: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """`ids`, `tags`, `relations`: batch by pieces; `mask`: 1 where a piece stands, 0 in the
        filling (None: no filling); `first`: batch by words, the place of each one's first piece."""
        place = torch.arange(ids.shape[1], device=ids.device)
        x = self.norm(self.words(ids) + self.places(place)[None] + self.kind)
        x = x + self.tags(tags) + self.relations(relations)
        x = functional.dropout(x, self.dropout, self.training)
        added = None if mask is None else (1.0 - mask.to(x.dtype))[:, None, None, :] * -10000.0
        if self.shape.buckets:
            bias = self.apart(distance_buckets(place, self.shape.buckets)).permute(2, 0, 1)[None]
            added = bias if added is None else bias + added
        for layer in self.layers:
            x = layer(x, added)
        at = first[:, :, None].expand(-1, -1, x.shape[2])
        x = functional.dropout(x.gather(1, at), self.dropout, self.training)
        return self.cue(x), self.near(x), self.far(x)


def distance_buckets(place: Tensor, buckets: int, farthest: int = 128) -> Tensor:
    """Class of the distance from each place (row) to each other, as MPNet (Song et al. 2020) and T5
    (Raffel et al. 2020) have them: half for each direction; in a half, near ones each for itself,
    farther ones by logarithm, all beyond `farthest` pieces together."""
    apart = place[:, None] - place[None]
    half = buckets // 2
    exact = half // 2
    far = apart.abs()
    scale = (half - exact) / math.log(farthest / exact)
    grown = exact + (torch.log(far.clamp(min=1).float() / exact) * scale).long()
    return (apart < 0).long() * half + torch.where(far < exact, far, grown.clamp(max=half - 1))


class PairScorer(nn.Module):
    """Scores of the five labels for one cue and each word of its paragraph, and the CRF."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.paths = nn.Embedding(features.N_PATHS, shape.pair)
        self.distances = nn.Embedding(features.N_DISTANCES, shape.pair)
        self.quotes = nn.Embedding(features.N_QUOTES, shape.pair)
        for table in (self.paths, self.distances, self.quotes):
            nn.init.normal_(table.weight, std=0.1)
        self.inner = nn.Linear(shape.pair, shape.pair)
        self.score = nn.Linear(shape.pair, decoding.N_ROLES)
        self.transitions = nn.Parameter(torch.zeros(decoding.N_ROLES, decoding.N_ROLES))
        self.start = nn.Parameter(torch.zeros(decoding.N_ROLES))
        self.end = nn.Parameter(torch.zeros(decoding.N_ROLES))

    def forward(
        self, near: Tensor, far: Tensor, paths: Tensor, distances: Tensor, quotes: Tensor
    ) -> Tensor:
        """`near`: cues by width; `far`: cues by words by width; the ids: cues by words."""
        mixed = near[:, None] + far + self.paths(paths)
        mixed = functional.relu(mixed + self.distances(distances) + self.quotes(quotes))
        return self.score(functional.relu(self.inner(mixed)))


def crf_loss(scorer: PairScorer, scores: Tensor, gold: Tensor, present: Tensor) -> Tensor:
    """Negative log-likelihood of each cue's gold labels (cues by words; `present`: real words)."""
    no = torch.tensor(-1e4)
    moves = torch.where(torch.from_numpy(decoding.ALLOWED), scorer.transitions, no)
    begin = torch.where(torch.from_numpy(decoding.FIRST), scorer.start, no)
    count, length, _ = scores.shape
    rows = torch.arange(count)
    alpha = begin + scores[:, 0]
    path = begin[gold[:, 0]] + scores[rows, 0, gold[:, 0]]
    for at in range(1, length):
        here = present[:, at]
        step = torch.logsumexp(alpha[:, :, None] + moves, 1) + scores[:, at]
        alpha = torch.where(here[:, None], step, alpha)
        taken = moves[gold[:, at - 1], gold[:, at]] + scores[rows, at, gold[:, at]]
        path = path + torch.where(here, taken, torch.zeros_like(taken))
    last = gold[rows, present.sum(1) - 1]
    return torch.logsumexp(alpha + scorer.end, 1) - path - scorer.end[last]


class Network(nn.Module):
    """Encoder and scorer, trained together."""

    def __init__(self, shape: Shape, dropout: float, attention_dropout: float = 0.0) -> None:
        super().__init__()
        self.bf16 = False
        """Whether the encoder reckons with 16-bit numbers, which some processors do much faster."""
        self.encoder = Encoder(shape, dropout, attention_dropout)
        self.scorer = PairScorer(shape)

    def scores(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Of cue labels by window and word, and of roles by cue and word of its paragraph."""
        with torch.autocast("cpu", torch.bfloat16, enabled=self.bf16):
            seen = self.encoder(batch.ids, batch.mask, batch.tags, batch.relations, batch.first)
        cue, near, far = (rows.float() for rows in seen)
        own = torch.einsum("cw,cwd->cd", batch.row_cue, near[batch.row_window])
        at = batch.row_words[:, :, None].expand(-1, -1, far.shape[2])
        words = far[batch.row_window].gather(1, at)
        return cue, self.scorer(own, words, batch.paths, batch.distances, batch.quotes)

    def losses(self, batch: Batch, cues: Tensor, roles: Tensor) -> tuple[Tensor, Tensor]:
        """Summed loss of these scores: of the cues' words, and of the roles of all cues."""
        of_cues = functional.cross_entropy(
            cues.flatten(0, 1), batch.cue_labels.flatten(), ignore_index=-100, reduction="sum"
        )
        return of_cues, crf_loss(self.scorer, roles, batch.labels, batch.present).sum()


def load_trained(path: Path) -> Network:
    """The network of a finished run, ready to be asked."""
    trained: dict[str, Any] = torch.load(path)
    network = Network(Shape(**trained["shape"]), 0.0)
    network.load_state_dict(trained["weights"])
    return network.eval()
