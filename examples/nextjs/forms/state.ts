import {
  describeError,
  userErrorsByField,
  type GatehouseError,
  type StepUpRequest,
  type UserErrorLike,
} from "@gatehouse/client";
import type { Step } from "./step";

/** What a form shows after it was sent. */
export interface FormState {
  /** What was typed; never a password. */
  readonly values: Readonly<Record<string, string>>;
  /** What is wrong, by field. */
  readonly fields: Readonly<Record<string, string>>;
  /** What is wrong with the whole. */
  readonly problem?: string;
  /** What was done. */
  readonly done?: string;
  /** Where to go on from either. */
  readonly link?: NextStep;
  /** What the form shows next in place of its fields, where it has several steps. */
  readonly step?: Step;
  /** What the user must prove before the form can be sent again. */
  readonly stepUp?: StepUpRequest;
  /** Whether a new session has replaced that of the request. */
  readonly isRenewed?: boolean;
  /** Tells one answer from the next, so that focus moves with each. */
  readonly attempt: number;
}

/** A place where it goes on. */
export interface NextStep {
  readonly href: string;
  readonly text: string;
}

/** A server action behind a form. */
export type FormAction = (state: FormState, form: FormData) => Promise<FormState>;

export const untouched: FormState = { values: {}, fields: {}, attempt: 0 };

/** What was typed into `name`; "" where there is no such field. */
export function typed(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

/** What a form keeps when it is shown again. Passwords and codes are not sent back, and what was there before is known. */
export function kept(form: FormData): Record<string, string> {
  const entries = [...form].filter((it): it is [string, string] => typeof it[1] === "string");
  return Object.fromEntries(entries.filter(([name]) => !/password|code|^\$|^loaded-/i.test(name)));
}

/** The fields that must not be empty and are, each with what to say; nothing where all are filled. */
export function missing(state: FormState, form: FormData, required: Record<string, string>): FormState | undefined {
  const fields = Object.fromEntries(Object.entries(required).filter(([name]) => typed(form, name).trim() === ""));
  return Object.keys(fields).length === 0 ? undefined : wrong(state, form, { fields });
}

/**
 * What the user has to correct, in this application's own words. What is wrong with a field that the form does not have is
 * said above it.
 */
export function refused<TError extends UserErrorLike>(
  state: FormState,
  form: FormData,
  userErrors: readonly TError[],
  sentence: (error: TError) => string,
  step: (error: TError) => NextStep | undefined = () => undefined,
): FormState {
  const isShown = ({ field }: TError): boolean => field?.at(-1) !== undefined && form.has(field.at(-1) ?? "");
  const sorted = userErrorsByField(userErrors.map((error) => (isShown(error) ? error : { ...error, field: null })));
  const link = userErrors.map(step).find((it) => it !== undefined);
  const shown = Object.entries(sorted.fields).map(([name, errors]) => [name, errors.map(sentence).join(" ")]);
  const problem = sorted.form.map(sentence).join(" ");
  return wrong(state, form, { fields: Object.fromEntries(shown), ...(problem && { problem }), ...(link && { link }) });
}

/** What did not reach its end, in words. */
export function failed(state: FormState, form: FormData, error: GatehouseError): FormState {
  const link = error.kind === "unauthenticated" ? { href: "/login", text: "Sign in" } : undefined;
  const stepUp = error.kind === "stepUpRequired" ? { maxAge: error.maxAge, methods: error.methods } : undefined;
  return wrong(state, form, { fields: {}, problem: describeError(error), ...(link && { link }), ...(stepUp && { stepUp }) });
}

/** The next step of a form. */
export function stepped(state: FormState, step: Step, sentence?: string): FormState {
  const { values, attempt } = state;
  return { values, fields: {}, step, attempt: attempt + 1, ...(sentence !== undefined && { done: sentence }) };
}

/** The same step again, with what is wrong in `answer`. */
export function sameStep(state: FormState, answer: FormState): FormState {
  return { ...answer, values: state.values, ...(state.step && { step: state.step }) };
}

/** What did not happen, and why. */
export function notDone(state: FormState, form: FormData, problem: string): FormState {
  return wrong(state, form, { fields: {}, problem });
}

/** What was done. */
export function done(state: FormState, sentence: string, values: Record<string, string> = {}, link?: NextStep): FormState {
  return { values, fields: {}, done: sentence, attempt: state.attempt + 1, ...(link && { link }) };
}

function wrong(state: FormState, form: FormData, what: Pick<FormState, "fields" | "problem" | "link" | "stepUp">): FormState {
  return { values: kept(form), ...what, attempt: state.attempt + 1 };
}
