"use client";

import { useEffect, useState } from "react";

interface PasswordStrengthProps {
  readonly password: string;
  readonly personal: readonly string[];
  /** The least score, 0 to 4, that Gatehouse accepts. */
  readonly least: number;
}

const WORDS = ["weak", "weak", "fair", "good", "strong"] as const;

/** How soon a password would be guessed (zxcvbn). A hint: Gatehouse decides. */
export function PasswordStrength({ password, personal, least }: PasswordStrengthProps) {
  const [score, setScore] = useState<number>();
  const inputs = personal.join("\n");
  useEffect(() => {
    let isStale = false;
    if (password === "") setScore(undefined);
    else {
      void estimate(password, inputs.split("\n").filter(Boolean)).then((found) => {
        if (!isStale) setScore(found);
      });
    }
    return () => {
      isStale = true;
    };
  }, [password, inputs]);
  const isEnough = score !== undefined && score >= least;
  return (
    <div className="strength" data-score={score} data-enough={isEnough}>
      <div className="bars" aria-hidden="true">
        {[1, 2, 3, 4].map((bar) => (
          <span key={bar} data-on={score !== undefined && Math.max(score, 1) >= bar} />
        ))}
      </div>
      <p aria-live="polite">
        {score !== undefined && `Password strength: ${WORDS[score]}${isEnough ? "" : ". Add another word."}`}
      </p>
    </div>
  );
}

// The word lists are large, so they are loaded by whoever chooses a password.
async function estimate(password: string, personal: string[]): Promise<number | undefined> {
  try {
    const { score } = await import("./password-estimate");
    return score(password, personal);
  } catch {
    return undefined;
  }
}
