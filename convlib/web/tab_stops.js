// Lets the Tab key reach what scrolls. Its size is known when it is shown: a closed fold, whose
// inside a browser has not laid out, is left alone.
"use strict";
{
  const SCROLLS = "pre, .cell_output > .output, .pst-scrollable-table-container";
  const shown = new ResizeObserver((changes) => {
    for (const { target } of changes) {
      if (target.scrollWidth > target.clientWidth || target.scrollHeight > target.clientHeight) {
        target.tabIndex = 0;
      } else {
        target.removeAttribute("tabindex");
      }
    }
  });
  for (const element of document.querySelectorAll(SCROLLS)) shown.observe(element);
}
