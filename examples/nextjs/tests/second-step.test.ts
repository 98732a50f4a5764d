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

const code = (page: Page) => page.getByLabel("Code from your authenticator app");

test("a code of the authenticator app completes the sign-in, and focus is in its field", async () => {
  const { email, secret } = await ownerOfApp(stage);
  const page = await stage.person();
  await page.goto("/login?next=/account/sessions");
  await signIn(page, email);
  await code(page).waitFor();
  expect(await code(page).evaluate((field) => field === document.activeElement)).toBe(true);
  expect(await code(page).getAttribute("autocomplete")).toBe("one-time-code");
  expect(await code(page).getAttribute("inputmode")).toBe("numeric");
  // Nobody is signed in yet, and the challenge is in no cookie and no address.
  expect((await page.context().cookies()).filter(({ name }) => name !== "gatehouse_device")).toEqual([]);
  expect(page.url()).toBe(`${stage.app}/login?next=/account/sessions`);
  await page.keyboard.type(totp(secret));
  await page.keyboard.press("Enter");
  await page.waitForURL(`${stage.app}/account/sessions`);
});

test("a wrong code can be corrected, and after five the sign-in begins anew", async () => {
  const { email, secret } = await ownerOfApp(stage);
  const page = await stage.person();
  await page.goto("/login");
  await signIn(page, email);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByText("Enter the code from your authenticator app.").waitFor();
  for (let wrong = 1; wrong < 5; wrong += 1) {
    await code(page).fill(`00000${wrong}`);
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByText("This code is incorrect.").waitFor();
  }
  await code(page).fill("000005");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByText(/This code is incorrect|This sign-in has expired/).waitFor();
  if (await code(page).isVisible()) {
    await code(page).fill(totp(secret));
    await page.getByRole("button", { name: "Continue" }).click();
  }
  await page.getByText("This sign-in has expired. Sign in again.").waitFor();
  expect(await page.getByLabel("Email or username").inputValue()).toBe(email);
});

test("a recovery code completes the sign-in once", async () => {
  const { email, codes } = await ownerOfApp(stage);
  for (const problem of [undefined, "This code is incorrect."]) {
    const page = await stage.person();
    await page.goto("/login");
    await signIn(page, email);
    await page.getByText("Use a recovery code", { exact: true }).click();
    await page.getByLabel("Recovery code", { exact: true }).fill(codes[0]!.toLowerCase());
    await page.getByRole("button", { name: "Use recovery code" }).click();
    if (problem === undefined) await page.waitForURL("**/account");
    else await page.getByText(problem).waitFor();
  }
});

test("without JavaScript a code and a recovery code complete the sign-in, and a wrong one is rejected", async () => {
  const { email, secret, codes } = await ownerOfApp(stage);
  const page = await stage.person({ javaScriptEnabled: false });
  const begin = async (): Promise<void> => {
    await page.goto("/login?next=/account/security");
    await page.getByLabel("Email or username").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
  };
  await begin();
  await code(page).fill("000000");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByText("This code is incorrect.").waitFor();
  expect(await code(page).inputValue()).toBe("");
  await code(page).fill(totp(secret));
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL(`${stage.app}/account/security`);
  await page.context().clearCookies();
  await begin();
  await page.getByText("Use a recovery code", { exact: true }).click();
  await page.getByLabel("Recovery code", { exact: true }).fill(codes[1]!);
  await page.getByRole("button", { name: "Use recovery code" }).click();
  await page.waitForURL(`${stage.app}/account/security`);
});

test("a sign-in can begin again", async () => {
  const { email } = await ownerOfApp(stage);
  const page = await stage.person();
  await page.goto("/login?next=/account/data");
  await signIn(page, email);
  await page.getByRole("link", { name: "Start again" }).click();
  await ready(page);
  expect(await code(page).count()).toBe(0);
  expect(new URL(page.url()).searchParams.get("next")).toBe("/account/data");
});
