"""Which rules of a style sheet could a set of pages use? Names decide, states never do.

A selector stays when each of its parts could be met by some element of the pages: its element's
name, classes, ids and attributes, or names that stand in a script. Pseudo-classes, media,
combinators and values of attributes are not judged, so what is hovered, open, printed, narrow or
dark stays as it was.
"""

import re
from html.parser import HTMLParser

import tinycss2

ALTERNATIVES = {"is", "where", "has"}
GROUPS = {"media", "supports", "layer", "container"}
DROPPED = {"charset", "import"}
SCRIPT_TYPES = {"", "text/javascript", "module"}
WORD = re.compile(r"-{0,2}[A-Za-z_][\w-]*")
COMMENT_LINE = re.compile(r"^\s*(//|/?\*).*$", re.MULTILINE)
DATASET = re.compile(r"dataset\.(\w+)")
MOTION = re.compile(r"animation[a-z-]*:([^;}]*)")
VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")


# ---------------------------------------------------------------- pages


class Names:
    """The kinds of elements on the pages, and every word that a script could make a name of."""

    def __init__(self, pages, scripts=()):
        reader = PageReader()
        for page in pages:
            reader.feed(page)
        self.elements = reader.elements
        self.styles = " ".join(reader.styles)
        texts = [COMMENT_LINE.sub("", text) for text in [*scripts, *reader.scripts]]
        self.words = set().union(*map(WORD.findall, texts))
        self.words.update(f"data-{name}" for text in texts for name in DATASET.findall(text))
        self.known = {}

    def have(self, compound):
        """Tell whether some element could match (tag, classes, ids, attributes)."""
        if compound not in self.known:
            self.known[compound] = any(self.could_be(compound, had) for had in self.elements)
        return self.known[compound]

    def could_be(self, compound, element):
        tag, *wanted = compound
        if tag and tag != element[0] and tag not in self.words:
            return False
        return all(
            names - had <= self.words for names, had in zip(wanted, element[1:], strict=True)
        )


class PageReader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.elements, self.styles, self.scripts, self.is_script = set(), [], [], False

    def handle_starttag(self, tag, attributes):
        had = {name: value or "" for name, value in attributes}
        self.is_script = tag == "script" and had.get("type", "") in SCRIPT_TYPES
        self.styles.append(had.get("style", ""))
        self.elements.add(
            (
                tag,
                frozenset(had.get("class", "").split()),
                frozenset([had.get("id", "")]),
                frozenset(had),
            )
        )

    def handle_data(self, data):
        if self.is_script:
            self.scripts.append(data)


# ---------------------------------------------------------------- selectors


def split(tokens):
    """Split a selector list at its commas."""
    parts = [[]]
    for token in tokens:
        if token == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def can_match(selector, names):
    return all(map(names.have, compounds(selector, names)))


def compounds(selector, names):
    """Yield (tag, classes, ids, attributes) of each compound that a selector asks for."""
    impossible = ("", frozenset(["\n"]), frozenset(), frozenset())
    tag, found, before = "", (set(), set(), set()), None
    for token in [*selector, None]:
        if token is None or token.type == "whitespace" or token in (">", "+", "~"):
            yield (tag, *map(frozenset, found))
            tag, found = "", (set(), set(), set())
        elif token.type == "ident" and before == ".":
            found[0].add(token.value)
        elif token.type == "ident" and before != ":":
            tag = token.lower_value
        elif token.type == "hash":
            found[1].add(token.value)
        elif token.type == "[] block":
            found[2].add(next(part.lower_value for part in token.content if part.type == "ident"))
        elif is_choice(token) and not any(
            can_match(part, names) for part in split(token.arguments)
        ):
            yield impossible
        before = token


def is_choice(token):
    return token.type == "function" and token.lower_name in ALTERNATIVES


# ---------------------------------------------------------------- rules


def used_rules(sheet, names):
    """Return a sheet's rules that the pages could use: (head, declarations or inner rules)."""
    return list(_used(_parse(sheet), names))


def _parse(css):
    return tinycss2.parse_rule_list(css, skip_comments=True, skip_whitespace=True)


def _used(rules, names):
    for rule in rules:
        if rule.type == "qualified-rule":
            kept = [_text(part) for part in split(rule.prelude) if can_match(_trim(part), names)]
            if kept:
                yield ",".join(kept), _declarations(rule.content)
        elif rule.type == "at-rule" and rule.lower_at_keyword not in DROPPED:
            head = f"@{rule.at_keyword} {_text(rule.prelude)}"
            if rule.content is None:
                yield head, None
            elif rule.lower_at_keyword in GROUPS:
                yield head, list(_used(_parse(rule.content), names))
            else:
                yield head, [_text(rule.content)]


def _trim(tokens):
    """Drop the space and the comments around a selector, and the space around its combinators."""
    trimmed = []
    for token in tokens:
        if token.type == "comment" or (token.type == "whitespace" and not trimmed):
            continue
        trimmed.append(token)
    while trimmed and trimmed[-1].type == "whitespace":
        trimmed.pop()
    return trimmed


def _text(tokens):
    return " ".join(tinycss2.serialize(t for t in tokens if t.type != "comment").split())


def _declarations(content):
    items = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    return [" ".join(item.serialize().split()).rstrip(";") for item in items]


# ---------------------------------------------------------------- variables and motions


def without_unread(rules, read_elsewhere):
    """Drop variables, motions and fonts that nothing reads, then what is left empty."""
    while True:
        text = write(rules) + read_elsewhere
        read = set(VARIABLE.findall(text)) | set(WORD.findall(read_elsewhere))
        moved = set(WORD.findall(" ".join(MOTION.findall(text))))
        kept = list(_read(rules, read, moved))
        if kept == rules:
            return rules
        rules = kept


def _read(rules, read, moved):
    for head, body in rules:
        if head.startswith("@keyframes") and head.split()[-1] not in moved:
            continue
        if body and isinstance(body[0], tuple):
            body = list(_read(body, read, moved))
        elif body and not head.startswith("@"):
            body = [
                line
                for line in body
                if not line.startswith("--") or line.partition(":")[0].strip() in read
            ]
        if body or body is None:
            yield head, body


def write(rules):
    """Write rules as text, one a line."""
    return "".join(
        f"{head};\n"
        if body is None
        else f"{head}{{\n{write(body)}}}\n"
        if body and isinstance(body[0], tuple)
        else f"{head}{{{';'.join(body)}}}\n"
        for head, body in rules
    )
