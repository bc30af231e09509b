"""What a chapter recommends stands among the references, and they say what each is good for.

Chapters and references are matched by the address outside the book.
"""

import re


def sources(bibliography):
    """Return the entries' addresses with what each says of itself, "" if nothing."""
    found = {}
    for entry in re.findall(r"^@(.*?)^}", bibliography, re.MULTILINE | re.DOTALL):
        fields = dict(re.findall(r"^  (\w+) *= \{(.*?)\},?$", entry, re.MULTILINE))
        address = f"https://doi.org/{fields['doi']}" if "doi" in fields else fields["url"]
        found[address.rstrip("/")] = fields.get("note", "")
    return found


def addresses(text):
    """Return the addresses outside the book that a text links to."""
    return {address.rstrip("/") for address in re.findall(r"\]\((https?:[^)]*)\)", text)}


def complaints(chapters, bibliography):
    """Complain of a recommendation without an entry, and of an entry without a use."""
    known, links, found = sources(bibliography), set(), []
    for chapter in chapters:
        for cell in chapter.cells:
            new = addresses(cell.source)
            links |= new
            if "## Read more" in cell.source:
                found += [f"{cell.id}: {link} is no reference" for link in sorted(new - set(known))]
    for address, note in known.items():
        if address in links and note:
            found.append(f"{address}: a chapter says what it is good for, the note is not needed")
        if address not in links and not note:
            found.append(f"{address}: in no chapter, and without a note")
    return found
