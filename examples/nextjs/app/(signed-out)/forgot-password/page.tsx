import Link from "next/link";
import { ActionForm } from "@/components/action-form";
import { SubmitButton } from "@/components/submit-button";
import { TextField } from "@/components/text-field";
import { requestPasswordReset } from "./actions";

export const metadata = { title: "Forgot password" };

export default function ForgotPasswordPage() {
  return (
    <div className="card">
      <h1>Forgot password</h1>
      <p className="quiet">Enter the address of your account. We send you a link to choose a new password.</p>
      <ActionForm action={requestPasswordReset}>
        <TextField name="email" label="E-mail" type="email" autoComplete="email" isRequired />
        <SubmitButton>Send link</SubmitButton>
      </ActionForm>
      <p className="links">
        <Link href="/login">Back to sign in</Link>
      </p>
    </div>
  );
}
