import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ownerOfApp } from "./support/factors.js";
import { openStage, PASSWORD, ready, signIn, type Stage } from "./support/stage.js";
import { totp } from "./support/totp.js";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ EMAIL_VERIFICATION: "off" });
});
afterAll(async () => {
  const { faults } = stage;
  await stage.close();
  expect(faults).toEqual([]);
});

const section = (page: Page, name: string) => page.getByRole("form", { name });
const secretOf = async (page: Page): Promise<string> => (await page.locator("code.secret").textContent()) ?? "";

/** Signs in with a code of the next time step: that of this one was used before. */
async function signedInWithCode(email: string, secret: string, page: Page, steps = 0): Promise<void> {
  await page.goto("/login?next=/account/security");
  await signIn(page, email);
  await page.getByLabel("Code from your authenticator app").fill(totp(secret, steps));
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL(`${stage.app}/account/security`);
}

test("an authenticator app is set up, and its recovery codes are shown once, to copy and to download", async () => {
  const page = await stage.signedIn(await stage.account(), { permissions: ["clipboard-read", "clipboard-write"] });
  await page.goto("/account/security");
  await ready(page);
  await page.getByRole("button", { name: "Set up an authenticator app" }).click();
  const picture = page.getByAltText("QR code for your authenticator app", { exact: false });
  await picture.waitFor();
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  const secret = await secretOf(page);
  await page.getByRole("button", { name: "Copy key" }).click();
  await page.getByText("Copied.").waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret.replaceAll(" ", ""));
  await page.getByLabel("Code from the app").fill("000000");
  await page.getByRole("button", { name: "Confirm" }).click();
  await page.getByText("This code is incorrect.", { exact: false }).waitFor();
  expect(await secretOf(page)).toBe(secret);
  await page.getByLabel("Code from the app").fill(totp(secret));
  await page.getByRole("button", { name: "Confirm" }).click();
  await page.getByText("Your authenticator app is set up.").waitFor();
  const codes = await page.locator("ol.codes code").allTextContents();
  expect(codes).toHaveLength(10);
  await page.getByRole("button", { name: "Copy", exact: true }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${codes.join("\n")}\n`);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Download" }).click()]);
  expect(download.suggestedFilename()).toBe("acme-recovery-codes.txt");
  expect(await readFile((await download.path())!, "utf8")).toBe(`${codes.join("\n")}\n`);
  await page.getByText("10 codes are left.").waitFor();
  await page.reload();
  await page.getByText("in use").waitFor();
  expect(await page.locator("ol.codes").count()).toBe(0);
});

test("without JavaScript an authenticator app is set up and removed", async () => {
  const email = await stage.account();
  const page = await stage.person({ javaScriptEnabled: false });
  await page.goto("/login?next=/account/security");
  await page.getByLabel("Email or username").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`${stage.app}/account/security`);
  await page.getByRole("button", { name: "Set up an authenticator app" }).click();
  const secret = await secretOf(page);
  await page.getByLabel("Code from the app").fill("000000");
  await page.getByRole("button", { name: "Confirm" }).click();
  await page.getByText("This code is incorrect.", { exact: false }).waitFor();
  expect(await secretOf(page)).toBe(secret);
  await page.getByLabel("Code from the app").fill(totp(secret));
  await page.getByRole("button", { name: "Confirm" }).click();
  await page.getByText("Your authenticator app is set up.").waitFor();
  expect(await page.locator("ol.codes code").count()).toBe(10);
  await page.getByRole("link", { name: "Remove the app" }).click();
  await page.getByRole("button", { name: "Remove" }).click();
  await page.getByText("It was removed.").waitFor();
  await page.getByRole("button", { name: "Set up an authenticator app" }).waitFor();
});

test("a dialog asks for a code before new recovery codes are made, and the request is repeated", async () => {
  const { email, secret } = await ownerOfApp(stage);
  const page = await stage.person();
  await signedInWithCode(email, secret, page);
  await stage.age(page);
  await page.goto("/account/security");
  await ready(page);
  await page.getByRole("button", { name: "Generate new codes" }).click();
  const dialog = page.getByRole("dialog", { name: "Confirm that it is you" });
  await dialog.getByLabel("Code from your authenticator app").fill("000000");
  await dialog.getByRole("button", { name: "Confirm" }).click();
  await dialog.getByText("This code is incorrect.").waitFor();
  await dialog.getByLabel("Code from your authenticator app").fill(totp(secret, 1));
  await page.keyboard.press("Enter");
  await page.getByText("You have new recovery codes.", { exact: false }).waitFor();
  expect(await page.locator("ol.codes code").count()).toBe(10);
  expect(await page.getByRole("dialog").count()).toBe(0);
});

test("a dialog that is canceled leaves the page as it was", async () => {
  const { email, secret } = await ownerOfApp(stage);
  const page = await stage.person();
  await signedInWithCode(email, secret, page);
  await stage.age(page);
  await page.goto("/account/password");
  await ready(page);
  await page.getByLabel("Current password", { exact: true }).fill(PASSWORD);
  await page.getByLabel("New password", { exact: true }).fill("four blue saucers");
  await page.getByRole("button", { name: "Change password" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await page.getByText("Confirm that it is you, then try again.").waitFor();
  expect(await page.getByLabel("New password", { exact: true }).inputValue()).toBe("four blue saucers");
  await page.getByRole("button", { name: "Change password" }).click();
  await page.getByRole("dialog").getByLabel("Code from your authenticator app").fill(totp(secret, 1));
  await page.getByRole("dialog").getByRole("button", { name: "Confirm" }).click();
  await page.getByText("Your password was changed.").waitFor();
});

test("an operation of the browser's own client opens the same dialog", async () => {
  const { email, secret, codes } = await ownerOfApp(stage);
  const page = await stage.person();
  await signedInWithCode(email, secret, page);
  await stage.age(page);
  await page.goto("/account/data");
  await ready(page);
  expect(await page.getByLabel("Current password").count()).toBe(0);
  const downloaded = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download my data" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Use a recovery code", { exact: true }).click();
  await dialog.getByLabel("Recovery code", { exact: true }).fill("AAAA-AAAA");
  await dialog.getByRole("button", { name: "Use recovery code" }).click();
  await dialog.getByText("This code is incorrect.").waitFor();
  await dialog.getByLabel("Recovery code", { exact: true }).fill(codes[0]!);
  await dialog.getByRole("button", { name: "Use recovery code" }).click();
  await downloaded;
  await page.getByText("Your data was downloaded.").waitFor();
});

test("without JavaScript a page asks for the code, and returns to where the user was", async () => {
  const { email, secret } = await ownerOfApp(stage);
  const page = await stage.person({ javaScriptEnabled: false });
  await page.goto("/login?next=/account/security");
  await page.getByLabel("Email or username").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByLabel("Code from your authenticator app").fill(totp(secret));
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL(`${stage.app}/account/security`);
  await stage.age(page);
  await page.goto("/account/security");
  await page.getByRole("button", { name: "Generate new codes" }).click();
  await page.getByRole("link", { name: "Confirm it" }).click();
  await page.getByLabel("Code from your authenticator app").fill(totp(secret, 1));
  await page.getByRole("button", { name: "Confirm" }).click();
  await page.waitForURL(`${stage.app}/account/security`);
  await page.getByRole("button", { name: "Generate new codes" }).click();
  await page.getByText("You have new recovery codes.", { exact: false }).waitFor();
});

test("the password is the proof of an account without a second factor", async () => {
  const page = await stage.signedIn(await stage.account());
  await stage.age(page);
  await page.goto("/account/security");
  await ready(page);
  await page.getByRole("button", { name: "Set up an authenticator app" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Current password", { exact: true }).fill("not it at all");
  await dialog.getByRole("button", { name: "Confirm" }).click();
  await dialog.getByText("This is not your current password.").waitFor();
  await dialog.getByLabel("Current password", { exact: true }).fill(PASSWORD);
  await dialog.getByRole("button", { name: "Confirm" }).click();
  await page.locator("code.secret").waitFor();
});

test("an app is replaced, and the earlier one works until then", async () => {
  const { email, secret } = await ownerOfApp(stage);
  const page = await stage.person();
  await signedInWithCode(email, secret, page);
  await ready(page);
  await page.getByRole("button", { name: "Replace the app" }).click();
  await page.getByText("Your current app works until you confirm the new one.").waitFor();
  const next = await secretOf(page);
  await page.getByLabel("Code from the app").fill(totp(next));
  await page.getByRole("button", { name: "Confirm" }).click();
  await page.getByText("Your authenticator app is set up.").waitFor();
  expect(await page.locator("ol.codes").count()).toBe(0);
  await section(page, "Recovery codes").getByText("10 codes are left.").waitFor();
});
