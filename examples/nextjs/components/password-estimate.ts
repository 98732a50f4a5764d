import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary as common } from "@zxcvbn-ts/language-common";
import { dictionary as english } from "@zxcvbn-ts/language-en";

const zxcvbn = new ZxcvbnFactory({ dictionary: { ...common, ...english }, graphs: adjacencyGraphs });

/** From 0, guessed at once, to 4. `personal` counts as known to whoever guesses. */
export function score(password: string, personal: readonly string[]): number {
  // Its time grows with the length.
  return zxcvbn.check(password.slice(0, 128), [...personal]).score;
}
