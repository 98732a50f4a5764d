"use client";

import type { SecondFactorsQuery } from "@gatehouse/client";
import { useEffect } from "react";
import Link from "next/link";
import { Moment } from "@/components/moment";
import { usePasskeys } from "@/components/use-passkeys";
import { AddPasskey } from "./add-passkey";

type User = NonNullable<SecondFactorsQuery["me"]>;

export function Passkeys({ user }: { user: User }) {
  const passkeys = usePasskeys();
  // Password managers hide those that were removed.
  useEffect(() => void passkeys?.signalAcceptedPasskeys(user), [passkeys, user]);
  const { passkeys: list } = user.secondFactors;
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
