"""Write an explorer as HTML that works with no kernel and no server.

The frame that it opens at stands in the page as it is. All frames travel with it as one compressed
block that `web/explorer.js` unpacks when the reader comes near.
"""

import base64
import io
import json
import re
import zlib
from html import escape

from convlib.draw.canvas import svg_panels
from convlib.draw.words import number_text
from convlib.explore.engine import Explorer
from convlib.explore.homes.playing import SPEEDS
from convlib.explore.homes.points import pointed_panels

DATA_URI = re.compile(r"data:image/png;base64,([\w+/=]+)")
PHOTO_PIXELS = 2000
"""Images with more pixels are photographs: the page may show them with a small loss."""

PHOTO_QUALITY = 80


def bundle(thing):
    """Return the HTML of an `Explorer` or a `Picture` by its mime type."""
    write = explorer_html if isinstance(thing, Explorer) else picture_html
    return {"text/html": write(thing)}


def picture_html(picture):
    """Write a still picture.

    Parameters
    ----------
    picture : Picture

    Returns
    -------
    str
    """
    markup = DATA_URI.sub(lambda uri: _page_image(uri[0]), svg_panels(picture.drawing))
    return drawing_html(markup, picture.sentence)


def drawing_html(markup, sentence):
    """Write a drawing that is markup already, named by what it shows."""
    label = escape(sentence)
    return f'<div class="picture" role="img" aria-label="{label}">{markup}</div>'


def explorer_html(explorer, frames=None):
    """Write an explorer: opening frame, controls, play and step, sentence and packed frames.

    Parameters
    ----------
    explorer : Explorer
    frames : Frames, optional
        All frames, drawn, if they are not given.

    Returns
    -------
    str
    """
    frames = frames or Frames(explorer)
    sentence, markup = frames.first()
    names = ", ".join(explorer.sliders).replace("_", " ")
    controls = []
    opening = explorer.settle({})
    for name, choices in explorer.choices_at(opening).items():
        words = explorer.buttons(name)
        if words:
            controls.append(_toggle(name, words, choices, opening[name]))
        else:
            letters = max(len(str(state[name])) for state in explorer.states())
            controls.append(_slider(name, choices, opening[name], letters))
    if explorer.play:
        controls.append(_play_buttons())
    return (
        f'<div class="explorer" role="group" aria-label="Explorer: {escape(names)}">'
        f"{drawing_html(markup, sentence)}"
        f'<div class="explorer-controls">{"".join(controls)}</div>'
        f'<p class="explorer-sentence" aria-live="polite">{escape(sentence)}</p>'
        f'<script type="text/plain" class="explorer-frames">{frames.packed()}</script>'
        "</div>"
    )


class Frames:
    """Draw every state of an explorer once and number the different results.

    Parameters
    ----------
    explorer : Explorer

    Attributes
    ----------
    frames : list of (str, str)
        Sentence and markup of each different frame; `@n@` stands for image n.
    images : list of str
        Data URIs.
    states : nested list
        One level a slider: `[choices, children]`, and at the end the number of the frame.
    """

    def __init__(self, explorer):
        self.explorer = explorer
        self.images = {}
        self.frames = []
        self._numbers = {}
        self._tokens = {}
        self._opening = explorer.settle({})
        self.states = self._states({})

    def _states(self, chosen):
        names = list(self.explorer.sliders)
        if len(chosen) == len(names):
            number = self._number(chosen)
            if chosen == self._opening:
                self._opening_number = number
            return number
        name = names[len(chosen)]
        choices = self.explorer.choices(name, chosen)
        children = [self._states({**chosen, name: value}) for value in choices]
        return [list(choices), children]

    def _number(self, values):
        drawing, sentence = self.explorer.frame(**values)
        panels = pointed_panels(self.explorer, drawing, values)
        markup = DATA_URI.sub(lambda uri: self._token(uri[0]), panels)
        frame = (sentence, markup)
        if frame not in self._numbers:
            self._numbers[frame] = len(self.frames)
            self.frames.append(frame)
        return self._numbers[frame]

    def _token(self, uri):
        if uri not in self._tokens:
            number = self.images.setdefault(_page_image(uri), len(self.images))
            self._tokens[uri] = f"@{number}@"
        return self._tokens[uri]

    def first(self):
        """Return the sentence and the markup, images included, of the opening frame."""
        sentence, markup = self.frames[self._opening_number]
        return sentence, self.with_images(markup)

    def with_images(self, markup):
        """Put the images into the markup of a frame."""
        images = list(self.images)
        return re.sub(r"@(\d+)@", lambda token: images[int(token[1])], markup)

    def packed(self):
        """Return all frames as base64 of deflated JSON."""
        data = {
            "states": self.states,
            "frames": self.frames,
            "images": list(self.images),
            "play": self.explorer.play,
        }
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        deflate = zlib.compressobj(9, wbits=-15)
        packed = deflate.compress(text.encode()) + deflate.flush()
        return base64.b64encode(packed).decode()


def _slider(name, choices, value, letters):
    """Write one slider; room for its longest value keeps it still while it moves."""
    label = escape(name.replace("_", " "))
    shown = escape(number_text(str(value)))
    return (
        f'<label class="control" data-name="{escape(name)}"><span>{label}</span>'
        f'<input type="range" name="{escape(name)}" min="0"'
        f' max="{len(choices) - 1}" value="{choices.index(value)}" step="1" autocomplete="off"'
        f' aria-valuetext="{shown}">'
        f'<output aria-hidden="true" style="--letters:{letters}">{shown}</output></label>'
    )


def _toggle(name, words, choices, value):
    """Write a choice of words as buttons of which one is pressed."""
    buttons = "".join(
        f'<label><input type="radio" name="{escape(name)}" value="{escape(word)}"'
        f' autocomplete="off"{" checked" if word == value else ""}'
        f"{'' if word in choices else ' disabled'}>"
        f"<span>{escape(word)}</span></label>"
        for word in words
    )
    return (
        f'<fieldset class="control toggle" data-name="{escape(name)}">'
        f"<legend>{escape(name.replace('_', ' '))}</legend>{buttons}</fieldset>"
    )


def _play_buttons():
    speeds = "".join(
        f'<option value="{speed}"{" selected" if speed == 1 else ""}>{name}</option>'
        for name, speed in SPEEDS.items()
    )
    return (
        '<span class="explorer-buttons">'
        '<button type="button" class="explorer-play">Play</button>'
        '<button type="button" class="explorer-step">Step</button>'
        f'<label class="explorer-speed"><span>speed</span>'
        f'<select autocomplete="off">{speeds}</select></label></span>'
    )


def _page_image(uri):
    """Re-encode a photograph as WebP; small images stay exact."""
    from PIL import Image

    image = Image.open(io.BytesIO(base64.b64decode(uri.partition("base64,")[2])))
    if image.width * image.height < PHOTO_PIXELS:
        return uri
    file = io.BytesIO()
    image.save(file, format="WEBP", quality=PHOTO_QUALITY, method=6)
    return "data:image/webp;base64," + base64.b64encode(file.getvalue()).decode()
