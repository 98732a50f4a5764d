"use client";

import type { ReactNode } from "react";
import { FieldError, Input, Label, Text, TextField as AriaTextField } from "react-aria-components";
import { useProblem } from "./action-form";
import { useTyped } from "./use-typed";

interface TextFieldProps {
  readonly name: string;
  readonly label: ReactNode;
  readonly type?: "text" | "email" | "url";
  readonly autoComplete?: string;
  readonly inputMode?: "numeric";
  readonly maxLength?: number;
  /** Takes focus when it appears, as the first field of a new step. */
  readonly autoFocus?: boolean;
  /** A sentence on what belongs here. */
  readonly description?: string;
  readonly isRequired?: boolean;
  readonly onChange?: (value: string) => void;
}

/** One line of text, with its label, what belongs there, and what is wrong with it. */
export function TextField({ name, label, type = "text", description, isRequired, onChange, ...rest }: TextFieldProps) {
  const { problem, first, touch } = useProblem(name);
  const { value, setValue, input } = useTyped(first, onChange);
  return (
    <AriaTextField
      className="field"
      name={name}
      type={type}
      value={value}
      onChange={(next) => {
        setValue(next);
        touch();
        onChange?.(next);
      }}
      isInvalid={problem !== undefined}
      isRequired={isRequired}
      validationBehavior="aria"
      {...rest}
    >
      <Label>{label}</Label>
      <Input ref={input} autoCapitalize={rest.autoComplete === "name" ? "words" : "none"} spellCheck="false" />
      {description !== undefined && (
        <Text slot="description" className="description">
          {description}
        </Text>
      )}
      <FieldError className="error">{problem}</FieldError>
    </AriaTextField>
  );
}
