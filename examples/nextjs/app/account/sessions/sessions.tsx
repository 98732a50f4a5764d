"use client";

import {
  describeError,
  RevokeOtherSessionsDocument,
  RevokeSessionDocument,
  SessionsDocument,
  type SessionFieldsFragment,
  type SessionsQuery,
} from "@gatehouse/client";
import { gatehouseErrorOf } from "@gatehouse/client/urql";
import { useRef, useState } from "react";
import { Button } from "react-aria-components";
import { useMutation, useQuery } from "urql";
import { Alert } from "@/components/alert";
import { Confirm } from "@/components/confirm";
import { Moment } from "@/components/moment";
import { useFocusOnMore } from "@/components/use-focus-on-more";
import { revokeSessionSentences } from "@/messages/account";

const PAGE = 20;
/** As many as the service gives at once. */
const MOST = 100;

type Message = { kind: "done" | "problem"; text: string };

export function Sessions({ initial }: { initial: SessionsQuery | undefined }) {
  const [first, setFirst] = useState(PAGE);
  const [{ data, error, fetching }, reload] = useQuery({
    query: SessionsDocument,
    variables: { first },
    requestPolicy: "cache-and-network",
  });
  const [, revoke] = useMutation(RevokeSessionDocument);
  const [, revokeOthers] = useMutation(RevokeOtherSessionsDocument);
  const [message, setMessage] = useState<Message>();
  const region = useRef<HTMLDivElement>(null);
  const page = (data ?? initial)?.me?.sessions;
  const { list, expectMore } = useFocusOnMore(page?.nodes.length ?? 0);
  const showMore = (): void => {
    expectMore();
    setFirst(MOST);
  };

  // What was pressed is gone with its row; focus goes to what is said about it.
  const say = (next: Message): void => {
    setMessage(next);
    reload({ requestPolicy: "network-only" });
    requestAnimationFrame(() => region.current?.querySelector<HTMLElement>("[data-message]")?.focus());
  };
  const end = async ({ id, deviceName }: SessionFieldsFragment): Promise<void> => {
    const result = await revoke({ input: { sessionId: id } });
    const [problem] = result.data?.revokeSession.userErrors ?? [];
    if (result.error) say({ kind: "problem", text: describeError(gatehouseErrorOf(result.error)) });
    // It has ended, whoever was first.
    else if (problem && problem.code !== "SESSION_NOT_FOUND") say({ kind: "problem", text: revokeSessionSentences[problem.code] });
    else say({ kind: "done", text: `${deviceName} was signed out.` });
  };
  const endOthers = async (): Promise<void> => {
    const result = await revokeOthers({});
    const count = result.data?.revokeOtherSessions.revokedSessionCount ?? 0;
    if (result.error) say({ kind: "problem", text: describeError(gatehouseErrorOf(result.error)) });
    else if (count === 0) say({ kind: "done", text: "No other device is signed in." });
    else say({ kind: "done", text: count === 1 ? "1 device was signed out." : `${count} devices were signed out.` });
  };
  const others = page?.nodes.filter(({ current }) => !current) ?? [];
  return (
    <>
      <div ref={region}>{message && <Alert kind={message.kind}>{message.text}</Alert>}</div>
      {error && !message && <Alert kind="problem">{describeError(gatehouseErrorOf(error))}</Alert>}
      <ul ref={list} className="rows" aria-busy={fetching}>
        {page?.nodes.map((session) => (
          <li key={session.id} tabIndex={-1}>
            <div className="what">
              <strong>
                {session.deviceName} {session.current && <span className="badge">This device</span>}
              </strong>
              <span className="quiet" id={`of-${session.id}`}>
                <Whence session={session} />
              </span>
            </div>
            {!session.current && (
              <Confirm
                button="Sign out"
                label={`Sign out ${session.deviceName}`}
                describedBy={`of-${session.id}`}
                question={`Sign out ${session.deviceName}?`}
                detail={<Whence session={session} />}
                onConfirm={() => end(session)}
              />
            )}
          </li>
        ))}
      </ul>
      {page?.pageInfo.hasNextPage && first < MOST && (
        <Button className="button" onPress={showMore}>
          Show more
        </Button>
      )}
      {others.length > 0 && (
        <Confirm
          button="Sign out everywhere else"
          question="Sign out every device except this one?"
          onConfirm={endOthers}
        />
      )}
    </>
  );
}

/** From where somebody signed in, when, and whether it is in use: devices may have the same name. */
function Whence({ session }: { session: SessionFieldsFragment }) {
  return (
    <>
      {session.ipAddress ?? "unknown address"} · since <Moment at={session.createdAt} />
      {!session.current && (
        <>
          {" "}
          · last used <Moment at={session.lastUsedAt} />
        </>
      )}
    </>
  );
}
