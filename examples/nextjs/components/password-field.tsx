"use client";

import { useEffect, useState } from "react";
import { Button, FieldError, Input, Label, Text, TextField } from "react-aria-components";
import { useProblem } from "./action-form";
import { PasswordStrength } from "./password-strength";
import { useTyped } from "./use-typed";

interface PasswordFieldProps {
  readonly name: string;
  readonly label: string;
  readonly autoComplete: "current-password" | "new-password";
  readonly description?: string;
  /** Unless it is false. */
  readonly isRequired?: boolean;
  readonly autoFocus?: boolean;
  /** Shows how strong it is while it is typed; `personal` is what a guesser would try first. */
  readonly strength?: { readonly personal: readonly string[]; readonly least: number };
}

/** A password, which can be shown, and pasted like any other text. */
export function PasswordField({ name, label, autoComplete, description, isRequired = true, autoFocus, strength }: PasswordFieldProps) {
  const { problem, touch } = useProblem(name);
  const { value, setValue, input } = useTyped("");
  const [isShown, setShown] = useState(false);
  const [isReady, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  return (
    <TextField
      className="field"
      name={name}
      type={isShown ? "text" : "password"}
      autoComplete={autoComplete}
      value={value}
      onChange={(next) => {
        setValue(next);
        touch();
      }}
      isInvalid={problem !== undefined}
      isRequired={isRequired}
      autoFocus={autoFocus}
      validationBehavior="aria"
    >
      <Label>{label}</Label>
      <div className="password">
        <Input ref={input} data-password autoCapitalize="none" spellCheck="false" />
        {isReady && (
          <Button className="reveal" onPress={() => setShown(!isShown)} aria-label={`${isShown ? "Hide" : "Show"} ${label.toLowerCase()}`}>
            {isShown ? "Hide" : "Show"}
          </Button>
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
