import { Window } from "happy-dom";
import { act, createElement, type ReactNode } from "react";
import { hydrateRoot, type Root } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createGatehouseClient, type GatehouseClient } from "../src/index.js";
import { GatehouseProvider, useGatehouse, useLoginState } from "../src/react/index.js";
import { browserLike } from "./support/browser.js";
import { startGatehouse, type Gatehouse } from "./support/gatehouse.js";
import { PASSWORD, registered } from "./support/people.js";

let gatehouse: Gatehouse;
let window: Window;
let root: Root | undefined;

beforeAll(async () => {
  gatehouse = await startGatehouse();
});
afterAll(() => gatehouse.stop());
beforeEach(() => {
  window = new Window();
  Object.assign(globalThis, { window, document: window.document, IS_REACT_ACT_ENVIRONMENT: true });
});
afterEach(async () => {
  act(() => void root?.unmount());
  root = undefined;
  for (const name of ["window", "document", "IS_REACT_ACT_ENVIRONMENT"]) Reflect.deleteProperty(globalThis, name);
  await window.happyDOM.close();
});

function Greeting(): ReactNode {
  const state = useLoginState();
  if (state.status === "signedIn") return `Hello ${state.viewer.name}`;
  return state.status === "signedOut" ? `Nobody: ${state.reason ?? "never was"}` : "Who?";
}

/** What a server renders, and then what a browser makes of it. */
function show(client: GatehouseClient): { served: string; shown: () => string | null } {
  const page = createElement(GatehouseProvider, { client, children: createElement(Greeting) });
  const served = renderToString(page);
  const element = document.createElement("div");
  element.innerHTML = served;
  act(() => {
    root = hydrateRoot(element, page);
  });
  return { served, shown: () => element.textContent };
}

test("it begins with what the server rendered, and follows each sign-in and sign-out", async () => {
  const { email } = await registered(gatehouse);
  const client = createGatehouseClient({ url: gatehouse.url, fetch: browserLike(gatehouse.appUrl).fetch, initialViewer: null });
  const { served, shown } = show(client);
  expect(served).toBe("Nobody: never was");
  await act(() => client.login({ identifier: email, password: PASSWORD }));
  expect(shown()).toBe("Hello Ann");
  await act(() => client.updateProfile({ name: "Bob" }));
  expect(shown()).toBe("Hello Bob");
  await act(() => client.logout());
  expect(shown()).toBe("Nobody: loggedOut");
});

test("a page that wakes up after a change begins with what the server rendered, and then shows the change", async () => {
  const { browser } = await registered(gatehouse);
  const late = createGatehouseClient({ url: gatehouse.url, fetch: browser.fetch });
  await late.loadViewer();
  const { served, shown } = show(late);
  expect(served).toBe("Who?");
  expect(shown()).toBe("Hello Ann");
});

test("without a provider it says what is missing", () => {
  const Lonely = (): ReactNode => useGatehouse().state.status;
  expect(() => renderToString(createElement(Lonely))).toThrow("useGatehouse needs a GatehouseProvider above it");
});
