import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createAccessTokenVerifier } from "../../src/jwt/index.js";
import { createGatehouseClient, memoryStorage } from "../../src/index.js";
import { startGatehouse, type Gatehouse } from "../support/gatehouse.js";
import { PASSWORD } from "../support/people.js";

describe("tokens of a running Gatehouse", () => {
  let gatehouse: Gatehouse;
  let token: string;
  let userId: string;
  beforeAll(async () => {
    gatehouse = await startGatehouse();
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
    expect(verified).toMatchObject({ ok: true, principal: { userId, expiresAt: expect.any(Date) } });
  });

  test("are for their audience, and from their issuer", async () => {
    const jwksUrl = `${gatehouse.publicUrl}/.well-known/jwks.json`;
    const invalid = { ok: false, reason: "invalid" };
    const elsewhere = createAccessTokenVerifier({ issuer: "http://other.example", jwksUrl });
    const forOthers = createAccessTokenVerifier({ issuer: gatehouse.publicUrl, audience: "billing" });
    expect(await elsewhere.verify(token)).toEqual(invalid);
    expect(await forOthers.verify(token)).toEqual(invalid);
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

  test("cannot be judged while the keys are away", async () => {
    const verifier = createAccessTokenVerifier({ issuer: gatehouse.publicUrl, jwksUrl: "http://127.0.0.1:1/jwks.json" });
    expect(await verifier.verify(token)).toEqual({ ok: false, reason: "keysUnavailable" });
    const wrongAddress = createAccessTokenVerifier({ issuer: gatehouse.publicUrl, jwksUrl: `${gatehouse.publicUrl}/nothing` });
    expect(await wrongAddress.verify(token)).toEqual({ ok: false, reason: "keysUnavailable" });
  });
});

describe("tokens that a stranger makes", async () => {
  const { publicKey, privateKey } = await generateKeyPair("ES256");
  const foreign = await generateKeyPair("ES256");
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: "one", alg: "ES256", use: "sig" }] });
  const server = createServer((_, response) => response.setHeader("content-type", "application/json").end(keys));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  afterAll(() => void server.close());
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
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
