import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openStage, PASSWORD, ready, signIn, type Stage } from "./support/stage.js";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ LIMIT_LOGIN: "6/1m" });
});
afterAll(() => stage.close());
beforeEach(() => {
  stage.gate.mode = "open";
  stage.gate.sent.length = 0;
});

test("a form says that the service is away or busy, keeps what was typed, and sends nothing by itself", async () => {
  const email = await stage.account();
  const page = await stage.signedIn(email);
  await page.goto("/account/profile");
  await ready(page);
  await page.getByLabel("Name", { exact: true }).fill("A long name that took a while");
  stage.gate.mode = "away";
  await page.getByRole("button", { name: "Save changes" }).click();
  await page.getByText(/is unreachable|cannot be shown/).first().waitFor();
  stage.gate.mode = "open";
  expect(stage.gate.count("UpdateProfile")).toBeLessThanOrEqual(1);
  const stranger = await stage.person();
  await stranger.goto("/login");
  await ready(stranger);
  for (const [mode, sentence] of [
    ["away", "The service is unreachable."],
    ["overloaded", "The service is busy. Try again in 7 seconds."],
  ] as const) {
    stage.gate.mode = mode;
    stage.gate.sent.length = 0;
    await signIn(stranger, email);
    await stranger.getByText(sentence).waitFor();
    expect(await stranger.getByLabel("Email or username").inputValue()).toBe(email);
    expect(await stranger.getByLabel("Password", { exact: true }).inputValue()).toBe(PASSWORD);
    expect(stage.gate.count("Login")).toBe(1);
  }
  stage.gate.mode = "open";
  await signIn(stranger, email);
  await stranger.waitForURL("**/account");
});

test("a form says that the service is slow, keeps what was typed, and does not send it twice", async () => {
  const email = await stage.account();
  const page = await stage.person();
  await page.goto("/login");
  await ready(page);
  stage.gate.mode = "silent";
  await signIn(page, email);
  await page.getByText("The service did not respond in time.").waitFor({ timeout: 20_000 });
  expect(await page.getByLabel("Email or username").inputValue()).toBe(email);
  expect(await page.getByLabel("Password", { exact: true }).inputValue()).toBe(PASSWORD);
  expect(stage.gate.count("Login")).toBe(1);
  stage.gate.mode = "open";
  await signIn(page, email);
  await page.waitForURL("**/account");
});

test("a page says that the service is slow, and signs nobody out", async () => {
  const page = await stage.signedIn(await stage.account());
  stage.gate.mode = "silent";
  await page.goto("/account/sessions", { timeout: 30_000 });
  await page.getByText("The service did not respond in time.").waitFor({ timeout: 30_000 });
  stage.gate.mode = "open";
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByText("This device").waitFor();
});

test("a page says that the service is away, and signs nobody out", async () => {
  const page = await stage.signedIn(await stage.account());
  stage.gate.mode = "away";
  await page.goto("/account/sessions");
  await page.getByRole("heading", { name: "This page cannot be shown right now" }).waitFor();
  await page.getByText("The service is unreachable.").waitFor();
  stage.gate.mode = "open";
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByText("This device").waitFor();
});

test("without a connection a form says so, and loses nothing", async () => {
  const page = await stage.person();
  await page.goto("/login");
  await ready(page);
  await page.context().setOffline(true);
  await signIn(page, "ann@example.org");
  await page.getByText("You are offline. Your changes are still here").waitFor();
  expect(await page.getByLabel("Password", { exact: true }).inputValue()).toBe(PASSWORD);
  await page.context().setOffline(false);
});

test("a page from before the application was built anew says so, and keeps what was typed", async () => {
  const page = await stage.person();
  await page.route("**/login", (route) => {
    const headers = route.request().headers();
    return route.continue(headers["next-action"] === undefined ? {} : { headers: { ...headers, "next-action": "0".repeat(42) } });
  });
  await page.goto("/login");
  await signIn(page, "ann@example.org");
  await page.getByText("This page is out of date. Copy your input, then reload the page.").waitFor();
  expect(await page.getByLabel("Email or username").inputValue()).toBe("ann@example.org");
});

test("the first page does not show somebody as signed out while the service is away", async () => {
  const page = await stage.signedIn(await stage.account());
  stage.gate.mode = "away";
  await page.goto("/");
  await page.getByText("The service is unreachable.").waitFor();
  stage.gate.mode = "open";
  await page.reload();
  await page.getByText("You are signed in as Ann.").waitFor();
});

test("whoever tries too often is told how long to wait", async () => {
  const page = await stage.person();
  await page.goto("/login");
  const email = "nobody@example.org";
  for (let tries = 0; tries < 12; tries += 1) {
    await signIn(page, email, `wrong ${tries} again`);
    await page.locator("form [role=alert]").waitFor();
    if (await page.getByText(/Too many attempts/).count()) break;
    await page.waitForFunction(() => !document.querySelector("[data-pending]"));
  }
  await page.getByText(/Too many attempts. Try again in \d+ seconds?./).waitFor();
});
