import { AuthSettingsDocument } from "@gatehouse/client";
import Link from "next/link";
import { SecondFactorHint } from "@/components/second-factor-hint";
import { needsNoPassword } from "@/gatehouse/second-factors";
import { gatehouse } from "@/gatehouse/server";
import { Overview } from "./overview";

export const metadata = { title: "Your account" };

export default async function AccountPage() {
  const viewer = await gatehouse.requireViewer();
  const [settings, hasFactor] = await Promise.all([gatehouse.query(AuthSettingsDocument, {}), needsNoPassword()]);
  return (
    <div className="card stack">
      <h1>Your account</h1>
      <noscript>
        <p className="alert note">The buttons on this page need JavaScript.</p>
      </noscript>
      {settings.ok && !hasFactor && (
        <SecondFactorHint settings={settings.data.authSettings}>
          <Link href="/account/security">Set one up</Link>
        </SecondFactorHint>
      )}
      <Overview initial={viewer} />
    </div>
  );
}
