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
      <ActionForm action={requestPasswordReset} afterwards={<AnotherTry />}>
        <p className="quiet">Enter the address of your account. We send you a link to choose a new password.</p>
        <TextField name="email" label="Email" type="email" autoComplete="email" isRequired />
        <SubmitButton>Send link</SubmitButton>
      </ActionForm>
      <p className="links">
        <Link href="/login">Back to sign in</Link>
      </p>
    </div>
  );
}

/** What is left to do once the mail is on its way. Loads the page anew, which empties the form. */
function AnotherTry() {
  return (
    <p className="quiet">
      Check your spam folder, too. No email after a few minutes? <a href="/forgot-password">Try again</a>
    </p>
  );
}
