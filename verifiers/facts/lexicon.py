"""The words the reader of facts knows: names that are one thing, words that mean the same, words that say nothing."""

from collections.abc import Iterable, Mapping
from typing import Final


def words(listed: str) -> list[str]:
    return listed.split()


_IRREGULAR: Final[Mapping[str, str]] = {
    "men": "man", "women": "woman", "children": "child", "people": "people", "persons": "person", "was": "be",
    "were": "be", "is": "be", "are": "be", "am": "be", "been": "be", "being": "be", "has": "have", "had": "have",
    "having": "have", "did": "do", "does": "do", "done": "do", "chosen": "choose", "chose": "choose", "held": "hold",
    "made": "make", "took": "take", "taken": "take", "gave": "give", "given": "give", "fought": "fight",
    "won": "win", "lost": "lose", "led": "lead", "wrote": "write", "written": "write", "began": "begin",
    "begun": "begin", "became": "become", "born": "bear", "found": "find", "built": "build", "laid": "lay",
    "lies": "lie", "lay": "lay", "sat": "sit", "met": "meet", "left": "leave", "kept": "keep", "known": "know",
    "said": "say", "says": "say", "came": "come", "went": "go", "gone": "go", "rose": "rise", "risen": "rise",
    "fell": "fall", "fallen": "fall", "broke": "break", "drew": "draw", "drawn": "draw", "grew": "grow",
    "grown": "grow", "spoke": "speak", "spoken": "speak", "dying": "die", "died": "die", "bodies": "body",
    "larger": "large", "largest": "largest", "its": "its", "this": "this", "thus": "thus", "his": "his",
    "series": "series", "species": "species", "basis": "basis", "status": "status", "census": "census",
    "process": "process", "guaranteed": "guarantee",
    "agreed": "agree", "freed": "free", "voting": "vote", "bound": "bind", "sold": "sell",
    "sent": "send", "brought": "bring",
    "paid": "pay", "ruling": "rule", "sworn": "swear", "swore": "swear", "tax": "tax", "taxes": "tax",
}  # fmt: skip


def lemma(word: str) -> str:
    """The key a word is compared by: lower case, without the endings of plural and tense, without a final e."""
    low = word.lower()
    low = _IRREGULAR.get(low, low)
    if len(low) > 3:
        low = _stripped(low)
    return low[:-1] if len(low) > 3 and low.endswith("e") else low


