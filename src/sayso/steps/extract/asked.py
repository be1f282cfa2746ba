"""Replies that stand for a whole clause: `asked whether the Front is there, he said it is`."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.steps.extract.scenes import Scene

_ASKING = frozenset({"ask", "question", "press", "quiz"})
_WHETHER = frozenset({"whether", "if"})
_STANDING = frozenset({"be", "do", "have"})
_REST = frozenset({"nsubj", "punct", "neg", "mark", "advmod", "aux"})
_STEPS = 12


@dataclass(frozen=True)
class Reply:
    """What was said to a question."""

    token: int
    """The verb of the reply."""
    yes: bool


def reply_to(scene: Scene, trigger: int) -> Reply | None:
    """The reply to the indirect question that a token stands in; None where it stands in none or
    the reply is no plain yes or no."""
    parse = scene.parse
    token = trigger
    for _ in range(_STEPS):
        if is_asked(scene, token):
            return _reply(scene, parse.heads[token])
        if parse.heads[token] == token or parse.deps[token] in {"relcl", "advcl", "conj"}:
            return None
        token = parse.heads[token]
    return None


def is_asked(scene: Scene, verb: int) -> bool:
    """Whether a verb heads an indirect question: `whether it is there`."""
    parse = scene.parse
    return any(
        parse.words[kid].lower() in _WHETHER and parse.deps[kid] == "mark"
        for kid in parse.children[verb]
    )


def _reply(scene: Scene, asked: int) -> Reply | None:
    parse = scene.parse
    if parse.lemmas[asked].lower() not in _ASKING or parse.deps[asked] != "advcl":
        return None
    for kid in parse.children[parse.heads[asked]]:
        if kid < asked or parse.deps[kid] != "ccomp":
            continue
        labels = {parse.deps[inner] for inner in parse.children[kid]}
        subject = scene.child(kid, "nsubj")
        if parse.lemmas[kid].lower() not in _STANDING or subject is None or labels - _REST:
            return None
        if parse.pos[subject] != "PRON":
            return None
        return Reply(kid, yes="neg" not in labels)
    return None
