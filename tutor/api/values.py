"""What is asked and said over HTTP, where it is no value of `verifiers` or `workers` already."""

from typing import Annotated, Literal, Self

import msgspec
from msgspec import UNSET, Meta, UnsetType

from verifiers.comparison import CompareOptions
from verifiers.logic.documents import Modality
from verifiers.verdicts import Witness
from workers.ledger import Chunk, Job, JobKind, JobState
from workers.work import Answer

Id = Annotated[str, Meta(max_length=200)] | Annotated[int, Meta(ge=-(2**53), le=2**53)] | None
Natural = Annotated[int, Meta(ge=0, le=2**31 - 1)]
MOST_STEPS = 2_000
Steps = Annotated[list[str], Meta(max_length=MOST_STEPS)]


class CheckOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """There are none yet; a name that is not known is refused."""


class AnswerLine(msgspec.Struct, frozen=True, kw_only=True):
    """An answer of a batch, in one piece or as steps; other fields are ignored. `id` comes back in its report."""

    id: Id = None
    question: str | None = ""
    steps: Steps | UnsetType = UNSET
    answer: str | UnsetType = UNSET

    def __post_init__(self) -> None:
        if isinstance(self.steps, UnsetType) == isinstance(self.answer, UnsetType):
            raise ValueError("give either `steps`, a list of texts, or `answer`, one text")

    def value(self) -> Answer:
        steps = [self.answer] if isinstance(self.answer, str) else self.steps
        assert not isinstance(steps, UnsetType)
        return Answer(steps=tuple(steps), question=self.question or "", id=self.id)


class CheckRequest(AnswerLine, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An answer to check, in one piece or as steps. `id` comes back in the report."""

    options: CheckOptions = CheckOptions()


class OpenRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An answer that is about to be written."""

    question: str | None = ""


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    id: str


class ChunkRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A piece of the answer. `seq` counts from 0; sending one again changes nothing. `step` begins a new step before
    the text; `final` says that nothing follows.
    """

    seq: Natural
    text: str
    step: bool = False
    final: bool = False

    def value(self) -> Chunk:
        return Chunk(seq=self.seq, text=self.text, step=self.step, final=self.final)


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """How many pieces from the first on are there without a gap: the `seq` to send next."""

    received: int


class JobRow(msgspec.Struct, frozen=True, kw_only=True):
    """`created` and `finished` are Unix seconds; `labels` counts the reports so far."""

    id: str
    kind: JobKind
    state: JobState
    created: float
    finished: float | None
    total: int
    done: int
    labels: dict[str, int]

    @classmethod
    def of(cls, job: Job) -> Self:
        return cls(**{name: getattr(job, name) for name in cls.__struct_fields__})


class JobList(msgspec.Struct, frozen=True):
    """Newest first."""

    jobs: list[JobRow]


class StrictCompareOptions(CompareOptions, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How two answers are read and what counts as the same."""

    decimals: Annotated[int, Meta(ge=0, le=100)] = 6


class CompareRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Two final answers, or texts that give them."""

    gold: str
    pred: str
    id: Id = None
    options: StrictCompareOptions = StrictCompareOptions()


class CompareResult(msgspec.Struct, frozen=True, omit_defaults=True):
    """`witness` is a point or value at which the two differ."""

    id: Id
    label: Literal["equal", "different", "undecided"]
    reason: str
    witness: Witness | None = None


class Sentence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence of first-order notation with the words it is known by."""

    formula: str
    text: str = ""


class Declared(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Sorts of the arguments, then of the result; `words` says how a value reads, as in "seat {}"."""

    type: list[str]
    words: str = ""


class EntailRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Premises and a conclusion, the JSON document of `pramana entail`."""

    premises: list[str | Sentence]
    conclusion: str | Sentence | None = None
    axioms: list[str | Sentence] = []
    sorts: dict[str, list[str | int]] = {}
    symbols: dict[str, list[str] | Declared] = {}
    modality: Modality = "is"


class KindRow(msgspec.Struct, frozen=True):
    """A kind of claim that can be checked, with an answer that holds one, and the question it needs."""

    kind: str
    question: str
    answer: str


class KindList(msgspec.Struct, frozen=True):
    """`versions` are those of everything that decides."""

    kinds: list[KindRow]
    versions: dict[str, str]


class Erased(msgspec.Struct, frozen=True):
    """How many texts went."""

    texts: int


class Health(msgspec.Struct, frozen=True):
    """`missing` names what keeps work from being done."""

    ready: bool
    missing: tuple[str, ...] = ()
