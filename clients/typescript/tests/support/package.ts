import { execFile } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

/** The folder of the package. */
export const PACKAGE = join(import.meta.dirname, "../..");

/** Compiles the package as it is published, into `folder`. */
export async function compile(folder: string): Promise<void> {
  await succeed([join(PACKAGE, "node_modules/typescript/bin/tsc"), "-p", join(PACKAGE, "tsconfig.build.json"), "--outDir", folder]);
  copyFileSync(join(PACKAGE, "../../schema.graphql"), join(folder, "schema.graphql"));
}

/** Runs a script in Node; throws what it says where it fails. */
export async function succeed(command: readonly string[], settings: Record<string, string> = {}): Promise<void> {
  const env = { ...process.env, ...settings };
  const running = promisify(execFile)(process.execPath, command, { cwd: PACKAGE, env });
  await running.catch((failed: { stdout: string; stderr: string }) => {
    throw new Error(`${command.join(" ")}:\n${failed.stdout}${failed.stderr}`);
  });
}
