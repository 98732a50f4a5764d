import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** For some seconds React Aria names a button there that was pending, and may be gone. */
const ANNOUNCER = "[data-live-announcer]";

interface Axe {
  run(context: object, options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
}

/** What axe-core has against a page. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate(
    async ([tags, announcer]) => {
      const { axe } = globalThis as unknown as { axe: Axe };
      const { violations } = await axe.run({ exclude: [announcer] }, { runOnly: tags });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
    },
    [TAGS, ANNOUNCER] as const,
  );
  return found.map((it) => `${page.url()} ${it}`);
}
