"use client";

import { useState } from "react";
import { ActionForm } from "@/components/action-form";
import { NewPassword, type Policy } from "@/components/new-password";
import { SignInStep } from "@/components/sign-in-step";
import { SubmitButton } from "@/components/submit-button";
import { TextField } from "@/components/text-field";
import { VisitorClient } from "@/gatehouse/visitor";
import { register } from "./actions";

interface RegisterFormProps {
  readonly next: string;
  readonly withUsername: boolean;
  readonly policy: Policy | undefined;
}

export function RegisterForm({ next, withUsername, policy }: RegisterFormProps) {
  const [email, setEmail] = useState("");
  const [name, setName] = useState("");
  const [username, setUsername] = useState("");
  return (
    <VisitorClient>
      <ActionForm action={register} afterwards={null}>
        <input type="hidden" name="next" value={next} />
        <SignInStep next={next} start="/login">
          <TextField name="email" label="Email" type="email" autoComplete="email" isRequired onChange={setEmail} />
          <TextField name="name" label={<>Name <small>(optional)</small></>} autoComplete="name" onChange={setName} />
          {withUsername && (
            <TextField
              name="username"
              label={<>Username <small>(optional)</small></>}
              autoComplete="username"
              description="3 to 32 letters, digits, dots, hyphens or underscores."
              onChange={setUsername}
            />
          )}
          <NewPassword name="password" label="Password" policy={policy} personal={[email, name, username]} />
          <SubmitButton>Create account</SubmitButton>
        </SignInStep>
      </ActionForm>
    </VisitorClient>
  );
}
