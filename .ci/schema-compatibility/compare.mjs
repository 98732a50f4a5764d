// Fails if schema.graphql breaks clients of the last release (docs/reference/releases/) and CHANGELOG.md does not say so.
import { readdirSync, readFileSync } from "node:fs";
import process from "node:process";
import { breakingChanges, newest, unannounced } from "./schema.mjs";

const root = `${import.meta.dirname}/../..`;
const read = (path) => readFileSync(`${root}/${path}`, "utf8");

const release = newest(readdirSync(`${root}/docs/reference/releases`));
if (release === undefined) throw new Error("docs/reference/releases/ has no schema of a release");
const changes = await breakingChanges(read(`docs/reference/releases/${release}`), read("schema.graphql"));
const missing = unannounced(changes, read("CHANGELOG.md"));
for (const { path, message } of changes) console.log(`breaking: \`${path}\`: ${message}`);
for (const { path } of missing) {
  console.error(`CHANGELOG.md does not name \`${path}\` under "### Breaking" in the section Unreleased`);
}
console.log(`${changes.length} breaking changes since ${release.replace(".graphql", "")}`);
process.exit(missing.length === 0 ? 0 : 1);
