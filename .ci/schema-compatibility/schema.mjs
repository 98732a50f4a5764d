// Breaking changes between two schemas, and which of them CHANGELOG.md does not name.
import { CriticalityLevel, diff } from "@graphql-inspector/core";
import { buildSchema } from "graphql";

/** The breaking changes from one SDL to another: `path` as in `Mutation.login`, and a sentence. */
export async function breakingChanges(released, current) {
  const changes = await diff(buildSchema(released), buildSchema(current));
  return changes
    .filter((change) => change.criticality.level === CriticalityLevel.Breaking)
    .map((change) => ({ path: change.path ?? "", message: change.message }));
}

/** The text below `### Breaking` in the section Unreleased. */
export function breakingSection(changelog) {
  const [, unreleased = ""] = changelog.split(/^## \[Unreleased\].*$/m);
  const [section] = unreleased.split(/^## /m);
  const [, breaking = ""] = section.split(/^### Breaking\s*$/m);
  return breaking.split(/^### /m)[0];
}

/** The changes whose path CHANGELOG.md does not name, in backticks, under "Breaking". */
export function unannounced(changes, changelog) {
  const section = breakingSection(changelog);
  return changes.filter(({ path }) => path === "" || !section.includes(`\`${path}\``));
}

/** The newest of file names such as `0.10.0.graphql`. */
export function newest(names) {
  const numbers = (name) => name.split(".").slice(0, 3).map(Number);
  const releases = names.filter((name) => /^\d+\.\d+\.\d+\.graphql$/.test(name));
  return releases.sort((a, b) => {
    const [one, other] = [numbers(a), numbers(b)];
    const at = one.findIndex((number, n) => number !== other[n]);
    return at === -1 ? 0 : one[at] - other[at];
  }).at(-1);
}
