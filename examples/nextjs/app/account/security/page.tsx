import { AuthSettingsDocument, SecondFactorsDocument } from "@gatehouse/client";
import { GatehouseFailure } from "@gatehouse/client/next";
import { Alert } from "@/components/alert";
import { SecondFactorHint } from "@/components/second-factor-hint";
import { parameter, type Parameters } from "@/forms/parameters";
import { hasSecondFactor } from "@/gatehouse/second-factors";
import { gatehouse } from "@/gatehouse/server";
import { Authenticator } from "./authenticator";
import { Passkeys } from "./passkeys";
import { RemainingCodes } from "./remaining-codes";
import { ScheduledRemoval } from "./scheduled-removal";

export const metadata = { title: "Security" };

export default async function SecurityPage({ searchParams }: { searchParams: Parameters }) {
  await gatehouse.requireViewer();
  const [factors, settings] = await Promise.all([gatehouse.query(SecondFactorsDocument, {}), gatehouse.query(AuthSettingsDocument, {})]);
  if (!factors.ok) throw new GatehouseFailure(factors.error);
  const user = factors.data.me;
  if (user === null) return null;
  const { totp, passkeys, recoveryCodesLeft, removalScheduledFor } = user.secondFactors;
  const hasFactor = hasSecondFactor(user.secondFactors);
  const wasRemoved = (await parameter(searchParams, "removed")) !== "";
  const wereKept = removalScheduledFor === null && (await parameter(searchParams, "kept")) !== "";
  return (
    <div className="card stack security">
      <h1>Security</h1>
      {wasRemoved && <Alert kind="done">It was removed.</Alert>}
      {wereKept && <Alert kind="done">Your second factors are kept.</Alert>}
      {removalScheduledFor !== null && <ScheduledRemoval at={removalScheduledFor} />}
      {settings.ok && !hasFactor && <SecondFactorHint settings={settings.data.authSettings} />}
      <p>A second factor protects your account if someone learns your password.</p>
      <h2>Authenticator app</h2>
      <Authenticator totp={totp} />
      {(passkeys.length > 0 || (settings.ok && settings.data.authSettings.passkeysEnabled)) && (
        <>
          <h2>Passkeys</h2>
          <Passkeys list={passkeys} wasRemoved={wasRemoved} />
        </>
      )}
      <h2>Recovery codes</h2>
      <RemainingCodes left={hasFactor ? recoveryCodesLeft : undefined} />
    </div>
  );
}
