"""Write an Explorer as HTML that works with no kernel and no server.

The first frame stands in the page as it is. All frames travel with it as one
compressed block that `explorer.js` unpacks when the reader comes near.
"""

import base64
import io
import json
import re
import zlib
from html import escape

from PIL import Image

from convlib.explore.svg import DATA_URI, svg_markup

PHOTO_PIXELS = 2000
"""Images with more pixels are photographs: the page may show them with a small loss."""

PHOTO_QUALITY = 80


def picture_html(picture):
    """Write a still picture.

    Parameters
    ----------
    picture : convlib.explore.Picture

    Returns
    -------
    str
    """
    label = f'aria-label="{escape(picture.sentence)}"'
    markup = DATA_URI.sub(lambda uri: _page_image(uri[0]), svg_markup(picture.figure, label))
    return f'<div class="picture">{_sized(markup)}</div>'


def explorer_html(explorer):
    """Write an explorer: first frame, sliders, play and step, sentence and packed frames.

    Parameters
    ----------
    explorer : convlib.explore.Explorer

    Returns
    -------
    str
    """
    frames = Frames(explorer)
    sentence, markup = frames.first()
    markup = markup.replace("<svg ", f'<svg aria-label="{escape(sentence)}" ', 1)
    names = ", ".join(explorer.sliders).replace("_", " ")
    chosen = {}
    controls = []
    for name in explorer.sliders:
        choices = explorer.choices(name, chosen)
        chosen[name] = choices[0]
        letters = max(len(str(state[name])) for state in explorer.states())
        controls.append(_slider(name, choices, letters))
    if explorer.play:
        controls.append(_play_buttons())
    return (
        f'<div class="explorer" role="group" aria-label="Explorer: {escape(names)}">'
        f'<div class="picture">{_sized(markup)}</div>'
        f'<div class="explorer-controls">{"".join(controls)}</div>'
        f'<p class="explorer-sentence" aria-live="polite">{escape(sentence)}</p>'
        f'<script type="text/plain" class="explorer-frames">{frames.packed()}</script>'
        "</div>"
    )


class Frames:
    """Draw every state of an explorer once and number the different results.

    Parameters
    ----------
    explorer : convlib.explore.Explorer

    Attributes
    ----------
    frames : list of [str, str]
        Sentence and markup of each different frame; `@n@` stands for image n.
    images : list of str
        Data URIs.
    states : nested list
        One level a slider: `[choices, children]`, and at the end the number of the frame.
    """

    def __init__(self, explorer):
        self.explorer = explorer
        self.images = []
        self.frames = []
        self._numbers = {}
        self.states = self._states({})

    def _states(self, chosen):
        names = list(self.explorer.sliders)
        if len(chosen) == len(names):
            return self._number(chosen)
        name = names[len(chosen)]
        choices = self.explorer.choices(name, chosen)
        children = [self._states({**chosen, name: value}) for value in choices]
        return [list(choices), children]

    def _number(self, values):
        figure, sentence = self.explorer.frame(**values)
        markup = DATA_URI.sub(lambda uri: self._token(uri[0]), svg_markup(figure))
        frame = (sentence, markup)
        if frame not in self._numbers:
            self._numbers[frame] = len(self.frames)
            self.frames.append(frame)
        return self._numbers[frame]

    def _token(self, uri):
        image = _page_image(uri)
        if image not in self.images:
            self.images.append(image)
        return f"@{self.images.index(image)}@"

    def first(self):
        """Return the sentence and the markup, images included, of the first frame."""
        sentence, markup = self.frames[0]
        return sentence, re.sub(r"@(\d+)@", lambda token: self.images[int(token[1])], markup)

    def packed(self):
        """Return all frames as base64 of deflated JSON."""
        text = json.dumps({"states": self.states, "frames": self.frames, "images": self.images,
                           "play": self.explorer.play},
                          ensure_ascii=False, separators=(",", ":"))
        deflate = zlib.compressobj(9, wbits=-15)
        packed = deflate.compress(text.encode()) + deflate.flush()
        return base64.b64encode(packed).decode()


def _slider(name, choices, letters):
    """Write one slider; room for its longest value keeps it still while it moves."""
    label = escape(name.replace("_", " "))
    return (f'<label><span>{label}</span><input type="range" name="{escape(name)}" min="0"'
            f' max="{len(choices) - 1}" value="0" step="1" autocomplete="off"'
            f' aria-valuetext="{escape(str(choices[0]))}">'
            f'<output aria-hidden="true" style="--letters:{letters}">'
            f"{escape(str(choices[0]))}</output></label>")


def _play_buttons():
    return ('<button type="button" class="explorer-play">Play</button>'
            '<button type="button" class="explorer-step">Step</button>')


def _sized(markup):
    """Give the outermost `<svg>` its natural width, so that cells look alike everywhere."""
    width, height = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', markup).groups()
    return markup.replace("<svg ", f'<svg width="{width}pt" height="{height}pt" ', 1)


def _page_image(uri):
    """Re-encode a photograph as WebP; small images stay exact."""
    image = Image.open(io.BytesIO(base64.b64decode(uri.partition("base64,")[2])))
    if image.width * image.height < PHOTO_PIXELS:
        return uri
    file = io.BytesIO()
    image.save(file, format="WEBP", quality=PHOTO_QUALITY, method=6)
    return "data:image/webp;base64," + base64.b64encode(file.getvalue()).decode()
