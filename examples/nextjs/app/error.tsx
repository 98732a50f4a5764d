"use client";

import { describeError, failureOf } from "@gatehouse/client";
import { Button } from "react-aria-components";

/** What is shown when Gatehouse is away, or anything else fails while a page is made. */
export default function ErrorPage({ error, retry }: { error: Error; retry: () => void }) {
  const failure = failureOf(error);
  return (
    <main id="content" className="centred card">
      <h1>This page cannot be shown right now</h1>
      <p role="alert">{failure === undefined ? "Something went wrong on our side." : describeError(failure)}</p>
      <p>Nothing was lost.</p>
      <Button className="button primary" onPress={() => retry()}>
        Try again
      </Button>
    </main>
  );
}
