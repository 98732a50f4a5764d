import { afterAll, beforeAll, expect, test } from "vitest";
import { openStage, PASSWORD, ready, signIn, type Stage } from "./support/stage.js";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => {
  const { faults } = stage;
  await stage.close();
  expect(faults).toEqual([]);
});

test("somebody creates an account, is signed in, signs out and in again", async () => {
  const page = await stage.person();
  await page.goto("/register");
  await ready(page);
  await page.getByLabel("Email").fill("cleo@example.org");
  await page.getByLabel("Name", { exact: false }).first().fill("Cleo");
  await page.getByLabel("Password", { exact: true }).fill("three green kettles");
  await page.getByText(/Password strength: (good|strong)/).waitFor();
  await page.getByRole("button", { name: "Create account" }).click();
  await page.getByRole("heading", { name: "Your account" }).waitFor();
  expect(new URL(page.url()).pathname).toBe("/account");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL("**/login");
  expect((await page.context().cookies()).map(({ name }) => name)).toEqual(["gatehouse_device"]);
  await signIn(page, "CLEO@example.org");
  await page.waitForURL("**/account");
  const cookies = await page.context().cookies();
  expect(cookies.map(({ httpOnly, sameSite }) => [httpOnly, sameSite])).toEqual(Array(3).fill([true, "Lax"]));
  expect(await page.evaluate(() => document.cookie)).toBe("");
});

test("what is wrong stands at its field, focus moves to the first, and what was typed stays", async () => {
  const email = await stage.account();
  const page = await stage.person();
  await page.goto("/register");
  await ready(page);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Username", { exact: false }).fill("!");
  await page.getByLabel("Password", { exact: true }).fill("short");
  await page.getByRole("button", { name: "Create account" }).click();
  const field = page.getByLabel("Email");
  await page.locator("[aria-invalid=true]").first().waitFor();
  expect(await page.locator("[aria-invalid=true]").count()).toBeGreaterThanOrEqual(2);
  const focused = await page.evaluate(() => document.activeElement?.getAttribute("aria-invalid"));
  expect(focused).toBe("true");
  expect(await field.inputValue()).toBe(email);
});

test("what is wrong with a field is no longer said once the field changes, and stays at the others", async () => {
  const page = await stage.person();
  await page.goto("/register");
  await ready(page);
  await page.getByLabel("Email").fill("nonsense");
  await page.getByLabel("Password", { exact: true }).fill("short");
  await page.getByRole("button", { name: "Create account" }).click();
  await page.getByText("This password is too short.").waitFor();
  await page.getByText("Enter a valid email address").waitFor();
  await page.getByLabel("Password", { exact: true }).fill("three green kettles");
  await page.getByText(/Password strength: (good|strong)/).waitFor();
  await page.getByText("This password is too short.").waitFor({ state: "detached" });
  expect(await page.locator("[aria-invalid=true]").count()).toBe(1);
  await page.getByText("Enter a valid email address").waitFor();
  await page.getByRole("button", { name: "Create account" }).click();
  await page.waitForFunction(() => document.activeElement?.getAttribute("type") === "email");
  expect(await page.locator("[aria-invalid=true]").count()).toBe(1);
});

test("a wrong password says so without telling whether there is such an account", async () => {
  const said: (string | null)[] = [];
  for (const email of [await stage.account(), "nobody@example.org"]) {
    const page = await stage.person();
    await page.goto("/login");
    await signIn(page, email, "not it at all");
    const alert = page.locator("form [role=alert]");
    await alert.waitFor();
    said.push(await alert.textContent());
    expect(await page.getByLabel("Email or username").inputValue()).toBe(email);
  }
  expect(said).toEqual([said[0], said[0]]);
});

test("the keyboard is enough to sign in", async () => {
  const email = await stage.account();
  const page = await stage.person();
  await page.goto("/login");
  await ready(page);
  const reach = async (name: RegExp): Promise<void> => {
    for (let presses = 0; presses < 20; presses += 1) {
      await page.keyboard.press("Tab");
      const label = await page.evaluate(() => {
        const element = document.activeElement;
        return (element instanceof HTMLInputElement && element.labels?.[0]?.textContent) || element?.textContent || "";
      });
      if (name.test(label)) return;
    }
    throw new Error(`${name} cannot be reached`);
  };
  await reach(/^Email or username/);
  await page.keyboard.type(email);
  await reach(/^Password/);
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/account");
});

test("without JavaScript somebody creates an account, signs out and in, and is told what is wrong", async () => {
  const page = await stage.person({ javaScriptEnabled: false });
  await page.goto("/register");
  await page.getByLabel("Email").fill("plain@example.org");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.waitForURL("**/account");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL("**/login");
  await page.getByLabel("Email or username").fill("plain@example.org");
  await page.getByLabel("Password", { exact: true }).fill("not it at all");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByText("The email address, username or password is incorrect.").waitFor();
  expect(await page.getByLabel("Email or username").inputValue()).toBe("plain@example.org");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL("**/account");
});

