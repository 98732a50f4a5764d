"use client";

import type { Passkeys } from "@gatehouse/client/passkeys";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { ActionForm } from "@/components/action-form";
import { RecoveryCodes } from "@/components/recovery-codes";
import { SubmitButton } from "@/components/submit-button";
import { TextField } from "@/components/text-field";
import { done, notDone, refused, typed, type FormState } from "@/forms/state";
import { passkeySentence } from "@/messages/second-factors";

/** Runs in the browser: only there is a passkey made. */
export function AddPasskey({ passkeys }: { passkeys: Passkeys }) {
  const router = useRouter();
  const [codes, setCodes] = useState<readonly string[]>();
  const [added, setAdded] = useState(0);
  // Safari opens its dialog only right after a click, so the options are there before it.
  useEffect(() => passkeys.prepare("REGISTER"), [passkeys]);
  const add = async (state: FormState, form: FormData): Promise<FormState> => {
    const name = typed(form, "name").trim();
    const outcome = await passkeys.add(name === "" ? {} : { name });
    if (!outcome.ok) {
      if (outcome.reason !== "rejected") return notDone(state, form, passkeySentence(outcome));
      const sentence = passkeySentence(outcome);
      return refused(state, form, outcome.userErrors, () => sentence);
    }
    const { passkey, recoveryCodes } = outcome.payload;
    setCodes(recoveryCodes ?? undefined);
    setAdded((count) => count + 1);
    router.refresh();
    return done(state, `${passkey?.name ?? "Your passkey"} was added.`);
  };
  return (
    <ActionForm action={add} label="Add a passkey" isLocal>
      {codes !== undefined && <RecoveryCodes codes={codes} />}
      {/* Empty again for the next one. */}
      <TextField
        key={added}
        name="name"
        label={<>Name <small>(optional)</small></>}
        autoComplete="off"
        description="Tells your passkeys apart, such as the name of the device."
      />
      <div className="actions">
        <SubmitButton kind="plain">Add a passkey</SubmitButton>
      </div>
    </ActionForm>
  );
}
