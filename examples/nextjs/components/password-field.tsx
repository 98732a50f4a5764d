"use client";

import { useEffect, useState } from "react";
import { FieldError, Input, Label, Text, TextField, ToggleButton } from "react-aria-components";
import { useForm } from "./action-form";
import { PasswordStrength } from "./password-strength";

interface PasswordFieldProps {
  readonly name: string;
  readonly label: string;
  readonly autoComplete: "current-password" | "new-password";
  readonly description?: string;
  /** Shows how strong it is while it is typed; `personal` is what a guesser would try first. */
  readonly strength?: { readonly personal: readonly string[]; readonly least: number };
}

/** A password, which can be shown, and pasted like any other text. */
export function PasswordField({ name, label, autoComplete, description, strength }: PasswordFieldProps) {
  const { state } = useForm();
  const [value, setValue] = useState("");
  const [isShown, setShown] = useState(false);
  const [isReady, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  const problem = state.fields[name];
  return (
    <TextField
      className="field"
      name={name}
      type={isShown ? "text" : "password"}
      autoComplete={autoComplete}
      value={value}
      onChange={setValue}
      isInvalid={problem !== undefined}
      isRequired
      validationBehavior="aria"
    >
      <Label>{label}</Label>
      <div className="password">
        <Input data-password autoCapitalize="none" spellCheck="false" />
        {isReady && (
          <ToggleButton
            className="reveal"
            isSelected={isShown}
            onChange={setShown}
            aria-label={isShown ? "Hide password" : "Show password"}
          >
            {isShown ? "Hide" : "Show"}
          </ToggleButton>
        )}
      </div>
      {strength !== undefined && isReady && <PasswordStrength password={value} {...strength} />}
      {description !== undefined && (
        <Text slot="description" className="description">
          {description}
        </Text>
      )}
      <FieldError className="error">{problem}</FieldError>
    </TextField>
  );
}
