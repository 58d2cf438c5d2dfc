// Help with reading: where one is, what a term means, a link to copy for each clause, wide tables by keyboard.

const make = (tag, about, ...inside) => {
  const element = Object.assign(document.createElement(tag), about);
  element.append(...inside);
  return element;
};

// The list of what is on this page marks the part that stands below the header.
{
  const links = new Map();
  for (const link of document.querySelectorAll(".contents:not(.contents--folded) a")) {
    const part = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (part) links.set(part, link);
  }
  const parts = [...links.keys()];
  const mark = () => {
    const line = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) + 8;
    const here = links.get(parts.findLast((part) => part.getBoundingClientRect().top <= line));
    for (const link of links.values()) {
      if (link === here && !link.hasAttribute("aria-current")) {
        link.setAttribute("aria-current", "true");
        const list = link.closest(".contents");
        list.scrollTop = link.offsetTop - list.clientHeight / 2;
      } else if (link !== here) link.removeAttribute("aria-current");
    }
  };
  let due = false;
  if (parts.length) addEventListener("scroll", () => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => { due = false; mark(); });
  }, { passive: true });
  mark();
}

// A term's meaning shows while the pointer or the focus is on it, and goes with Escape.
{
  let shown = null;
  const hide = () => { if (shown) shown.meaning.hidden = true; shown = null; };
  const show = (term, meaning) => {
    hide();
    shown = { term, meaning };
    meaning.hidden = false;
    const at = term.getClientRects()[0];
    const page = meaning.offsetParent.getBoundingClientRect();
    const left = Math.min(at.left, document.documentElement.clientWidth - meaning.offsetWidth - 16);
    const above = at.bottom + meaning.offsetHeight + 12 > innerHeight && at.top > meaning.offsetHeight + 80;
    meaning.style.left = `${Math.max(16, left) - page.left}px`;
    meaning.style.top = `${(above ? at.top - meaning.offsetHeight - 4 : at.bottom + 4) - page.top}px`;
  };
  document.querySelectorAll("a.term[data-meaning]").forEach((term, number) => {
    const about = { className: "meaning", id: `meaning-${number}`, role: "tooltip", hidden: true };
    const meaning = make("div", about, term.dataset.meaning);
    document.querySelector(".page").append(meaning);
    term.setAttribute("aria-describedby", meaning.id);
    const leave = () => setTimeout(() => {
      const held = term.matches(":hover, :focus") || meaning.matches(":hover");
      if (shown?.term === term && !held) hide();
    }, 200);
    for (const element of [term, meaning]) {
      element.addEventListener("pointerenter", (event) => {
        if (event.pointerType !== "touch" && shown?.term !== term) show(term, meaning);
      });
      element.addEventListener("pointerleave", leave);
    }
    term.addEventListener("focus", () => show(term, meaning));
    term.addEventListener("blur", leave);
    // On a touch screen the first tap shows the meaning, the second follows the link.
    let known = false;
    term.addEventListener("pointerdown", (event) => { known = event.pointerType !== "touch" || shown?.term === term; });
    term.addEventListener("click", (event) => {
      if (event.pointerType !== "touch" || known) return;
      event.preventDefault();
      show(term, meaning);
    });
  });
  addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
}

// A button for each clause and sub-clause that copies its address.
{
  const said = make("div", { className: "unseen", role: "status" });
  const write = async (text) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const field = make("textarea", { value: text }); // pages that do not come over https have no clipboard
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  };
  const places = document.querySelectorAll("[data-anchor]");
  if (places.length) document.querySelector(".page").append(said);
  for (const place of places) {
    const label = make("span", {}, "Copy link");
    const which = make("span", { className: "unseen" }, ` to ${place.dataset.label}`);
    const button = make("button", { type: "button", className: "copy" }, make("span", { className: "icon" }), label, which);
    button.addEventListener("click", async () => {
      await write(new URL(`#${place.dataset.anchor}`, location.origin + location.pathname).href);
      label.textContent = "Copied";
      button.classList.add("copied");
      said.textContent = `Copied: link to ${place.dataset.label}`;
      setTimeout(() => {
        label.textContent = "Copy link";
        button.classList.remove("copied");
        said.textContent = "";
      }, 3000);
    });
    if (place.matches(".clause")) place.prepend(button);
    else place.append(button);
  }
}

// Beside each part of a page a link to where it is edited, while an editor wants them; the choice is kept.
{
  const button = document.querySelector(".edits");
  const base = document.querySelector(".page").dataset.repository;
  const kept = (value) => {
    try { return value === undefined ? localStorage.getItem("edits") : localStorage.setItem("edits", value); } catch { return null; }
  };
  const name = (part) => part.matches("h1, h2, h3, h4, h5, h6, dt, th") ? part.textContent
    : part.dataset.label ?? (part.querySelector("h3, h4, th, dt, p") ?? part).textContent;
  const link = (part) => {
    const [file, line] = part.dataset.file.split(":");
    const words = name(part).trim().replace(/\s+/g, " ");
    const which = make("span", { className: "unseen" }, `: ${words.length > 60 ? `${words.slice(0, 60)} …` : words}`);
    const place = make("span", { className: "edit" }, make("a", { href: `${base}${file}#L${line}` }, "Edit", which));
    const clause = part.nextElementSibling?.matches(".clause") && part.nextElementSibling.querySelector(".clause-text");
    if (part.matches("tr")) part.cells[0].append(" ", place);
    else if (clause) clause.after(place);
    else if (part.matches("h1, h2, h3, h4, h5, h6, dt")) part.after(place);
    else (part.querySelector(":scope > :is(p, .subclause-text)") ?? part).append(" ", place);
  };
  const show = (on) => {
    button.setAttribute("aria-pressed", on);
    for (const place of document.querySelectorAll(".edit")) place.remove();
    if (on) for (const part of document.querySelectorAll("[data-file]:not(span)")) link(part);
  };
  if (button && base) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const on = button.getAttribute("aria-pressed") === "false";
      show(on);
      kept(on ? "on" : "off");
    });
    show(kept() === "on");
  }
}

// On a phone some tables become cards or lists; the roles keep them tables for screen readers.
const roles = {
  table: "table", "thead, tbody": "rowgroup", tr: "row", "thead th": "columnheader", "tbody th": "rowheader", td: "cell",
};
for (const [parts, role] of Object.entries(roles)) {
  for (const part of document.querySelectorAll(parts)) if (part.closest(".download-table, .stacked")) part.setAttribute("role", role);
}

// A table that is wider than its place scrolls in a region that the keyboard reaches, named after its caption.
for (const region of document.querySelectorAll(".page .scroll")) {
  const table = region.querySelector("table");
  table.classList.add("table"); // Material's script wraps the tables that have no class
  const reached = { role: "region", tabindex: "0", "aria-label": table.caption?.textContent ?? "Table" };
  new ResizeObserver(() => {
    const wide = region.scrollWidth > region.clientWidth;
    for (const [name, value] of Object.entries(reached)) {
      if (wide) region.setAttribute(name, value);
      else region.removeAttribute(name);
    }
  }).observe(region);
}
