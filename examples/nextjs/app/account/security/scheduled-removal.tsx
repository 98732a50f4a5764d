import Link from "next/link";
import { ActionForm } from "@/components/action-form";
import { Moment } from "@/components/moment";
import { SubmitButton } from "@/components/submit-button";
import { keepFactors } from "./actions";

/** Says when the factors will be removed, and keeps them at a click. */
export function ScheduledRemoval({ at }: { at: string }) {
  return (
    <section className="alert note" aria-label="Removal of your second factors">
      <p>
        Your second factors and recovery codes will be removed on <Moment at={at} />, because they were reported as lost. After that, your
        password alone signs you in.
      </p>
      <p>
        If you did not report this, someone else knows your password: keep your second factors, and{" "}
        <Link href="/account/password">change your password</Link>.
      </p>
      <ActionForm action={keepFactors}>
        <div className="actions">
          <SubmitButton>Keep my second factors</SubmitButton>
        </div>
      </ActionForm>
    </section>
  );
}
