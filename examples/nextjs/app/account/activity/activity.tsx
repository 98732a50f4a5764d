"use client";

import { useQuery } from "@apollo/client/react";
import { describeError, SecurityEventsDocument, type SecurityEventsQuery } from "@gatehouse/client";
import { gatehouseErrorOf } from "@gatehouse/client/apollo";
import { Button } from "react-aria-components";
import { Alert } from "@/components/alert";
import { Moment } from "@/components/moment";
import { useFocusOnMore } from "@/components/use-focus-on-more";
import { eventSentence } from "@/messages/account";

const PAGE = 20;

/** This page goes through Apollo; the others of the account go through urql. */
export function Activity({ initial }: { initial: SecurityEventsQuery | undefined }) {
  const { data, error, loading, fetchMore, refetch } = useQuery(SecurityEventsDocument, {
    variables: { first: PAGE },
    fetchPolicy: "cache-and-network",
    notifyOnNetworkStatusChange: true,
  });
  const page = (data ?? initial)?.me?.securityEvents;
  const { list, expectMore } = useFocusOnMore(page?.edges.length ?? 0);
  const showMore = (): Promise<unknown> => {
    expectMore();
    // `relayStylePagination` adds the page to those before.
    return fetchMore({ variables: { after: page?.pageInfo.endCursor ?? null } }).catch(() => undefined);
  };
  return (
    <>
      {error && (
        <>
          <Alert kind="problem">{describeError(gatehouseErrorOf(error))}</Alert>
          <Button className="button" onPress={() => void refetch().catch(() => undefined)}>
            Try again
          </Button>
        </>
      )}
      <ul ref={list} className="rows" aria-busy={loading}>
        {page?.edges.map(({ node: event }) => (
          <li key={event.id} tabIndex={-1}>
            <div className="what">
              <strong>{eventSentence(event.type)}</strong>
              <span className="quiet">
                {event.deviceName} · {event.ipAddress ?? "unknown address"}
              </span>
            </div>
            <span className="quiet">
              <Moment at={event.occurredAt} />
            </span>
          </li>
        ))}
      </ul>
      {page?.edges.length === 0 && <p>No activity yet.</p>}
      {page?.pageInfo.hasNextPage && (
        <Button className="button" isPending={loading} onPress={() => void showMore()}>
          Show more
        </Button>
      )}
    </>
  );
}
