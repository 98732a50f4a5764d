import { SecondFactorsDocument, type SecondFactors } from "@gatehouse/client";
import { GatehouseFailure } from "@gatehouse/client/next";
import Link from "next/link";
import { ActionForm } from "@/components/action-form";
import { Alert } from "@/components/alert";
import { SubmitButton } from "@/components/submit-button";
import { gatehouse } from "@/gatehouse/server";
import { removeFactor } from "./actions";

export const metadata = { title: "Remove a second factor" };

/** A page instead of a dialog, so that the confirmation works without JavaScript. */
export default async function RemovePage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  await gatehouse.requireViewer();
  const outcome = await gatehouse.query(SecondFactorsDocument, {});
  if (!outcome.ok) throw new GatehouseFailure(outcome.error);
  const factors = outcome.data.me?.secondFactors;
  const name = factors && nameOf(factors, id);
  const isLast = factors !== undefined && factors.passkeys.length + (factors.totp === null ? 0 : 1) === 1;
  return (
    <div className="card stack">
      <h1>Remove {name ?? "a second factor"}</h1>
      {name === undefined ? (
        <Alert kind="note">
          It was already removed. <Link href="/account/security">Back to security</Link>
        </Alert>
      ) : (
        <>
          <p>You can no longer sign in with it.</p>
          {isLast && (
            <Alert kind="note">This is your last second factor. Your password alone then protects your account, and your recovery codes no longer work.</Alert>
          )}
          <ActionForm action={removeFactor}>
            <input type="hidden" name="id" value={id} />
            <label className="check">
              <input type="checkbox" name="revokeOtherSessions" defaultChecked />
              Sign out everywhere else
            </label>
            <div className="actions">
              <SubmitButton kind="danger">Remove</SubmitButton>
              <Link className="button" href="/account/security">
                Cancel
              </Link>
            </div>
          </ActionForm>
        </>
      )}
    </div>
  );
}

function nameOf({ totp, passkeys }: SecondFactors, id: string): string | undefined {
  if (totp?.id === id) return "your authenticator app";
  return passkeys.find((passkey) => passkey.id === id)?.name;
}
