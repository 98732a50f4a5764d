import { AuthSettingsDocument } from "@gatehouse/client";
import { needsNoPassword } from "@/gatehouse/second-factors";
import { gatehouse } from "@/gatehouse/server";
import { ProfileForm } from "./form";

export const metadata = { title: "Profile" };

export default async function ProfilePage() {
  const viewer = await gatehouse.requireViewer();
  const settings = await gatehouse.query(AuthSettingsDocument, {});
  const withUsername = settings.ok ? settings.data.authSettings.usernamesEnabled : viewer.username !== null;
  return (
    <div className="card">
      <h1>Profile</h1>
      <ProfileForm viewer={viewer} withUsername={withUsername} withPassword={!(await needsNoPassword())} />
    </div>
  );
}
