import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openStage, PASSWORD, ready, signIn, type Stage } from "./support/stage.js";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ DELETION_GRACE: "1h" });
});
afterAll(async () => {
  const { faults } = stage;
  await stage.close();
  expect(faults).toEqual([]);
});

test("a profile is changed and cleared, and what is wrong stands at its field", async () => {
  const page = await stage.signedIn(await stage.account());
  await page.goto("/account/profile");
  await ready(page);
  await page.getByLabel("Name", { exact: true }).fill("Cleo");
  await page.getByLabel("Username").fill("!");
  await page.getByRole("button", { name: "Save changes" }).click();
  await page.getByText("Use 3 to 32 letters").waitFor();
  expect(await page.getByLabel("Name", { exact: true }).inputValue()).toBe("Cleo");
  await page.getByLabel("Username").fill("");
  await page.getByRole("button", { name: "Save changes" }).click();
  await page.getByText("Saved.").waitFor();
  await page.locator("header").getByText("Cleo").waitFor();
});

test("a new address waits for its link, and counts once that was followed", async () => {
  const email = await stage.account();
  const page = await stage.signedIn(email);
  await page.goto("/account/profile");
  await ready(page);
  await page.getByLabel("Email").fill(`new-${email}`);
  await page.getByRole("button", { name: "Save changes" }).click();
  await page.getByText("Enter your current password to change your address.").waitFor();
  await page.getByLabel("Current password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Save changes" }).click();
  await page.getByText(`until it is followed your address stays ${email}.`).waitFor();
  await page.goto("/account");
  await page.getByText(`until then your address stays ${email}.`).waitFor();
  await page.goto(await stage.mailedLink(`new-${email}`, "/verify-email"));
  await ready(page);
  await page.getByRole("button", { name: "Confirm email" }).click();
  await page.getByText("Your email address is confirmed.").waitFor();
  await page.goto("/account");
  await page.getByText("confirmed", { exact: true }).waitFor();
  expect(await page.locator("dl").textContent()).toContain(`new-${email}`);
});

test("after a new address was asked for, something else is saved without the password", async () => {
  const email = await stage.account();
  const page = await stage.signedIn(email);
  await page.goto("/account/profile");
  await ready(page);
  await page.getByLabel("Email").fill(`other-${email}`);
  await page.getByLabel("Current password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Save changes" }).click();
  await page.getByText(`until it is followed your address stays ${email}.`).waitFor();
  await page.getByLabel("Current password", { exact: true }).waitFor({ state: "detached" });
  await page.getByLabel("Name", { exact: true }).fill("Cleo");
  await page.getByRole("button", { name: "Save changes" }).click();
  await page.getByText("Saved.", { exact: true }).waitFor();
  await page.locator("header").getByText("Cleo").waitFor();
});

test("a tab that was opened before changes what is changed in it, and nothing else", async () => {
  const page = await stage.signedIn(await stage.account());
  const other = await page.context().newPage();
  for (const tab of [page, other]) {
    await tab.goto("/account/profile");
    await ready(tab);
  }
  await other.getByLabel("Name", { exact: true }).fill("Betty");
  await other.getByRole("button", { name: "Save changes" }).click();
  await other.getByText("Saved.", { exact: true }).waitFor();
  await page.getByLabel("Language").selectOption("de");
  await page.getByRole("button", { name: "Save changes" }).click();
  await page.getByText("Saved.", { exact: true }).waitFor();
  await page.reload();
  expect(await page.getByLabel("Name", { exact: true }).inputValue()).toBe("Betty");
  expect(await page.getByLabel("Language").inputValue()).toBe("de");
});

test("where the session has ended meanwhile, what was typed stays, and is saved after a sign-in in another tab", async () => {
  const email = await stage.account();
  const page = await stage.signedIn(email);
  await page.goto("/account/profile");
  await ready(page);
  await page.getByLabel("Name", { exact: true }).fill("A long name that took a while");
  await page.context().clearCookies();
  await page.getByRole("button", { name: "Save changes" }).click();
  await page.getByText("You are no longer signed in. Sign in again.").waitFor();
  const other = await page.context().newPage();
  await other.goto("/login");
  await signIn(other, email);
  await other.waitForURL("**/account");
  await page.getByRole("button", { name: "Save changes" }).click();
  await page.getByText("Saved.", { exact: true }).waitFor();
  expect(await page.getByLabel("Name", { exact: true }).inputValue()).toBe("A long name that took a while");
});