test("signing out in one tab leaves the account's pages in the other", async () => {
  const page = await stage.signedIn(await stage.account());
  const other = await page.context().newPage();
  await other.goto("/account/sessions");
  await other.waitForLoadState("networkidle");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL("**/login");
  await other.waitForURL("**/login");
});

test("whoever is not signed in comes back to the page that was asked for", async () => {
  const email = await stage.account();
  const page = await stage.person();
  await page.goto("/account/sessions?from=mail");
  await page.waitForURL("**/login?**");
  expect(new URL(page.url()).searchParams.get("next")).toBe("/account/sessions?from=mail");
  await signIn(page, email);
  await page.waitForURL("**/account/sessions?from=mail");
});

test.each([
  "//evil.example",
  "/\\evil.example",
  "%2f%2fevil.example",
  "/%5cevil.example",
  "/%252fevil.example",
  "/%09/evil.example",
  "https://evil.example",
  "https:evil.example",
  "javascript:alert(1)",
  "/.//evil.example",
])("?next=%s leads nowhere else", async (next) => {
  const email = await stage.account();
  const page = await stage.person();
  await page.goto(`/login?next=${encodeURIComponent(next)}`);
  await signIn(page, email);
  await page.waitForURL(`${stage.app}/account`);
});

test("an address as it stands, not encoded, leads nowhere else either", async () => {
  const page = await stage.person();
  await page.goto("/login?next=//evil.example&next=/account/data");
  await signIn(page, await stage.account());
  await page.waitForURL(`${stage.app}/account`);
});

test("tampered cookies lead to the sign-in page, and back", async () => {
  const email = await stage.account();
  const page = await stage.person();
  for (const name of ["gatehouse_access", "gatehouse_refresh"]) {
    await page.context().addCookies([{ name, value: "tampered", url: stage.app, httpOnly: true, sameSite: "Lax" }]);
  }
  await page.goto("/account/activity");
  await page.waitForURL("**/login?**");
  await signIn(page, email);
  await page.waitForURL("**/account/activity");
});

test("a session that was ended in another browser ends here at the next request", async () => {
  const email = await stage.account();
  const [here, there] = [await stage.signedIn(email), await stage.signedIn(email)];
  await here.goto("/account/sessions");
  await here.waitForLoadState("networkidle");
  await there.goto("/account/sessions");
  await there.getByRole("button", { name: "Sign out everywhere else" }).click();
  await there.getByRole("alertdialog").getByRole("button", { name: "Sign out everywhere else" }).click();
  await there.getByText(/was signed out|were signed out/).waitFor();
  await here.getByRole("link", { name: "Activity" }).click();
  await here.waitForURL("**/login?**");
  await here.getByText("Your session has ended. Sign in again.").waitFor();
});

test("where somebody else signs in, the tabs of the one before show the new one's pages", async () => {
  const ann = await stage.signedIn(await stage.account());
  await ann.goto("/account/profile");
  await ready(ann);
  const bob = await stage.account();
  await ann.context().clearCookies();
  const other = await ann.context().newPage();
  await other.goto("/login");
  await signIn(other, bob);
  await other.waitForURL("**/account");
  await ann.waitForFunction((email) => document.querySelector<HTMLInputElement>("input[name=email]")?.value === email, bob);
});

test("what is typed before scripts take the page over stays", async () => {
  const email = await stage.account();
  const page = await stage.person();
  let release = (): void => undefined;
  const late = new Promise<void>((done) => (release = done));
  await page.route("**/_next/static/**/*.js*", async (route) => {
    await late;
    await route.continue();
  });
  await page.goto("/login", { waitUntil: "commit" });
  await page.getByLabel("Email or username").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  release();
  await ready(page);
  expect(await page.getByLabel("Email or username").inputValue()).toBe(email);
  await page.getByRole("button", { name: "Show password" }).click();
  expect(await page.getByLabel("Password", { exact: true }).inputValue()).toBe(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL("**/account");
});

test("a browser that refuses storage is no reason to fail", async () => {
  const email = await stage.account();
  const page = await stage.person();
  await page.addInitScript(() => {
    Object.defineProperty(globalThis, "localStorage", {
      get: () => {
        throw new DOMException("denied", "SecurityError");
      },
    });
  });
  await page.goto("/login");
  await signIn(page, email);
  await page.waitForURL("**/account");
  await page.getByRole("heading", { name: "Your account" }).waitFor();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.waitForURL("**/login");
});
