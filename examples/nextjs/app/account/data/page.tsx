import { gatehouse } from "@/gatehouse/server";
import { ExportForm } from "./form";

export const metadata = { title: "Your data" };

export default async function DataPage() {
  await gatehouse.requireViewer();
  return (
    <div className="card">
      <h1>Your data</h1>
      <p>Everything that is held about you, as one file (JSON). It has no passwords in it.</p>
      <noscript>
        <p className="alert note">This download needs JavaScript.</p>
      </noscript>
      <ExportForm />
    </div>
  );
}
