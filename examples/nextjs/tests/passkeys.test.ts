import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { authenticator, type Authenticator } from "./support/factors.js";
import { openStage, ready, signIn, type Stage } from "./support/stage.js";
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

/** Somebody signed in who has just added a passkey. */
async function ownerOfPasskey(): Promise<{ email: string; page: Page; device: Authenticator }> {
  const email = await stage.account();
  const page = await stage.signedIn(email);
  const device = await authenticator(page);
  await page.goto("/account/security");
  await ready(page);
  await page.getByLabel("Name", { exact: false }).fill("Blue key");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByText("Blue key was added.").waitFor();
  return { email, page, device };
}

async function signedOut({ page, device }: { page: Page; device: Authenticator }): Promise<void> {
  // Autofill would sign in again at once.
  await device.present(false);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL("**/login");
  await ready(page);
}

test("a passkey is added, listed and removed, and its recovery codes are shown once", async () => {
  const { page, device } = await ownerOfPasskey();
  expect(await device.credentials()).toBe(1);
  expect(await page.locator("ol.codes code").count()).toBe(10);
  const row = page.getByRole("list", { name: "Passkeys" }).getByRole("listitem");
  await row.waitFor();
  expect(await row.textContent()).toContain("On one device");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByText("This device already has a passkey of your account.").waitFor();
  await page.getByRole("link", { name: "Remove Blue key" }).click();
  await page.getByText("This is your last second factor.", { exact: false }).waitFor();
  await page.getByRole("button", { name: "Remove" }).click();
  await page.getByText("It was removed.").waitFor();
  // The signal lets the browser delete it.
  await expect.poll(() => device.credentials()).toBe(0);
  expect(await page.getByRole("link", { name: "Remove Blue key" }).count()).toBe(0);
});

test("a button signs in with a passkey alone, and ends the request of the autofill", async () => {
  const { page, device } = await ownerOfPasskey();
  await signedOut({ page, device });
  // Only the request of the button is answered.
  await page.exposeFunction("answer", () => device.present(true));
  await page.addInitScript(() => {
    const { credentials } = navigator;
    const get = credentials.get.bind(credentials);
    Object.assign(globalThis, { asked: 0 });
    credentials.get = async (options) => {
      (globalThis as unknown as { asked: number }).asked += 1;
      if (options?.mediation === undefined) await (globalThis as unknown as { answer(): Promise<void> }).answer();
      return get(options);
    };
  });
  await page.goto("/login?next=/account/sessions");
  await page.waitForFunction(() => (globalThis as unknown as { asked: number }).asked === 1);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.waitForURL(`${stage.app}/account/sessions`);
  await page.getByText("This device").waitFor();
});

test("the browser offers the passkey in the field of the address", async () => {
  const owner = await ownerOfPasskey();
  await signedOut(owner);
  expect(await owner.page.getByLabel("Email or username").getAttribute("autocomplete")).toBe("username webauthn");
  // Ends the request of this page.
  await owner.page.goto("/forgot-password");
  await owner.device.present(true);
  // The virtual authenticator answers for the user who would choose the entry.
  await owner.page.goto("/login?next=/account/data");
  await owner.page.waitForURL(`${stage.app}/account/data`);
});

test("a passkey is the second step of a sign-in, and a canceled request can be repeated", async () => {
  const { email, page, device } = await ownerOfPasskey();
  await signedOut({ page, device });
  await signIn(page, email);
  const button = page.getByRole("button", { name: "Use a passkey" });
  await button.waitFor();
  await device.verify(false);
  await device.present(true);
  await button.click();
  await page.getByText("No passkey was used. Try again, or choose another method.").waitFor();
  await device.verify(true);
  await button.click();
  await page.waitForURL("**/account");
});

test("a passkey is the proof before a sensitive operation", async () => {
  const { page } = await ownerOfPasskey();
  await stage.age(page);
  await page.goto("/account/security");
  await ready(page);
  await page.getByRole("button", { name: "Generate new codes" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Use a passkey" }).click();
  await page.getByText("You have new recovery codes.", { exact: false }).waitFor();
});

test("a passkey is added after the password was proved again", async () => {
  const page = await stage.signedIn(await stage.account());
  await authenticator(page);
  await stage.age(page);
  await page.goto("/account/security");
  await ready(page);
  await page.getByRole("button", { name: "Add a passkey" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Current password", { exact: true }).fill("three green kettles");
  await dialog.getByRole("button", { name: "Confirm" }).click();
  await page.getByText("was added.", { exact: false }).waitFor();
});

test("the page for a proof takes a passkey, too", async () => {
  const { page } = await ownerOfPasskey();
  await page.goto("/account/confirm?next=/account/sessions");
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await page.waitForURL(`${stage.app}/account/sessions`);
});

test("a passkey is added right after an app, in this tab and in another one, whose sessions that has replaced", async () => {
  const page = await stage.signedIn(await stage.account());
  const other = await page.context().newPage();
  for (const tab of [page, other]) {
    await authenticator(tab);
    await tab.goto("/account/security");
    await ready(tab);
    await tab.waitForLoadState("networkidle");
  }
  await page.getByRole("button", { name: "Set up an authenticator app" }).click();
  await page.getByLabel("Code from the app").fill(totp((await page.locator("code.secret").textContent()) ?? ""));
  await page.getByRole("button", { name: "Confirm" }).click();
  await page.getByText("Your authenticator app is set up.").waitFor();
  for (const tab of [other, page]) {
    await tab.bringToFront();
    await tab.getByRole("button", { name: "Add a passkey" }).click();
    await tab.getByText("was added.", { exact: false }).waitFor();
  }
});
