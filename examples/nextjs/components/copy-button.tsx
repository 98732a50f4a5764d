"use client";

import { useEffect, useState, type ReactNode } from "react";
import { Button } from "react-aria-components";

/** Copies a text, and says so. Nothing where the browser cannot do it, or without JavaScript. */
export function CopyButton({ text, children }: { text: string; children: ReactNode }) {
  const [isReady, setReady] = useState(false);
  const [status, setStatus] = useState("");
  useEffect(() => setReady(navigator.clipboard !== undefined), []);
  if (!isReady) return null;
  const copy = (): Promise<void> =>
    navigator.clipboard.writeText(text).then(
      () => setStatus("Copied."),
      () => setStatus("The browser did not allow it. Select the text and copy it."),
    );
  return (
    <>
      <Button className="button" onPress={() => void copy()}>
        {children}
      </Button>
      <span role="status">{status}</span>
    </>
  );
}
