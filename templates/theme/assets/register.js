// Filters for a register: made of its table, kept in the address, and told in words. Without this script all rows show.

{
  const table = document.querySelector(".register");
  const UNSTATED = "not stated";
  const same = (text) => text.trim().toLowerCase();

  // What a row says in a column that can be filtered by: as it stands in the address, and as it is shown.
  const said = (row, column) => [...row.cells[column].querySelectorAll("[data-value]")]
    .map((part) => ({ value: part.dataset.value, shown: part.textContent.trim() }));

  const choices = (rows, column) => {
    const found = new Map();
    for (const row of rows) {
      for (const one of new Map(said(row, column).map((one) => [same(one.value), one])).values()) {
        const held = found.get(same(one.value)) ?? { ...one, count: 0 };
        found.set(same(one.value), { ...held, count: held.count + 1 });
      }
    }
    const late = (one) => same(one.value) === UNSTATED;
    return [...found.values()].sort(
      (a, b) => late(a) - late(b) || a.value.localeCompare(b.value, "en", { numeric: true }),
    );
  };

  const filter = () => {
    const rows = [...table.tBodies[0].rows];
    const form = make("form", { className: "filters", autocomplete: "off" });
    form.setAttribute("aria-label", "Filter the table");
    const fields = [];
    const add = (name, heading, control, fits) => {
      Object.assign(control, { id: `filter-${name}`, name });
      form.append(make("div", {}, make("label", { htmlFor: control.id }, heading), control));
      fields.push({ name, control, fits });
    };

    add("words", "Words", make("input", { type: "search" }), (row, wanted) => {
      const text = same(row.textContent);
      return same(wanted).split(/\s+/).every((word) => text.includes(word));
    });
    for (const heading of table.tHead.querySelectorAll("[data-facet]")) {
      const column = heading.cellIndex;
      const found = choices(rows, column);
      if (found.length < 2) continue;
      const options = found.map((one) => new Option(`${one.shown} (${one.count})`, one.value));
      add(heading.dataset.facet, heading.textContent, make("select", {}, new Option("Any", ""), ...options), (row, wanted) =>
        said(row, column).some((one) => same(one.value) === same(wanted)));
    }
    const count = make("span", { role: "status", tabIndex: -1 });
    const all = make("a", { href: location.pathname }, `Show all ${rows.length} rows`);
    form.append(make("p", { className: "found" }, count, all));

    const show = () => {
      const asked = fields.filter((field) => field.control.value.trim());
      for (const row of rows) row.hidden = !asked.every((field) => field.fits(row, field.control.value));
      const left = rows.filter((row) => !row.hidden).length;
      all.hidden = left === rows.length;
      count.textContent = `${left || "None"} of ${rows.length} rows ${left === 1 ? "is" : "are"} shown`;
    };
    const address = () => {
      const query = new URLSearchParams(location.search);
      for (const { name, control } of fields) {
        if (control.value.trim()) query.set(name, control.value.trim());
        else query.delete(name);
      }
      const asked = query.toString(); // and not `query.size`, which Safari has since version 17 only
      return location.pathname + (asked ? `?${asked}` : "");
    };
    const restore = () => {
      const query = new URLSearchParams(location.search);
      for (const { name, control } of fields) {
        const wanted = query.get(name) ?? "";
        const known = control.options && [...control.options].find((option) => same(option.value) === same(wanted));
        control.value = control.options ? known?.value ?? "" : wanted;
      }
      show();
    };
    const clear = () => {
      for (const { control } of fields) control.value = "";
      show();
    };
    // A link may lead to a row that the filters hide.
    const reveal = () => {
      // A row's id is letters, digits and hyphens, so what follows the `#` need not be decoded; `#%` could not be.
      const row = document.getElementById(location.hash.slice(1))?.closest("tr");
      if (!row?.hidden) return;
      clear();
      history.replaceState(null, "", address() + location.hash);
      row.scrollIntoView();
    };

    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", (event) => {
      show();
      if (event.target.matches("select")) history.pushState(null, "", address());
      else history.replaceState(null, "", address());
    });
    all.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      clear();
      count.focus(); // the link is gone now that it has nothing left to show
      history.pushState(null, "", address());
    });
    addEventListener("popstate", restore);
    addEventListener("hashchange", reveal);

    table.closest(".scroll").before(form);
    restore();
    reveal();
  };

  filter();
}
