import { headers } from "next/headers";

/** Tells server components the method of the request. */
export const METHOD_HEADER = "x-method";

/**
 * Whether the page is made as the answer to its own form. Such a page is shown even if the form has just signed somebody in:
 * it may hold recovery codes.
 */
export async function isFormAnswer(): Promise<boolean> {
  return (await headers()).get(METHOD_HEADER) === "POST";
}
