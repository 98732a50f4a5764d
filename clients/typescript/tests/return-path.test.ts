import { expect, test } from "vitest";
import { safeReturnPath } from "../src/index.js";

test.each([
  "/account",
  "/account?tab=1#top",
  "/search?q=a%20b&next=%2F%2Fevil.example",
  "/a/b/../c",
  "/caf%C3%A9",
])("%s leads back", (path) => {
  const url = new URL(path, "http://app.example");
  expect(safeReturnPath(path, "/fallback")).toBe(url.pathname + url.search + url.hash);
});

test.each([
  ["another host", "//evil.example"],
  ["three slashes", "///evil.example"],
  ["a backslash", "/\\evil.example"],
  ["two backslashes", "\\\\evil.example"],
  ["an encoded slash", "/%2Fevil.example"],
  ["encoded slashes", "%2f%2fevil.example"],
  ["an encoded backslash", "/%5Cevil.example"],
  ["a slash encoded twice", "/%252Fevil.example"],
  ["a backslash encoded three times", "/%25255Cevil.example"],
  ["a tab between the slashes", "/\t/evil.example"],
  ["a newline between the slashes", "/\n/evil.example"],
  ["an encoded tab between the slashes", "/%09/evil.example"],
  ["a leading space", " //evil.example"],
  ["dots that leave nothing but a host", "/.//evil.example"],
  ["dots that climb to a host", "/a/..//evil.example"],
  ["encoded dots that climb to a host", "/%2e%2e//evil.example"],
  ["a scheme", "https://evil.example"],
  ["a scheme without slashes", "https:evil.example"],
  ["a script", "javascript:alert(1)"],
  ["data", "data:text/html,x"],
  ["a user", "/@evil.example/..//evil.example"],
  ["no leading slash", "account"],
  ["a zero-width character", "/\u200b/evil.example"],
  ["broken encoding", "/%E0%A4%A"],
  ["nothing", ""],
])("%s is refused", (_, value) => {
  expect(safeReturnPath(value, "/fallback")).toBe("/fallback");
});

test("what is missing leads to the fallback", () => {
  expect(safeReturnPath(null)).toBe("/");
  expect(safeReturnPath(undefined, "/home")).toBe("/home");
});
