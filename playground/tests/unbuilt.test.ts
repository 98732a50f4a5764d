import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Route } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openStage, run, type Stage } from "./support/stage.js";

const PACKAGES = resolve(import.meta.dirname, "../unbuilt");
const TYPES: Record<string, string> = { js: "text/javascript", css: "text/css" };
let stage: Stage;

beforeAll(async () => {
  for (const [name, is] of [["dist", false], ["unbuilt/node_modules", true]] as const) {
    if (existsSync(resolve(import.meta.dirname, "..", name)) === is) continue;
    throw new Error(is ? "run `npm ci` first" : "run it by `npm run test:unbuilt`, which removes dist/");
  }
  stage = await openStage();
});
afterAll(() => stage.close());
beforeEach(() => {
  stage.elsewhere.length = 0;
  stage.faults.length = 0;
});

/** Answers as such a CDN does: with the files of the packages whose versions are asked for. */
async function cdn(route: Route, change: (content: Buffer) => Buffer = (it) => it): Promise<void> {
  const { hostname, pathname } = new URL(route.request().url());
  const [, name = "", version, file = ""] = /^\/((?:@\w+\/)?[\w-]+)@([\d.]+)\/(.+)$/.exec(pathname) ?? [];
  const manifest = JSON.parse(await readFile(resolve(PACKAGES, "node_modules", name, "package.json"), "utf8"));
  expect({ hostname, version }).toEqual({ hostname: "unpkg.com", version: manifest.version });
  await route.fulfill({
    body: change(await readFile(resolve(PACKAGES, "node_modules", name, file))),
    headers: { "access-control-allow-origin": "*", "content-type": TYPES[file.split(".").pop() ?? ""] ?? "" },
  });
}

test("where it was not built, it comes from the CDN, says so, and works alike", async () => {
  const page = await stage.open({}, cdn);
  await page.getByText("GraphiQL comes from unpkg.com: to have it served by Gatehouse, run npm ci").waitFor();
  expect(await page.locator("[role=tab]").allInnerTexts()).toEqual(["Register", "LogIn", "Me", "EnrollTotp", "ChangePassword", "RestorePassword", "LogOut"]);
  expect(await run(page, "Register", "userErrors")).toContain('"userErrors": []');
  expect(await run(page, "Me", "securityEvents")).toContain('"email": "ada@example.org"');
  await page.getByText("Signed in: requests carry the access token").waitFor();
  await page.getByRole("button", { name: "Show GraphiQL Explorer" }).click();
  await page.locator(".graphiql-explorer-root").getByText("authSettings", { exact: true }).waitFor();
  expect(stage.elsewhere.length).toBe(6);
  expect(stage.faults).toEqual([]);
});

test("a file with other contents is not run, and the page says how to build", async () => {
  const changed = (route: Route): Promise<void> =>
    cdn(route, (content) => Buffer.concat([content, Buffer.from("\n/* one comment more */")]));
  const page = await stage.open({}, changed, "To have Gatehouse serve GraphiQL by itself, build it");
  await page.waitForLoadState("networkidle");
  expect(await page.evaluate(() => "GraphiQL" in globalThis || "React" in globalThis)).toBe(false);
  expect(stage.faults.filter((it) => it.includes("integrity"))).toHaveLength(6);
});

test("where the CDN is out of reach, the page says how to build", async () => {
  const page = await stage.open({}, undefined, "To have Gatehouse serve GraphiQL by itself, build it");
  await page.waitForLoadState("networkidle");
  expect(await page.getByRole("heading").innerText()).toBe("GraphiQL is being loaded from unpkg.com");
  expect(await page.locator("[role=tab]").count()).toBe(0);
});

test("the log says at the start that it was not built, and how to build it", async () => {
  expect(stage.gatehouse.log()).toMatch(/GraphiQL .*unpkg\.com.*npm run build/s);
});
