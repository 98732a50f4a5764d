import { AuthSettingsDocument } from "@gatehouse/client";
import Link from "next/link";
import { Alert } from "@/components/alert";
import { parameter, type Parameters } from "@/forms/parameters";
import { linkFault } from "@/gatehouse/link";
import { gatehouse } from "@/gatehouse/server";
import { confirmFactorRemovalSentences } from "@/messages/second-factors";
import { RemoveFactorsForm } from "./form";

export const metadata = { title: "Remove your second factors" };

export default async function RemoveFactorsPage({ searchParams }: { searchParams: Parameters }) {
  const token = await parameter(searchParams, "token");
  const [settings, fault] = await Promise.all([gatehouse.query(AuthSettingsDocument, {}), linkFault("REMOVE_FACTORS", token)]);
  const delay = settings.ok ? settings.data.authSettings.factorRemovalDelay : null;
  const instead = fault && (
    <Alert kind="problem">
      {confirmFactorRemovalSentences[fault]} <Link href="/login">Sign in to request a new link</Link>
    </Alert>
  );
  return (
    <div className="card">
      <h1>Remove your second factors</h1>
      {token === "" ? (
        <Alert kind="problem">This link is incomplete. Copy the whole link from the email.</Alert>
      ) : (
        <RemoveFactorsForm token={token} delay={delay} instead={instead} />
      )}
    </div>
  );
}
