import { SessionsDocument } from "@gatehouse/client";
import { gatehouse } from "../gatehouse";

/** Five components that each ask for themselves. */
export default function Page() {
  return [1, 2, 3, 4, 5].map((id) => <Part key={id} id={id} />);
}

async function Part({ id }: { id: number }) {
  const [viewer, sessions] = await Promise.all([gatehouse.viewer(), gatehouse.query(SessionsDocument, {})]);
  const email = viewer.ok ? (viewer.data?.email ?? "nobody") : viewer.error.kind;
  const count = sessions.ok ? (sessions.data.me?.sessions.nodes.length ?? 0) : sessions.error.kind;
  return <p>{`part-${id}:${email}:${count}`}</p>;
}
