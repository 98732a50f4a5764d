"use client";

import { createPasskeys, isSupported, type Passkeys } from "@gatehouse/client/passkeys";
import { useGatehouse } from "@gatehouse/client/react";
import { useEffect, useState } from "react";

/** The passkeys of the page; null if the browser cannot use any, and undefined until that is known. */
export function usePasskeys(): Passkeys | null | undefined {
  const client = useGatehouse();
  const [passkeys, setPasskeys] = useState<Passkeys | null>();
  // The server cannot know it.
  useEffect(() => setPasskeys(isSupported() ? createPasskeys(client) : null), [client]);
  return passkeys;
}
