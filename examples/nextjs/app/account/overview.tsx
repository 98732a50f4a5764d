"use client";

import {
  CancelEmailChangeDocument,
  describeError,
  RequestEmailVerificationDocument,
  ViewerDocument,
  type Viewer,
} from "@gatehouse/client";
import { gatehouseErrorOf } from "@gatehouse/client/urql";
import { useEffect, useRef, useState } from "react";
import { Button } from "react-aria-components";
import { useMutation, useQuery, type CombinedError } from "urql";
import { Alert } from "@/components/alert";
import { Moment } from "@/components/moment";
import { cancelEmailChangeSentences } from "@/messages/account";
import { requestVerificationSentences } from "@/messages/signed-out";

const inWords = (error: CombinedError): string => describeError(gatehouseErrorOf(error));

export function Overview({ initial }: { initial: Viewer }) {
  const [{ data }] = useQuery({ query: ViewerDocument, requestPolicy: "cache-and-network" });
  // A form on another page may have changed it, past the cache.
  const viewer = data?.me && data.me.updatedAt >= initial.updatedAt ? data.me : initial;
  return (
    <>
      <Waiting viewer={viewer} />
      <dl className="facts">
        <dt>Name</dt>
        <dd>{viewer.name ?? "–"}</dd>
        <dt>Email</dt>
        <dd>
          {viewer.email}{" "}
          <span className={viewer.emailVerified ? "badge" : "badge waiting"}>
            {viewer.emailVerified ? "confirmed" : "not confirmed"}
          </span>
        </dd>
        <dt>Username</dt>
        <dd>{viewer.username ?? "–"}</dd>
        <dt>Account created</dt>
        <dd>
          <Moment at={viewer.createdAt} />
        </dd>
        <dt>Password set</dt>
        <dd>
          <Moment at={viewer.passwordChangedAt} />
        </dd>
      </dl>
    </>
  );
}

/** What an address waits for, and what can be done about it. */
function Waiting({ viewer }: { viewer: Viewer }) {
  const [sending, send] = useMutation(RequestEmailVerificationDocument);
  const [cancelling, cancel] = useMutation(CancelEmailChangeDocument);
  const [said, setSaid] = useState<{ kind: "done" | "problem"; text: string }>();
  const region = useRef<HTMLDivElement>(null);
  // What was pressed may be gone.
  useEffect(() => region.current?.querySelector<HTMLElement>("[data-message]")?.focus(), [said]);
  const waiting = viewer.pendingEmail ?? (viewer.emailVerified ? null : viewer.email);

  const sendAgain = async (): Promise<void> => {
    const { data, error } = await send({ input: {} });
    const [problem] = data?.requestEmailVerification.userErrors ?? [];
    if (error) setSaid({ kind: "problem", text: inWords(error) });
    else if (problem) setSaid({ kind: "problem", text: requestVerificationSentences[problem.code] });
    else setSaid({ kind: "done", text: `An email was sent to ${waiting}.` });
  };
  const keepAddress = async (): Promise<void> => {
    const { data, error } = await cancel({});
    const [problem] = data?.cancelEmailChange.userErrors ?? [];
    if (error) setSaid({ kind: "problem", text: inWords(error) });
    else if (problem) setSaid({ kind: "problem", text: cancelEmailChangeSentences[problem.code] });
    else setSaid({ kind: "done", text: `Your address stays ${viewer.email}.` });
  };
  return (
    <>
      <div ref={region}>{said && <Alert kind={said.kind}>{said.text}</Alert>}</div>
      {waiting !== null && (
        <section className="alert note" aria-label="Email to confirm">
          <p>
            We sent a link to {waiting}. Follow it to confirm the address
            {viewer.pendingEmail === null ? "." : `; until then your address stays ${viewer.email}.`}
          </p>
          <div className="actions">
            <Button className="button" isPending={sending.fetching} onPress={() => void sendAgain()}>
              Send the link again
            </Button>
            {viewer.pendingEmail !== null && (
              <Button className="button" isPending={cancelling.fetching} onPress={() => void keepAddress()}>
                Keep my current address
              </Button>
            )}
          </div>
        </section>
      )}
    </>
  );
}
