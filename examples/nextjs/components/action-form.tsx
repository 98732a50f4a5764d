"use client";

import { withSessionLock } from "@gatehouse/client";
import Link from "next/link";
import { usePathname, unstable_isUnrecognizedActionError, unstable_rethrow } from "next/navigation";
import {
  createContext,
  use,
  useActionState,
  useEffect,
  useRef,
  useState,
  useTransition,
  type ReactNode,
  type SubmitEvent,
} from "react";
import { untouched, type FormAction, type FormState } from "@/forms/state";
import { Alert } from "./alert";
import { useSession } from "./session";

interface FormContextValue {
  readonly state: FormState;
  readonly isPending: boolean;
  /** The fields that were changed since the last answer. */
  readonly changed: ReadonlySet<string>;
  readonly change: (name: string) => void;
}

const NOTHING: ReadonlySet<string> = new Set();
const FormContext = createContext<FormContextValue>({
  state: untouched,
  isPending: false,
  changed: NOTHING,
  change: () => undefined,
});

/** What the form around a field has to say. */
export const useForm = (): FormContextValue => use(FormContext);

/** What is wrong with a field, until the field is changed, and what the field holds at first. */
export function useProblem(name: string): { problem: string | undefined; first: string; touch: () => void } {
  const { state, changed, change } = useForm();
  const problem = changed.has(name) ? undefined : state.fields[name];
  return { problem, first: state.values[name] ?? "", touch: () => change(name) };
}

interface ActionFormProps {
  readonly action: FormAction;
  /** What the fields hold at first. */
  readonly values?: Readonly<Record<string, string>>;
  /** Names the form for screen readers where a page has several. */
  readonly label?: string;
  readonly children: ReactNode;
  /** Takes the place of the fields once it is done. */
  readonly afterwards?: ReactNode;
  /** Takes the place of the fields until an answer is there: says why there is nothing to fill in. */
  readonly instead?: ReactNode;
  /** Called with what an answer says, for whatever else has to know. */
  readonly onAnswer?: (state: FormState) => void;
  /** Whether the action runs in the browser. It may then wait for a dialog, and the client locks the session by itself. */
  readonly isLocal?: boolean;
}

/**
 * A form over a server action. It works without JavaScript; with it nothing typed is lost, whatever happens on the way,
 * it is sent once, and focus moves to the first thing that is wrong.
 */
export function ActionForm(props: ActionFormProps) {
  const { action, values = {}, label, children, afterwards, instead, onAnswer, isLocal = false } = props;
  const [served, sendPlainly] = useActionState(action, { ...untouched, values });
  const [answered, setAnswered] = useState<FormState>();
  const [isTransitioning, startTransition] = useTransition();
  const [isWorking, setWorking] = useState(false);
  const isPending = isTransitioning || isWorking;
  const session = useSession();
  const [isReady, setReady] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const isSending = useRef(false);
  const state = answered ?? served;
  const [changes, setChanges] = useState({ state, names: NOTHING });
  const changed = changes.state === state ? changes.names : NOTHING;
  const change = (name: string): void => {
    if (!changed.has(name)) setChanges({ state, names: new Set([...changed, name]) });
  };

  useEffect(() => setReady(true), []);
  useEffect(() => {
    if (state.attempt === 0) return;
    if (state.done !== undefined) for (const field of passwordsOf(form.current)) clear(field);
    const first = form.current?.querySelector<HTMLElement>("[aria-invalid=true]");
    (first ?? form.current?.querySelector<HTMLElement>("[data-message]"))?.focus();
  }, [state]);

  const send = (event: SubmitEvent<HTMLFormElement>): void => {
    // React empties a form after its action; what was typed has to stay.
    event.preventDefault();
    if (isSending.current) return;
    isSending.current = true;
    // With the button that was pressed: a form may have several.
    const typed = new FormData(event.currentTarget, event.submitter);
    const once = (): Promise<FormState> => attempt(action, state, typed);
    void (isLocal ? locally(once) : onServer(once));
  };
  const onServer = async (once: () => Promise<FormState>): Promise<void> => {
    // The answer may change the cookies of the session, and so may that of a refresh in another tab.
    const answer = await transitioned(() => withSessionLock(once));
    // No transition is under way while the dialog is open: those in it would wait for its end.
    const isProved = answer.stepUp !== undefined && session !== undefined && (await session.stepUp(answer.stepUp));
    show(isProved ? await transitioned(() => withSessionLock(once)) : answer);
  };
  const locally = async (once: () => Promise<FormState>): Promise<void> => {
    setWorking(true);
    show(await once());
    setWorking(false);
    isSending.current = false;
  };
  /** Runs a server action. What it throws, such as a redirect, is for Next.js. */
  const transitioned = (task: () => Promise<FormState>): Promise<FormState> =>
    new Promise((resolve) => {
      startTransition(async () => {
        const answer = await task().finally(() => (isSending.current = false));
        resolve(answer);
      });
    });
  const show = (answer: FormState): void => {
    if (answer.isRenewed) session?.renewed();
    onAnswer?.(answer);
    setAnswered(answer);
  };

  return (
    <form ref={form} action={sendPlainly} onSubmit={send} aria-label={label} data-ready={isReady} noValidate>
      <FormContext value={{ state, isPending, changed, change }}>
        {state.problem !== undefined && (
          <Alert kind="problem">
            {state.problem} <Onward state={state} />
          </Alert>
        )}
        {state.done !== undefined && (
          <Alert kind="done">
            {state.done} <Onward state={state} />
          </Alert>
        )}
        {state.done !== undefined && state.step === undefined && afterwards !== undefined ? afterwards : (state.attempt === 0 && instead) || children}
      </FormContext>
    </form>
  );
}

function Onward({ state: { link, stepUp } }: { state: FormState }) {
  const path = usePathname();
  if (stepUp !== undefined) return <Link href={`/account/confirm?${new URLSearchParams({ next: path })}`}>Confirm it</Link>;
  return link && <Link href={link.href}>{link.text}</Link>;
}

async function attempt(action: FormAction, state: FormState, form: FormData): Promise<FormState> {
  try {
    return await action(state, form);
  } catch (thrown) {
    // Redirects are thrown as well.
    unstable_rethrow(thrown);
    return { values: state.values, fields: {}, problem: whyNot(thrown), attempt: state.attempt + 1 };
  }
}

function whyNot(thrown: unknown): string {
  // The page is from before the application was last built.
  if (unstable_isUnrecognizedActionError(thrown)) return "This page is out of date. Copy your input, then reload the page.";
  return navigator.onLine
    ? "The service is unreachable. Your changes are still here. Try again in a moment."
    : "You are offline. Your changes are still here. Try again when you are connected.";
}

function passwordsOf(form: HTMLFormElement | null): HTMLInputElement[] {
  return [...(form?.querySelectorAll<HTMLInputElement>("input[data-password]") ?? [])];
}

function clear(field: HTMLInputElement): void {
  // React keeps a value of its own; it learns of another one by the event alone.
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field, "");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
