import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { violations } from "./support/axe.js";
import { openStage, ready, signIn, type Stage } from "./support/stage.js";

const PICTURES = resolve(import.meta.dirname, "screenshots");
const README_PICTURES = resolve(import.meta.dirname, "../../../docs/screenshots");
/** The pictures that the README shows, written anew with UPDATE_SCREENSHOTS=1. */
const SHOWN: Record<string, string> = {
  "register-360-light": "register",
  "account-sessions-1280-dark": "sessions",
  "account-1280-light": "overview",
  "account-delete-360-dark": "deletion",
};
const OPEN = ["/", "/login", "/login?reason=session-ended", "/register", "/forgot-password", "/reset-password?token=x", "/verify-email?token=x"];
const LINKS = ["/secure-account?token=x", "/cancel-deletion?token=x", "/remove-factors?token=x", "/deletion?receipt=x", "/nowhere"];
const LINKED = ["", "/profile", "/password", "/security", "/sessions", "/activity", "/data", "/delete"].map((it) => `/account${it}`);
const ACCOUNT = [...LINKED, "/account/confirm", "/account/security/remove/x"];

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  mkdirSync(PICTURES, { recursive: true });
});
afterAll(() => stage.close());

async function judge(page: Page, path: string, name: string): Promise<void> {
  await page.goto(path);
  await page.locator("h1").waitFor();
  await page.waitForLoadState("networkidle");
  await page.screenshot({ path: resolve(PICTURES, `${name}.png`), fullPage: true });
  const shown = SHOWN[name];
  if (shown !== undefined && process.env["UPDATE_SCREENSHOTS"] === "1") {
    await page.screenshot({ path: resolve(README_PICTURES, `${shown}.png`) });
  }
  expect(await violations(page)).toEqual([]);
}

const named = (path: string): string => path.replaceAll(/\W+/g, "-").replaceAll(/^-|-$/g, "") || "start";

test.each([
  ["light", 360],
  ["dark", 1280],
  ["dark", 360],
  ["light", 1280],
] as const)("no screen has a fault of WCAG 2.2 AA: %s, %i pixels wide", async (colorScheme, width) => {
  const options = { colorScheme, viewport: { width, height: 800 }, bypassCSP: true };
  const stranger = await stage.person(options);
  for (const path of [...OPEN, ...LINKS]) await judge(stranger, path, `${named(path)}-${width}-${colorScheme}`);
  const ann = await stage.signedIn(await stage.account(), options);
  for (const path of ACCOUNT) await judge(ann, path, `${named(path)}-${width}-${colorScheme}`);
});

test("a form that shows what is wrong has no fault either", async () => {
  for (const colorScheme of ["light", "dark"] as const) {
    const page = await stage.person({ colorScheme, bypassCSP: true });
    await page.goto("/login");
    await signIn(page, "nobody@example.org", "not it at all");
    await page.getByText("The email address, username or password is incorrect.").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.goto("/register");
    await ready(page);
    await page.getByLabel("Email").fill("nonsense");
    await page.getByLabel("Password", { exact: true }).fill("short");
    await page.getByRole("button", { name: "Create account" }).click();
    await page.getByText("Enter a valid email address").waitFor();
    expect(await violations(page)).toEqual([]);
  }
});

test("no screen scrolls sideways at 320 pixels", async () => {
  const page = await stage.signedIn(await stage.account(), { viewport: { width: 320, height: 640 } });
  const stranger = await stage.person({ viewport: { width: 320, height: 640 } });
  const wide: string[] = [];
  const look = async (at: Page, path: string): Promise<void> => {
    await at.goto(path);
    await at.locator("h1").waitFor();
    if (await at.evaluate(() => document.documentElement.scrollWidth > innerWidth)) wide.push(path);
  };
  for (const path of ACCOUNT) await look(page, path);
  for (const path of [...OPEN, ...LINKS]) await look(stranger, path);
  expect(wide).toEqual([]);
});

test("at 360 pixels the header and the links of the account are one row each, and the current link is in sight", async () => {
  const page = await stage.signedIn(await stage.account(), { viewport: { width: 360, height: 640 } });
  for (const path of LINKED) {
    await page.goto(path);
    await page.waitForLoadState("networkidle");
    const tops = await page.locator("nav a").evaluateAll((links) => links.map((link) => Math.round(link.getBoundingClientRect().top)));
    expect([tops.length, new Set(tops).size]).toEqual([8, 1]);
    const { left, right } = await page.locator("nav a[aria-current=page]").evaluate((link) => link.getBoundingClientRect().toJSON() as DOMRect);
    expect(left).toBeGreaterThanOrEqual(0);
    expect(right).toBeLessThanOrEqual(360);
    expect((await page.locator("header.site-header").boundingBox())?.height).toBeLessThan(90);
  }
});

test("a page that does not exist has the header of the others", async () => {
  const page = await stage.person();
  await page.goto("/nowhere");
  await page.getByRole("heading", { name: "Page not found" }).waitFor();
  await page.locator("header").getByRole("link", { name: "Acme" }).click();
  await page.getByRole("heading", { name: "Welcome to Acme" }).waitFor();
});

test("every page has its policy, and breaks it nowhere", async () => {
  const page = await stage.signedIn(await stage.account());
  for (const path of ACCOUNT) {
    const response = await page.goto(path);
    await page.waitForLoadState("networkidle");
    expect(response?.headers()).toMatchObject({
      "content-security-policy": expect.stringMatching(/default-src 'none'; script-src 'self' 'nonce-[^']+' 'strict-dynamic'/),
      "referrer-policy": "same-origin",
      "x-content-type-options": "nosniff",
    });
  }
  expect(stage.faults).toEqual([]);
});
