import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ownerOfApp } from "./support/factors.js";
import { until } from "./support/processes.js";
import { openStage, PASSWORD, ready, signIn, type Stage } from "./support/stage.js";
import { totp } from "./support/totp.js";

const DAY = 86_400_000;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ EMAIL_VERIFICATION: "off" });
});
afterAll(async () => {
  const { faults } = stage;
  await stage.close();
  expect(faults).toEqual([]);
});

const code = (page: Page) => page.getByLabel("Code from your authenticator app");

/** Enters the password. Works without JavaScript, too. */
async function firstStep(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.goto("/login?next=/account/security");
  await page.getByLabel("Email or username").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await code(page).waitFor();
}

async function complete(page: Page, totpCode: string): Promise<void> {
  await code(page).fill(totpCode);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL(`${stage.app}/account/security`);
}

async function requestLink(page: Page): Promise<void> {
  await page.getByText("I have lost all of these", { exact: true }).click();
  await page.getByRole("button", { name: "Email me a link" }).click();
}

/** A browser in which somebody with the password and the mailbox has scheduled the removal. */
async function removalScheduled(email: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await stage.person(options);
  await firstStep(page, email);
  await requestLink(page);
  await page.getByText("Check your email.").waitFor();
  await page.goto(await stage.mailedLink(email, "/remove-factors"));
  await page.getByRole("button", { name: "Remove my second factors" }).click();
  await page.getByText("The removal of your second factors is scheduled.").waitFor();
  return page;
}

/** Whether the password alone signs in. */
async function needsNoFactor(email: string): Promise<boolean> {
  const query = "mutation ($input: LoginInput!) { login(input: $input) { tokens { accessToken } } }";
  const { login } = await stage.ask<{ login: { tokens: object | null } }>(query, { identifier: email, password: PASSWORD });
  return login.tokens !== null;
}

test("lost factors are removed by an emailed link and a wait, and then the password alone signs in", async () => {
  const { email } = await ownerOfApp(stage);
  const page = await stage.person();
  await page.goto("/login");
  await signIn(page, email);
  await page.getByText("I have lost all of these", { exact: true }).click();
  await page.getByText("Then you wait 7 days.", { exact: false }).waitFor();
  await page.getByRole("button", { name: "Email me a link" }).click();
  await page.getByText("Check your email.").waitFor();
  await page.waitForFunction(() => document.activeElement?.textContent?.includes("Check your email."));
  const link = await stage.mailedLink(email, "/remove-factors");
  await page.goto(link);
  await ready(page);
  await page.getByText("We remove all of them in 7 days", { exact: false }).waitFor();
  await page.getByRole("button", { name: "Remove my second factors" }).click();
  await page.getByText("The removal of your second factors is scheduled.").waitFor();
  const scheduledFor = Date.parse((await page.locator("main time").getAttribute("datetime")) ?? "");
  expect(Math.abs(scheduledFor - Date.now() - 7 * DAY)).toBeLessThan(60_000);
  expect(await page.getByRole("button", { name: "Remove my second factors" }).count()).toBe(0);
  await page.goto(link);
  await page.getByText("This link is invalid").waitFor();
  expect(await page.getByRole("button", { name: "Remove my second factors" }).count()).toBe(0);
  await page.getByRole("link", { name: "Sign in to request a new link" }).click();
  await signIn(page, email);
  await page.getByText("Your second factors and recovery codes will be removed on", { exact: false }).waitFor();
  expect(Date.parse((await page.locator("main time").getAttribute("datetime")) ?? "")).toBe(scheduledFor);
  expect(await code(page).evaluate((field) => field === document.activeElement)).toBe(true);
  expect(await page.getByText("I have lost all of these").count()).toBe(0);
  expect(await needsNoFactor(email)).toBe(false);
  stage.endRemovalWaits();
  await until("the removal of the factors", () => needsNoFactor(email));
  await page.goto("/login");
  await signIn(page, email);
  await page.waitForURL("**/account");
  await page.goto("/account/activity");
  for (const event of ["All second factors removed", "Removal of all second factors scheduled", "Link to remove lost second factors requested"]) {
    await page.getByText(event).waitFor();
  }
});

test("the step of the sign-in stays: a code that turns up still completes it", async () => {
  const { email, secret } = await ownerOfApp(stage);
  const page = await stage.person();
  await firstStep(page, email);
  await requestLink(page);
  await page.getByText("Check your email.").waitFor();
  await complete(page, totp(secret));
  expect(await page.getByRole("button", { name: "Keep my second factors" }).count()).toBe(0);
});

