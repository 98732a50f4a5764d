import assert from "node:assert/strict";
import { test } from "node:test";
import { breakingChanges, breakingSection, newest, unannounced } from "./schema.mjs";

const RELEASED = `
  type Query { me: User, old: String }
  type User { id: ID!, name: String }
  enum Code { A B }
  input Login { identifier: String! }
  type Mutation { login(input: Login!): Code }
`;

const paths = async (current) => (await breakingChanges(RELEASED, current)).map(({ path }) => path).sort();

test("additions and descriptions are compatible", async () => {
  const current = RELEASED.replace("name: String", '"Shown to others." name: String, email: String')
    .replace("identifier: String!", "identifier: String!, device: String");
  assert.deepEqual(await paths(current), []);
});

test("removed fields, values and types are breaking", async () => {
  assert.deepEqual(await paths(RELEASED.replace(", old: String", "")), ["Query.old"]);
  assert.deepEqual(await paths(RELEASED.replace("A B", "A")), ["Code.B"]);
});

test("changed types and new required inputs are breaking", async () => {
  assert.deepEqual(await paths(RELEASED.replace("id: ID!", "id: ID")), ["User.id"]);
  assert.deepEqual(await paths(RELEASED.replace("String! }", "String!, code: String! }")), ["Login.code"]);
});

test("a breaking change must be named under Breaking in Unreleased", async () => {
  const changes = await breakingChanges(RELEASED, RELEASED.replace(", old: String", ""));
  const named = "# Changelog\n\n## [Unreleased]\n\n### Breaking\n\n- `Query.old` is removed.\n\n### Added\n\n## 0.1.0\n";
  assert.deepEqual(unannounced(changes, named), []);
  for (const changelog of [
    named.replace("Query.old", "Query.older"),
    named.replace("### Breaking", "### Fixed"),
    named.replace("## [Unreleased]", "## [Unreleased]\n\n## 0.0.9"),
    "",
  ]) {
    assert.deepEqual(unannounced(changes, changelog), changes);
  }
  assert.equal(breakingSection(named).trim(), "- `Query.old` is removed.");
});

test("the newest release is found by its numbers", () => {
  assert.equal(newest(["0.9.0.graphql", "0.10.0.graphql", "0.2.11.graphql", "README.md"]), "0.10.0.graphql");
  assert.equal(newest([]), undefined);
});
