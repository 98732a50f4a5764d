import Link from "next/link";
import { ActionForm } from "@/components/action-form";
import { OneButtonForm } from "@/components/one-button-form";
import { SubmitButton } from "@/components/submit-button";
import { TextField } from "@/components/text-field";
import { parameter, type Parameters } from "@/forms/parameters";
import { requestVerification, verifyEmail } from "./actions";

export const metadata = { title: "Confirm your e-mail" };

export default async function VerifyEmailPage({ searchParams }: { searchParams: Parameters }) {
  const token = await parameter(searchParams, "token");
  return (
    <>
      <div className="card">
        <h1>Confirm your e-mail</h1>
        {token === "" ? (
          <p>Follow the link in the mail that we sent to you. If there is none, have another one sent.</p>
        ) : (
          <>
            <p>This shows that the address you gave is yours.</p>
            <OneButtonForm
              action={verifyEmail}
              token={token}
              button="Confirm e-mail"
              afterwards={<Link href="/account">Go to your account</Link>}
            />
          </>
        )}
      </div>
      <details className="card" open={token === ""}>
        <summary>The link does not work?</summary>
        <ActionForm action={requestVerification} label="Ask for another link">
          <TextField name="email" label="E-mail" type="email" autoComplete="email" isRequired />
          <SubmitButton>Send another link</SubmitButton>
        </ActionForm>
      </details>
    </>
  );
}