test("a signed-in user learns the date and keeps the second factors", async () => {
  const { email, secret } = await ownerOfApp(stage);
  const owner = await stage.person();
  await firstStep(owner, email);
  await complete(owner, totp(secret));
  const thief = await removalScheduled(email);
  await owner.reload();
  await ready(owner);
  const banner = owner.getByRole("region", { name: "Removal of your second factors" });
  expect(Date.parse((await banner.locator("time").getAttribute("datetime")) ?? "")).toBeGreaterThan(Date.now() + 6 * DAY);
  await banner.getByRole("button", { name: "Keep my second factors" }).click();
  await owner.getByText("Your second factors are kept.").waitFor();
  expect(await banner.count()).toBe(0);
  await owner.getByText("10 codes are left.").waitFor();
  await owner.goto("/account/activity");
  await owner.getByText("Removal of all second factors canceled").waitFor();
  await firstStep(thief, email);
  expect(await thief.getByText("will be removed on").count()).toBe(0);
  await thief.getByText("I have lost all of these").waitFor();
});

test("a removal that was canceled elsewhere is not kept a second time", async () => {
  const { email, secret } = await ownerOfApp(stage);
  const owner = await stage.person();
  await firstStep(owner, email);
  await complete(owner, totp(secret));
  await removalScheduled(email);
  await owner.reload();
  await ready(owner);
  const tab = await owner.context().newPage();
  await tab.goto("/account/security");
  await ready(tab);
  for (const [page, sentence] of [[tab, "Your second factors are kept."], [owner, "No removal is scheduled."]] as const) {
    await page.getByRole("button", { name: "Keep my second factors" }).click();
    await page.getByText(sentence).waitFor();
  }
});

test("without JavaScript the link is requested and followed, and the second factors are kept", async () => {
  const { email, secret } = await ownerOfApp(stage);
  const owner = await stage.person({ javaScriptEnabled: false });
  await firstStep(owner, email);
  await complete(owner, totp(secret));
  await removalScheduled(email, { javaScriptEnabled: false });
  await owner.goto("/account/security");
  await owner.getByRole("button", { name: "Keep my second factors" }).click();
  await owner.getByText("Your second factors are kept.").waitFor();
});

test("without JavaScript a recovery code that turns up cancels the removal", async () => {
  const { email, codes } = await ownerOfApp(stage);
  const page = await removalScheduled(email, { javaScriptEnabled: false });
  await firstStep(page, email);
  await page.getByText("will be removed on").waitFor();
  await page.getByText("Use a recovery code", { exact: true }).click();
  await page.getByLabel("Recovery code", { exact: true }).fill(codes[0]!);
  await page.getByRole("button", { name: "Use recovery code" }).click();
  await page.waitForURL(`${stage.app}/account/security`);
  expect(await page.getByRole("button", { name: "Keep my second factors" }).count()).toBe(0);
});

test("after a password reset by email no link is sent, and the sign-in goes on", async () => {
  const { email, secret } = await ownerOfApp(stage);
  const request = "mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { userErrors { code } } }";
  await stage.ask(request, { email });
  const token = new URL(await stage.mailedLink(email, "/reset-password")).searchParams.get("token");
  const reset = "mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { userErrors { code } } }";
  await stage.ask(reset, { token, newPassword: "four blue saucers" });
  const page = await stage.person();
  await firstStep(page, email, "four blue saucers");
  await requestLink(page);
  await page.getByText("You chose your password with an emailed link in the last 30 days.", { exact: false }).waitFor();
  await complete(page, totp(secret));
});

test("a sign-in that is void after wrong codes begins anew instead", async () => {
  const { email } = await ownerOfApp(stage);
  const page = await stage.person();
  await firstStep(page, email);
  for (let wrong = 1; wrong <= 5; wrong += 1) {
    await code(page).fill(`00000${wrong}`);
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByText("This code is incorrect.").waitFor();
  }
  await requestLink(page);
  await page.getByText("This sign-in has expired. Sign in again.").waitFor();
  expect(await page.getByLabel("Email or username").inputValue()).toBe(email);
});

test("a link that has expired says so, and leads back to the sign-in", async () => {
  const { email } = await ownerOfApp(stage);
  const page = await stage.person();
  await firstStep(page, email);
  await requestLink(page);
  const link = await stage.mailedLink(email, "/remove-factors");
  stage.outliveLinks();
  await page.goto(link);
  await page.getByText("This link has expired.").waitFor();
  expect(await page.getByRole("button", { name: "Remove my second factors" }).count()).toBe(0);
  await page.getByRole("link", { name: "Sign in to request a new link" }).waitFor();
});
