import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { violations } from "./support/axe.js";
import { authenticator, ownerOfApp } from "./support/factors.js";
import { openStage, ready, signIn, type Stage } from "./support/stage.js";
import { totp } from "./support/totp.js";

const PICTURES = resolve(import.meta.dirname, "screenshots");
const LATER = "2099-01-01T00:00:00Z";

let stage: Stage;
let strict: Stage;
beforeAll(async () => {
  stage = await openStage({ EMAIL_VERIFICATION: "off", SECOND_FACTOR: "required", SECOND_FACTOR_REQUIRED_FROM: LATER });
  strict = await openStage({ EMAIL_VERIFICATION: "off", SECOND_FACTOR: "required" });
  mkdirSync(PICTURES, { recursive: true });
}, 120_000);
afterAll(async () => {
  await stage.close();
  await strict.close();
});

const LOOKS = [
  ["light", 360],
  ["dark", 1280],
  ["dark", 360],
  ["light", 1280],
  ["light", 320],
] as const;

/** Takes a picture of what the page shows, and checks it. */
function judge(page: Page, colorScheme: string, width: number) {
  return async (name: string, isDialog = false): Promise<void> => {
    // The pointer would be over something.
    await page.mouse.move(0, 0);
    await page.screenshot({ path: resolve(PICTURES, `${name}-${width}-${colorScheme}.png`), fullPage: !isDialog });
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} scrolls sideways`).toBe(true);
  };
}

const options = (colorScheme: "light" | "dark", width: number): BrowserContextOptions => ({
  colorScheme,
  viewport: { width, height: 800 },
  bypassCSP: true,
});

test.each(LOOKS)("no screen of a second factor has a fault of WCAG 2.2 AA: %s, %i pixels wide", async (colorScheme, width) => {
  const { email, secret, codes } = await ownerOfApp(stage);
  const page = await stage.person(options(colorScheme, width));
  const look = judge(page, colorScheme, width);
  await authenticator(page);
  await page.goto("/login?next=/account/security");
  await page.getByRole("button", { name: "Sign in with a passkey" }).waitFor();
  await look("passkey-sign-in");
  await signIn(page, email);
  await page.getByLabel("Code from your authenticator app").fill("000000");
  await page.getByText("Use a recovery code", { exact: true }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByText("This code is incorrect.").waitFor();
  await look("second-step");
  await page.getByLabel("Code from your authenticator app").fill(totp(secret));
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("heading", { name: "Passkeys" }).waitFor();
  await ready(page);
  await page.getByLabel("Name", { exact: false }).fill("Blue key");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByRole("link", { name: "Remove Blue key" }).waitFor();
  await look("security");
  await stage.age(page);
  await page.goto("/account/security");
  await ready(page);
  await page.getByRole("button", { name: "Generate new codes" }).click();
  await page.getByRole("dialog").getByText("Use a recovery code", { exact: true }).click();
  await look("step-up", true);
  await page.getByRole("dialog").getByLabel("Recovery code", { exact: true }).fill(codes[0]!);
  await page.getByRole("dialog").getByRole("button", { name: "Use recovery code" }).click();
  await page.locator("ol.codes").waitFor();
  await look("recovery-codes");
  await page.getByRole("button", { name: "Replace the app" }).click();
  await page.locator("code.secret").waitFor();
  await look("authenticator-setup");
  await page.goto("/account/confirm?next=/account/security");
  await page.getByRole("button", { name: "Use a passkey" }).waitFor();
  await look("confirm");
  await page.goto("/account/security");
  await page.getByRole("link", { name: "Remove the app" }).click();
  await page.getByRole("heading", { name: "Remove your authenticator app" }).waitFor();
  await look("remove-factor");
});

test.each(LOOKS)("no screen of lost second factors has a fault of WCAG 2.2 AA: %s, %i pixels wide", async (colorScheme, width) => {
  const { email, secret } = await ownerOfApp(stage);
  const owner = await stage.person(options(colorScheme, width));
  await owner.goto("/login?next=/account/security");
  await signIn(owner, email);
  await owner.getByLabel("Code from your authenticator app").fill(totp(secret));
  await owner.getByRole("button", { name: "Continue" }).click();
  await owner.getByRole("heading", { name: "Security" }).waitFor();
  const page = await stage.person(options(colorScheme, width));
  const look = judge(page, colorScheme, width);
  await page.goto("/login");
  await signIn(page, email);
  await page.getByText("I have lost all of these").click();
  await look("lost-factors");
  await page.getByRole("button", { name: "Email me a link" }).click();
  await page.getByText("Check your email.").waitFor();
  await look("lost-factors-sent");
  await page.goto(await stage.mailedLink(email, "/remove-factors"));
  await ready(page);
  await look("remove-factors-link");
  await page.getByRole("button", { name: "Remove my second factors" }).click();
  await page.getByText("The removal of your second factors is scheduled.").waitFor();
  await look("remove-factors-done");
  await page.goto("/login");
  await signIn(page, email);
  await page.getByText("Your second factors and recovery codes will be removed on").waitFor();
  await look("second-step-removal");
  await owner.reload();
  await owner.getByRole("button", { name: "Keep my second factors" }).waitFor();
  await judge(owner, colorScheme, width)("security-removal");
});

test.each(LOOKS)("no screen of a required second factor has a fault of WCAG 2.2 AA: %s, %i pixels wide", async (colorScheme, width) => {
  const page = await stage.signedIn(await stage.account(), options(colorScheme, width));
  await page.getByText("Your account needs a second factor from 1 Jan 2099", { exact: false }).waitFor();
  await judge(page, colorScheme, width)("overview-hint");
  await page.getByRole("link", { name: "Set one up" }).click();
  await page.getByRole("heading", { name: "Security" }).waitFor();
  await judge(page, colorScheme, width)("security-without");
  const stranger = await strict.person(options(colorScheme, width));
  const look = judge(stranger, colorScheme, width);
  await stranger.goto("/login");
  await authenticator(stranger);
  await signIn(stranger, await strict.account());
  await stranger.getByRole("button", { name: "Create a passkey" }).waitFor();
  await look("enroll");
  await stranger.getByRole("button", { name: "Set up an authenticator app" }).click();
  await stranger.getByLabel("Code from the app").fill(totp((await stranger.locator("code.secret").textContent()) ?? ""));
  await look("enroll-app");
  await stranger.getByRole("button", { name: "Confirm and sign in" }).click();
  await stranger.locator("ol.codes").waitFor();
  await look("enroll-codes");
});
