import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

/** The folder of the package. */
export const PACKAGE = join(import.meta.dirname, "../..");

/** Compiles the package as it is published, into `folder`. */
export function compile(folder: string): Promise<void> {
  return succeed([join(PACKAGE, "node_modules/typescript/bin/tsc"), "-p", join(PACKAGE, "tsconfig.build.json"), "--outDir", folder]);
}

/** Runs a script in Node; throws what it says where it fails. */
export async function succeed(command: readonly string[], settings: Record<string, string> = {}): Promise<void> {
  const env = { ...process.env, ...settings };
  const running = promisify(execFile)(process.execPath, command, { cwd: PACKAGE, env });
  await running.catch((failed: { stdout: string; stderr: string }) => {
    throw new Error(`${command.join(" ")}:\n${failed.stdout}${failed.stderr}`);
  });
}
