"""Rules on how texts read: short sentences, plain words, British spelling, explained abbreviations. They only warn.

What they go by stands in `content/plain-english.yml`; without that file they say nothing. What is in quotation marks is
in somebody else's words: these are counted, and otherwise left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.metadata import distribution
from pathlib import Path

import sentencex

from .. import prose
from ..model.content import Content, Entry
from ..model.partnership import Glossary
from ..model.plain import Avoided, PlainEnglish
from ..model.publication import Publication
from ..problems import Problem
from ..source import Loc

Rule = Callable[[Content], Iterator[Problem]]

_OTHERS = re.compile(r"“[^“”]*”|\S+://\S+|\S+@\S+")  # quotations and addresses
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_SMALL = re.compile(r"[a-z\d]+(?:'[a-z]+)*")
_CAPITALS = re.compile(r"[A-Z][a-z&\d]{0,2}[A-Z]")
_UNIT = re.compile(r"(?<=\d) (?=(?:billion|million|kg|km|m|mg|ml|mm)\b)")  # what people count with its number
# Where a sentence may be cut in two: at a sign or a joining word, else where a clause begins.
_CUTS = (
    re.compile(r"[;:–] |, (?=(?:and|because|but|so|where|which|while|who)\b)"),
    re.compile(r" (?=(?:and|because|but|so that|where|which|while|who)\b)"),
)
_EACH_SIDE = 5  # words that a sentence should have left on each side of a cut


@dataclass(frozen=True)
class Text:
    """The words of a field without markup, with each of its sentences."""

    plain: str
    ours: str
    """The same, with blanks for what is not in our own words."""
    words: frozenset[str]
    """Each of our own words, in small letters."""
    sentences: tuple[tuple[int, str], ...]
    """Where each starts, and what it says."""

    def begins(self, at: int) -> bool:
        """Whether a place is that of the first word of a sentence."""
        start = max((start for start, _ in self.sentences if start <= at), default=0)
        return not re.search(r"\w", self.plain[start:at])


@dataclass(frozen=True, eq=False)
class Lists:
    """The lists of `content/plain-english.yml`, ready for use."""

    content: Content
    rules: PlainEnglish
    file: str

    @cached_property
    def avoided(self) -> dict[str, Avoided]:
        """What is avoided, by each of its forms."""
        return {word.lower(): one for one in self.rules.avoid for word in one.words}

    @cached_property
    def needed(self) -> dict[str, list[frozenset[str]]]:
        """The words of each form that may be in use, by the longest: a text without them needs no closer look."""
        found: dict[str, list[frozenset[str]]] = {}
        for form in self.avoided:
            words = frozenset(_SMALL.findall(_small(form)))
            if words <= self.used:
                found.setdefault(max(sorted(words), key=len, default=""), []).append(words)
        return found

    @cached_property
    def forms(self) -> re.Pattern[str]:
        return _any_of(tuple(self.avoided), re.IGNORECASE)

    @cached_property
    def right(self) -> re.Pattern[str]:
        """The phrases in which a form is right."""
        return _any_of(tuple(phrase for one in self.rules.avoid for phrase in one.unless), re.IGNORECASE)

    @cached_property
    def understood(self) -> re.Pattern[str]:
        return _any_of(self.rules.understood)

    @cached_property
    def used(self) -> frozenset[str]:
        """Every word of all texts."""
        return frozenset().union(*(_text(text).words for entry in self.content.entries for _, text, _ in entry.texts))

    @cached_property
    def wrong(self) -> frozenset[str]:
        """Which of them look wrongly spelled."""
        return ((self.used & _mistakes().keys()) | (self.used & _american().keys())).difference(
            self.rules.spelled_right
        )

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What anything is called by several words."""
        fields = ("name", "title", "printed_title", "short_title", "term")
        records = [address.record for entry in self.content.entries for address in entry.parts]
        found = {getattr(record, field, None) for record in records for field in fields}
        return tuple(name for name in found if name and " " in name)


@dataclass(frozen=True, eq=False)
class Passage:
    """A text that is ours to word, and where it stands."""

    entry: Entry
    loc: Loc
    text: Text

    def warning(self, at: int, words: str, message: str, hint: str) -> Problem:
        """A problem with words that begin at a place in the plain text."""
        first = " ".join(words.split()[:4])
        nth = len(re.findall(rf"(?<!\w){re.escape(first)}(?!\w)", self.text.plain[:at]))
        return Problem(self.entry.source.find_words(self.loc, first, nth), message, hint, "warning")


