"use client";

import { ActionForm, useForm } from "@/components/action-form";
import { Alert } from "@/components/alert";
import { RecoveryCodes } from "@/components/recovery-codes";
import { SubmitButton } from "@/components/submit-button";
import { regenerateCodes } from "./actions";

/** From this number on new ones are suggested. */
const FEW = 3;

/** How many codes are left, and the way to new ones; `left` is undefined without a second factor. */
export function RemainingCodes({ left }: { left: number | undefined }) {
  if (left === undefined) {
    return <p>You get recovery codes with your first second factor. They sign you in if you lose it.</p>;
  }
  return (
    <ActionForm action={regenerateCodes} label="Recovery codes">
      <Fields left={left} />
    </ActionForm>
  );
}

function Fields({ left }: { left: number }) {
  const { step } = useForm().state;
  if (step?.kind === "codes") return <RecoveryCodes codes={step.codes} />;
  const sentence = left === 1 ? "1 code is left." : `${left} codes are left.`;
  return (
    <>
      {left <= FEW ? <Alert kind="note">{sentence} Generate new ones before you run out.</Alert> : <p>{sentence}</p>}
      <p className="quiet">New codes replace the earlier ones, which then no longer work.</p>
      <div className="actions">
        <SubmitButton kind="plain">Generate new codes</SubmitButton>
      </div>
    </>
  );
}
