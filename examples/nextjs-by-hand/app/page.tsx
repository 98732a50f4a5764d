import { Suspense } from "react";
import { requireViewer } from "@/auth/viewer";
import { logout } from "./actions";
import { Sessions } from "./sessions";

async function Account() {
  const viewer = await requireViewer();
  return (
    <>
      <h1>Hello, {viewer.name ?? viewer.email}</h1>
      <Sessions key={viewer.id} />
      <form action={logout}>
        <button>Sign out</button>
      </form>
    </>
  );
}

export default function Home() {
  return (
    <main>
      <Suspense fallback={<p>Loading…</p>}>
        <Account />
      </Suspense>
    </main>
  );
}