def texts_are_plain(content: Content) -> Iterator[Problem]:
    """Sentences are short, words are plain, and both are spelled as in Britain."""
    for lists, passage in _passages(content):
        for rule in (_short_sentences, _plain_words, _british_spelling):
            yield from rule(passage, lists)


def abbreviations_are_explained(content: Content) -> Iterator[Problem]:
    """An abbreviation is one of the glossary, is written out in the same text, or is known to everybody."""
    listed = [term for glossary in content.every(Glossary) for term in glossary.terms]
    explained = {word: term.id for term in listed for word in (term.term, term.short, *term.also) if word}
    for lists, passage in _passages(content):
        if not _CAPITALS.search(passage.text.ours):
            continue
        whole = content.whole_of(passage.entry.record)
        other_words, opening = (
            (whole.other_words, _text(whole.introduction).plain) if isinstance(whole, Publication) else ((), "")
        )
        for start, word in _abbreviations(_blanked(lists.understood, passage.text.ours)):
            one = word.removesuffix("s")
            in_glossary = {said for said in (word, one) if said in explained and said not in other_words}
            if word in in_glossary or one in lists.rules.understood:
                continue
            if _written_out(one, opening + passage.text.plain, len(opening) + start):
                continue
            hint = (
                f"Add `{word}` to `also:` of `{explained[one]}` in the glossary."
                if in_glossary
                else f"Write it out here, as in “full wording ({word})”, or add it to the glossary. If everybody "
                f"knows it, add it to `understood:` in {lists.file}."
            )
            yield passage.warning(start, word, f"“{word}” is not explained", hint)


RULES: tuple[Rule, ...] = (texts_are_plain,)

RULES_OF_THE_WHOLE: tuple[Rule, ...] = (abbreviations_are_explained,)


def _short_sentences(passage: Passage, lists: Lists) -> Iterator[Problem]:
    most = lists.rules.sentence_words
    for start, sentence in passage.text.sentences:
        if sentence.count(" ") >= most and (count := _count(sentence)) > most:
            hint = f"Aim for {most} at most: {_cut(sentence)}."
            yield passage.warning(start, sentence, f"this sentence has {count} words", hint)


def _plain_words(passage: Passage, lists: Lists) -> Iterator[Problem]:
    text = passage.text
    if not any(words <= text.words for sign in lists.needed.keys() & text.words for words in lists.needed[sign]):
        return
    for found in lists.forms.finditer(_blanked(lists.right, text.ours)):
        if _is_in_a_name(found, text, lists):
            continue
        one = lists.avoided[" ".join(found[0].lower().split())]
        hint = (
            f"Write: {one.write}.{f' {one.why}.' if one.why else ''} If it is right here, add the phrase that it "
            f"stands in to its `unless:` in {lists.file}."
        )
        yield passage.warning(found.start(), found[0], f"“{found[0]}” is a word to avoid", hint)


def _british_spelling(passage: Passage, lists: Lists) -> Iterator[Problem]:
    text = passage.text
    if lists.wrong.isdisjoint(text.words):
        return
    for found in _WORD.finditer(text.ours):
        word = _small(found[0])
        is_a_name = not found[0][1:].islower() or (found[0][0].isupper() and not text.begins(found.start()))
        if is_a_name or word not in lists.wrong:
            continue
        message, right = (
            ("is spelled as in America", _american()[word])
            if word in _american()
            else ("looks like a typing mistake", _mistakes()[word])
        )
        choices = " or ".join(f"“{one.strip()}”" for one in right.split(",") if one.strip())
        hint = f"Write {choices}. If it is right, add it to `spelled_right:` in {lists.file}."
        yield passage.warning(found.start(), found[0], f"“{found[0]}” {message}", hint)


def _passages(content: Content) -> Iterator[tuple[Lists, Passage]]:
    for held in content.entries:
        if isinstance(held.record, PlainEnglish):
            lists = Lists(content, held.record, held.source.path)
            for entry in content.entries:
                for loc, text, may in entry.texts:
                    if not may.printed:
                        yield lists, Passage(entry, loc, _text(text))


