import { SessionsDocument } from "@gatehouse/client";
import { gatehouse } from "@/gatehouse/server";
import { Sessions } from "./sessions";

export const metadata = { title: "Sessions" };

export default async function SessionsPage() {
  await gatehouse.requireViewer();
  const outcome = await gatehouse.query(SessionsDocument, {});
  return (
    <div className="card stack">
      <h1>Sessions</h1>
      <p className="quiet">The devices on which you are signed in. Sign out those that you do not recognize, then change your password.</p>
      <noscript>
        <p className="alert note">The buttons on this page need JavaScript.</p>
      </noscript>
      <Sessions initial={outcome.ok ? outcome.data : undefined} />
    </div>
  );
}
