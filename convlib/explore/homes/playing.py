"""How fast Play goes, the same in every home."""

SPEEDS = {"½×": 0.5, "1×": 1, "2×": 2}
"""How many times as fast as usual Play can be, by name."""

PLAY_WAIT, LETTER_WAIT = 400, 12
"""Milliseconds from one frame to the next, and for each letter of its sentence."""


def play_wait(sentence, speed=1):
    """Return the milliseconds for which Play shows a frame: the longer its sentence, the longer.

    Parameters
    ----------
    sentence : str
    speed : float

    Returns
    -------
    int

    Examples
    --------
    >>> play_wait("A sentence of 25 letters.", speed=2) == (400 + 25 * 12) / 2
    True
    """
    return round((PLAY_WAIT + LETTER_WAIT * len(sentence)) / speed)
