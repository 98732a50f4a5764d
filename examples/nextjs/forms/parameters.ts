/** The parameters of a page's address. */
export type Parameters = Promise<Record<string, string | string[] | undefined>>;

/** The one value of `name`; "" where there is none, or more than one. */
export async function parameter(parameters: Parameters, name: string): Promise<string> {
  const value = (await parameters)[name];
  return typeof value === "string" ? value : "";
}