def _stripped(low: str) -> str:
    for ending, kept in (("ies", "y"), ("ied", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh")):
        if low.endswith(ending) and len(low) > len(ending) + 1:
            return low[: -len(ending)] + kept
    for ending in ("ing", "ed"):
        stem = low[: -len(ending)]
        if low.endswith(ending) and len(stem) > 2 and any(letter in "aeiouy" for letter in stem):
            double = len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz"
            return stem[:-1] if double else stem
    if low.endswith("s") and not low.endswith(("ss", "us", "is")):
        return low[:-1]
    return low


def lemmas(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(lemma, words))


def _keys(*groups: str) -> Mapping[str, str]:
    return {lemma(word): lemma(group.split()[0]) for group in groups for word in group.split()}


TENURE: Final = "tenur"
AGE: Final = "age"

NAMES: Final[Mapping[str, str]] = {
    "vice president": "vice-president", "prime minister": "prime-minister", "chief minister": "chief-minister",
    "deputy chief minister": "deputy-chief-minister", "deputy prime minister": "deputy-prime-minister",
    "chief justice": "chief-justice", "supreme court": "supreme-court", "apex court": "supreme-court",
    "high court": "high-court", "attorney general": "attorney-general", "advocate general": "advocate-general",
    "solicitor general": "solicitor-general", "comptroller and auditor general": "comptroller-general",
    "cag": "comptroller-general", "deputy speaker": "deputy-speaker", "deputy chairman": "deputy-chairman",
    "vice chairman": "vice-chairman", "vice chairperson": "vice-chairperson",
    "council of states": "council-of-states", "rajya sabha": "council-of-states",
    "upper house of parliament": "council-of-states", "house of the people": "house-of-the-people",
    "lok sabha": "house-of-the-people", "lower house of parliament": "house-of-the-people",
    "legislative assembly": "legislative-assembly", "vidhan sabha": "legislative-assembly",
    "state assembly": "legislative-assembly", "legislative council": "legislative-council",
    "vidhan parishad": "legislative-council", "council of ministers": "council-of-ministers",
    "public service commission": "service-commission", "election commission": "election-commission",
    "election commissioner": "election-commissioner", "chief election commissioner": "chief-election-commissioner",
    "finance commission": "finance-commission", "money bill": "money-bill", "financial bill": "financial-bill",
    "joint sitting": "joint-sitting", "union territory": "union-territory", "scheduled caste": "scheduled-caste",
    "scheduled tribe": "scheduled-tribe", "anglo indian": "anglo-indian", "consolidated fund": "consolidated-fund",
    "contingency fund": "contingency-fund", "union cabinet": "union-cabinet", "civil code": "civil-code",
    "district judge": "district-judge", "cabinet mission": "cabinet-mission", "planning commission":
    "planning-commission", "reserve bank": "reserve-bank", "national emergency": "national-emergency",
    "governor general": "governor-general", "constituent assembly": "constituent-assembly",
    "acting chief justice": "acting-chief-justice", "secretary general": "secretary-general",
    "national income": "national-income", "upsc": "union service-commission",
}  # fmt: skip
"""Spans that are one thing, with their other names. Keys are lemmas without hyphens, in the order of the text."""

BODIES: Final = frozenset(
    " ".join(NAMES.values()).split()
) | lemmas(
    words(
    "president governor speaker chairman chairperson parliament minister judge magistrate legislature"
    " assembly house senate congress cabinet king queen viceroy emperor court commission committee collector"
    " mayor secretary"
)
)  # fmt: skip
"""Who can appoint, preside, take an oath: a span of these is compared as a name."""

SYNONYMS: Final[Mapping[str, str]] = {
    **_keys(
        "appoint appointment", "elect election choose elected chosen", "nominate nomination nominated",
        "resign resignation", "remove removal dismiss dismissal oust", "dissolve dissolution",
        "abolish abolition", "prohibit prohibition forbid forbidden ban bar", "establish establishment set-up",
        "protect protection safeguard", "address submit tender send", "member membership seat", "quorum",
        "eligible eligibility qualified qualification", "oath affirmation", "employ employment",
        "suspend suspension", "impeach impeachment", "punish punishment", "tenure term duration continue serve last",
        "consist comprise compose contain", "vacate vacancy vacant", "reserve reservation", "declare declaration",
        "proclamation", "promulgate promulgation", "represent representation representative", "absent absence",
        "amend amendment", "create creation", "begin start commence commencement", "end finish",
        "author", "discover discovery", "invent invention", "found founder", "defeat beat", "buy purchase",
        "die death", "bear birth", "rule reign", "fight", "expire expiration expiry lapse", "decide decision",
        "recommend recommendation", "approve approval", "assent", "arrest", "marry marriage", "adopt adoption",
        "enact enactment", "control", "responsible responsibility", "free freedom", "equal equality",
        "educate education educational", "distribute distribution", "divide division", "transfer", "form formation",
        "administer administration", "secure guarantee ensure", "relate concern", "summon convene call",
        "big large huge", "near close", "quick fast", "begin", "require need necessary", "situate locate",
        "subscribe", "reassemble reassembly", "receive receipt reception", "sit sitting meet meeting",
        "occur occurrence", "produce bring", "operate operation", "constitute constitution-of", "disqualify",
        "total whole entire", "aid assist", "attain reach complete", "factory", "maximum", "minimum",
        "lead leader", "currency", "capital", "legislate legislation", "conduct", "superintend superintendence",
        "ex officio", "trade commerce", "dispute", "communicate", "grant give", "propose proposal",
    ),
}  # fmt: skip
"""Words that may stand for each other, by one of them."""

PHRASES: Final[Mapping[tuple[str, ...], str]] = {
    ("hold", "offic"): TENURE, ("in", "offic"): TENURE, ("remain", "in", "offic"): TENURE,
    ("continu", "in", "offic"): TENURE, ("in", "the", "presenc", "of"): "befor", ("tak", "plac"): "occur",
    ("lay", "down"): "provid", ("set", "up"): "establish", ("com", "into", "forc"): "commenc",
    ("cam", "into", "forc"): "commenc", ("ceas", "to", "operat"): "expir",
    ("ceas", "to", "hav", "effect"): "expir", ("no", "longer"): "",
    ("and", "no", "longer"): "", ("prim", "number"): "prim-number",
    ("be", "consider", "for"): "eligibl", ("leav", "offic"): "retir",
    ("vacat", "offic"): "retir", ("demit", "offic"): "retir",
}  # fmt: skip
"""Phrases read as one word, by the lemmas of their words; nothing where they add nothing."""

LEAVING: Final = lemmas(["retire", "retirement", "superannuate", "superannuation"])
"""Said with an age, what ends a tenure."""

STOP: Final = lemmas(
    words(
    "a an the of to in on at by for with from as and or that this these those its his her their it he she"
    " they him them such any there which who whom whose been also then thereof therein thereto so than into"
    " upon under be do have shall may must can will would should could might not no every each all it's both"
    " either one other another same respectively namely i e viz etc before after until till unless if when"
    " where while during between within through about over above below per some nor neither none nothing"
)
)
"""Words that carry no content of their own; what they do to a clause is read elsewhere."""

LIGHT: Final = lemmas(
    words(
    "person candidate somebody someone anybody nobody anyone constitution india indian state article provide"
    " provision say lay mention office number total year age term period date fix set require minimum maximum"
    " prescribe specify grant give old young attain complete reach accordance according become require limit"
    " office-holder country nation post position make means namely section consist comprise compose have case"
)
)
"""What a passage need not repeat of a statement with a slot to be held to: "the term is *fixed* at five years"."""

PLAIN: Final = lemmas(
    words("person candidate somebody someone anybody nobody anyone constitution india indian state article office have")
)
"""What of these a passage need not repeat even where the statement has no slot to be held to."""

FUNCTION: Final = frozenset({"without", "against", "only", "sol", "exclusiv", "alon", "mer", "just"})
"""Small words that change what is said: both sides must have them."""

MODIFIERS: Final = lemmas(
    words(
    "former deputy vice acting joint almost nearly about proposed alleged first second third last next"
    " previous former additional temporary ad-hoc retired assistant honorary partly wholly half quasi non anti"
)
)
"""Before a noun they make another thing of it."""

FUNCTIONAL: Final[Mapping[str, frozenset[str]]] = {
    lemma(verb): frozenset(roles.split())
    for verb, roles in {
        "appoint": "agent", "nominate": "agent", "elect": "agent", "remove": "agent", "resign": "to", "address": "to",
        "oath": "before agent", "summon": "agent", "prorogue": "agent", "dissolve": "agent", "preside": "agent over",
        "author": "agent patient", "discover": "agent", "invent": "agent", "found": "agent", "defeat": "agent patient",
        "lead": "agent", "constitute": "agent", "promulgate": "agent", "decide": "agent", "administer": "agent to",
        "sit": "in", "situate": "in", "locate": "in", "bear": "in", "die": "in", "establish": "agent in", "compose":
        "agent", "paint": "agent", "sign": "agent", "declare": "agent", "fight": "in between", "build": "agent",
        "design": "agent", "present": "to", "responsible": "to", "vest": "in", "adopt": "agent", "certify": "agent",
        "occur": "in",
    }.items()
}  # fmt: skip
"""In which roles a verb has one filler for one subject, so that another filler contradicts."""

ONCE: Final = lemmas(
    words(
    "born bear die found establish adopt enact commence abolish fight occur sign discover invent publish"
    " begin end launch declare dissolve partition independent independence inaugurate create form complete"
    " ratify elect build write set-up nationalise annex repeal amend insert add"
)
)
"""What happens at one time, so that another date contradicts."""

OPPOSITES: Final[Mapping[str, str]] = {
    lemma(one): lemma(other)
    for pair in (
        "allow prohibit", "permit prohibit", "eligible ineligible", "valid void", "increase decrease", "rise fall",
        "before after", "largest smallest", "highest lowest", "longest shortest", "first last", "maximum minimum",
        "north south", "east west", "northern southern", "eastern western", "direct indirect", "directly indirectly",
        "permanent temporary", "written unwritten", "rigid flexible", "federal unitary", "acid base", "import export",
        "positive negative", "oldest youngest", "justiciable non-justiciable", "upper lower", "compulsory optional",
        "hot cold", "win lose", "above below", "male female",
    )
    for one, other in (pair.split(), reversed(pair.split()))
}  # fmt: skip
"""Words that exclude each other where everything else is the same."""

NEGATED: Final[Mapping[str, str]] = {
    lemma(word): lemma(plain)
    for word, plain in {
        "ineligible": "eligible", "disqualified": "eligible", "unconstitutional": "constitutional",
        "invalid": "valid", "illegal": "legal", "unlawful": "lawful", "disallow": "allow", "nonexistent": "exist",
        "impossible": "possible", "independent-of": "dependent", "dishonest": "honest", "unable": "able",
    }.items()
}  # fmt: skip
"""Words that hold a negation."""

VERBS: Final = lemmas(
    words(
    "appoint elect choose nominate resign remove dismiss dissolve abolish prohibit forbid establish protect"
    " address submit tender serve continue last consist comprise contain have reserve declare promulgate"
    " represent amend create begin start commence end write discover invent found defeat buy die bear rule"
    " fight expire lapse decide recommend approve arrest adopt enact control educate distribute divide"
    " transfer form administer secure guarantee relate concern summon convene require need situate locate"
    " subscribe sit meet occur produce bring operate constitute disqualify aid attain reach complete deal"
    " provide say state mention fix set give grant take make hold enjoy vest exercise act preside vote pass"
    " introduce return send present propose move declare issue revoke vary cover lie flow border share export"
    " import grow contain lead win lose build sign launch join separate become remain retire vacate leave"
    " administer prevent deny deprive employ work pay levy collect impose charge borrow live die marry compose"
    " paint publish travel orbit revolve rotate absorb emit release convert produce store boil melt freeze"
    " react dissolve evaporate condense measure weigh include exclude belong inform call name know describe"
    " define introduce implement launch nationalise annex partition sue punish try prosecute detain compel"
    " shall speak open close rise fall increase decrease allow permit enable empower entitle bind extend apply"
    " owe swear exceed"
)
) | {TENURE}
"""Verbs that are found without an auxiliary before them."""

PARTICIPLES: Final = frozenset(
    words(
    "chosen held made taken given fought won lost led written born found built laid left kept known drawn"
    " grown spoken bound sold sent brought paid sworn set put cut vested begun broken seen shown"
)
)
