"use client";

import { useState } from "react";
import { LOST_FACTORS } from "@/forms/proof";
import { inDays } from "@/messages/second-factors";
import { Moment } from "./moment";
import { SubmitButton } from "./submit-button";

/** The way out for a user who can prove no factor. It can be opened without JavaScript. `delay` is in seconds. */
export function LostFactors({ delay }: { delay: number }) {
  const [isOpen, setOpen] = useState(false);
  const days = inDays(delay);
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>I have lost all of these</summary>
      <div className="stack">
        <p>If you have none of them left, you can have your second factors and recovery codes removed:</p>
        <ol className="steps">
          <li>We email you a link. Follow it to confirm.</li>
          <li>Then you wait {days}. If you sign in with a second factor during this time, the removal is canceled.</li>
          <li>After that, your password alone signs you in.</li>
        </ol>
        <SubmitButton kind="plain" name={LOST_FACTORS}>
          Email me a link
        </SubmitButton>
      </div>
    </details>
  );
}

/** The date of a removal, at the second step of a sign-in. It takes no focus: that is in the first field. */
export function ScheduledRemoval({ at }: { at: string }) {
  return (
    <p className="alert note">
      Your second factors and recovery codes will be removed on <Moment at={at} />. After that, your password alone signs you in. To keep
      them, sign in with one of them before then.
    </p>
  );
}
