import type { GatehouseClient } from "../client.js";
import { isSafeToRetry } from "../errors.js";
import { StartPasskeyDocument, type PasskeyPurpose, type StartPasskeyMutation } from "../generated/documents.js";
import { mutationOutcome } from "../operations.js";
import { passkeyOutcome, type PasskeyFailure } from "./outcome.js";

/** What passkeys need of a client. */
export type PasskeyClient = Pick<GatehouseClient, "execute" | "epoch" | "generation">;

/** What options are for. */
export interface Use {
  readonly purpose: PasskeyPurpose;
  /** The challenge of a sign-in that must enroll a factor. */
  readonly challenge?: string | undefined;
}

/** The options of one ceremony. */
export interface Options {
  readonly json: unknown;
  /** When they are replaced, in milliseconds since 1970. */
  readonly renewAt: number;
  /** The session that they are bound to. */
  readonly session: string;
}

/** Options, or why there are none. */
export type Loaded = { readonly ok: true; readonly options: Options } | PasskeyFailure;

/** Options that are fetched before they are needed. */
export interface OptionsStore {
  /** Returns options that can be used at once. */
  ready(use: Use): Options | undefined;
  /** Returns options for a user who waits for them, from the service if necessary. */
  load(use: Use): Promise<Loaded>;
  /** Resolves when options that are kept ready can be used. */
  whenReady(use: Use): Promise<void>;
  /** Forgets options that a passkey was used with: they work once. */
  spend(options: Options): void;
  /** Keeps options ready until the function is called that it returns. */
  keep(use: Use): () => void;
}

interface Slot {
  readonly use: Use;
  keepers: number;
  options?: Options | undefined;
  loading?: Promise<Loaded> | undefined;
  /** Called with the next options. */
  readonly waiting: Set<() => void>;
  /** After an error: when they are fetched again, and the session of the error. */
  failed?: { readonly retryAt: number; readonly session: string } | undefined;
}

/** The service accepts options for 5 minutes. */
const RENEWED_AFTER_MS = 4 * 60_000;
/** How often it is checked whether kept options are due, in milliseconds. Timers stand still while a device sleeps. */
const CHECK_MS = 5_000;
const RETRY_AFTER_MS = 60_000;

/** Makes a store. */
export function optionsStore(client: PasskeyClient): OptionsStore {
  const slots = new Map<string, Slot>();
  let timer: ReturnType<typeof setInterval> | undefined;

  const slotOf = (use: Use): Slot => {
    const key = `${use.purpose} ${use.challenge ?? ""}`;
    const slot = slots.get(key) ?? { use, keepers: 0, waiting: new Set() };
    slots.set(key, slot);
    return slot;
  };
  const sessionOf = ({ purpose, challenge }: Use): string =>
    purpose === "SIGN_IN" || challenge !== undefined ? "" : `${client.epoch} ${client.generation}`;
  const readyIn = ({ use, options }: Slot): Options | undefined =>
    options !== undefined && Date.now() < options.renewAt && options.session === sessionOf(use) ? options : undefined;

  const fetchInto = async (slot: Slot, isAsked: boolean): Promise<Loaded> => {
    const { purpose, challenge } = slot.use;
    const input = challenge === undefined ? { purpose } : { purpose, challenge };
    // A dialog for a step-up may be what these options are for.
    const stepUp = isAsked && purpose === "REGISTER";
    const [began, before] = [Date.now(), sessionOf(slot.use)];
    const outcome = passkeyOutcome(
      mutationOutcome<StartPasskeyMutation>(await client.execute(StartPasskeyDocument, { input }, { stepUp })),
    );
    if (!outcome.ok) {
      slot.failed = { retryAt: Date.now() + retryMs(outcome), session: sessionOf(slot.use) };
      return outcome;
    }
    // A step-up replaces the session before the options are fetched.
    const session = isAsked ? sessionOf(slot.use) : before;
    slot.options = { json: outcome.payload.options, renewAt: began + RENEWED_AFTER_MS, session };
    slot.failed = undefined;
    for (const resume of slot.waiting) resume();
    slot.waiting.clear();
    return { ok: true, options: slot.options };
  };
  const load = (slot: Slot, isAsked: boolean): Promise<Loaded> => {
    const loading = fetchInto(slot, isAsked).finally(() => {
      if (slot.loading === loading) slot.loading = undefined;
    });
    slot.loading = loading;
    return loading;
  };
  const isDue = (slot: Slot): boolean => {
    if (slot.keepers === 0 || slot.loading !== undefined || readyIn(slot) !== undefined) return false;
    return slot.failed === undefined || Date.now() >= slot.failed.retryAt || slot.failed.session !== sessionOf(slot.use);
  };
  const check = (): void => {
    if (globalThis.document?.visibilityState === "hidden") return;
    for (const slot of slots.values()) if (isDue(slot)) void load(slot, false);
  };

  return {
    ready: (use) => readyIn(slotOf(use)),
    load: async (use) => {
      const slot = slotOf(use);
      await slot.loading;
      const options = readyIn(slot);
      // For what was fetched ahead nobody was asked to prove anything, and its error may be over.
      return options === undefined ? load(slot, true) : { ok: true, options };
    },
    whenReady: async (use) => {
      const slot = slotOf(use);
      check();
      if (readyIn(slot) === undefined) await new Promise<void>((resume) => slot.waiting.add(resume));
    },
    spend: (options) => {
      for (const slot of slots.values()) if (slot.options === options) slot.options = undefined;
    },
    keep: (use) => {
      const slot = slotOf(use);
      slot.keepers += 1;
      timer ??= setInterval(check, CHECK_MS);
      check();
      let isKept = true;
      return () => {
        if (!isKept) return;
        isKept = false;
        slot.keepers -= 1;
        if ([...slots.values()].some(({ keepers }) => keepers > 0)) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
  };
}

/** How long after an error nothing is fetched ahead; without end if the error cannot pass by itself. */
function retryMs(failure: PasskeyFailure): number {
  if (failure.reason !== "failed" || !isSafeToRetry(failure.error, "query")) return Infinity;
  return "retryAfter" in failure.error ? Math.max(RETRY_AFTER_MS, failure.error.retryAfter * 1_000) : RETRY_AFTER_MS;
}
