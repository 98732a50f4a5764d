"use client";

import type { AuthSettingsQuery } from "@gatehouse/client";
import { PasswordField } from "./password-field";

/** What a new password must meet. */
export type Policy = AuthSettingsQuery["authSettings"]["passwordPolicy"];

interface NewPasswordProps {
  readonly name: string;
  readonly label: string;
  readonly policy: Policy | undefined;
  readonly personal?: readonly string[];
}

/** A password to choose, with what it takes. */
export function NewPassword({ name, label, policy, personal = [] }: NewPasswordProps) {
  const least = policy === undefined ? "" : `At least ${policy.minLength} characters. `;
  return (
    <PasswordField
      name={name}
      label={label}
      autoComplete="new-password"
      description={`${least}Three words that have nothing to do with each other are a good one.`}
      strength={{ personal, least: policy?.minStrength ?? 3 }}
    />
  );
}
