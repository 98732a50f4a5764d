import Link from "next/link";
import { ActionForm } from "@/components/action-form";
import { Alert } from "@/components/alert";
import { OneButtonForm } from "@/components/one-button-form";
import { SubmitButton } from "@/components/submit-button";
import { TextField } from "@/components/text-field";
import { parameter, type Parameters } from "@/forms/parameters";
import { isConfirmed, linkFault } from "@/gatehouse/link";
import { verifyEmailSentences } from "@/messages/signed-out";
import { requestVerification, verifyEmail } from "./actions";

export const metadata = { title: "Confirm your e-mail" };

export default async function VerifyEmailPage({ searchParams }: { searchParams: Parameters }) {
  const token = await parameter(searchParams, "token");
  const fault = await linkFault("VERIFY_EMAIL", token);
  const wasUsed = fault === "TOKEN_INVALID" && (await isConfirmed());
  const instead = wasUsed ? (
    <Alert kind="done">
      Your e-mail is confirmed already. <Link href="/account">Go to your account</Link>
    </Alert>
  ) : (
    fault && <Alert kind="problem">{verifyEmailSentences[fault]} Have another one sent below.</Alert>
  );
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
              instead={instead}
              button="Confirm e-mail"
              afterwards={<Link href="/account">Go to your account</Link>}
            />
          </>
        )}
      </div>
      <details className="card" open={token === "" || (fault !== undefined && !wasUsed)}>
        <summary>The link does not work?</summary>
        <ActionForm action={requestVerification} label="Ask for another link">
          <TextField name="email" label="E-mail" type="email" autoComplete="email" isRequired />
          <SubmitButton>Send another link</SubmitButton>
        </ActionForm>
      </details>
    </>
  );
}
