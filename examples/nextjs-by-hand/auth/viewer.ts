import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { ask, forwarded, GatehouseError } from "./gatehouse";
import { ViewerDocument } from "./generated";
import { ACCESS } from "./tokens";

export const viewer = cache(async () => {
  const token = (await cookies()).get(ACCESS)?.value;
  if (!token) return null;
  try {
    const kept = forwarded(await headers());
    return (await ask(ViewerDocument, {}, { ...kept, authorization: `Bearer ${token}` })).me;
  } catch (error) {
    if (error instanceof GatehouseError && error.code === "UNAUTHENTICATED") return null;
    throw error;
  }
});

export async function requireViewer() {
  const found = await viewer();
  if (found) return found;
  const path = (await headers()).get("x-path") ?? "/";
  redirect(`/login?next=${encodeURIComponent(path)}`);
}
