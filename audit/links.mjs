// Follows every link of pages, one page at a time, and prints a line of JSON for each: the links that lead nowhere.
// node links.mjs HOST OWN-ADDRESS ADDRESS…
// Crawling the site in one go would miss anchors: linkinator looks at no page a second time, so not for the anchors
// that a page which it reads later asks of it.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [host, own, ...addresses] = process.argv.slice(2);
const require = createRequire(new URL("../.audit/package.json", import.meta.url));
const { LinkChecker } = await import(pathToFileURL(require.resolve("linkinator")));

const literally = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const elsewhere = `^(?!${literally(host)})`;
const urlRewriteExpressions = own ? [{ pattern: new RegExp(`^${literally(own)}`), replacement: `${host}${new URL(own).pathname}` }] : [];

for (const address of addresses) {
  const { links } = await new LinkChecker().check({
    path: address, recurse: false, checkFragments: true, checkCss: true, linksToSkip: [elsewhere], urlRewriteExpressions, concurrency: 20,
  });
  const dead = links.filter(({ state }) => state === "BROKEN").map(({ url }) => url);
  const followed = links.filter(({ state }) => state !== "SKIPPED").length;
  console.log(JSON.stringify({ address, followed, dead: [...new Set(dead)] }));
}
