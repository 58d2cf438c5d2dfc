// Asks the preview for news: puts what is new into the page, or reloads it with the reader's place kept; lays what is
// wrong over it. It stands last in the body, so runs before the page's own scripts change anything.
{
  const KEPT = `preview:${location.pathname}`;
  const fields = () => [...document.querySelectorAll("input:not([type=checkbox]), select")];
  const headed = (details) => details.querySelector("summary")?.textContent;
  const above = () => [...document.querySelectorAll("main [id]")]
    .findLast((part) => part.getClientRects().length && part.getBoundingClientRect().top <= 120);

  // Where the reader is and what is open or filled in.
  const keep = () => {
    const part = above();
    const of = document.activeElement;
    sessionStorage.setItem(KEPT, JSON.stringify({
      top: scrollY,
      part: part?.id,
      offset: part && part.getBoundingClientRect().top,
      open: [...document.querySelectorAll("details[open]")].map(headed),
      filled: fields().filter((field) => field.name || field.id).map((field) => [field.id || field.name, field.value]),
      focus: of?.id || null,
    }));
  };
  const restore = (kept) => {
    for (const details of document.querySelectorAll("details")) if (kept.open.includes(headed(details))) details.open = true;
    for (const [name, value] of kept.filled) {
      const field = fields().find((field) => (field.id || field.name) === name);
      if (!field || field.value === value) continue;
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    if (kept.focus) document.getElementById(kept.focus)?.focus({ preventScroll: true });
    scroll(kept);
  };
  const scroll = (kept) => {
    const part = kept.part && document.getElementById(kept.part);
    scrollTo({ top: part ? scrollY + part.getBoundingClientRect().top - kept.offset : kept.top, behavior: "instant" });
  };
  const kept = sessionStorage.getItem(KEPT);
  if (kept) {
    history.scrollRestoration = "manual";
    sessionStorage.removeItem(KEPT);
    restore(JSON.parse(kept));
    addEventListener("DOMContentLoaded", () => restore(JSON.parse(kept)));
    let moved = false;
    for (const name of ["wheel", "touchmove", "pointerdown", "keydown"]) addEventListener(name, () => { moved = true; }, { once: true });
    addEventListener("load", async () => {
      await document.fonts.ready; // the lines may run otherwise in the fonts of the site
      if (!moved) scroll(JSON.parse(kept));
      history.scrollRestoration = "auto";
    });
  }

  // The page as it came, and where each of its nodes is in the page that its scripts went on to change.
  const live = new Map();
  const note = (came, node) => {
    live.set(came, node);
    came.childNodes.forEach((child, place) => note(child, node.childNodes[place]));
  };
  const SCRIPT = document.currentScript;
  let came = [document.head, document.body].map((part) => {
    const copy = part.cloneNode(true);
    note(copy, part);
    return copy;
  });
  let turn = Number(SCRIPT.dataset.turn);

  // Finds the texts that differ between two states of the page; false where more differs than words.
  const same = (a, b) => a.getAttributeNames().length === b.getAttributeNames().length
    && a.getAttributeNames().every((name) => a.getAttribute(name) === b.getAttribute(name));
  const differ = (before, after, found) => {
    if (before.isEqualNode(after)) return true;
    if (before.nodeName !== after.nodeName || before.childNodes.length !== after.childNodes.length) return false;
    if (before.nodeType === Node.TEXT_NODE) {
      const node = live.get(before);
      found.push([node, after.data]);
      return node.isConnected && node.data === before.data && !node.parentElement.closest("table, dfn, a.term");
    }
    if (before.nodeType !== Node.ELEMENT_NODE) return false;
    if (before.src === SCRIPT.src) return true;
    if (!same(before, after)) {
      if (before.nodeName !== "META") return false;
      found.push([live.get(before), after]);
    }
    return [...before.childNodes].every((child, place) => differ(child, after.childNodes[place], found));
  };
  const renew = async (number) => {
    const answer = await fetch(location.pathname, { cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    while (page.body.lastChild?.nodeType === Node.TEXT_NODE) page.body.lastChild.remove(); // it comes after this script
    const now = [page.head, page.body];
    const found = [];
    if (!came.every((part, place) => differ(part, now[place], found))) {
      keep();
      location.reload();
      return false;
    }
    for (const [node, after] of found) {
      if (typeof after === "string") node.data = after;
      else for (const name of after.getAttributeNames()) node.setAttribute(name, after.getAttribute(name));
    }
    const nodes = new Map(live);
    live.clear();
    const move = (before, after) => {
      live.set(after, nodes.get(before));
      before.childNodes.forEach((child, place) => move(child, after.childNodes[place]));
    };
    came.forEach((part, place) => move(part, now[place]));
    came = now;
    turn = number;
    return true;
  };

  // The panel: what is wrong, what to look at, what is being made.
  const make = (tag, about, ...inside) => {
    const element = Object.assign(document.createElement(tag), about);
    element.append(...inside.filter(Boolean));
    return element;
  };
  const host = make("div", { id: "preview" });
  const root = host.attachShadow({ mode: "open" });
  const said = make("p", { className: "said" });
  said.setAttribute("role", "status");
  const button = make("button", { type: "button" });
  const list = make("ol", { id: "problems" });
  button.setAttribute("aria-controls", "problems");
  const panel = make("section", { hidden: true }, make("header", {}, said, button), list);
  panel.setAttribute("aria-label", "Preview");
  root.append(make("link", { rel: "stylesheet", href: "/preview/page.css" }), panel);
  const fold = (folded) => {
    panel.classList.toggle("folded", folded);
    button.textContent = folded ? "Show" : "Hide";
    button.setAttribute("aria-expanded", String(!folded));
  };
  button.addEventListener("click", () => fold(!panel.classList.contains("folded")));
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.classList.contains("folded")) return;
    fold(true);
    button.focus();
  });
  const item = (problem) => {
    const lines = make("pre", {}, ...problem.lines.map(([number, text]) =>
      make(number === problem.line ? "mark" : "span", {}, `${String(number).padStart(4)}  ${text}\n`)));
    const link = { href: problem.link, target: problem.link.startsWith("/") ? "_blank" : "" };
    const place = problem.link ? make("a", link, problem.place) : make("span", {}, problem.place);
    return make("li", {}, place, make("p", {}, problem.message), problem.hint && make("p", { className: "hint" }, problem.hint),
      problem.lines.length && lines);
  };
  const count = (list, one, many) => list.length ? `${list.length} ${list.length === 1 ? one : many}` : "";
  let shown = "";
  const show = (news) => {
    const wrong = count(news.problems, "problem", "problems");
    const doing = {
      pages: "Making this page …",
      others: "Making the other pages …",
      documents: "The documents to download are still the last ones: making them anew …",
    };
    const told = wrong ? wrong + (news.kept ? "; this is the last good page" : "; the documents are the last good ones")
      : doing[news.doing] || count(news.warnings, "thing to look at on this page", "things to look at on this page");
    if (said.textContent !== told) said.textContent = told;
    panel.hidden = !told;
    panel.className = wrong ? "wrong" : news.doing ? "doing" : "warned";
    const all = [...news.problems, ...(news.doing ? [] : news.warnings)];
    const what = JSON.stringify(all);
    button.hidden = !all.length;
    if (what !== shown) {
      list.replaceChildren(...all.map(item));
      fold(!wrong);
    } else fold(button.getAttribute("aria-expanded") !== "true");
    shown = what;
  };

  // Only a page that is looked at asks: a browser keeps few connections open, and many pages may be.
  const seen = () => new Promise((go) => {
    if (!document.hidden) go();
    else document.addEventListener("visibilitychange", () => go(), { once: true });
  });
  const follow = async () => {
    document.body.append(host);
    let number = "";
    for (;;) {
      await seen();
      const asking = new AbortController();
      const leave = () => { if (document.hidden) asking.abort(); };
      document.addEventListener("visibilitychange", leave);
      try {
        const query = new URLSearchParams({ after: number, page: location.pathname.slice(1) });
        const news = await (await fetch(`/preview/news?${query}`, { signal: asking.signal })).json();
        if (news.number === number) continue;
        number = news.number;
        show(news);
        if (news.turn !== turn && !await renew(news.turn)) return;
      } catch {
        if (asking.signal.aborted) continue;
        number = turn = ""; // another preview may answer next
        await new Promise((again) => setTimeout(again, 500));
      } finally {
        document.removeEventListener("visibilitychange", leave);
      }
    }
  };
  follow();
}
