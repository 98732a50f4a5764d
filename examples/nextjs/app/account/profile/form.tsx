"use client";

import type { Viewer } from "@gatehouse/client";
import { useEffect, useState } from "react";
import { ActionForm } from "@/components/action-form";
import { PasswordField } from "@/components/password-field";
import { SubmitButton } from "@/components/submit-button";
import { TextField } from "@/components/text-field";
import { updateProfile } from "./actions";

export function ProfileForm({ viewer, withUsername }: { viewer: Viewer; withUsername: boolean }) {
  const [email, setEmail] = useState(viewer.email);
  const [isReady, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  const values = {
    name: viewer.name ?? "",
    username: viewer.username ?? "",
    email: viewer.email,
    avatarUrl: viewer.avatarUrl ?? "",
    locale: viewer.locale ?? "",
  };
  // Without JavaScript nobody can tell whether it will be needed.
  const needsPassword = !isReady || email !== viewer.email;
  return (
    <ActionForm action={updateProfile} values={values}>
      <TextField name="name" label="Name" autoComplete="name" />
      {withUsername && (
        <TextField
          name="username"
          label="Username"
          autoComplete="username"
          description="3 to 32 letters, digits, dots, hyphens or underscores."
        />
      )}
      <TextField name="avatarUrl" label="Picture address" type="url" autoComplete="photo" description="Begins with https://." />
      <TextField name="locale" label="Language" autoComplete="language" description="Such as en, de or pt-BR." />
      <TextField name="email" label="E-mail" type="email" autoComplete="email" onChange={setEmail} />
      {needsPassword && (
        <PasswordField
          name="currentPassword"
          label="Current password"
          autoComplete="current-password"
          description="Needed to change the address."
        />
      )}
      <SubmitButton>Save changes</SubmitButton>
    </ActionForm>
  );
}
