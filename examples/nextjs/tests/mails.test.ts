import { afterAll, beforeAll, expect, test } from "vitest";
import { openStage, ready, signIn, type Stage } from "./support/stage.js";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ EMAIL_VERIFICATION: "required", DELETION_GRACE: "0s" });
});
afterAll(async () => {
  const { faults } = stage;
  await stage.close();
  expect(faults).toEqual([]);
});

test("where it is required, an address is confirmed by its link before anybody signs in", async () => {
  const email = "cleo@example.org";
  const page = await stage.person();
  await page.goto("/register");
  await ready(page);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill("three green kettles");
  await page.getByRole("button", { name: "Create account" }).click();
  await page.getByText(`We sent a mail to ${email}.`).waitFor();
  await page.goto("/login");
  await signIn(page, email);
  await page.getByText("Your email address is not confirmed. Follow the link in the email that we sent you, then sign in.").waitFor();
  const first = await stage.mailedLink(email, "/verify-email");
  await page.getByRole("link", { name: "No email? Send it again" }).click();
  await page.waitForURL("**/verify-email");
  await ready(page);
  await page.getByRole("textbox", { name: "Email" }).fill(email);
  expect(await page.getByRole("button", { name: "Confirm email" }).count()).toBe(0);
  await page.getByRole("button", { name: "Send another link" }).click();
  await page.getByText("If this address is not confirmed yet").waitFor();
  // Whoever asks signed out has not shown that the account is theirs: that link takes a new password.
  await stage.mailedLink(email, "/reset-password");
  const link = first;
  await page.goto(link);
  await page.getByRole("button", { name: "Confirm email" }).waitFor();
  await page.goto(link);
  await ready(page);
  await page.getByRole("button", { name: "Confirm email" }).click();
  await page.getByText("Your email address is confirmed.").waitFor();
  await page.goto("/login");
  await signIn(page, email);
  await page.waitForURL("**/account");
  await page.goto(link);
  await page.getByText("Your email address is already confirmed.").waitFor();
  expect(await page.getByRole("button", { name: "Confirm email" }).count()).toBe(0);
  const stranger = await stage.person();
  await stranger.goto(link);
  await stranger.getByText("This link is invalid").waitFor();
  expect(await stranger.getByRole("button", { name: "Confirm email" }).count()).toBe(0);
});

test("a forgotten password is replaced by a mailed link, once", async () => {
  const email = await stage.account();
  const page = await stage.person();
  await page.goto("/forgot-password");
  await ready(page);
  await page.getByLabel("Email").fill("nonsense");
  await page.getByRole("button", { name: "Send link" }).click();
  await page.getByText("Enter a valid email address").waitFor();
  await page.getByLabel("Email").fill(email);
  await page.getByRole("button", { name: "Send link" }).click();
  await page.getByText("If there is an account with this address, we have sent it an email with a link.").waitFor();
  expect(await page.locator("main input:visible, main button").count()).toBe(0);
  const link = await stage.mailedLink(email, "/reset-password");
  await page.goto(link);
  await ready(page);
  await page.getByLabel("New password", { exact: true }).fill("password123");
  await page.getByRole("button", { name: "Save password" }).click();
  await page.locator("[aria-invalid=true]").waitFor();
  await page.getByLabel("New password", { exact: true }).fill("four blue saucers");
  await page.getByRole("button", { name: "Save password" }).click();
  await page.getByText("Your new password was saved.").waitFor();
  await page.getByRole("link", { name: "Sign in" }).click();
  await signIn(page, email, "four blue saucers");
  await page.waitForURL("**/account");
  await page.goto(link);
  await page.getByText("This link is invalid").waitFor();
  expect(await page.locator("main input:visible, main button").count()).toBe(0);
  await page.getByRole("link", { name: "Request a new link" }).waitFor();
});

test("a link that is not complete says so, and shows no form", async () => {
  const page = await stage.person();
  for (const path of ["/reset-password", "/secure-account", "/cancel-deletion", "/remove-factors"]) {
    await page.goto(path);
    await page.getByText("This link is incomplete.").waitFor();
    expect(await page.locator("main form").count()).toBe(0);
  }
});

