// Closes the menu of notebooks as menus do, and says what a page that is a file cannot open.
"use strict";
(() => {
  const menu = document.querySelector(".notebook-menu");
  const summary = menu.querySelector("summary");
  document.addEventListener("click", ({ target }) => {
    if (!menu.contains(target)) menu.open = false;
  });
  menu.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !menu.open) return;
    menu.open = false;
    summary.focus();
  });
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !menu.contains(relatedTarget)) menu.open = false;
  });
  if (location.protocol === "file:") {
    const link = menu.querySelector(".open-notebook");
    link.parentElement.replaceChildren(
      "To open it here, the page needs a web address: “make book” gives it one.",
    );
  }
})();
