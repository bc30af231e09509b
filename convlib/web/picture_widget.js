// Shows an explorer's picture in Jupyter, and tells the kernel what the reader points at.
(() => {
  const { Pointing, nearest } = globalThis.convlib;

  function render({ model, el }) {
    const picture = document.createElement("div");
    picture.className = "picture";
    picture.setAttribute("role", "img");
    el.append(picture);
    let asked; // what the kernel shows, or has been asked to show
    const draw = () => {
      const { markup, label, values } = model.get("shown");
      picture.innerHTML = markup;
      picture.setAttribute("aria-label", label);
      asked = values;
    };
    const settled = (wanted) => {
      const { choices } = model.get("shown");
      const names = Object.keys(wanted);
      return Object.fromEntries(names.map((name) => [name, nearest(wanted[name], choices[name])]));
    };
    const choose = (wanted) => {
      const values = settled(wanted);
      if (Object.keys(values).every((name) => values[name] === asked[name])) return;
      asked = values;
      model.send(values);
    };
    picture.pointing = new Pointing(picture, { values: () => asked, settled, choose });
    draw();
    model.on("change:shown", draw);
    return () => model.off("change:shown", draw);
  }

  globalThis.convlib.renderPicture = render;
})();
