import { afterEach, expect, test } from "vitest";
import { ownerOfApp } from "./support/factors.js";
import { openStage, PASSWORD, ready, signIn, type Stage } from "./support/stage.js";

let stage: Stage;
afterEach(() => stage.close());

test("where accounts cannot be made, the page says so, and no form is shown", async () => {
  stage = await openStage({ REGISTRATION: "closed" });
  const page = await stage.person();
  await page.goto("/register");
  await page.getByText("Registration is closed.").waitFor();
  expect(await page.getByRole("button", { name: "Create account" }).count()).toBe(0);
  expect(stage.faults).toEqual([]);
});

test("where usernames are off, none is asked for, and a profile is saved without", async () => {
  stage = await openStage({ USERNAMES: "off" });
  const page = await stage.person();
  await page.goto("/register");
  await ready(page);
  expect(await page.getByLabel("Username").count()).toBe(0);
  await page.getByLabel("Email").fill("ann@example.org");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.waitForURL("**/account");
  await page.goto("/account/profile");
  await ready(page);
  expect(await page.getByLabel("Username").count()).toBe(0);
  await page.getByLabel("Name", { exact: true }).fill("Ann");
  await page.getByRole("button", { name: "Save changes" }).click();
  await page.getByText("Saved.").waitFor();
  expect(stage.faults).toEqual([]);
});

test("where lost second factors are not removed by email, the second step does not offer it", async () => {
  stage = await openStage({ EMAIL_VERIFICATION: "off", FACTOR_REMOVAL_DELAY: "off" });
  const { email } = await ownerOfApp(stage);
  const page = await stage.person();
  await page.goto("/login");
  await signIn(page, email);
  await page.getByText("Use a recovery code", { exact: true }).waitFor();
  expect(await page.getByText("I have lost all of these").count()).toBe(0);
  expect(stage.faults).toEqual([]);
});

test("cookies outlived by time lead to the sign-in page, and back to where the user was", { timeout: 120_000 }, async () => {
  stage = await openStage({ ACCESS_TOKEN_TTL: "2s", REFRESH_TOKEN_TTL: "1m" });
  const email = await stage.account();
  const page = await stage.signedIn(email);
  await page.waitForTimeout(3_000);
  await page.goto("/account/sessions");
  await page.getByText("This device").waitFor();
  expect(stage.gate.count("RefreshSession")).toBeGreaterThan(0);
  // Nothing may ask meanwhile: that would keep the session up.
  await page.goto("about:blank");
  // A refresh that the page began may end a few seconds later.
  await page.waitForTimeout(70_000);
  await page.goto("/account/sessions");
  await page.waitForURL(/\/login\?/);
  await signIn(page, email);
  await page.waitForURL("**/account/sessions");
  await page.getByText("This device").waitFor();
  expect(stage.faults).toEqual([]);
});
