import { existsSync } from "node:fs";
import { chromium, type Browser, type BrowserContextOptions, type Page, type Route } from "playwright-core";
import { startGatehouse, type Gatehouse } from "../../../clients/typescript/tests/support/gatehouse.js";

const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** A Gatehouse, and a browser that reaches nothing else. */
export interface Stage {
  readonly gatehouse: Gatehouse;
  /** The page's address. */
  readonly graphiql: string;
  /** What went wrong in pages: errors of scripts, and what a content security policy refused. */
  readonly faults: string[];
  /** Requests that were to go elsewhere; none did. */
  readonly elsewhere: string[];
  /**
   * The page, opened in a browser of its own and ready, which is when `awaited` is to be read, if given. `other` may
   * answer what is asked of elsewhere.
   */
  open(options?: BrowserContextOptions, other?: (route: Route) => Promise<void>, awaited?: string): Promise<Page>;
  close(): Promise<void>;
}

/** Sets one up; `settings` are those of the service, without `GATEHOUSE_`. */
export async function openStage(settings: Record<string, string> = {}): Promise<Stage> {
  if (!existsSync(CHROMIUM)) throw new Error(`${CHROMIUM} is missing: install Debian's package chromium, or name a browser by CHROMIUM`);
  const gatehouse = await startGatehouse(settings);
  const { origin } = new URL(gatehouse.url);
  const browser = await launch();
  const faults: string[] = [];
  const elsewhere: string[] = [];

  const open: Stage["open"] = async (options = {}, other = (route) => route.abort(), awaited) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    context.setDefaultTimeout(15_000);
    context.on("weberror", (error) => faults.push(String(error.error())));
    context.on("console", (message) => {
      if (message.type() === "error") faults.push(message.text());
    });
    await context.route(
      (url) => url.origin !== origin && url.protocol !== "data:",
      async (route) => {
        elsewhere.push(route.request().url());
        await other(route);
      },
    );
    const page = await context.newPage();
    await page.goto(`${origin}/graphiql`);
    if (awaited === undefined) await ready(page);
    else await page.getByText(awaited).waitFor();
    return page;
  };
  const close = async (): Promise<void> => {
    await browser.close();
    await gatehouse.stop();
  };
  return { gatehouse, graphiql: `${origin}/graphiql`, faults, elsewhere, open, close };
}

/** Waits until both editors hold the first example. */
export async function ready(page: Page): Promise<void> {
  await page.getByText("Make an account").waitFor();
  await page.getByText("three green kettles").waitFor();
}

/** Turns to the tab with that operation and runs it; gives the answer as it is shown, once it holds `awaited`. */
export async function run(page: Page, operation: string, awaited: string): Promise<string> {
  await page.locator("[role=tab]", { hasText: operation }).getByRole("button", { name: operation }).click();
  // GraphiQL reads an editor a tenth of a second after it changed, and until then names the operation before.
  await page.waitForTimeout(400);
  await page.getByRole("button", { name: /^Execute query/ }).click();
  const shown = page.locator("section.result-window");
  await shown.getByText(awaited).first().waitFor();
  return (await shown.innerText()).replaceAll("\u00a0", " ");
}

function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}
