# ruff: noqa: SIM905
"""Vietnamese-like pages to search: syllables by Zipf's law, names few pages share, symbols, and who may find them.

Everything comes from one seed: the same number of pages is the same text in every run.
"""

import random
import unicodedata
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, product

from search.fold import PageWords, fold

ONSETS = "b c ch d đ g gi h k kh l m n ng nh p ph qu r s t th tr v x".split()
RIMES = (
    "an ang anh ao at âm ân âng ap ăn ăng ây en eo ên êm i ia iêm iên iêu im in inh it o oa oan oc oi ôi ôn ông ơi ơn "
    "u ua ui un ung uôn uông ưa ưc ưng ươi ươn ương ươc y yên"
).split()
TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
COMMON = (
    "và|của|các|về|được|cho|có|trong|theo|là|với|đến|quy định|thực hiện|quyết định|nhân dân|hội đồng|ủy ban|công tác|"
    "nghị quyết|kế hoạch|ngân sách|dự án|đầu tư|phát triển|cơ quan|đơn vị|tỉnh|huyện|xã|thành phố|báo cáo|tổ chức|"
    "phê duyệt|quản lý|nhà nước|kinh tế|xã hội|năm|tháng|ngày|điều|khoản|chương trình|nhiệm vụ|tài chính|giáo dục|y tế"
).split("|")
TYPES = ("QĐ", "TB", "BC", "KH", "TTr", "NQ")
LINES, LINE_WORDS, LINES_A_PAGE = 30_000, 30, 11  # pages are put together from lines: a million in minutes
AGENCIES, PEOPLE, MEETINGS, NAMES = 200, 40, 3000, 20_000
NEWEST = date(2026, 11, 20)


@dataclass(frozen=True, slots=True)
class Paper:
    """One generated object with its pages."""

    agency: int
    title: str
    day: date
    audiences: tuple[str, ...]
    pages: tuple[PageWords, ...]


class Writer:
    """Writes papers, the same ones every time."""

    def __init__(self, seed: int = 2026) -> None:
        self.random = random.Random(seed)
        syllables = [
            unicodedata.normalize("NFC", onset + rime[0] + tone + rime[1:])
            for onset, rime, tone in product(ONSETS, RIMES, TONES)
        ]
        self.random.shuffle(syllables)
        self.words = [*COMMON, *dict.fromkeys(syllables)][:6000]
        self.weights = list(accumulate(1 / (rank + 4) for rank in range(len(self.words))))
        self.names = [self._name() for _ in range(NAMES)]
        lines = [self.random.choices(self.words, cum_weights=self.weights, k=LINE_WORDS) for _ in range(LINES)]
        self.lines = [(" ".join(line), fold(" ".join(line))) for line in lines]

    def _name(self) -> str:
        return "".join(self.random.choices("bcdghklmnprstvx", k=4)) + "".join(self.random.choices("aeiou", k=2))

    def _word(self) -> str:
        return self.words[bisect(self.weights, self.random.random() * self.weights[-1])]

    def page(self) -> PageWords:
        """Return one page of about 1,600 characters, with a name that about fifty in a million pages have."""
        lines = self.random.choices(self.lines, k=LINES_A_PAGE)
        name = self.random.choice(self.names)
        lines.insert(self.random.randrange(LINES_A_PAGE), (name, name))
        text = " ".join([line[0] for line in lines])
        return PageWords(text, " ".join([line[1] for line in lines]), text)

    def papers(self, pages: int, first: int = 0) -> Iterator[Paper]:
        """Yield papers of ten pages on average until there are so many pages."""
        number = first
        while pages > 0:
            count = min(pages, self.random.choice((1, 2, 3, 4, 5, 8, 12, 15, 20, 30)))
            pages -= count
            number += 1
            yield self.paper(number, count)

    def paper(self, number: int, count: int) -> Paper:
        """Return one paper: of an agency, its clerks and leaders find it; of a meeting, its guests too."""
        agency = self.random.randrange(1, AGENCIES + 1)
        symbol = f"{self.random.randrange(1, 3000)}/{self.random.choice(TYPES)}-UBND"
        title = f"{symbol} {' '.join(self._word() for _ in range(10))}"
        home = (f"agency:{agency}:clerk", f"agency:{agency}:leader", f"agency:{agency}:user:{self._person(agency)}")
        kind = self.random.random()
        if kind < 0.3:
            meeting = self.random.randrange(1, MEETINGS + 1)
            home += (f"meeting:{meeting}:guests", f"meeting:{meeting}:chair", f"agency:{agency}:papers")
        elif kind < 0.4:
            home += (f"shared:{self._person(self.random.randrange(1, AGENCIES + 1))}",)
        day = NEWEST - timedelta(days=self.random.randrange(3650))
        return Paper(agency, title, day, home, tuple(self.page() for _ in range(count)))

    def _person(self, agency: int) -> int:
        return agency * 1000 + self.random.randrange(PEOPLE)


def few_keys() -> list[str]:
    """Return the audiences of an official: own papers, twelve meetings."""
    person, agency = 7005, 7
    own = [f"user:{person}", f"shared:{person}", f"agency:{agency}", f"agency:{agency}:official"]
    return [*own, f"agency:{agency}:user:{person}", *(f"meeting:{one * 211}:guests" for one in range(1, 13))]


def many_keys() -> list[str]:
    """Return the audiences of somebody who keeps the papers of sixty agencies and sat in six hundred meetings."""
    own = ["user:9001", "shared:9001"]
    posts = [f"agency:{one}{role}" for one in range(1, 61) for role in ("", ":clerk", ":papers", ":user:9001")]
    return [*own, *posts, *(f"meeting:{one * 5}{role}" for one in range(1, 601) for role in ("", ":guests"))]
