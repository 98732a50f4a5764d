"use client";

import type { Viewer } from "@gatehouse/client";
import { useEffect, useState } from "react";
import { ActionForm, useForm } from "@/components/action-form";
import { PasswordField } from "@/components/password-field";
import { SelectField } from "@/components/select-field";
import { SubmitButton } from "@/components/submit-button";
import { TextField } from "@/components/text-field";
import { updateProfile } from "./actions";

type Values = Readonly<Record<string, string>>;

interface ProfileFormProps {
  readonly viewer: Viewer;
  readonly withUsername: boolean;
  /** Whether a new address needs the password. */
  readonly withPassword: boolean;
}

export function ProfileForm({ viewer, withUsername, withPassword }: ProfileFormProps) {
  const values = {
    name: viewer.name ?? "",
    username: viewer.username ?? "",
    email: viewer.email,
    locale: viewer.locale ?? "",
  };
  return (
    <ActionForm action={updateProfile} values={values}>
      <Fields first={values} withUsername={withUsername} withPassword={withPassword} />
    </ActionForm>
  );
}

function Fields({ first, withUsername, withPassword }: Omit<ProfileFormProps, "viewer"> & { first: Values }) {
  const { state } = useForm();
  const loaded = useLoaded(first);
  const [email, setEmail] = useState(state.values["email"] ?? "");
  const [isReady, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  // Without JavaScript nobody can tell whether it will be needed.
  const isNeeded = !isReady || email !== loaded["email"] || state.fields["currentPassword"] !== undefined;
  const needsPassword = withPassword && isNeeded;
  return (
    <>
      {Object.entries(loaded).map(([name, value]) => (
        <input key={name} type="hidden" name={`loaded-${name}`} value={value} />
      ))}
      <TextField name="name" label="Name" autoComplete="name" />
      {withUsername && (
        <TextField
          name="username"
          label="Username"
          autoComplete="username"
          description="3 to 32 letters, digits, dots, hyphens or underscores."
        />
      )}
      <SelectField
        name="locale"
        label="Language"
        autoComplete="language"
        description="The language of emails that we send you."
        options={languages(first["locale"] ?? "")}
      />
      <TextField name="email" label="Email" type="email" autoComplete="email" onChange={setEmail} />
      {needsPassword && (
        <PasswordField
          name="currentPassword"
          label="Current password"
          autoComplete="current-password"
          description="Required to change the address."
          isRequired={email !== loaded["email"]}
        />
      )}
      <SubmitButton>Save changes</SubmitButton>
    </>
  );
}

/** The languages of Gatehouse's mails, each in its own words. */
const LANGUAGES = [
  ["", "Not chosen"],
  ["en", "English"],
  ["de", "Deutsch"],
  ["es", "Español"],
  ["fr", "Français"],
  ["pt-BR", "Português (Brasil)"],
] as const;

/** Those, and `current` where another application has chosen something else. */
function languages(current: string): readonly (readonly [string, string])[] {
  return LANGUAGES.some(([tag]) => tag === current) ? LANGUAGES : [...LANGUAGES, [current, current]];
}

/**
 * What the fields held when they were loaded or saved last. It is sent along, so that only what was changed here is
 * changed there: another tab may have saved something else meanwhile.
 */
function useLoaded(first: Values): Values {
  const { state } = useForm();
  const saved = state.done === undefined ? undefined : state.values;
  const [loaded, setLoaded] = useState(() => ({ ...first, ...saved }));
  useEffect(() => {
    if (saved !== undefined) setLoaded((before) => ({ ...before, ...saved }));
  }, [saved]);
  return loaded;
}
