"use client";

import { useActionState } from "react";
import { login } from "../actions";

export function LoginForm({ next }: { next: string }) {
  const [state, action, pending] = useActionState(login, {});
  return (
    <form action={action}>
      {state.problem && <p role="alert">{state.problem}</p>}
      <input type="hidden" name="next" value={next} />
      <label>
        Email or username
        <input name="identifier" autoComplete="username" defaultValue={state.identifier} required />
      </label>
      <label>
        Password
        <input name="password" type="password" autoComplete="current-password" required />
      </label>
      <button disabled={pending}>Sign in</button>
    </form>
  );
}
