// Asks the preview for news; reloads the page in place, or lays what is wrong over it.
(async (script) => {
  const kept = sessionStorage.getItem("preview:" + location.pathname);
  if (kept) { scrollTo(0, Number(kept)); sessionStorage.removeItem("preview:" + location.pathname); }
  let turn = Number(script.dataset.turn); // what this page was made of
  let asked = -1; // the first answer comes at once
  for (;;) {
    let news;
    try {
      news = await (await fetch("/preview/news?turn=" + asked)).json();
    } catch {
      await new Promise((again) => setTimeout(again, 1000));
      continue;
    }
    if (news.turn === asked) continue;
    asked = news.turn;
    document.getElementById("preview-problems")?.remove();
    if (news.problems.length) show(news.problems);
    else if (news.turn !== turn) {
      sessionStorage.setItem("preview:" + location.pathname, scrollY);
      location.reload();
      return;
    }
    turn = news.turn;
  }

  function show(problems) {
    const box = document.createElement("div");
    box.id = "preview-problems";
    box.setAttribute("role", "alert");
    box.style.cssText =
      "position:fixed;inset:auto 0 0;max-height:60vh;overflow:auto;z-index:99;padding:1rem 1.5rem;" +
      "background:var(--warning-ground);color:var(--warning-text);border-top:6px solid var(--warning-bar);font:16px/1.5 sans-serif";
    const title = document.createElement("b");
    title.textContent = problems.length + (problems.length === 1 ? " problem" : " problems") + "; this is the last good page";
    box.append(title);
    for (const problem of problems) {
      const line = document.createElement("p");
      const place = document.createElement("code");
      place.textContent = problem.place;
      line.append(place, " " + problem.message + " ", Object.assign(document.createElement("b"), { textContent: problem.hint }));
      box.append(line);
    }
    document.body.append(box);
  }
})(document.currentScript);
