"""What single signs, commands and words mean: literal tables, no logic."""

from collections.abc import Mapping
from typing import Final

RELATION_COMMANDS: Final[Mapping[str, str]] = {
    "le": "le", "leq": "le", "leqslant": "le", "leqq": "le", "ge": "ge", "geq": "ge", "geqslant": "ge", "geqq": "ge",
    "lt": "lt", "gt": "gt", "less": "lt", "ne": "ne", "neq": "ne", "approx": "approx", "thickapprox": "approx",
    "simeq": "approx", "doteq": "approx", "equiv": "congruent", "in": "in", "notin": "notin",
    "subset": "subset", "subseteq": "subset", "mid": "divides", "propto": "proportional", "parallel": "parallel",
    "perp": "perpendicular", "sim": "similar", "coloneqq": "eq", "triangleq": "eq",
}  # fmt: skip

RELATION_SIGNS: Final[Mapping[str, str]] = {
    "=": "eq", "==": "eq", ":=": "eq", "<": "lt", ">": "gt", "<=": "le", ">=": "ge", "!=": "ne", "≤": "le", "≥": "ge",
    "⩽": "le", "⩾": "ge", "≠": "ne", "≈": "approx", "≃": "approx", "≡": "congruent", "∈": "in", "∉": "notin",
    "⊂": "subset", "⊆": "subset", "∣": "divides", "∝": "proportional", "∥": "parallel", "⊥": "perpendicular",
    "∼": "similar",
}  # fmt: skip

OPERATOR_SIGNS: Final[Mapping[str, str]] = {
    "+": "+", "-": "-", "−": "-", "–": "-", "‐": "-", "‑": "-", "－": "-", "＋": "+",
    "*": "*", "×": "*", "·": "*", "⋅": "*", "∙": "*", "•": "*", "✕": "*", "∗": "*", "/": "/", "÷": "/", "⁄": "/",
    "∕": "/", "^": "^", "**": "^", "_": "_", "!": "!", "(": "(", ")": ")", "[": "[", "]": "]", "{": "{", "}": "}",
    "|": "|", "‖": "norm", "∥": "norm", ",": ",", ";": ";", ":": ":", "'": "'", "′": "'", "’": "'", "″": "''",
    "%": "%", "°": "°", "º": "°", "±": "pm", "∓": "mp", "∪": "cup", "∩": "cap", "∖": "setminus", "→": "to", "->": "to",
    "⇒": "implies", "=>": "implies", "⟹": "implies", "⇔": "iff", "⟺": "iff", "<=>": "iff", "∧": "land", "∨": "lor",
    "¬": "not", "…": "dots", "...": "dots", "⋯": "dots", "⌊": "floor(", "⌋": ")floor", "⌈": "ceil(", "⌉": ")ceil",
    "⟨": "<(", "⟩": ")>", "∑": "sum", "∏": "prod", "∫": "int", "√": "root", "∠": "angle", "△": "triangle",
    "Δ": "delta", "&": "&", "∘": "compose",
}  # fmt: skip

CONSTANT_SIGNS: Final[Mapping[str, str]] = {
    "π": "pi", "∞": "inf", "ℝ": "reals", "ℤ": "integers", "ℕ": "naturals", "ℚ": "rationals", "ℂ": "complexes",
    "∅": "empty", "⊤": "true", "⊥": "false",
}  # fmt: skip

BLACKBOARD: Final[Mapping[str, str]] = {
    "R": "reals", "Z": "integers", "N": "naturals", "Q": "rationals", "C": "complexes", "P": "primes",
}  # fmt: skip

GREEK: Final[Mapping[str, str]] = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon", "ζ": "zeta", "η": "eta",
    "θ": "theta", "ϑ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "µ": "mu", "ν": "nu", "ξ": "xi",
    "ρ": "rho", "σ": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
    "Γ": "Gamma", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega",
    "ℓ": "ell",
}  # fmt: skip

