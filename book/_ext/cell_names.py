"""Which cells of a notebook must run before a text can."""

import symtable


def names(source):
    """Return the names that a cell makes, and those that it takes from other cells.

    Parameters
    ----------
    source : str

    Returns
    -------
    made, taken : set of str
    """
    module = symtable.symtable(source, "cell", "exec")
    made = {s.get_name() for s in module.get_symbols() if s.is_assigned() or s.is_imported()}
    taken = {s.get_name() for s in module.get_symbols() if s.is_referenced()}
    inner = module.get_children()
    while inner:
        table = inner.pop()
        taken |= {s.get_name() for s in table.get_symbols() if s.is_global()}
        inner += table.get_children()
    return made, taken


def cells_before(cells, index, text):
    """Return the code cells above a place that a text needs, for itself or for each other.

    Parameters
    ----------
    cells : list of dict
        Of the notebook.
    index : int
        The place.
    text : str

    Returns
    -------
    list of dict
    """
    _, wanted = names(text)
    needed = []
    for cell in reversed(cells[:index]):
        made, taken = names("".join(cell["source"])) if cell["cell_type"] == "code" else ((), ())
        if wanted & set(made):
            needed.insert(0, cell)
            wanted |= taken
    return needed
