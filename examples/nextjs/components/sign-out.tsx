"use client";

import { describeError } from "@gatehouse/client";
import { useGatehouse } from "@gatehouse/client/react";
import { useActionState, useState, type SubmitEvent } from "react";
import { Button } from "react-aria-components";
import { signOut } from "@/app/account/actions";
import { untouched } from "@/forms/state";

/** Ends the session, in every tab. */
export function SignOut() {
  const client = useGatehouse();
  const [served, sendPlainly] = useActionState(signOut, untouched);
  const [problem, setProblem] = useState<string>();
  const [isPending, setPending] = useState(false);
  const send = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setPending(true);
    // Once it has ended the client's state says so, and the pages of the account are left.
    const outcome = await client.logout();
    if (outcome.ok) return;
    setPending(false);
    setProblem(outcome.error && describeError(outcome.error));
  };
  const shown = problem ?? served.problem;
  return (
    <form action={sendPlainly} onSubmit={(event) => void send(event)}>
      <Button type="submit" className="button" isPending={isPending}>
        Sign out
      </Button>
      {shown !== undefined && <span role="alert">{shown}</span>}
    </form>
  );
}
