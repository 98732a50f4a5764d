import { gatehouse } from "@/gatehouse/server";
import { ProfileForm } from "./form";

export const metadata = { title: "Profile" };

export default async function ProfilePage() {
  const viewer = await gatehouse.requireViewer();
  return (
    <div className="card">
      <h1>Profile</h1>
      <ProfileForm viewer={viewer} />
    </div>
  );
}
