import { describeError } from "@gatehouse/client";
import Link from "next/link";
import { Alert } from "@/components/alert";
import { SiteHeader } from "@/components/site-header";
import { gatehouse } from "@/gatehouse/server";

export default async function Home() {
  const outcome = await gatehouse.viewer();
  const viewer = outcome.ok ? outcome.data : null;
  return (
    <>
      <SiteHeader />
      <main id="content" className="centred card">
        <h1>Welcome to Acme</h1>
        {!outcome.ok && <Alert kind="problem">{describeError(outcome.error)}</Alert>}
        {viewer === null ? (
          <>
            <p>An application with accounts managed by Gatehouse.</p>
            <div className="actions">
              <Link className="button primary" href="/login">
                Sign in
              </Link>
              <Link className="button" href="/register">
                Create account
              </Link>
            </div>
          </>
        ) : (
          <>
            <p>You are signed in as {viewer.name ?? viewer.email}.</p>
            <Link className="button primary" href="/account">
              Your account
            </Link>
          </>
        )}
      </main>
    </>
  );
}
