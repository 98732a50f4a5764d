// Counts the files and lines of nextjs-minimal and nextjs-by-hand, and fails unless docs/integrate/nextjs.md has the same counts.
// Blank lines are not counted.
import { readdirSync, readFileSync } from "node:fs";
import process from "node:process";

const here = import.meta.dirname;

function count(variant) {
  const entries = readdirSync(`${here}/${variant}`, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const lines = files.flatMap(({ parentPath, name }) => readFileSync(`${parentPath}/${name}`, "utf8").split("\n"));
  return { files: files.length, lines: lines.filter((line) => line.trim() !== "").length };
}

/** The numbered steps of a text. */
const steps = (text) => text.match(/^(### )?\d+\. /gm)?.length ?? 0;
const page = (name) => readFileSync(`${here}/../docs/integrate/${name}.md`, "utf8");

const text = page("nextjs");
const [, section = ""] = text.split("\n## With the package\n");
const byHand = { steps: steps(page("by-hand")), ...count("nextjs-by-hand") };
const withPackage = { steps: steps(section.split("\n## ")[0]), ...count("nextjs-minimal") };
const rows = ["steps", "files", "lines"].map(
  (what) => `| ${what} | ${withPackage[what]} | ${byHand[what]} | ${Math.round(100 - (100 * withPackage[what]) / byHand[what])} % |`,
);
const missing = rows.filter((row) => !text.includes(row));
console.log(rows.join("\n"));
for (const row of missing) console.error(`docs/integrate/nextjs.md has no row: ${row}`);
const blocks = readdirSync(`${here}/nextjs-minimal`, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => `${parentPath}/${name}`);
for (const path of blocks) {
  if (text.includes(`\n${readFileSync(path, "utf8").trim()}\n\`\`\``)) continue;
  console.error(`docs/integrate/nextjs.md does not show ${path.slice(here.length + 1)} as it is`);
  missing.push(path);
}
process.exit(missing.length === 0 ? 0 : 1);