@lru_cache(maxsize=4096)  # the same texts are asked for by every rule, and again at every change in a preview
def _text(text: str) -> Text:
    plain, sentences = "", []
    for block in prose.blocks(text):
        for sentence in sentencex.segment("en", block):
            sentences.append((len(plain) + len(sentence) - len(sentence.lstrip()), sentence.strip()))
            plain += sentence
        plain += "\n"
    ours = _blanked(_OTHERS, plain) if any(sign in plain for sign in ("“", "://", "@")) else plain
    return Text(plain, ours, frozenset(_SMALL.findall(_small(ours))), tuple(sentences))


def _small(words: str) -> str:
    return words.lower().replace("’", "'")


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda found: "_" * len(found[0]), text)


def _any_of(phrases: tuple[str, ...], flags: int = 0) -> re.Pattern[str]:
    """What finds any of several phrases, the longest first, wherever its lines are wrapped."""
    choices = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{choices or '(?!)'})(?![\w-])", flags)


def _count(sentence: str) -> int:
    """How many words people count: a dash alone is none; a code span or an empty link, `[]`, is one."""
    return sum(bool(re.search(r"\w|\[\]", word)) for word in _UNIT.sub("", sentence).split())


def _cut(sentence: str) -> str:
    """How a sentence can be made two: at the best place that is near to its middle."""
    whole = _count(sentence)
    for cuts in _CUTS:
        places = {_count(sentence[: found.end()]): found for found in cuts.finditer(sentence)}
        if fit := [count for count in places if _EACH_SIDE <= count <= whole - _EACH_SIDE]:
            best = places[min(fit, key=lambda count: abs(2 * count - whole))]
            after = " ".join(sentence[best.end() :].split()[:2]).strip("“”,.;:")
            return f"cut it at “{best[0].lstrip()}{after}”"
    return "say it in two"


def _is_in_a_name(found: re.Match[str], text: Text, lists: Lists) -> bool:
    """Whether words have capitals as a name has, or stand in what something is called."""
    if found[0][0].isupper() and (text.plain[found.end() + 1 :][:1].isupper() or not text.begins(found.start())):
        return True
    return any(
        covering.start() <= found.start() < covering.end()
        for name in lists.names
        if found[0] in name
        for covering in re.finditer(re.escape(name), text.plain)
    )


def _abbreviations(text: str) -> Iterator[tuple[int, str]]:
    """Each abbreviation of a text where it first stands; not a name with a capital inside, as `CommonMark`."""
    seen = set()
    for found in _CAPITALS.finditer(text):
        start, end = found.span()
        while start and (text[start - 1].isalnum() or text[start - 1] == "&"):
            start -= 1
        while end < len(text) and (text[end].isalnum() or text[end] in "&+"):
            end += 1
        word = text[start:end]
        if word not in seen and not re.search("[a-z]{3}", word):
            seen.add(word)
            yield start, word


def _written_out(word: str, text: str, at: int) -> bool:
    """Whether a text has the full wording before the word in brackets, or in brackets after the word."""
    letters = re.compile(r"\b" + ".*".join(map(re.escape, re.sub(r"\W", "", word))), re.IGNORECASE)
    for found in re.finditer(rf"\(“?{re.escape(word)}s?”?[),;]", text):
        before = text[: found.start()].split()[-len(word) - 3 :]
        if found.start() <= at and letters.search(" ".join(before)):
            return True
    return bool(re.match(rf"{re.escape(word)}s? \([A-Za-z]", text[at:]))


@lru_cache
def _mistakes() -> dict[str, str]:
    """Common typing mistakes, and what to write."""
    return _pairs("dictionary.txt")


@lru_cache
def _american() -> dict[str, str]:
    """American spellings, and the British ones."""
    british = _pairs("dictionary_en-GB_to_en-US.txt")
    return {american.strip(): word for word, other in british.items() for american in other.split(",")}


def _pairs(name: str) -> dict[str, str]:
    """A dictionary of codespell: a word, and what stands for it. It has 65,000 lines, so none is looked at alone."""
    path = distribution("codespell").locate_file(f"codespell_lib/data/{name}")  # read without importing its program
    words = Path(str(path)).read_text(encoding="utf-8").replace("->", "\n").split("\n")
    return dict(zip(words[::2], words[1::2], strict=False))
