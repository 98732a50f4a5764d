import { SecurityEventsDocument } from "@gatehouse/client";
import { gatehouse } from "@/gatehouse/server";
import { Activity } from "./activity";

export const metadata = { title: "Activity" };

export default async function ActivityPage() {
  await gatehouse.requireViewer();
  const outcome = await gatehouse.query(SecurityEventsDocument, { first: 20 });
  return (
    <div className="card stack">
      <h1>Activity</h1>
      <p className="quiet">Events of your account, newest first.</p>
      <noscript>
        <p className="alert note">The buttons on this page need JavaScript.</p>
      </noscript>
      <Activity initial={outcome.ok ? outcome.data : undefined} />
    </div>
  );
}
