"use client";

import { failureOf } from "@gatehouse/client";

export default function ErrorPage({ error }: { error: Error }) {
  return <p>{`failure:${failureOf(error)?.kind}`}</p>;
}
