"""How often `check-brief` notices that a brief was tampered with.

    python -m benchmarks.briefs LEDGER...

Makes a brief of all statements and claims of each ledger, tampers with each sentence in several
ways, one at a time, and counts how often the check says so. What is printed after the counts was missed.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import sayso
from sayso.export.briefs.brief import Brief, Sentence
from sayso.export.briefs.checking import check
from sayso.export.briefs.composing import compose

_NEGATION = re.compile(r"\b(?:not|never|no)\b ")
_SAID = " said"


def tampered(
    sentence: Sentence, brief: Brief, names: list[str], dice: random.Random
) -> Iterator[tuple[str, Sentence]]:
    """The sentence with one thing changed, and what was changed."""
    text = sentence.text
    if found := re.search(r"\d", text):
        other = str((int(found[0]) + dice.randint(1, 8)) % 10)
        changed = text[: found.start()] + other + text[found.end() :]
        yield "a digit", replace(sentence, text=changed)
    if _NEGATION.search(text):
        yield "a negation dropped", replace(sentence, text=_NEGATION.sub("", text, count=1))
    quote = re.search(r"“([^”]+)”", text)
    words = quote[1].split() if quote else []
    if quote and len(words) > 4:
        at = dice.randrange(len(words) - 1)
        turned = [*words[:at], words[at + 1], words[at], *words[at + 2 :]]
        if words[at].casefold() != words[at + 1].casefold():
            yield (
                "two quoted words swapped",
                replace(sentence, text=text.replace(quote[1], " ".join(turned))),
            )
        cut = " ".join([*words[:2], *words[3:]])
        yield "a quoted word left out", replace(sentence, text=text.replace(quote[1], cut))
    yield "a word added", replace(sentence, text=text.replace(":", " secretly:", 1))
    if _SAID in text:
        name = dice.choice([n for n in names if not text.startswith(n)])
        yield "another speaker", replace(sentence, text=name + text[text.index(_SAID) :])
        yield "a stronger cue", replace(sentence, text=text.replace(_SAID, " admitted", 1))
        numbers = [c.number for c in brief.citations if c.number not in sentence.cites]
        yield "another's citation", replace(sentence, cites=(dice.choice(numbers),))


def main(paths: list[str]) -> None:
    """Prints what was noticed, by kind of tampering."""
    dice = random.Random(7)
    noticed: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    missed: list[tuple[str, str, str]] = []
    for path in paths:
        with sayso.open(path, create=False) as ledger:
            ids = [r.id for table in (ledger.statements(), ledger.claims()) for r in table]
            brief = compose(ledger, ids, title="T", made="M")
            sentences = [block for block in brief.blocks if isinstance(block, Sentence)]
            heads = {s.text.split(_SAID)[0].split(" (")[0] for s in sentences if _SAID in s.text}
            for sentence in sentences:
                for what, other in tampered(sentence, brief, sorted(heads), dice):
                    if other == sentence:
                        continue
                    cited = tuple(c for c in brief.citations if c.number in other.cites)
                    tried[what] += 1
                    if check(replace(brief, blocks=(other,), citations=cited), ledger):
                        noticed[what] += 1
                    else:
                        missed.append((what, sentence.text, other.text))
            print(f"{path}: {len(check(brief, ledger))} faults where nothing was tampered with")
    for what, count in sorted(tried.items()):
        print(f"{what:26} {noticed[what]:5} of {count:5}  {noticed[what] / count:.3f}")
    for line in missed[:20]:
        print(*line, sep="\n    ")


if __name__ == "__main__":
    main(sys.argv[1:])