GREEK_COMMANDS: Final[Mapping[str, str]] = {
    **{name: name for name in GREEK.values()},
    "varepsilon": "epsilon", "vartheta": "theta", "varphi": "phi", "varrho": "rho", "varsigma": "sigma",
    "Pi": "Pi", "omicron": "omicron", "Upsilon": "Upsilon",
}  # fmt: skip

FUNCTION_WORDS: Final[Mapping[str, str]] = {
    **{f: f for f in ("sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "arccot", "sinh", "cosh",
                      "tanh", "coth", "sech", "csch", "exp", "ln", "log", "gcd", "lcm", "min", "max", "sqrt", "abs",
                      "floor", "ceil", "arg", "det", "arcsec", "arccsc", "arcsinh", "arccosh", "arctanh")},
    "cosec": "csc", "tg": "tan", "ctg": "cot", "arctg": "arctan", "asin": "arcsin", "acos": "arccos",
    "atan": "arctan", "arsinh": "arcsinh", "arcosh": "arccosh", "artanh": "arctanh", "hcf": "gcd", "lg": "lg",
    "GCD": "gcd", "LCM": "lcm", "Re": "re", "Im": "im", "ceiling": "ceil", "sgn": "sign", "sign": "sign",
    "rank": "rank",    "tr": "trace", "Tr": "trace", "cbrt": "cbrt",
    "binom": "binom", "perm": "perm", "conj": "conj", "root": "root", "re": "re", "im": "im",
}  # fmt: skip
"""Words that are functions in every syntax. `lg` is the logarithm to base 10, `cbrt` the cube root."""

LATEX_ONLY_FUNCTIONS: Final = frozenset({
    "tr", "Tr", "Re", "Im", "re", "im", "tg", "rank", "sign", "floor", "ceil", "abs", "arg", "root", "conj", "perm",
})  # fmt: skip
"""Of those, the ones that are read in LaTeX only as commands or upright words, since their letters may be factors."""

INVERSES: Final[Mapping[str, str]] = {
    f: "arc" + f for f in ("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh")
}

SKIPPED_COMMANDS: Final = frozenset({
    "left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "Biggl", "Biggr",
    "middle", "displaystyle", "textstyle", "scriptstyle", "limits", "nolimits", "hline", "hfill",
    "thinspace", "enspace", "space", "noindent", "centering", "nonumber", "notag", "large", "Large", "small", "rm",
    "bf", "it", "allowbreak", "nobreak", "medspace", "thickspace", "negthinspace", "strut", "mathstrut", "bigm",
    "hspace", "vspace", ",", ";", ":", "!", " ", ">", "\n", "/", "newline", "par", "n", "checkmark", "square",
    "blacksquare",
})  # fmt: skip

