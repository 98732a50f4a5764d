"use client";

import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from "@apollo/client";
import { relayStylePagination } from "@apollo/client/utilities";
import { ApolloProvider } from "@apollo/client/react";
import { createGatehouseClient, type OnStepUp, type StepUpRequest, type Viewer } from "@gatehouse/client";
import { gatehouseLink } from "@gatehouse/client/apollo";
import { GatehouseProvider } from "@gatehouse/client/react";
import { gatehouseExchange } from "@gatehouse/client/urql";
import { useEffect, useState, type ReactNode } from "react";
import { cacheExchange, Client, fetchExchange, Provider } from "urql";
import { SessionContext } from "@/components/session";
import { StepUpDialog } from "@/components/step-up-dialog";

const URL = "/api/graphql";
/** Whose pages this browser showed last, by the user's `id`. */
const SHOWN = "acme:viewer";

/** One session under all: an application takes urql or Apollo, this one shows both. */
function clients(viewer: Viewer, onStepUp: OnStepUp) {
  const gatehouse = createGatehouseClient({ url: URL, initialViewer: viewer, onStepUp });
  const urql = new Client({
    url: URL,
    preferGetMethod: false,
    fetch: gatehouse.fetch,
    exchanges: [cacheExchange, gatehouseExchange(gatehouse), fetchExchange],
  });
  const apollo = new ApolloClient({
    cache: new InMemoryCache({
      typePolicies: { User: { fields: { sessions: relayStylePagination(), securityEvents: relayStylePagination() } } },
    }),
    link: ApolloLink.from([gatehouseLink(gatehouse), new HttpLink({ uri: URL, fetch: gatehouse.fetch })]),
  });
  // Options for passkeys, for instance, are those of one session.
  const session = { stepUp: gatehouse.stepUp, renewed: () => gatehouse.announce("signedIn") };
  return { gatehouse, urql, apollo, session };
}

/**
 * The clients of a signed-in user's pages. Whoever is signed out, here or in another tab, leaves them; where somebody else
 * signed in, they are shown anew.
 */
export function AccountClients({ viewer, children }: { viewer: Viewer; children: ReactNode }) {
  const [dialog, setDialog] = useState<{ request: StepUpRequest; close: (isProved: boolean) => void }>();
  const [{ gatehouse, urql, apollo, session }] = useState(() =>
    clients(viewer, (request) =>
      new Promise<boolean>((close) => setDialog({ request, close })).finally(() => setDialog(undefined)),
    ),
  );
  useEffect(
    () =>
      gatehouse.subscribe((state) => {
        if (state.status === "signedIn" && state.viewer.id !== viewer.id) window.location.reload();
        if (state.status !== "signedOut") return;
        show(undefined);
        const { pathname, search } = window.location;
        const next = new URLSearchParams({ next: pathname + search, reason: "session-ended" });
        window.location.assign(state.reason === "sessionEnded" ? `/login?${next}` : "/login");
      }),
    [gatehouse, viewer.id],
  );
  useEffect(() => {
    // The sign-in was a server action, which tells no other tab.
    if (shownLast() === viewer.id) return;
    show(viewer.id);
    gatehouse.announce("signedIn");
  }, [gatehouse, viewer.id]);
  return (
    <GatehouseProvider client={gatehouse}>
      <Provider value={urql}>
        <ApolloProvider client={apollo}>
          <SessionContext value={session}>
            {children}
            {dialog && <StepUpDialog {...dialog} />}
          </SessionContext>
        </ApolloProvider>
      </Provider>
    </GatehouseProvider>
  );
}

// A browser may refuse storage altogether, by throwing; its tabs then learn of each other at their next request.
function shownLast(): string | null {
  try {
    return localStorage.getItem(SHOWN);
  } catch {
    return null;
  }
}

function show(id: string | undefined): void {
  try {
    if (id === undefined) localStorage.removeItem(SHOWN);
    else localStorage.setItem(SHOWN, id);
  } catch {
    // As above.
  }
}
