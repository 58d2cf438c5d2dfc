// Holds pages to Lighthouse on a slow phone, and prints a line of JSON for each: its scores, and what cost points.
// node lighthouse.mjs BROWSER SMALLEST-PERFORMANCE ADDRESS…
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [browser, smallest, ...addresses] = process.argv.slice(2);
const require = createRequire(new URL("../.audit/package.json", import.meta.url));
const load = (name) => import(pathToFileURL(require.resolve(name)));
const { default: lighthouse } = await load("lighthouse");
const { launch } = await load("chrome-launcher");

const flags = [
  "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];
const chrome = await launch({ chromePath: browser, chromeFlags: flags, logLevel: "silent" });

const run = async (address, categories) => {
  const settings = { port: chrome.port, output: [], logLevel: "silent", onlyCategories: categories, disableFullPageScreenshot: true };
  const { lhr } = await lighthouse(address, settings);
  if (lhr.runtimeError) throw new Error(`${address}: ${lhr.runtimeError.message}`);
  return lhr;
};
const score = (lhr, category) => Math.round(lhr.categories[category].score * 100);
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

// What lowered a category's score, in Lighthouse's words.
const costly = (lhr, category) => lhr.categories[category].auditRefs
  .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 0.9)
  .map(({ id }) => [lhr.audits[id].title, lhr.audits[id].displayValue].filter(Boolean).join(", "));

try {
  for (const address of addresses) {
    const whole = await run(address, ["accessibility", "best-practices", "performance", "seo"]);
    const times = [score(whole, "performance")];
    // The median of three runs stands on its side of the line as soon as two agree.
    const settled = () => [true, false].some((side) => times.filter((time) => time >= smallest === side).length === 2);
    while (!settled()) times.push(score(await run(address, ["performance"]), "performance"));
    const scores = Object.fromEntries(Object.keys(whole.categories).map((name) => [name, score(whole, name)]));
    const why = Object.fromEntries(Object.keys(whole.categories).map((name) => [name, costly(whole, name)]));
    scores.performance = times.length === 3 ? median(times) : Math.min(...times);
    console.log(JSON.stringify({ address, scores, why }));
  }
} finally {
  chrome.kill();
}
