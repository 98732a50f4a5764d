import { AuthSettingsDocument, safeReturnPath } from "@gatehouse/client";
import Link from "next/link";
import { redirect } from "next/navigation";
import { Alert } from "@/components/alert";
import { parameter, type Parameters } from "@/forms/parameters";
import { isFormAnswer } from "@/forms/answer";
import { gatehouse } from "@/gatehouse/server";
import { RegisterForm } from "./form";

export const metadata = { title: "Create account" };

export default async function RegisterPage({ searchParams }: { searchParams: Parameters }) {
  const next = safeReturnPath(await parameter(searchParams, "next"), "/account");
  const viewer = await gatehouse.viewer();
  if (viewer.ok && viewer.data !== null && !(await isFormAnswer())) redirect(next);
  const settings = await gatehouse.query(AuthSettingsDocument, {});
  const { registrationOpen = true, usernamesEnabled = false, passwordPolicy } = settings.ok ? settings.data.authSettings : {};
  return (
    <div className="card">
      <h1>Create account</h1>
      {registrationOpen ? (
        <RegisterForm next={next} withUsername={usernamesEnabled} policy={passwordPolicy} />
      ) : (
        <Alert kind="note">Registration is closed.</Alert>
      )}
      <p className="links">
        <span>
          Already have an account? <Link href={`/login?next=${encodeURIComponent(next)}`}>Sign in</Link>
        </span>
      </p>
    </div>
  );
}
