import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createAccessTokenVerifier } from "../../src/jwt/index.js";
import { createGatehouseClient, memoryStorage } from "../../src/index.js";
import { startGatehouse, until, type Gatehouse } from "../support/gatehouse.js";
import { PASSWORD } from "../support/people.js";

describe("tokens of a running Gatehouse", () => {
  let gatehouse: Gatehouse;
  let token: string;
  let userId: string;
  beforeAll(async () => {
    gatehouse = await startGatehouse({ KEY_RELOAD_INTERVAL: "1s" });
    const tokens = memoryStorage();
    const client = createGatehouseClient({ url: gatehouse.url, tokens });
    const outcome = await client.register({ email: "ann@example.org", password: PASSWORD });
    if (!outcome.ok || outcome.payload.user === null) throw new Error(JSON.stringify(outcome));
    token = tokens.get()?.accessToken ?? "";
    userId = outcome.payload.user.id;
  });
  afterAll(() => gatehouse.stop());

  test("count, and say whose they are", async () => {
    const verified = await createAccessTokenVerifier({ issuer: gatehouse.publicUrl }).verify(token);
    expect(verified).toMatchObject({ ok: true, principal: { userId, expiresAt: expect.any(Date), methods: ["pwd"], level: "aal1" } });
    expect(verified.ok && Math.abs(Date.now() - Number(verified.principal.authenticatedAt)) < 60_000).toBe(true);
  });

  test("are for their audience, and from their issuer", async () => {
    const jwksUrl = `${gatehouse.publicUrl}/.well-known/jwks.json`;
    const invalid = { ok: false, reason: "invalid" };
    const elsewhere = createAccessTokenVerifier({ issuer: "http://other.example", jwksUrl });
    const forOthers = createAccessTokenVerifier({ issuer: gatehouse.publicUrl, audience: "billing" });
    expect(await elsewhere.verify(token)).toEqual(invalid);
    expect(await forOthers.verify(token)).toEqual(invalid);
  });

  test("are from their issuer with a slash at its end, too", async () => {
    const verifier = createAccessTokenVerifier({ issuer: `${gatehouse.publicUrl}/` });
    expect(await verifier.verify(token)).toMatchObject({ ok: true, principal: { userId } });
  });

  test("end", async () => {
    const now = (): Date => new Date(Date.now() + 16 * 60_000);
    const later = createAccessTokenVerifier({ issuer: gatehouse.publicUrl, now });
    expect(await later.verify(token)).toEqual({ ok: false, reason: "expired" });
  });

  test("do not count once changed", async () => {
    const verifier = createAccessTokenVerifier({ issuer: gatehouse.publicUrl });
    const [header, payload = "", signature] = token.split(".");
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as Record<string, unknown>;
    const other = Buffer.from(JSON.stringify({ ...claims, sub: "someone" })).toString("base64url");
    for (const forged of [`${header}.${other}.${signature}`, `${token}x`, "x".repeat(5_000), "", "a.b.c"]) {
      expect(await verifier.verify(forged)).toEqual({ ok: false, reason: "invalid" });
    }
  });

  test("go on counting when a key is added", async () => {
    const before = createAccessTokenVerifier({ issuer: gatehouse.publicUrl });
    expect((await before.verify(token)).ok).toBe(true);
    await gatehouse.command("keys", "rotate");
    await until(async () => {
      const published = await fetch(`${gatehouse.publicUrl}/.well-known/jwks.json`);
      return ((await published.json()) as { keys: unknown[] }).keys.length === 2;
    });
    expect((await before.verify(token)).ok).toBe(true);
    expect((await createAccessTokenVerifier({ issuer: gatehouse.publicUrl }).verify(token)).ok).toBe(true);
  });

  test("cannot be judged while the keys are away", async () => {
    const verifier = createAccessTokenVerifier({ issuer: gatehouse.publicUrl, jwksUrl: "http://127.0.0.1:1/jwks.json" });
    expect(await verifier.verify(token)).toEqual({ ok: false, reason: "keysUnavailable" });
    const wrongAddress = createAccessTokenVerifier({ issuer: gatehouse.publicUrl, jwksUrl: `${gatehouse.publicUrl}/nothing` });
    expect(await wrongAddress.verify(token)).toEqual({ ok: false, reason: "keysUnavailable" });
  });
});