test("a new address is dropped again", async () => {
  const email = await stage.account();
  const page = await stage.signedIn(email);
  await page.goto("/account/profile");
  await ready(page);
  await page.getByLabel("Email").fill(`other-${email}`);
  await page.getByLabel("Current password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Save changes" }).click();
  await page.getByText("Saved. We sent a link").waitFor();
  await page.goto("/account");
  await page.getByRole("button", { name: "Keep my current address" }).click();
  await page.getByText(`Your address stays ${email}.`, { exact: true }).waitFor();
  await page.waitForFunction(() => document.activeElement?.hasAttribute("data-message"));
});

test("a password is changed, and other devices are signed out with it", async () => {
  const email = await stage.account();
  const [page, other] = [await stage.signedIn(email), await stage.signedIn(email)];
  await page.goto("/account/password");
  await ready(page);
  await page.getByLabel("Current password", { exact: true }).fill("not it at all");
  await page.getByLabel("New password", { exact: true }).fill("four blue saucers");
  await page.getByRole("button", { name: "Change password" }).click();
  await page.getByText("This is not your current password.").waitFor();
  await page.getByLabel("Current password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Change password" }).click();
  await page.getByText("Your password was changed.").waitFor();
  expect(await page.getByLabel("New password", { exact: true }).inputValue()).toBe("");
  await page.goto("/account/sessions");
  await page.getByText("This device").waitFor();
  await other.goto("/account");
  await other.waitForURL("**/login?**");
  await signIn(other, email, "four blue saucers");
  await other.waitForURL("**/account");
});

test("one session of several is ended after a question, and focus goes to what is said about it", async () => {
  const email = await stage.account();
  const page = await stage.signedIn(email);
  await page.goto("/account/sessions");
  await page.getByRole("button", { name: /^Sign out node/ }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: /^Sign out node/ }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Sign out" }).click();
  await page.getByText("node was signed out.").waitFor();
  await page.getByRole("button", { name: /^Sign out node/ }).waitFor({ state: "detached" });
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain("node was signed out.");
});

test("sessions say when they were last used, and that none is left to end is said in words", async () => {
  const email = await stage.account();
  const page = await stage.signedIn(email);
  const other = await stage.signedIn(email);
  await page.goto("/account/sessions");
  const rows = page.locator("ul.rows > li");
  // The one of the registration, the other browser's and this one.
  await page.waitForFunction(() => document.querySelectorAll("ul.rows > li").length === 3);
  expect(await rows.filter({ hasText: /last used \d/ }).count()).toBe(2);
  const third = await stage.signedIn(email);
  await third.goto("/account/sessions");
  await third.getByRole("button", { name: "Sign out everywhere else" }).click();
  await third.getByRole("alertdialog").getByRole("button", { name: /^Sign out/ }).click();
  await third.getByText("3 devices were signed out.").waitFor();
  await other.close();
  const fourth = await stage.signedIn(email);
  await fourth.goto("/account/sessions");
  await fourth.getByRole("button", { name: "Sign out everywhere else" }).waitFor();
  await third.getByRole("button", { name: "Sign out" }).click();
  await third.waitForURL("**/login");
  await fourth.getByRole("button", { name: "Sign out everywhere else" }).click();
  await fourth.getByRole("alertdialog").getByRole("button", { name: /^Sign out/ }).click();
  await fourth.getByText("No other device is signed in.").waitFor();
});

test("activity is shown in words, page by page", async () => {
  const email = await stage.account();
  const page = await stage.signedIn(email);
  for (let times = 0; times < 21; times += 1) {
    await page.evaluate(async (name) => {
      const query = "mutation Rename($input: UpdateProfileInput!) { updateProfile(input: $input) { userErrors { code } } }";
      const headers = { "content-type": "application/json", "x-gatehouse-tokens": "cookie" };
      await fetch("/api/graphql", { method: "POST", headers, body: JSON.stringify({ query, variables: { input: { name } } }) });
    }, `Ann ${times}`);
  }
  await page.goto("/account/activity");
  await page.getByText("Profile changed").first().waitFor();
  const rows = page.locator("ul.rows > li");
  expect(await rows.count()).toBe(20);
  await page.getByRole("button", { name: "Show more" }).click();
  await page.getByText("You created this account").waitFor();
  expect(await rows.count()).toBeGreaterThan(20);
});

