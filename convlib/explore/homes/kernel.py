"""Show an Explorer with real widgets, drawn on demand by the running kernel."""

from html import escape

import ipywidgets as widgets

from convlib.draw.words import number_text
from convlib.explore.engine import Explorer
from convlib.explore.homes.picture_widget import PictureWidget
from convlib.explore.homes.playing import SPEEDS, play_wait
from convlib.explore.homes.points import pointed_panels
from convlib.web import style


def bundle(thing):
    """Return the widget view of an `Explorer` by its mime type; a `Picture` needs none."""
    if not isinstance(thing, Explorer):
        return {}
    return LiveView(thing).view._repr_mimebundle_()


class LiveView:
    """Connect an Explorer's sliders to its drawing.

    Parameters
    ----------
    explorer : Explorer

    Attributes
    ----------
    controls : dict of str to ipywidgets.Widget
        The slider, or the pair of buttons, of each name.
    picture : PictureWidget
        The drawing as SVG.
    sentence : ipywidgets.HTML
        What it shows, in a live region.
    play, speed : ipywidgets.Play, ipywidgets.Dropdown
        None for an explorer that does not play.
    view : ipywidgets.VBox
        All of it.
    """

    def __init__(self, explorer):
        self.explorer = explorer
        self.controls = {}
        for name, choices in explorer.choices_at(explorer.settle({})).items():
            self.controls[name] = _control(name, choices, explorer.buttons(name))
        self.picture = PictureWidget()
        self.picture.on_msg(lambda _, wanted, buffers: self._point(wanted))
        self.sentence = widgets.HTML()
        rows = [widgets.HTML(f"<style>{style()}</style>"), self.picture, *self.controls.values()]
        self.play = self.speed = None
        if explorer.play:
            self.play = widgets.Play(description="Play")
            self.play.observe(self._on_change, "value")
            layout = {"width": "8rem"}
            self.speed = widgets.Dropdown(
                options=SPEEDS, value=1, description="speed", layout=layout
            )
            rows.insert(2, widgets.HBox([self.play, self.speed]))
        for control in self.controls.values():
            control.observe(self._on_change, "value")
        self.view = widgets.VBox([*rows, self.sentence])
        self._update({})

    def values(self):
        """Return the state that the sliders show."""
        return {name: control.value for name, control in self.controls.items()}

    def _on_change(self, change):
        if change["owner"] is not self.play:
            self._update(self.values())
            return
        states = self.explorer.play_states(self.values())
        self._update(states[change["new"]])
        # Play plans its waits one frame ahead.
        _, coming = self.explorer.frame(**states[min(change["new"] + 1, len(states) - 1)])
        self.play.interval = play_wait(coming, self.speed.value)

    def _point(self, wanted):
        """Show what the reader points at, and stop playing."""
        if self.play:
            self.play.playing = False
        self._update(self.values() | wanted)

    def _update(self, wanted):
        """Fit every slider to the state nearest to a wanted one, draw, and let Play go on there."""
        chosen = self.explorer.settle(wanted)
        for name, choices in self.explorer.choices_at(chosen).items():
            self._fit(self.controls[name], choices, chosen[name])
        drawing, sentence = self.explorer.frame(**chosen)
        self.picture.shown = {
            "markup": pointed_panels(self.explorer, drawing, chosen),
            "label": sentence,
            "values": chosen,
            "choices": {n: list(c) for n, c in self.explorer.choices_at(chosen).items()},
        }
        self.sentence.value = f'<p aria-live="polite">{escape(sentence)}</p>'
        if self.explorer.play:
            states = self.explorer.play_states(chosen)
            self._quietly(self.play, max=len(states) - 1)
            self._quietly(self.play, value=states.index(chosen))
            self.play.interval = play_wait(sentence, self.speed.value)

    def _fit(self, control, choices, value):
        if isinstance(choices, range):
            if (control.min, control.max, control.value) != (choices[0], choices[-1], value):
                self._quietly(control, min=min(control.min, choices[0]), max=choices[-1])
                self._quietly(control, value=value, min=choices[0])
        elif (list(control.options), control.value) != (_options(choices), value):
            self._quietly(control, options=_options(choices), value=value)

    def _quietly(self, control, **traits):
        """Change a slider, or Play, without drawing for it."""
        control.unobserve(self._on_change, "value")
        for trait, value in traits.items():
            setattr(control, trait, value)
        control.observe(self._on_change, "value")


def _control(name, choices, words):
    label = name.replace("_", " ")
    if isinstance(choices, range):
        return widgets.IntSlider(
            value=choices[0], min=choices[0], max=choices[-1], description=label
        )
    if words:
        return widgets.ToggleButtons(options=_options(choices), description=label)
    return widgets.SelectionSlider(options=_options(choices), description=label)


def _options(choices):
    return [(number_text(str(value)), value) for value in choices]