test("“it was not me” signs everybody out, and an account is deleted for good", async () => {
  const email = await stage.account();
  const page = await stage.person();
  await page.goto(await stage.mailedLink(email, "/verify-email"));
  await ready(page);
  await page.getByRole("button", { name: "Confirm email" }).click();
  await page.getByText("Your email address is confirmed.").waitFor();
  await page.goto("/login");
  await signIn(page, email);
  await page.waitForURL("**/account");
  await page.goto("/account/password");
  await ready(page);
  await page.getByLabel("Current password", { exact: true }).fill("three green kettles");
  await page.getByLabel("New password", { exact: true }).fill("four blue saucers");
  await page.getByRole("button", { name: "Change password" }).click();
  await page.getByText("Your password was changed.").waitFor();
  const owner = await stage.person();
  await owner.goto(await stage.mailedLink(email, "/secure-account"));
  await ready(owner);
  await owner.getByRole("button", { name: "This was not me" }).click();
  await owner.getByText(/signed out. Your password is disabled/).waitFor();
  await page.goto("/account");
  await page.waitForURL("**/login?**");
  await owner.goto(await stage.mailedLink(email, "/reset-password"));
  await ready(owner);
  await owner.getByLabel("New password", { exact: true }).fill("six yellow wheels");
  await owner.getByRole("button", { name: "Save password" }).click();
  await owner.getByRole("link", { name: "Sign in" }).click();
  await signIn(owner, email, "six yellow wheels");
  await owner.waitForURL("**/account");
  await owner.goto("/account/delete");
  await ready(owner);
  await owner.getByLabel(/^Type/).fill(email);
  await owner.getByLabel("Current password", { exact: true }).fill("six yellow wheels");
  await owner.getByRole("button", { name: "Delete my account" }).click();
  await owner.waitForURL("**/deletion?**");
  await expect.poll(async () => {
    await owner.reload();
    return owner.locator("main").textContent();
  }, { timeout: 10_000 }).toContain("Your account was deleted.");
});

test("a link that is too old says so, and offers what is to be done instead", async () => {
  const email = await stage.account();
  const page = await stage.person();
  await page.goto("/forgot-password");
  await ready(page);
  await page.getByLabel("Email").fill(email);
  await page.getByRole("button", { name: "Send link" }).click();
  await page.getByText("sent it an email with a link").waitFor();
  const [verify, reset] = [await stage.mailedLink(email, "/verify-email"), await stage.mailedLink(email, "/reset-password")];
  const secureAccount = await stage.mailedLink(email, "/secure-account");
  stage.outliveLinks();
  await page.goto(verify);
  await ready(page);
  await page.getByText("This link has expired.").waitFor();
  expect(await page.getByRole("button", { name: "Confirm email" }).count()).toBe(0);
  await page.getByRole("textbox", { name: "Email" }).fill(email);
  await page.getByRole("button", { name: "Send another link" }).click();
  await page.getByText(/email with a link/).waitFor();
  await page.goto(reset);
  await page.getByText("This link has expired.").waitFor();
  expect(await page.locator("main input:visible, main button").count()).toBe(0);
  await page.getByRole("link", { name: "Request a new link" }).waitFor();
  await page.goto(secureAccount);
  await page.getByText("This link has expired. To secure your account anyway:").waitFor();
  await page.getByRole("link", { name: "Choose a new password" }).waitFor();
});

test("without JavaScript a link is checked first, and what it did is still shown", async () => {
  const email = await stage.account();
  const page = await stage.person({ javaScriptEnabled: false });
  await page.goto("/forgot-password");
  await page.getByLabel("Email").fill(email);
  await page.getByRole("button", { name: "Send link" }).click();
  const link = await stage.mailedLink(email, "/reset-password");
  await page.goto(link);
  await page.getByLabel("New password", { exact: true }).fill("four blue saucers");
  await page.getByRole("button", { name: "Save password" }).click();
  await page.getByText("Your new password was saved.").waitFor();
  expect(await page.getByText("This link is invalid").count()).toBe(0);
  await page.goto(link);
  await page.getByText("This link is invalid").waitFor();
  expect(await page.locator("main input:visible, main button").count()).toBe(0);
});
