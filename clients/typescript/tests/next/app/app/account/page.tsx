import { LogoutDocument, UpdateProfileDocument } from "@gatehouse/client";
import { gatehouse } from "../../gatehouse";

async function rename(form: FormData): Promise<void> {
  "use server";
  await gatehouse.mutate(UpdateProfileDocument, { input: { name: String(form.get("name")) } });
}

async function logout(): Promise<void> {
  "use server";
  await gatehouse.mutate(LogoutDocument, {});
}

export default async function Account() {
  const { name } = await gatehouse.requireViewer();
  return (
    <>
      <p>{`name:${name}`}</p>
      <form action={rename} id="rename" />
      <form action={logout} id="logout" />
    </>
  );
}