SIGN_COMMANDS: Final[Mapping[str, str]] = {
    "cdot": "*", "times": "*", "ast": "*", "bullet": "*", "div": "/", "pm": "pm", "mp": "mp", "%": "%", "{": "\\{",
    "}": "\\}", "lbrace": "\\{", "rbrace": "\\}", "|": "norm", "Vert": "norm", "lVert": "norm(", "rVert": ")norm",
    "vert": "|", "lvert": "|(", "rvert": ")|", "lbrack": "[", "rbrack": "]", "lparen": "(", "rparen": ")",
    "lfloor": "floor(", "rfloor": ")floor", "lceil": "ceil(", "rceil": ")ceil", "langle": "<(", "rangle": ")>",
    "cup": "cup", "cap": "cap", "setminus": "setminus", "backslash": "setminus", "smallsetminus": "setminus",
    "bigcup": "cup", "bigcap": "cap",
    "land": "land", "wedge": "land", "lor": "lor", "vee": "lor", "lnot": "not", "neg": "not", "implies": "implies",
    "Rightarrow": "implies", "Longrightarrow": "implies", "iff": "iff", "Leftrightarrow": "iff",
    "Longleftrightarrow": "iff", "to": "to", "rightarrow": "to", "longrightarrow": "to", "mapsto": "mapsto",
    "ldots": "dots", "cdots": "dots", "dots": "dots", "dotsc": "dots", "dotsb": "dots", "vdots": "dots",
    "ddots": "dots", "dotsm": "dots", "\\": "row", "cr": "row", "choose": "choose", "bmod": "mod", "pmod": "pmod",
    "mod": "mod",
    "pod": "pmod", "degree": "°", "prime": "'", "colon": ":", "circ": "compose", "sum": "sum", "prod": "prod",
    "int": "int", "lim": "lim", "angle": "angle", "measuredangle": "angle", "triangle": "triangle", "_": "lowline",
    "partial": "partial", "forall": "forall", "exists": "exists", "nmid": "nmid", "because": "because",
    "therefore": "therefore", "sqrt": "sqrt", "frac": "frac", "dfrac": "frac", "tfrac": "frac", "cfrac": "frac",
    "binom": "binom", "dbinom": "binom", "tbinom": "binom", "overline": "overline", "bar": "overline",
    "boxed": "boxed", "fbox": "boxed", "underline": "underline", "ensuremath": "boxed", "mathop": "boxed",
    "cancel": "cancel", "underbrace": "underbrace", "overbrace": "underbrace", "phantom": "phantom",
    "hphantom": "phantom", "vphantom": "phantom", "label": "phantom", "tag": "phantom", "hskip": "phantom",
    "bold": "upright",    "color": "phantom", "vec": "vec", "overrightarrow": "vec", "overarc": "arc",
    "widehat": "hat", "hat": "hat",
    "tilde": "hat", "dot": "hat", "ddot": "hat", "overset": "overset", "stackrel": "overset", "underset": "underset",
    "substack": "substack", "Delta": "delta", "not": "negated", "operatorname": "upright", "mathrm": "upright",
    "mathbf": "upright",    "mathit": "upright", "boldsymbol": "upright", "mathsf": "upright", "bm": "upright",
    "mathbb": "upright",
    "mathcal": "upright", "mathfrak": "upright", "mathscr": "upright", "text": "words", "textbf": "words",
    "textrm": "words", "mbox": "words", "hbox": "words", "textit": "words", "textsf": "words", "texttt": "words",
    "emph": "words", "textnormal": "words", "begin": "begin", "end": "end", "$": "$", "&": "&", "#": "#",
    "pounds": "£", "euro": "€", "textdollar": "$", "varnothing": "const empty", "emptyset": "const empty",
    "infty": "const inf", "pi": "const pi", "Re": "func re", "Im": "func im", "deg": "unread",
}  # fmt: skip

TRANSPARENT_ENVIRONMENTS: Final = frozenset({
    "align", "align*", "aligned", "gather", "gather*", "gathered", "equation", "equation*", "split", "eqnarray",
    "eqnarray*", "multline", "multline*", "alignat", "alignat*", "displaymath", "math", "flalign", "flalign*",
})  # fmt: skip

MATRIX_ENVIRONMENTS: Final[Mapping[str, str]] = {
    "pmatrix": "matrix", "bmatrix": "matrix", "matrix": "matrix", "vmatrix": "determinant", "Bmatrix": "matrix",
    "smallmatrix": "matrix", "Vmatrix": "norm",
}  # fmt: skip

VULGAR: Final[Mapping[str, tuple[int, int]]] = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
    "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8), "⅐": (1, 7),
    "⅑": (1, 9), "⅒": (1, 10),
}  # fmt: skip

SUPERSCRIPTS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿˣ", "0123456789+-nx")
SUBSCRIPTS: Final = str.maketrans("₀₁₂₃₄₅₆₇₈₉ₙₖₘ", "0123456789nkm")

CURRENCIES: Final[Mapping[str, str]] = {"$": "usd", "€": "eur", "£": "gbp", "¥": "jpy", "₹": "inr", "¢": "cent"}
CONNECTIVES: Final = {"or": "or", "and": "and", "mod": "mod", "lim": "lim"}