describe("keys", () => {
  test("that are new are fetched once the last look is half a minute ago", async () => {
    const [one, two] = [await generateKeyPair("ES256"), await generateKeyPair("EdDSA")];
    const published = async (pair: typeof one, kid: string, alg: string) => ({
      ...(await exportJWK(pair.publicKey)),
      kid,
      alg,
      use: "sig",
    });
    const keys = [await published(one, "one", "ES256")];
    let fetched = 0;
    const server = createServer((_, response) => {
      fetched += 1;
      response.setHeader("content-type", "application/json").end(JSON.stringify({ keys }));
    });
    const issuer = await listening(server);
    try {
      vi.useFakeTimers({ toFake: ["Date"] });
      const verifier = createAccessTokenVerifier({ issuer });
      const claims = { iss: issuer, aud: issuer, sub: "ann", sid: "session", jti: "id" };
      const signed = (pair: typeof one, kid: string, alg: string): Promise<string> =>
        new SignJWT(claims)
          .setProtectedHeader({ alg, kid, typ: "at+jwt" })
          .setIssuedAt()
          .setNotBefore("0s")
          .setExpirationTime("5m")
          .sign(pair.privateKey);
      expect((await verifier.verify(await signed(one, "one", "ES256"))).ok).toBe(true);
      keys.push(await published(two, "two", "EdDSA"));
      const newer = await signed(two, "two", "EdDSA");
      // Made-up names of keys must not make a flood of requests.
      for (let time = 0; time < 5; time += 1) expect(await verifier.verify(newer)).toEqual({ ok: false, reason: "invalid" });
      expect(fetched).toBe(1);
      vi.setSystemTime(Date.now() + 31_000);
      expect((await verifier.verify(newer)).ok).toBe(true);
      expect(fetched).toBe(2);
    } finally {
      vi.useRealTimers();
      server.close();
    }
  });

  test("that do not come in time say nothing about a token", async () => {
    const server = createServer(() => undefined);
    const issuer = await listening(server);
    try {
      const token = await new SignJWT({ iss: issuer })
        .setProtectedHeader({ alg: "ES256", kid: "one", typ: "at+jwt" })
        .sign((await generateKeyPair("ES256")).privateKey);
      const verifier = createAccessTokenVerifier({ issuer, timeoutMs: 100 });
      expect(await verifier.verify(token)).toEqual({ ok: false, reason: "keysUnavailable" });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

describe("tokens that a stranger makes", async () => {
  const { publicKey, privateKey } = await generateKeyPair("ES256");
  const foreign = await generateKeyPair("ES256");
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: "one", alg: "ES256", use: "sig" }] });
  const server = createServer((_, response) => response.setHeader("content-type", "application/json").end(keys));
  const issuer = await listening(server);
  afterAll(() => void server.close());
  const verifier = createAccessTokenVerifier({ issuer });

  const claims = { iss: issuer, aud: issuer, sub: "ann", sid: "session", jti: "id" };
  const signed = (body: Record<string, unknown>, header: Record<string, string> = {}, key = privateKey): Promise<string> =>
    new SignJWT(body)
      .setProtectedHeader({ alg: "ES256", kid: "one", typ: "at+jwt", ...header })
      .setIssuedAt()
      .setNotBefore("0s")
      .setExpirationTime("1m")
      .sign(key);

  test("the pattern that they differ from counts", async () => {
    expect(await verifier.verify(await signed(claims))).toMatchObject({ ok: true, principal: { userId: "ann" } });
  });

  test("do not count", async () => {
    const { sid: _, ...withoutSession } = claims;
    const forged = [
      await signed(claims, { typ: "JWT" }),
      await signed(claims, {}, foreign.privateKey),
      await signed(claims, { kid: "two" }),
      await signed(withoutSession),
      await signed({ ...claims, sub: 7 }),
      await signed({ ...claims, aud: "billing" }),
      new UnsecuredJWT(claims).setIssuedAt().setNotBefore("0s").setExpirationTime("1m").encode(),
    ];
    for (const token of forged) expect(await verifier.verify(token)).toEqual({ ok: false, reason: "invalid" });
  });
});

/** The address at which `server` listens from now on. */
async function listening(server: Server): Promise<string> {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
