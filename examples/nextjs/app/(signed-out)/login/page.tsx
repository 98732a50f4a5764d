import { safeReturnPath } from "@gatehouse/client";
import Link from "next/link";
import { redirect } from "next/navigation";
import { ActionForm } from "@/components/action-form";
import { Alert } from "@/components/alert";
import { PasswordField } from "@/components/password-field";
import { SubmitButton } from "@/components/submit-button";
import { TextField } from "@/components/text-field";
import { parameter, type Parameters } from "@/forms/parameters";
import { gatehouse } from "@/gatehouse/server";
import { login } from "./actions";

export const metadata = { title: "Sign in" };

export default async function LoginPage({ searchParams }: { searchParams: Parameters }) {
  const next = safeReturnPath(await parameter(searchParams, "next"), "/account");
  const viewer = await gatehouse.viewer();
  if (viewer.ok && viewer.data !== null) redirect(next);
  const hasEnded = (await parameter(searchParams, "reason")) === "session-ended";
  return (
    <div className="card">
      <h1>Sign in</h1>
      <div className="stack">
        {hasEnded && <Alert kind="note">Your session has ended. Sign in again.</Alert>}
        <ActionForm action={login}>
          <input type="hidden" name="next" value={next} />
          <TextField name="identifier" label="Email or username" autoComplete="username" isRequired />
          <PasswordField name="password" label="Password" autoComplete="current-password" />
          <SubmitButton>Sign in</SubmitButton>
        </ActionForm>
      </div>
      <p className="links">
        <Link href="/forgot-password">Forgot password?</Link>
        <Link href={`/register?next=${encodeURIComponent(next)}`}>Create account</Link>
      </p>
    </div>
  );
}
