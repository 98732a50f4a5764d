"use client";

import type { AuthenticationMethod } from "@gatehouse/client";
import { useRouter } from "next/navigation";
import { ProofForm } from "@/components/proof-form";

/** After a code the server leads on; after a passkey this does. */
export function Confirmation({ methods, next }: { methods: readonly AuthenticationMethod[]; next: string }) {
  const router = useRouter();
  return <ProofForm methods={methods} next={next} onProved={() => router.replace(next)} />;
}
