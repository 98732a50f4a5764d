"use client";

import { SecondFactorsDocument, type SecondFactors } from "@gatehouse/client";
import { useGatehouse } from "@gatehouse/client/react";
import Link from "next/link";
import { useEffect } from "react";
import { Moment } from "@/components/moment";
import { usePasskeys } from "@/components/use-passkeys";
import { AddPasskey } from "./add-passkey";

interface PasskeysProps {
  readonly list: SecondFactors["passkeys"];
  /** Whether a factor was just removed. */
  readonly wasRemoved: boolean;
}

export function Passkeys({ list, wasRemoved }: PasskeysProps) {
  const client = useGatehouse();
  const passkeys = usePasskeys();
  useEffect(() => {
    if (!passkeys || !wasRemoved) return;
    // Password managers hide what is not in the list, so it is queried anew: that of the page may be from a cache.
    void client.execute(SecondFactorsDocument, {}).then((outcome) => {
      if (outcome.ok && outcome.data.me) void passkeys.signalAcceptedPasskeys(outcome.data.me);
    });
  }, [client, passkeys, wasRemoved]);
  return (
    <>
      <p>A passkey signs you in with your fingerprint, your face or the PIN of your device.</p>
      {list.length > 0 && (
        <ul className="rows" aria-label="Passkeys">
          {list.map(({ id, name, createdAt, lastUsedAt, synced }) => (
            <li key={id}>
              <div className="what">
                <strong>{name}</strong>
                <span className="quiet" id={`of-${id}`}>
                  {synced ? "Synced to your devices" : "On one device"} · added <Moment at={createdAt} />
                  {lastUsedAt !== null && (
                    <>
                      {" "}
                      · last used <Moment at={lastUsedAt} />
                    </>
                  )}
                </span>
              </div>
              <Link
                className="button"
                href={`/account/security/remove/${id}`}
                aria-label={`Remove ${name}`}
                aria-describedby={`of-${id}`}
              >
                Remove
              </Link>
            </li>
          ))}
        </ul>
      )}
      <noscript>
        <p className="alert note">Passkeys need JavaScript.</p>
      </noscript>
      {passkeys === null && <p className="quiet">This browser does not support passkeys.</p>}
      {passkeys && <AddPasskey passkeys={passkeys} />}
    </>
  );
}
