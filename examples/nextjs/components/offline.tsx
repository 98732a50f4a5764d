"use client";

import { useSyncExternalStore } from "react";
import { Alert } from "./alert";

function subscribe(changed: () => void): () => void {
  addEventListener("online", changed);
  addEventListener("offline", changed);
  return () => {
    removeEventListener("online", changed);
    removeEventListener("offline", changed);
  };
}

/** Says that there is no connection, while there is none. */
export function Offline() {
  const isOnline = useSyncExternalStore(subscribe, () => navigator.onLine, () => true);
  return isOnline ? null : <Alert kind="note">You are offline. This page may be out of date.</Alert>;
}
