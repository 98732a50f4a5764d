import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startGatehouse, type Gatehouse } from "../../clients/typescript/tests/support/gatehouse.js";
import { createTokenKeeper, type TokenKeeper } from "../src/token.js";

const PASSWORD = "three green kettles";
let gatehouse: Gatehouse;
let storage: Storage;
let keeper: TokenKeeper;
let people = 0;

beforeAll(async () => {
  gatehouse = await startGatehouse();
});
afterAll(() => gatehouse.stop());
beforeEach(() => {
  storage = tabStorage();
  keeper = createTokenKeeper(storage);
});

function tabStorage(): Storage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    clear: () => kept.clear(),
    getItem: (key) => kept.get(key) ?? null,
    key: (index) => [...kept.keys()][index] ?? null,
    removeItem: (key) => void kept.delete(key),
    setItem: (key, value) => void kept.set(key, value),
  };
}

async function send(query: string, headers: Record<string, string> = {}): Promise<any> {
  const response = await keeper.fetch(gatehouse.url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

async function register(): Promise<string> {
  people += 1;
  const email = `ada-${people}@example.org`;
  const answer = await send(
    `mutation { register(input: { email: "${email}", password: "${PASSWORD}" }) { tokens { accessToken } userErrors { code } } }`,
  );
  expect(answer.data.register.userErrors).toEqual([]);
  return email;
}

const me = (headers?: Record<string, string>): Promise<any> => send("{ me { email } }", headers);

test("a registration signs the page in", async () => {
  expect((await me()).data.me).toBeNull();
  const email = await register();
  expect((await me()).data.me.email).toBe(email);
  expect(keeper.state()).toMatchObject({ why: "kept" });
  const minutes = ((keeper.state().expiresAt?.getTime() ?? 0) - Date.now()) / 60_000;
  expect(minutes).toBeGreaterThan(1);
  expect(minutes).toBeLessThan(60);
});

test("so does a login under another name", async () => {
  const email = await register();
  keeper.forget();
  await send(`mutation { again: login(input: { identifier: "${email}", password: "${PASSWORD}" }) { it: tokens { accessToken } tokens { accessToken } } }`);
  expect((await me()).data.me.email).toBe(email);
});

test("the token of a refresh takes the place of the one before", async () => {
  const email = await register();
  const login = await send(`mutation { login(input: { identifier: "${email}", password: "${PASSWORD}" }) { tokens { accessToken refreshToken } } }`);
  const { accessToken, refreshToken } = login.data.login.tokens;
  expect(keeper.state().token).toBe(accessToken);
  await send(`mutation { refreshSession(input: { refreshToken: "${refreshToken}" }) { tokens { accessToken } } }`);
  expect(keeper.state().token).not.toBe(accessToken);
  expect((await me()).data.me.email).toBe(email);
});

test("a refused login changes nothing", async () => {
  const email = await register();
  const { token } = keeper.state();
  await send(`mutation { login(input: { identifier: "${email}", password: "wrong" }) { tokens { accessToken } userErrors { code } } }`);
  expect(keeper.state().token).toBe(token);
  expect((await me()).data.me.email).toBe(email);
});

test("it is there after a reload, and no refresh token ever is", async () => {
  const email = await register();
  const login = await send(`mutation { login(input: { identifier: "${email}", password: "${PASSWORD}" }) { tokens { accessToken refreshToken } } }`);
  keeper = createTokenKeeper(storage);
  expect((await me()).data.me.email).toBe(email);
  expect(storage.length).toBe(1);
  expect(storage.getItem(storage.key(0) ?? "")).toBe(login.data.login.tokens.accessToken);
});

test("a header of one's own is sent as it is, and its refusal is not the page's", async () => {
  const email = await register();
  const other = await me({ Authorization: "Bearer nonsense" });
  expect(other.errors[0].extensions.code).toBe("UNAUTHENTICATED");
  expect((await me()).data.me.email).toBe(email);
});

test("logging out drops it, under another name too", async () => {
  await register();
  await send("mutation { bye: logout { loggedOut } }");
  expect(keeper.state()).toEqual({ token: null, expiresAt: null, why: "none" });
  expect(storage.length).toBe(0);
  expect((await me()).data.me).toBeNull();
});

test("a token that no longer counts is dropped with its reason", async () => {
  await register();
  const copy = { Authorization: `Bearer ${keeper.state().token}` };
  await send("mutation { bye: logout { done: loggedOut } }", copy);
  const refused = await me();
  expect(refused.errors[0].extensions.code).toBe("UNAUTHENTICATED");
  expect(keeper.state()).toEqual({ token: null, expiresAt: null, why: "ended" });
  expect((await me()).data.me).toBeNull();
});

test("a token that no longer counts does not stand in the way of a login", async () => {
  const email = await register();
  const copy = { Authorization: `Bearer ${keeper.state().token}` };
  await send("mutation { logout { __typename } }", copy);
  expect(keeper.state().why).toBe("kept");
  await send(`mutation { login(input: { identifier: "${email}", password: "${PASSWORD}" }) { tokens { accessToken } } }`);
  expect((await me()).data.me.email).toBe(email);
});

test("forgetting leaves the session as it is", async () => {
  const email = await register();
  const copy = { Authorization: `Bearer ${keeper.state().token}` };
  keeper.forget();
  expect(keeper.state().why).toBe("forgotten");
  expect((await me()).data.me).toBeNull();
  expect((await me(copy)).data.me.email).toBe(email);
});

test.each(["x", "a.b.c", "a.bnVsbA.c", "a.e30.c", "a.eyJleHAiOiJ4In0.c"])("whatever was kept is no error: %s", async (kept) => {
  storage.setItem("gatehouse:access-token", kept);
  keeper = createTokenKeeper(storage);
  expect(keeper.state()).toEqual({ token: kept, expiresAt: null, why: "kept" });
  expect((await me()).errors[0].extensions.code).toBe("UNAUTHENTICATED");
  expect(keeper.state().token).toBeNull();
});

test("those who watch hear of each change until they stop", async () => {
  let heard = 0;
  const stop = keeper.subscribe(() => (heard += 1));
  await register();
  keeper.forget();
  expect(heard).toBe(2);
  stop();
  await register();
  expect(heard).toBe(2);
});
