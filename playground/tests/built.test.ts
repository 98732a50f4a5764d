import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openStage, ready, run, type Stage } from "./support/stage.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PICTURE = resolve(import.meta.dirname, "../../docs/screenshots/graphiql.png");
let stage: Stage;

beforeAll(async () => {
  if (!existsSync(resolve(import.meta.dirname, "../dist/index.html"))) throw new Error("run `npm run build` first");
  stage = await openStage();
});
afterAll(() => stage.close());
afterEach(() => {
  // Nothing but the service is ever asked, no script fails, and the policy refuses nothing that the page wants.
  expect(stage.elsewhere).toEqual([]);
  expect(stage.faults).toEqual([]);
});

test("it opens with examples, and a registration made in it signs it in, with no network but the service", async () => {
  const page = await stage.open();
  expect(await page.locator("[role=tab]").allInnerTexts()).toEqual(["Register", "LogIn", "Me", "EnrollTotp", "ChangePassword", "RestorePassword", "LogOut"]);
  expect(await run(page, "Me", '"me"')).toContain('"me": null');
  expect(await run(page, "Register", "userErrors")).toContain('"userErrors": []');
  expect(await run(page, "Me", "securityEvents")).toContain('"email": "ada@example.org"');
  await page.getByText("Signed in: requests carry the access token").waitFor();
  if (process.env["UPDATE_SCREENSHOTS"] === "1") await page.screenshot({ path: PICTURE });
});

test("after a login made in it, me works at once, also when the page is loaded anew", async () => {
  const page = await stage.open();
  expect(await run(page, "LogIn", "userErrors")).toContain('"userErrors": []');
  expect(await run(page, "Me", "securityEvents")).toContain('"email": "ada@example.org"');
  // GraphiQL writes its tabs down half a second after a change.
  await page.waitForTimeout(800);
  await page.reload();
  await page.getByText("Who is signed in").waitFor();
  expect(await page.locator("[role=tab]").count()).toBe(7);
  expect(await run(page, "Me", "securityEvents")).toContain('"email": "ada@example.org"');
});

test("the example of an authenticator app asks for a confirmed address first", async () => {
  const page = await stage.open();
  await run(page, "LogIn", "userErrors");
  expect(await run(page, "EnrollTotp", "userErrors")).toContain('"code": "EMAIL_NOT_VERIFIED"');
});

test("what was typed and the token stay in their tab: the next one begins anew, signed out", async () => {
  const page = await stage.open();
  await run(page, "LogIn", "userErrors");
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
  const other = await page.context().newPage();
  await other.goto(stage.graphiql);
  await ready(other);
  await other.getByText("Signed out. After Register or LogIn").waitFor();
  expect(await run(other, "Me", '"me"')).toContain('"me": null');
});

test("the token can be forgotten, and goes with a logout", async () => {
  const page = await stage.open();
  await run(page, "LogIn", "userErrors");
  await page.getByRole("button", { name: "Forget token" }).click();
  await page.getByText("the token is forgotten").waitFor();
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain("the token is forgotten");
  expect(await run(page, "Me", '"me"')).toContain('"me": null');
  await run(page, "LogIn", "userErrors");
  await page.getByText("Signed in:").waitFor();
  expect(await run(page, "LogOut", "loggedOut")).toContain('"loggedOut": true');
  await page.getByText("Signed out. After Register or LogIn").waitFor();
  expect(await run(page, "Me", '"me"')).toContain('"me": null');
});

test("a token whose time has run out is said to be over, without a request", async () => {
  const brief = await openStage({ ACCESS_TOKEN_TTL: "3s" });
  try {
    const page = await brief.open();
    await run(page, "Register", "userErrors");
    await page.getByText("Signed in:").waitFor();
    await page.getByText("Signed out: the access token has expired.").waitFor();
    expect(brief.faults).toEqual([]);
  } finally {
    await brief.close();
  }
});

test("the explorer and the documentation show the schema", async () => {
  const page = await stage.open();
  await page.getByRole("button", { name: "Show GraphiQL Explorer" }).click();
  await page.locator(".graphiql-explorer-root").getByText("requestPasswordReset", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Show Documentation Explorer" }).click();
  await page.getByRole("link", { name: "Mutation", exact: true }).click();
  await page.getByText("Changes the signed-in user's password").waitFor();
});

test("completion and checks by the schema run in their workers", async () => {
  const page = await stage.open();
  await page.locator("[role=tab]", { hasText: "Me" }).getByRole("button", { name: "Me" }).click();
  await page.getByText("emailVerified").click();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await page.keyboard.type("notAField");
  await page.locator(".squiggly-error").first().waitFor();
  expect(page.workers().length).toBeGreaterThan(0);
  for (let letter = 0; letter < "notAField".length; letter += 1) await page.keyboard.press("Backspace");
  await page.keyboard.type("pend");
  await page.locator(".suggest-widget").getByText("pendingEmail").first().waitFor();
});

test.each(["light", "dark"] as const)("what Gatehouse adds to the page has no fault of WCAG 2.2 AA: %s", async (colorScheme) => {
  const page = await stage.open({ colorScheme, bypassCSP: true });
  for (const operation of ["LogIn", "LogOut"]) {
    await run(page, operation, operation === "LogIn" ? "userErrors" : "loggedOut");
    await page.getByText(operation === "LogIn" ? "Signed in:" : "Signed out.").waitFor();
    await page.evaluate(AXE);
    const found = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: { run(within: string, options: object): Promise<{ violations: object[]; passes: object[] }> } };
      const { violations, passes } = await axe.run(".gatehouse-status", { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] });
      return { violations, looked: passes.length > 0 };
    });
    expect(found).toEqual({ violations: [], looked: true });
  }
});

test("whoever reads what the page loads finds the licenses of all of it", async () => {
  const answer = await fetch(`${stage.graphiql}/licenses.md`);
  expect(answer.headers.get("content-type")).toBe("text/markdown; charset=utf-8");
  const text = await answer.text();
  for (const name of ["graphiql", "monaco-editor", "react", "graphql"]) expect(text).toContain(`## ${name} - `);
});

test("a change of password goes on with the new token", async () => {
  const page = await stage.open();
  await run(page, "LogIn", "userErrors");
  expect(await run(page, "ChangePassword", "userErrors")).toContain('"userErrors": []');
  expect(await run(page, "Me", "securityEvents")).toContain("PASSWORD_CHANGED");
  await run(page, "RestorePassword", "userErrors");
});

test("every example works a second time, but the account, which is there by then", async () => {
  const page = await stage.open();
  for (const time of ["first", "second"]) {
    for (const [name, until, expected] of [
      ["LogIn", "userErrors", '"userErrors": []'],
      ["Me", "securityEvents", "ada@example.org"],
      ["ChangePassword", "userErrors", '"userErrors": []'],
      ["RestorePassword", "userErrors", '"userErrors": []'],
      ["LogOut", "loggedOut", '"loggedOut": true'],
    ] as const) {
      expect(await run(page, name, until), `${name}, the ${time} time`).toContain(expected);
    }
  }
});
