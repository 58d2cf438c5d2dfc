// The frame's moving parts: colours, menu, search. Without this script links and the foot of the page do their work.

const toggle = (name) => document.querySelector(`[data-md-toggle="${name}"]`);
const set = (name, on) => {
  toggle(name).checked = on;
  toggle(name).dispatchEvent(new Event("change"));
};

// Light and dark: the reader's choice is kept; without one, the device decides.
{
  const button = document.querySelector(".colours-button");
  const device = matchMedia("(prefers-color-scheme: dark)");
  const kept = () => { try { return localStorage.getItem("colours"); } catch { return null; } };
  const show = (dark) => {
    document.documentElement.dataset.mdColorScheme = dark ? "slate" : "default";
    button.setAttribute("aria-pressed", dark);
  };
  show((kept() ?? (device.matches ? "dark" : "light")) === "dark");
  device.addEventListener("change", () => kept() || show(device.matches));
  button.addEventListener("click", () => {
    const dark = button.getAttribute("aria-pressed") === "false";
    show(dark);
    try { localStorage.setItem("colours", dark ? "dark" : "light"); } catch { /* it holds for this page */ }
  });
}

// The menu: focus goes in when it opens, back when it closes; it closes when focus leaves it.
{
  const button = document.querySelector(".menu-button");
  const menu = document.getElementById("places");
  const open = () => toggle("drawer").checked;
  const close = (back) => {
    set("drawer", false);
    button.setAttribute("aria-expanded", "false");
    if (back) button.focus();
  };
  button.addEventListener("click", () => {
    set("drawer", true);
    button.setAttribute("aria-expanded", "true");
    // Hidden elements take no focus, and the menu becomes visible in a transition.
    requestAnimationFrame(() => requestAnimationFrame(() => menu.querySelector("button").focus()));
  });
  menu.querySelector("button").addEventListener("click", () => close(true));
  document.querySelector(".md-overlay").addEventListener("click", () => close(true));
  menu.addEventListener("focusout", (event) => {
    if (open() && event.relatedTarget && !menu.contains(event.relatedTarget)) close(false);
  });
  addEventListener("keydown", (event) => { if (event.key === "Escape" && open()) close(true); });
}

// A day of review that came after the site was made.
{
  const today = new Date().toLocaleDateString("sv"); // as in 2027-03-31, by the reader's own clock
  for (const notice of document.querySelectorAll("[data-until]")) notice.hidden = today <= notice.dataset.until;
}

// The same page in another version: where that has no such page, its first one is shown.
{
  const form = document.querySelector(".foot-versions");
  const offer = (versions) => {
    const choice = form.querySelector("select");
    const { page, shown } = form.dataset;
    for (const { version, title, aliases } of versions) {
      for (const alias of aliases) choice.add(new Option(`${title}, as it is read now`, alias, false, alias === shown));
      choice.add(new Option(title, version, false, version === shown));
    }
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const there = new URL(`${choice.value}/`, tree);
      const answer = await fetch(new URL(page, there), { method: "HEAD" });
      location.assign(answer.ok ? new URL(page + location.hash, there) : there);
    });
    form.hidden = false;
  };
  const tree = form && new URL(form.dataset.tree, location.href);
  if (form) fetch(new URL("versions.json", tree)).then((answer) => answer.ok && answer.json().then(offer)).catch(() => {});
}

// The header gets its line once the sections above it have scrolled away.
{
  const header = document.querySelector(".md-header");
  const past = ([sections]) => header.classList.toggle("md-header--shadow", !sections.isIntersecting);
  new IntersectionObserver(past).observe(document.querySelector(".sections"));
}

// Search: a button opens it on a phone, results can be reached with Tab, and it closes when focus leaves it.
{
  const search = document.getElementById("search");
  const input = search.querySelector("input");
  const button = document.querySelector(".search-button");
  const list = search.querySelector("ol");
  // Material's script keeps in a switch whether the search is open, and stops without the switch's label.
  const kept = Object.assign(document.createElement("input"), { type: "checkbox", className: "md-toggle" });
  kept.dataset.mdToggle = "search";
  search.prepend(kept, Object.assign(document.createElement("label"), { htmlFor: "__search", hidden: true }));
  const open = () => toggle("search").checked;
  let starting = false;
  const close = () => {
    starting = false;
    set("search", false);
    (button.offsetParent ? button : input).focus();
    if (document.activeElement === input) set("search", false); // its focus opens the results again
  };
  button.addEventListener("click", () => { set("search", true); input.focus(); });
  input.addEventListener("focus", () => { if (!open()) set("search", true); });
  search.querySelector("form").addEventListener("submit", (event) => event.preventDefault());

  // Material's script is large and brings an index of all pages: it comes when a reader is about to search.
  const load = (done = () => {}) => {
    if (document.getElementById("searches")) return;
    const script = Object.assign(document.createElement("script"), { id: "searches", src: search.dataset.script });
    script.addEventListener("load", () => {
      // It closes the search 125 ms after it has loaded, as if that were a new page.
      starting = true;
      setTimeout(() => { starting = false; }, 250);
      done();
    });
    document.head.append(script);
  };
  for (const part of [search, button]) for (const kind of ["pointerenter", "focusin"]) part.addEventListener(kind, () => load());
  // On the page that a result leads to, it marks what was searched for, once it is told that the page is there.
  if (new URLSearchParams(location.search).has("h")) load(() => document.dispatchEvent(new Event("DOMContentLoaded")));

  // Material searches at key presses only; pasted and dictated words come without one. A clause may be typed 3.8b; a minute is 2.05a.
  input.addEventListener("input", () => {
    input.value = input.value.replace(/^(\d+\.[1-9]\d*)([a-z])$/i, (_, clause, letter) => `${clause}(${letter.toLowerCase()})`);
    input.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
  });
  search.querySelector(".search-close").addEventListener("click", close);
  toggle("search").addEventListener("change", () => {
    if (starting && !open() && search.contains(document.activeElement)) set("search", true);
    button.setAttribute("aria-expanded", open());
  });
  search.addEventListener("focusout", (event) => {
    if (open() && event.relatedTarget && !search.contains(event.relatedTarget)) set("search", false);
  });
  document.addEventListener("pointerdown", (event) => {
    if (open() && !search.contains(event.target) && !button.contains(event.target)) set("search", false);
  });
  new MutationObserver(() => {
    for (const result of list.querySelectorAll("[tabindex='-1']")) result.tabIndex = 0;
    for (const title of list.querySelectorAll("h1, h2")) title.setAttribute("role", "presentation");
  }).observe(list, { childList: true, subtree: true });

  // Material's script acts on single letters anywhere and on Tab in the search; readers' own tools need them.
  addEventListener("keydown", (event) => {
    const taken = open() ? !["ArrowUp", "ArrowDown", "Enter"].includes(event.key) : event.key.length === 1;
    if (taken) event.stopPropagation();
    if (open() && event.key === "Escape") close();
  }, true);
}
