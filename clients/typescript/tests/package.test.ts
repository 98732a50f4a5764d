import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { tmpdir } from "node:os";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compile, PACKAGE } from "./support/package.js";

const run = promisify(execFile);
let project: string;

/** A project with the package as it is published, and what it needs beside it. */
beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), "gatehouse-package-"));
  const installed = join(project, "node_modules/@gatehouse/client");
  const { files } = JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8")) as { files: string[] };
  await compile(join(installed, "dist"));
  for (const name of ["package.json", ...files.filter((it) => it !== "dist")]) cpSync(join(PACKAGE, name), join(installed, name));
  for (const name of ["graphql", "next", "react", "@types", "@apollo/client", "@urql", "wonka", "jose", "rxjs", "@graphql-typed-document-node"]) {
    mkdirSync(dirname(join(project, "node_modules", name)), { recursive: true });
    symlinkSync(join(PACKAGE, "node_modules", name), join(project, "node_modules", name));
  }
  writeFileSync(join(project, "package.json"), '{ "type": "module" }');
}, 60_000);
afterAll(() => rmSync(project, { recursive: true, force: true }));

test.each(["", "/documents", "/apollo", "/urql", "/react", "/next", "/passkeys", "/jwt"])("%s loads in Node as it is", async (path) => {
  const script = `console.log(Object.keys(await import("@gatehouse/client${path}")).length)`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", script], { cwd: project });
  expect(Number(stdout)).toBeGreaterThan(0);
});

test("every entry works with graphql 17, too", async () => {
  const newer = mkdtempSync(join(tmpdir(), "gatehouse-graphql-17-"));
  try {
    // Copied, because a link would lead back to the other version.
    cpSync(join(project, "node_modules/@gatehouse"), join(newer, "node_modules/@gatehouse"), { recursive: true });
    for (const name of ["next", "react", "@types", "@urql/core", "wonka", "jose", "rxjs", "@graphql-typed-document-node"]) {
      mkdirSync(dirname(join(newer, "node_modules", name)), { recursive: true });
      symlinkSync(join(PACKAGE, "node_modules", name), join(newer, "node_modules", name));
    }
    for (const [name, from] of [["graphql", "graphql-17"], ["@apollo/client", "@apollo/client"]] as const) {
      cpSync(join(PACKAGE, "node_modules", from), join(newer, "node_modules", name), { recursive: true });
    }
    for (const name of ["@wry", "optimism", "tslib", "graphql-tag"]) {
      cpSync(join(PACKAGE, "node_modules", name), join(newer, "node_modules", name), { recursive: true });
    }
    writeFileSync(join(newer, "package.json"), '{ "type": "module" }');
    const script = `
      import { version } from "graphql";
      for (const path of ["", "/documents", "/apollo", "/urql", "/react", "/next", "/passkeys", "/jwt"]) await import("@gatehouse/client" + path);
      const { createGatehouseClient, SessionsDocument } = await import("@gatehouse/client");
      const fetch = async (_, { body }) => Response.json({ data: { query: JSON.parse(body).query } });
      const outcome = await createGatehouseClient({ url: "http://localhost/graphql", tokens: "memory", fetch }).execute(SessionsDocument, {});
      console.log(JSON.stringify([version, outcome.data?.query ?? outcome]));`;
    const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", script], { cwd: newer });
    const [version, query] = JSON.parse(stdout) as [string, string];
    expect(version).toMatch(/^17\./);
    expect(query).toContain("fragment SessionFields on Session");
  } finally {
    rmSync(newer, { recursive: true, force: true });
  }
}, 60_000);

test("the packed package holds its README, its schema and nothing of its sources", async () => {
  const { stdout } = await run("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], { cwd: PACKAGE });
  const [packed] = JSON.parse(stdout) as [{ files: { path: string }[] }];
  const paths = packed.files.map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining(["package.json", "README.md", "dist/index.js", "dist/index.d.ts", "dist/schema.graphql"]));
  expect(paths.filter((path) => !/^(dist\/|package\.json$|README\.md$)/.test(path))).toEqual([]);
  const script = 'process.stdout.write(fs.readFileSync(new URL(import.meta.resolve("@gatehouse/client/schema.graphql")), "utf8"))';
  const { stdout: schema } = await run(process.execPath, ["--input-type=module", "--eval", `import fs from "node:fs";${script}`], { cwd: project });
  expect(schema).toBe(readFileSync(join(PACKAGE, "../../schema.graphql"), "utf8"));
}, 60_000);

test("what is for client components says so in its first line", () => {
  const built = readFileSync(join(project, "node_modules/@gatehouse/client/dist/react/index.js"), "utf8");
  expect(built).toMatch(/^"use client";/);
});

test("the examples of the README compile", async () => {
  const text = readFileSync(join(PACKAGE, "README.md"), "utf8");
  const examples = [...text.matchAll(/^```tsx?\n\/\/ (\S+)\n(.*?)^```$/gms)];
  expect(examples).toHaveLength((text.match(/^```tsx?$/gm) ?? []).length);
  expect(examples.length).toBeGreaterThan(8);
  for (const [, path = "", code = ""] of examples) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), code);
  }
  const compilerOptions = {
    target: "ES2022",
    lib: ["ES2023", "DOM", "DOM.Iterable"],
    module: "ESNext",
    moduleResolution: "Bundler",
    jsx: "react-jsx",
    strict: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    preserveSymlinks: true,
    types: ["node", "react"],
    noEmit: true,
  };
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["**/*.ts", "**/*.tsx"] }));
  const compiler = join(PACKAGE, "node_modules/typescript/bin/tsc");
  const faults = await run(process.execPath, [compiler, "-p", project]).then(() => "", (failed: { stdout: string }) => failed.stdout);
  expect(faults).toBe("");
}, 60_000);
