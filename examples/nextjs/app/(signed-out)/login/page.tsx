import { AuthSettingsDocument, safeReturnPath } from "@gatehouse/client";
import Link from "next/link";
import { redirect } from "next/navigation";
import { Alert } from "@/components/alert";
import { parameter, type Parameters } from "@/forms/parameters";
import { isFormAnswer } from "@/forms/answer";
import { gatehouse } from "@/gatehouse/server";
import { LoginForm } from "./form";

export const metadata = { title: "Sign in" };

export default async function LoginPage({ searchParams }: { searchParams: Parameters }) {
  const next = safeReturnPath(await parameter(searchParams, "next"), "/account");
  const viewer = await gatehouse.viewer();
  if (viewer.ok && viewer.data !== null && !(await isFormAnswer())) redirect(next);
  const settings = await gatehouse.query(AuthSettingsDocument, {});
  const { passkeysEnabled = false, factorRemovalDelay = null } = settings.ok ? settings.data.authSettings : {};
  const hasEnded = (await parameter(searchParams, "reason")) === "session-ended";
  return (
    <div className="card">
      <h1>Sign in</h1>
      <div className="stack">
        {hasEnded && <Alert kind="note">Your session has ended. Sign in again.</Alert>}
        <LoginForm next={next} withPasskeys={passkeysEnabled} removalDelay={factorRemovalDelay} />
      </div>
      <p className="links">
        <Link href="/forgot-password">Forgot password?</Link>
        <Link href={`/register?next=${encodeURIComponent(next)}`}>Create account</Link>
      </p>
    </div>
  );
}
