import { gatehouse } from "@/gatehouse/server";
import { Overview } from "./overview";

export const metadata = { title: "Your account" };

export default async function AccountPage() {
  const viewer = await gatehouse.requireViewer();
  return (
    <div className="card stack">
      <h1>Your account</h1>
      <noscript>
        <p className="alert note">The buttons on this page need JavaScript.</p>
      </noscript>
      <Overview initial={viewer} />
    </div>
  );
}
