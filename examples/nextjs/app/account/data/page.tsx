import { needsNoPassword } from "@/gatehouse/second-factors";
import { gatehouse } from "@/gatehouse/server";
import { ExportForm } from "./form";

export const metadata = { title: "Your data" };

export default async function DataPage() {
  await gatehouse.requireViewer();
  return (
    <div className="card">
      <h1>Your data</h1>
      <p>All data stored about you, as one JSON file, without passwords.</p>
      <noscript>
        <p className="alert note">This download needs JavaScript.</p>
      </noscript>
      <ExportForm withPassword={!(await needsNoPassword())} />
    </div>
  );
}
