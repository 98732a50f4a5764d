"use client";

import { useEffect, useState } from "react";
import { Button } from "react-aria-components";
import { CopyButton } from "./copy-button";

/** New recovery codes, which Gatehouse shows this once. */
export function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  const [isReady, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  const text = `${codes.join("\n")}\n`;
  return (
    <section className="stack" aria-label="New recovery codes">
      <h3>Your recovery codes</h3>
      <p>
        Store these codes in a safe place, such as a password manager. <strong>They are shown only this once.</strong> If you lose
        your other factors, each code signs you in once.
      </p>
      <ol className="codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div className="actions">
        <CopyButton text={text}>Copy</CopyButton>
        {/* The file is in the address: it works without JavaScript, and the codes are kept nowhere. */}
        <a className="button" download="acme-recovery-codes.txt" href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}>
          Download
        </a>
        {isReady && (
          <Button className="button" onPress={() => print()}>
            Print
          </Button>
        )}
      </div>
    </section>
  );
}
