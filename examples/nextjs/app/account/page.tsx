import { gatehouse } from "@/gatehouse/server";
import { Overview } from "./overview";

export const metadata = { title: "Your account" };

export default async function AccountPage() {
  const viewer = await gatehouse.requireViewer();
  return (
    <div className="card stack">
      <h1>Your account</h1>
      <Overview initial={viewer} />
    </div>
  );
}
