import { afterAll, beforeAll, expect, test } from "vitest";
import { authenticator } from "./support/factors.js";
import { openStage, PASSWORD, ready, signIn, type Stage } from "./support/stage.js";
import { totp } from "./support/totp.js";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ EMAIL_VERIFICATION: "off", SECOND_FACTOR: "required" });
});
afterAll(async () => {
  const { faults } = stage;
  await stage.close();
  expect(faults).toEqual([]);
});

test("a registration ends with an authenticator app and recovery codes", async () => {
  const page = await stage.person();
  await page.goto("/register?next=/account/security");
  await ready(page);
  await page.getByLabel("Email").fill("dora@example.org");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.getByRole("button", { name: "Set up an authenticator app" }).click();
  const secret = (await page.locator("code.secret").textContent()) ?? "";
  await page.getByLabel("Code from the app").fill("000000");
  await page.getByRole("button", { name: "Confirm and sign in" }).click();
  await page.getByText("This code is incorrect.", { exact: false }).waitFor();
  await page.getByLabel("Code from the app").fill(totp(secret));
  await page.getByRole("button", { name: "Confirm and sign in" }).click();
  await page.getByText("You are signed in.", { exact: false }).waitFor();
  expect(await page.locator("ol.codes code").count()).toBe(10);
  await page.getByRole("link", { name: "Continue" }).click();
  await page.waitForURL(`${stage.app}/account/security`);
  await page.getByText("in use").waitFor();
});

test("a sign-in ends with a passkey and recovery codes", async () => {
  const page = await stage.person();
  await page.goto("/login?next=/account/security");
  const device = await authenticator(page);
  await signIn(page, await stage.account());
  await device.verify(false);
  await page.getByRole("button", { name: "Create a passkey" }).click();
  await page.getByText("No passkey was used.", { exact: false }).waitFor();
  await device.verify(true);
  await page.getByRole("button", { name: "Create a passkey" }).click();
  await page.locator("ol.codes").waitFor();
  expect(await page.locator("ol.codes code").count()).toBe(10);
  await page.getByRole("link", { name: "Continue" }).click();
  await page.waitForURL(`${stage.app}/account/security`);
  await page.getByText("10 codes are left.").waitFor();
});

test("without JavaScript a sign-in ends with an authenticator app and recovery codes", async () => {
  const page = await stage.person({ javaScriptEnabled: false });
  await page.goto("/login?next=/account/security");
  await page.getByLabel("Email or username").fill(await stage.account());
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("button", { name: "Set up an authenticator app" }).click();
  const secret = (await page.locator("code.secret").textContent()) ?? "";
  await page.getByLabel("Code from the app").fill(totp(secret));
  await page.getByRole("button", { name: "Confirm and sign in" }).click();
  expect(await page.locator("ol.codes code").count()).toBe(10);
  await page.getByRole("link", { name: "Continue" }).click();
  await page.waitForURL(`${stage.app}/account/security`);
});

test("the last second factor cannot be removed", async () => {
  const page = await stage.person();
  await page.goto("/login?next=/account/security");
  const device = await authenticator(page);
  await signIn(page, await stage.account());
  await page.getByRole("button", { name: "Create a passkey" }).click();
  await page.getByRole("link", { name: "Continue" }).click();
  expect(await device.credentials()).toBe(1);
  await page.getByRole("link", { name: /^Remove / }).click();
  await page.getByRole("button", { name: "Remove" }).click();
  await page.getByText("This is your last second factor, and your account needs one.", { exact: false }).waitFor();
});
