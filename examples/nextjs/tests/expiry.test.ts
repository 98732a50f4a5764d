import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { until } from "./support/processes.js";
import { openStage, ready, signIn, type Stage } from "./support/stage.js";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => {
  const { faults } = stage;
  await stage.close();
  expect(faults).toEqual([]);
});
beforeEach(() => {
  stage.gate.sent.length = 0;
});

/** Takes the access token away: to everybody who looks at the cookies it has run out. */
async function expire(page: Page): Promise<void> {
  await page.context().clearCookies({ name: "gatehouse_access" });
}

const refreshToken = async (page: Page): Promise<string | undefined> =>
  (await page.context().cookies()).find(({ name }) => name === "gatehouse_refresh")?.value;

test("two tabs and five parallel requests at the moment of expiry: nobody is signed out, one rotation", async () => {
  const page = await stage.signedIn(await stage.account());
  const other = await page.context().newPage();
  await other.goto("/account/profile");
  await Promise.all([page.waitForLoadState("networkidle"), other.waitForLoadState("networkidle")]);
  const before = await refreshToken(page);
  stage.gate.sent.length = 0;
  await expire(page);
  const parallel = page.evaluate(async () => {
    const paths = ["/account", "/account/profile", "/account/sessions", "/account/activity", "/account/data"];
    const answers = await Promise.all(paths.map((path) => fetch(path)));
    return Promise.all(answers.map(async (answer) => [answer.redirected, (await answer.text()).includes("Sign out")]));
  });
  const tabs = Promise.all([other.reload(), page.context().newPage().then((third) => third.goto("/account/sessions"))]);
  expect(await parallel).toEqual(Array.from({ length: 5 }, () => [false, true]));
  await tabs;
  await other.getByRole("heading", { name: "Profile" }).waitFor();
  expect(stage.gate.count("RefreshSession")).toBe(1);
  const after = await refreshToken(page);
  expect(after).toBeDefined();
  expect(after).not.toBe(before);
  await page.goto("/account/sessions");
  await page.getByText("This device").waitFor();
});

test("two tabs that ask from the browser at the moment of expiry refresh once between them", async () => {
  const page = await stage.signedIn(await stage.account());
  const other = await page.context().newPage();
  for (const tab of [page, other]) {
    await tab.goto("/account");
    await tab.waitForLoadState("networkidle");
  }
  // A token that the service does not take any more, though its cookie is there.
  const cookies = await page.context().cookies();
  const access = cookies.find(({ name }) => name === "gatehouse_access");
  if (access === undefined) throw new Error("nobody is signed in");
  await page.context().addCookies([{ ...access, value: `${access.value.slice(0, -6)}AAAAAA` }]);
  stage.gate.sent.length = 0;
  await Promise.all([page, other].map((tab) => tab.getByRole("button", { name: "Send the link again" }).click()));
  for (const tab of [page, other]) await tab.getByText(/An email was sent to/).waitFor();
  expect(stage.gate.count("RefreshSession")).toBe(1);
  await until("a mutation for each tab, and one more for each that was refused", async () => {
    return stage.gate.count("RequestEmailVerification") >= 2;
  });
});

test("a sign-in waits for a refresh in another tab, which would undo it", async () => {
  const [ann, bob] = [await stage.account(), await stage.account()];
  const form = await stage.person();
  await form.goto("/login");
  await ready(form);
  const tab = await form.context().newPage();
  await tab.goto("/login");
  await signIn(tab, ann);
  await tab.waitForURL("**/account");
  await tab.waitForLoadState("networkidle");
  const access = (await tab.context().cookies()).find(({ name }) => name === "gatehouse_access");
  if (access === undefined) throw new Error("nobody is signed in");
  await tab.context().addCookies([{ ...access, value: `${access.value.slice(0, -6)}AAAAAA` }]);
  stage.gate.sent.length = 0;
  const letGo = stage.gate.hold("RefreshSession");
  await tab.getByRole("button", { name: "Send the link again" }).click();
  await until("a refresh", async () => stage.gate.count("RefreshSession") === 1);
  await signIn(form, bob);
  await form.waitForTimeout(300);
  expect(stage.gate.count("Login")).toBe(0);
  letGo();
  await form.waitForURL("**/account");
  await form.goto("/account/profile");
  expect(await form.locator("input[name=email]").inputValue()).toBe(bob);
  expect(stage.gate.count("Login")).toBe(1);
});