test("everything that is held is downloaded after the password", async () => {
  const email = await stage.account();
  const page = await stage.signedIn(email);
  await page.goto("/account/data");
  await ready(page);
  const arrived = page.waitForEvent("download");
  await page.getByLabel("Current password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Download my data" }).click();
  const file = await (await arrived).path();
  expect(await readFile(file, "utf8")).toContain(email);
  await page.getByText("Your data was downloaded.").waitFor();
});

test("by keyboard alone an account is deleted, and kept after all by the link in the mail", async () => {
  const email = await stage.account();
  const page = await stage.signedIn(email);
  await page.goto("/account/delete");
  await ready(page);
  await page.getByRole("heading", { name: "Deleted data" }).waitFor();
  await page.getByRole("heading", { name: "Retained data" }).waitFor();
  const reach = async (name: string): Promise<void> => {
    for (let presses = 0; presses < 40; presses += 1) {
      await page.keyboard.press("Tab");
      const found = await page.evaluate((wanted) => {
        const element = document.activeElement;
        return ((element instanceof HTMLInputElement && element.labels?.[0]?.textContent) || element?.textContent || "").startsWith(wanted);
      }, name);
      if (found) return;
    }
    throw new Error(`${name} cannot be reached`);
  };
  await reach("Type ");
  await page.keyboard.type("somebody@example.org");
  await reach("Current password");
  await page.keyboard.type(PASSWORD);
  await reach("Delete my account");
  await page.keyboard.press("Enter");
  await page.getByText("This is not the email address of your account.").waitFor();
  await page.keyboard.press("Control+A");
  await page.keyboard.type(email);
  await reach("Delete my account");
  await page.keyboard.press("Space");
  await page.getByRole("heading", { name: "Account deletion" }).waitFor();
  await page.getByText("Your account is scheduled for deletion.").waitFor();
  expect((await page.context().cookies()).map(({ name }) => name)).toEqual(["gatehouse_device"]);
  const receipt = page.url();
  await page.goto(await stage.mailedLink(email, "/cancel-deletion"));
  await ready(page);
  await page.getByRole("button", { name: "Keep my account" }).click();
  await page.getByText("Your account is kept.").waitFor();
  await page.goto(receipt);
  await page.getByText("The deletion was canceled.").waitFor();
  await page.goto("/login");
  await signIn(page, email);
  await page.waitForURL("**/account");
});

test("without JavaScript a password is changed and an account deleted", async () => {
  const email = await stage.account();
  const page = await stage.person({ javaScriptEnabled: false });
  await page.goto("/login");
  await page.getByLabel("Email or username").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL("**/account");
  await page.goto("/account/password");
  await page.getByLabel("Current password", { exact: true }).fill(PASSWORD);
  await page.getByLabel("New password", { exact: true }).fill("four blue saucers");
  await page.getByRole("button", { name: "Change password" }).click();
  await page.getByText("Your password was changed.").waitFor();
  await page.goto("/account/delete");
  await page.getByLabel(/^Type/).fill(email);
  await page.getByLabel("Current password", { exact: true }).fill("four blue saucers");
  await page.getByRole("button", { name: "Delete my account" }).click();
  await page.getByText("Your account is scheduled for deletion.").waitFor();
});

test("more sessions than fit are there at a press, and all but this one end at another", { timeout: 120_000 }, async () => {
  const email = await stage.account();
  const page = await stage.signedIn(email);
  const query = "mutation ($input: LoginInput!) { login(input: $input) { userErrors { code } } }";
  const body = JSON.stringify({ query, variables: { input: { identifier: email, password: PASSWORD } } });
  for (let more = 0; more < 20; more += 1) {
    const answer = await fetch(stage.gate.url, { method: "POST", headers: { "content-type": "application/json" }, body });
    expect(await answer.text()).toContain('"userErrors":[]');
  }
  await page.goto("/account/sessions");
  const rows = page.locator("ul.rows > li");
  await page.getByRole("button", { name: "Show more" }).waitFor();
  expect(await rows.count()).toBe(20);
  await page.getByRole("button", { name: "Show more" }).click();
  await page.getByRole("button", { name: "Show more" }).waitFor({ state: "detached" });
  await page.waitForFunction(() => document.querySelectorAll("ul.rows > li")[20] === document.activeElement);
  // The one of the registration, this one, and those by the API.
  expect(await rows.count()).toBe(22);
  await page.getByRole("button", { name: "Sign out everywhere else" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: /^Sign out/ }).click();
  await page.getByText("21 devices were signed out.").waitFor();
  await page.waitForFunction(() => document.querySelectorAll("ul.rows > li").length === 1);
});
