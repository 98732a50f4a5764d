"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { ActionForm, useForm } from "@/components/action-form";
import { Moment } from "@/components/moment";
import { SubmitButton } from "@/components/submit-button";
import { inDays } from "@/messages/second-factors";
import { confirmFactorRemoval } from "./actions";

interface RemoveFactorsFormProps {
  readonly token: string;
  /** How many seconds pass before the removal; null if that is not known. */
  readonly delay: number | null;
  /** Why the link does not work. */
  readonly instead: ReactNode;
}

export function RemoveFactorsForm({ token, delay, instead }: RemoveFactorsFormProps) {
  return (
    <ActionForm action={confirmFactorRemoval} afterwards={<Scheduled />} instead={instead}>
      <input type="hidden" name="token" value={token} />
      <p>
        Confirm that you have lost your second factors and recovery codes. We remove all of them{" "}
        {delay === null ? "after a waiting time" : `in ${inDays(delay)}`} and sign out every device. After that, your password alone signs
        you in.
      </p>
      <p>If you sign in with a second factor or change your password before then, the removal is canceled.</p>
      <SubmitButton kind="danger">Remove my second factors</SubmitButton>
      <p className="quiet">
        If you did not request this, someone else knows your password. Do not confirm.{" "}
        <Link href="/forgot-password">Choose a new password</Link> instead.
      </p>
    </ActionForm>
  );
}

/** The date of the removal that the form has just scheduled. */
function Scheduled() {
  const { scheduledFor = "" } = useForm().state.values;
  return (
    <>
      <p>
        Your second factors and recovery codes will be removed on{" "}
        <strong>
          <Moment at={scheduledFor} />
        </strong>
        . After that, sign in with your password and set up a new second factor.
      </p>
      <Link href="/login">Back to sign in</Link>
    </>
  );
}
