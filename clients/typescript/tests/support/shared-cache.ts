import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, until } from "./gatehouse.js";

const APACHE = process.env["APACHE"] ?? "/usr/sbin/apache2";
const MODULES = "/usr/lib/apache2/modules";

/** A shared cache in front of an application, as a CDN is. */
export interface SharedCache {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts Apache with `mod_cache_disk`, which stores every header of a response that may be stored, `Set-Cookie` included. */
export async function startSharedCache(origin: string): Promise<SharedCache> {
  if (!existsSync(APACHE)) throw new Error(`${APACHE} is missing: install apache2-bin, or set APACHE`);
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-cache-"));
  const port = await freePort();
  // Started by root, Apache serves as another user, who has to be able to write here.
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, "cache"));
  chmodSync(join(folder, "cache"), 0o777);
  const configuration = [
    `ServerRoot ${folder}`,
    "ServerName localhost",
    `Listen 127.0.0.1:${port}`,
    "PidFile apache.pid",
    "ErrorLog error.log",
    ...["mpm_event", "authz_core", "proxy", "proxy_http", "cache", "cache_disk"].map((it) => `LoadModule ${it}_module ${MODULES}/mod_${it}.so`),
    ...(process.getuid?.() === 0 ? ["User www-data", "Group www-data"] : []),
    "StartServers 1",
    `CacheRoot ${join(folder, "cache")}`,
    "CacheEnable disk /",
    "CacheHeader on",
    `ProxyPass / ${origin}/`,
  ];
  writeFileSync(join(folder, "apache.conf"), `${configuration.join("\n")}\n`);
  const child = spawn(APACHE, ["-DFOREGROUND", "-f", join(folder, "apache.conf")], { stdio: "ignore" });
  const url = `http://127.0.0.1:${port}`;
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`Apache did not start:\n${readFileSync(join(folder, "error.log"), "utf8")}`);
    return fetch(url, { redirect: "manual" }).catch(() => undefined);
  });
  return {
    url,
    stop: async () => {
      const ended = new Promise((done) => child.once("exit", done));
      if (child.exitCode === null && child.kill("SIGTERM")) await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
